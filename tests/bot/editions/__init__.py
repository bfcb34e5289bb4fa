"""The rules of bot/editions/."""
