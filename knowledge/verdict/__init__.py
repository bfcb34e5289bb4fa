"""Whether a question puts a statement of the base, so that it deserves a yes or a no."""
