"""knowledge.language.repairing: which known word a mistyped one stands for."""

from __future__ import annotations

import pytest

from knowledge.language import repairing as module
from knowledge.language.lexicon import Lexicon
from knowledge.language.normalising import words


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("moulim", "moulin"),  # a neighbouring key
        ("muolin", "moulin"),  # two letters swapped
        ("moullin", "moulin"),  # a letter doubled
        ("mouln", "moulin"),  # a letter dropped
        ("farinne", "farine"),
        ("pharine", "farine"),  # what sounds the same
    ],
)
def test_a_typing_error_is_repaired(lexicon: Lexicon, typed: str, meant: str) -> None:
    """The usual slips of the finger and of the ear lead to the word that was meant, below certainty."""
    best = lexicon.repair(typed)[0]
    assert best.word == meant
    assert 0.5 <= best.similarity < 1.0


def test_of_two_words_as_near_the_frequent_one_is_meant() -> None:
    """Somebody who mistypes means what the base speaks of again and again, rather than what it names once."""
    made = Lexicon()
    made.know(words("la roue" + 40 * " tourne" + " la route"))
    made.freeze()
    assert [candidate.word for candidate in made.repair("toure")] == ["tourne"]


def test_a_doubled_letter_makes_no_word_of_the_same_stem(lexicon: Lexicon) -> None:
    """A word whose stem is known is no form of it where a letter was typed twice ("combienn")."""
    assert lexicon.repair("combienn")[0].word == "combien"


@pytest.mark.parametrize("typed", ["moulin", "moulins", "marin", "matin"])
def test_a_word_that_exists_is_not_repaired(lexicon: Lexicon, typed: str) -> None:
    """A known word, a form of it, or an everyday word ("marin" is one letter from "farin") is taken as typed."""
    assert [(c.word, c.similarity) for c in lexicon.repair(typed)] == [(typed, 1.0)]


@pytest.mark.parametrize("typed", ["azr", "le", "fa", "x"])
def test_short_words_are_never_repaired(lexicon: Lexicon, typed: str) -> None:
    """Too many words lie one letter from a short one."""
    assert typed in lexicon.known or lexicon.repair(typed) == ()


@pytest.mark.parametrize(
    ("typed", "meant"), [("lse", "les"), ("leq", "les"), ("lzs", "les"), ("lts", None), ("azt", None)]
)
def test_of_the_shortest_words_only_little_ones_are_meant(lexicon: Lexicon, typed: str, meant: str | None) -> None:
    """Three letters may be "les", one slip away, never a name; without a vowel, only by a neighbouring key."""
    assert next((found.word for found in lexicon.repair(typed)), None) == meant


@pytest.mark.parametrize(("typed", "meant"), [("upb", "pub"), ("oub", "pub"), ("pbu", "pub"), ("xub", None)])
def test_three_letters_may_be_a_slip_of_a_word_that_tells(typed: str, meant: str | None) -> None:
    """Two letters swapped or a neighbouring key, and no other edit, make one of the vocabulary's shortest words."""
    made = Lexicon()
    made.add_meaning("=publicite", ["pub"])
    made.freeze()
    assert next((found.word for found in made.repair(typed)), None) == meant


def test_sms_spelling_may_be_mistyped_too(lexicon: Lexicon) -> None:
    """Who slips in "kombien" means what "kombien" stands for."""
    assert lexicon.repair("kobmien")[0].word == "combien"


def test_a_form_by_chance_is_a_typing_error() -> None:
    """What only shares a short stem with a known word ("pase", "pas") is no form of it where a frequent one is near."""
    made = Lexicon()
    made.know(words("le pas" + 400 * " pause"))
    made.freeze()
    assert made.repair("pase")[0].word == "pause"


def test_what_resembles_nothing_stays_unknown(lexicon: Lexicon) -> None:
    """No word is forced upon gibberish."""
    assert lexicon.repair("zxqwvkjh") == ()


def test_repairs_are_few_and_best_first(lexicon: Lexicon) -> None:
    """A word has a handful of readings at most, ordered by similarity."""
    found = lexicon.repair("moulim")
    assert len(found) <= module.MAX_ALTERNATIVES + 1
    assert [c.similarity for c in found] == sorted((c.similarity for c in found), reverse=True)


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
    found = next(iter(made.repair(typed)), None)
    assert (found.word if found and found.similarity >= module.PHONETIC_SIMILARITY else None) == meant


@pytest.mark.parametrize(("typed", "meant"), [("ccb", "combien"), ("aa", "a"), ("enn", "en"), ("llo", None)])
def test_a_short_word_may_have_a_letter_twice(lexicon: Lexicon, typed: str, meant: str | None) -> None:
    """A little word, a short form or a single letter is meant by what has one of its letters twice."""
    assert lexicon.dictionary.slips.get(typed) == meant


def test_two_letters_are_a_slip_of_a_frequent_little_word(lexicon: Lexicon) -> None:
    """Two letters that mean nothing stand for a little word one slip away; those that mean something do not."""
    assert lexicon.dictionary.slips["rn"] == "en"
    assert lexicon.dictionary.slips["ls"] == "les"
    assert not lexicon.dictionary.slips.keys() & lexicon.spelling.keys()
