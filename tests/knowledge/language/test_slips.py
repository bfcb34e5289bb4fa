"""knowledge.language.slips: how like a word what was typed is."""

from __future__ import annotations

import pytest

from knowledge.language.slips import SlipIndex, likeness, phonetic


@pytest.mark.parametrize(
    ("near", "far"),
    [("moukin", "mouzin"), ("moullin", "mouzlin"), ("muolin", "muzlin"), ("moulin", "moukin")],
)
def test_a_slip_is_less_than_another_edit(near: str, far: str) -> None:
    """A neighbouring key, a letter typed twice and two letters swapped are what fingers do."""
    assert likeness(near, "moulin") > likeness(far, "moulin")


def test_one_of_two_letters_that_are_the_same_is_left_out_more_easily() -> None:
    """Who does not double a letter hears no other word."""
    assert likeness("gogle", "google") > likeness("googe", "google")


def test_a_word_is_wholly_like_itself() -> None:
    """Nothing is likelier than the word that was typed."""
    assert likeness("moulin", "moulin") == 1.0


@pytest.mark.parametrize(("one", "other"), [("kombien", "combien"), ("pharine", "farine"), ("fasse", "face")])
def test_what_sounds_alike_has_one_key(one: str, other: str) -> None:
    """The phonetic key joins French spellings of a sound."""
    assert phonetic(one) == phonetic(other)


@pytest.mark.parametrize("typed", ["moulin", "moulinn", "moulim", "mulin", "muolin"])
def test_what_is_one_slip_away_is_found_without_a_look_at_the_rest(typed: str) -> None:
    """A letter more, less, another one, or two swapped; what lies two of them away is not found."""
    assert SlipIndex.of(["farine", "moulin", "moulinet", "poutine"]).near(typed) == ["moulin"]
