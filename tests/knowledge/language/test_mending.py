"""knowledge.language.mending: spaces that were left out, put in, or put one letter away."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.language import repairing
from knowledge.language.lexicon import Lexicon
from knowledge.language.mending import mended, split
from knowledge.language.normalising import normalise, words
from knowledge.model import KnowledgeBase


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("le mou lin", "le moulin"),
        ("moulinbrunel", "moulin brunel"),
        ("surla mairie", "sur la mairie"),
        ("moulinbrumel", "moulin brumel"),  # glued, and a neighbouring key
        ("la coope rqtive", "la cooperqtive"),  # broken, and a neighbouring key
        ("lemou lin", "lemou lin"),
    ],
)
def test_spaces_are_put_right(moulin: KnowledgeBase, typed: str, meant: str) -> None:
    """A word broken in two is joined, two typed together are parted; what is mistyped in them is repaired later."""
    assert " ".join(mended(normalise(typed), moulin.lexicon)) == meant


def test_a_space_goes_where_it_belongs(moulin: KnowledgeBase) -> None:
    """The last letter of a word may have gone to the next one."""
    assert mended(normalise("azu rbrunel"), moulin.lexicon) == ("azur", "brunel")


@pytest.mark.parametrize("text", ["le moulim de Valrose", "qui veut Zorblax ?", "le 3 mars 2031, à 2 %"])
def test_what_a_space_does_not_explain_better_stays(moulin: KnowledgeBase, text: str) -> None:
    """A word that was only mistyped, a stranger, figures and marks are left as they are."""
    assert mended(normalise(text), moulin.lexicon) == normalise(text)


@given(text=st.text(alphabet="abcdefilmnorstuv ", max_size=60))
def test_no_letter_is_lost(moulin: KnowledgeBase, text: str) -> None:
    """Mending moves spaces, and nothing else."""
    tokens = normalise(text)
    assert "".join(mended(tokens, moulin.lexicon)) == "".join(tokens)


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("lemoulin", ()),
        ("moulinazur", ("moulin", "azur")),
        ("enfarine", ("en", "farine")),
        ("lesmoulin", ("les", "moulin")),
        ("moulin", ()),
        ("zzzzzzzzzz", ()),
    ],
)
def test_glued_words_are_split(lexicon: Lexicon, typed: str, parts: tuple[str, ...]) -> None:
    """A missing space is put back between known words of some length or without meaning, and nowhere else."""
    assert split(typed, lexicon) == parts


def test_glued_words_are_split_where_both_are_frequent() -> None:
    """Of several places for a space, the one between the base's most frequent words is meant."""
    made = Lexicon()
    made.add_neutral(["la"])
    made.know(words("laval eur valeur valeur loi"))
    made.freeze()
    assert split("lavaleur", made) == ("la", "valeur")
    assert split("laloi", made) == ("la", "loi")
    assert split("oiloi", made) == ()


def test_a_word_longer_than_any_is_left_as_it_is() -> None:
    """What it costs to repair or to split a word grows with the square of its letters: it is bounded."""
    lexicon = Lexicon()
    lexicon.know(["farine" * 3, "moulin" * 3, "f" * repairing.MAX_REPAIRED, "m" * (repairing.MAX_REPAIRED + 1)])
    lexicon.freeze()
    assert split("farine" * 3 + "moulin" * 3, lexicon) == ("farine" * 3, "moulin" * 3)
    assert split("farine" * 3 + "moulin" * 3 + "farine" * 3, lexicon) == ()
    assert lexicon.repair("f" * (repairing.MAX_REPAIRED - 1) + "g")
    assert not lexicon.repair("m" * repairing.MAX_REPAIRED + "n")
