"""The rules of bot/curating/."""
