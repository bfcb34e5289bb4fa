"""knowledge.language.mending: spaces that were left out, put in, or put one letter away."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.language.mending import mended
from knowledge.language.normalising import normalise
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
