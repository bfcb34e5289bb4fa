"""The fact base and the engine that answers from it: pure, synchronous, without global state."""
