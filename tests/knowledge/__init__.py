"""The rules of knowledge/."""
