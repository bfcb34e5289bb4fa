"""From a question to its answer: who speaks to us, whether they may, in which conversation, and what is said if not."""
