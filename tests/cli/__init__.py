"""The rules of cli/."""
