"""The rules of bot/asking/."""
