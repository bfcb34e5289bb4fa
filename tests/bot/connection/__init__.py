"""The rules of bot/connection/."""
