"""Which intents a reading may mean, and how probable each of them is."""
