"""The rules of knowledge/search/."""
