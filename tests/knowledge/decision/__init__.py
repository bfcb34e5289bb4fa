"""The rules of knowledge/decision/."""
