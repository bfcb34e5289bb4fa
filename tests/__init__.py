"""The rules that the project keeps, as tests."""
