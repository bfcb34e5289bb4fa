"""The rules of knowledge/checks/."""
