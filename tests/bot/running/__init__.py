"""The bot as a real process, on the loopback Discord."""
