"""The rules of knowledge/, one module for each of its modules."""
