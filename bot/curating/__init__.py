"""What curators read: reports in French, made from what the store and the base hold. Pure functions."""
