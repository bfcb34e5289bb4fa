"""The words that people use every day, whatever the saga."""

from __future__ import annotations

from knowledge.normalising import fold

EVERYDAY = {"fr": 70, "en": 2_000}
"""Least count of an everyday word in the frequency list of its language (354 million French words)."""


def everyday_words() -> frozenset[str]:
    """Return the words that French (and often English) speakers use, from the frequency lists of pyspellchecker."""
    from spellchecker import SpellChecker  # noqa: PLC0415 - only needed to build a base

    found: set[str] = set()
    for language, least in EVERYDAY.items():
        counts = SpellChecker(language=language).word_frequency
        frequent = [word for word, count in counts.items() if count >= least]
        found.update(word if word.isascii() else fold(word) for word in frequent)
    return frozenset(word for word in found if word.isalpha() and len(word) > 2)
