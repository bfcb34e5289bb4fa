"""A question of somebody's: whether they may ask it, in which conversation, and its answer."""
