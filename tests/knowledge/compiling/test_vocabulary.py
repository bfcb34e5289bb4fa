"""knowledge.compiling.vocabulary: the words that a base knows."""

from __future__ import annotations

from knowledge.compiling.vocabulary import everyday_words


def test_everyday_words_are_normal_words() -> None:
    """The frequency lists give common French and English words, normalised, without one- and two-letter ones."""
    found = everyday_words()
    assert {"maison", "demain", "house"} <= found
    assert "xqzt" not in found
    assert all(len(word) > 2 and word.isalpha() and word == word.lower() for word in found)
