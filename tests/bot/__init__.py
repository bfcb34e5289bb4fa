"""The Discord shell."""
