"""The rules of bot/writing/."""
