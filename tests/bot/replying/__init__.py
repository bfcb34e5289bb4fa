"""The rules of bot/replying/."""
