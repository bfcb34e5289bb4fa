"""The history of the tables: each migration leads from one schema to the next; all of them run at start."""
