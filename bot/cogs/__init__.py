"""The commands and listeners, one cog a file."""
