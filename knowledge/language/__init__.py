"""French as people type it: from a text to words, to the terms of a reading, with typing errors repaired."""
