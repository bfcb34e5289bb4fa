"""The database: always a real file."""
