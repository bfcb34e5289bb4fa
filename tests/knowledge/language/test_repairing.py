"""knowledge.language.repairing: which known word a mistyped one stands for."""

from __future__ import annotations

import pytest

from knowledge.language import repairing as module
from knowledge.language.lexicon import Lexicon


def nearest(typed: str, lexicon: Lexicon) -> str | None:
    """Return the known word that is most like what was typed."""
    near = lexicon.similar(typed)
    return max(near, key=lambda word: near[word], default=None)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("moulim", "moulin"),  # a neighbouring key
        ("muolin", "moulin"),  # two letters swapped
        ("moullin", "moulin"),  # a letter doubled
        ("mouln", "moulin"),  # a letter dropped
        ("farinne", "farine"),
        ("pharine", "farine"),  # what sounds the same
        ("combienn", "combien"),
        ("kobmien", "combien"),  # SMS spelling, mistyped
    ],
)
def test_a_typing_error_is_near_what_was_meant(lexicon: Lexicon, typed: str, meant: str) -> None:
    """The usual slips of the finger and of the ear lead to the word that was meant, below certainty."""
    assert nearest(typed, lexicon) == meant
    assert 0.5 <= lexicon.similar(typed)[meant] < 1.0


@pytest.mark.parametrize("typed", ["fa", "x", "zxqwvkjh"])
def test_what_is_short_or_like_nothing_is_near_nothing(lexicon: Lexicon, typed: str) -> None:
    """Too many words lie one letter from two letters, and none near gibberish."""
    assert not lexicon.similar(typed)


@pytest.mark.parametrize(("typed", "meant"), [("lse", "les"), ("leq", "les"), ("lzs", "les"), ("lts", None)])
def test_of_the_shortest_words_only_little_ones_are_near(lexicon: Lexicon, typed: str, meant: str | None) -> None:
    """Three letters may be "les", one slip away; without a vowel, only by a neighbouring key."""
    assert nearest(typed, lexicon) == meant


@pytest.mark.parametrize(("typed", "near"), [("upb", True), ("oub", True), ("pbu", True), ("xyb", False)])
def test_three_letters_may_be_a_slip_of_a_word_that_tells(typed: str, *, near: bool) -> None:
    """One edit makes one of the vocabulary's shortest words; without a vowel, only a neighbouring key does."""
    made = Lexicon()
    made.add_meaning("=publicite", ["pub"])
    made.freeze()
    assert ("pub" in made.similar(typed)) is near


def test_a_name_that_the_saga_does_not_have_has_to_be_near() -> None:
    """A word with two other letters is no such name: "Vesoul" is no misspelt Seoul."""
    made = Lexicon()
    made.add_meaning("~seoul", ["Séoul"], stemmed=False)
    made.freeze()
    assert "seoul" not in made.similar("vesoul")
    assert "seoul" in made.similar("seouul")


@pytest.mark.parametrize(("typed", "meant"), [("azr", "azur"), ("aur", "azur"), ("zur", None)])
def test_a_short_name_may_lack_a_letter(lexicon: Lexicon, typed: str, meant: str | None) -> None:
    """Three letters are a name of four without one behind the first."""
    assert lexicon.dictionary.slips.get(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"), [("lostralie", "australie"), ("zostralie", "australie"), ("mostralie", None)]
)
def test_an_article_may_be_typed_together_with_what_is_heard(typed: str, meant: str | None) -> None:
    """The "l" of an article and the "s" heard of a plural do not belong to the word that they stand before."""
    made = Lexicon()
    made.know(["australie", "astral"])
    made.freeze()
    near = {word for word, alike in made.similar(typed).items() if alike >= module.PHONETIC_SIMILARITY}
    assert near == ({meant} if meant else set())


@pytest.mark.parametrize(("typed", "meant"), [("ccb", "combien"), ("aa", "a"), ("enn", "en"), ("llo", None)])
def test_a_short_word_may_have_a_letter_twice(lexicon: Lexicon, typed: str, meant: str | None) -> None:
    """A little word, a short form or a single letter is meant by what has one of its letters twice."""
    assert lexicon.dictionary.slips.get(typed) == meant


def test_two_letters_are_a_slip_of_a_frequent_little_word(lexicon: Lexicon) -> None:
    """Two letters that mean nothing stand for a little word one slip away; those that mean something do not."""
    assert lexicon.dictionary.slips["rn"] == "en"
    assert lexicon.dictionary.slips["ls"] == "les"
    assert not lexicon.dictionary.slips.keys() & lexicon.spelling.keys()
