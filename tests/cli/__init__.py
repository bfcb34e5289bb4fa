"""The rules of cli/, one module for each of its modules."""
