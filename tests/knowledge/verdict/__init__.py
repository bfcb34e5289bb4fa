"""The rules of knowledge/verdict/."""
