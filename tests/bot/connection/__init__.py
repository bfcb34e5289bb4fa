"""The rules of bot/connection/, and of what Discord is told of the bot."""
