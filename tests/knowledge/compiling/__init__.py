"""The rules of knowledge/compiling/."""
