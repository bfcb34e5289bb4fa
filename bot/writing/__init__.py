"""Text for people: French dates and counts, articles as they are cited, what members typed made harmless."""
