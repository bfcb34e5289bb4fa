"""knowledge.compiling.vocabulary: the words that a base knows."""

from __future__ import annotations

from pathlib import Path

from knowledge.compiling.building import build
from knowledge.compiling.sources import collect
from knowledge.compiling.vocabulary import everyday_words
from knowledge.language.reading import read


def test_the_name_of_an_actor_is_first_of_all_its_name(copied: Path) -> None:
    """A name that the vocabulary has as well is read as the name, with what it means besides."""
    (copied / "vocabulary" / "more.yaml").write_text("batiment: [moulin de Valrose, bâtisse]\n", encoding="utf-8")
    (term,) = read("le moulin de Valrose", build(collect(copied)).lexicon).terms
    assert (term.actor, [feature for feature, _ in term.features]) == ("moulin", ["@moulin", "=batiment"])


def test_everyday_words_are_normal_words() -> None:
    """The frequency lists give common French and English words, normalised, without one- and two-letter ones."""
    found = everyday_words()
    assert {"maison", "demain", "house"} <= found
    assert "xqzt" not in found
    assert all(len(word) > 2 and word.isalpha() and word == word.lower() for word in found)
