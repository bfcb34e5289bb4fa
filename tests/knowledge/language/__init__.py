"""The rules of knowledge/language/."""
