"""knowledge.language.bigrams: how surprising a word is behind another one."""

from __future__ import annotations

import math
import pickle

import pytest

from knowledge.language.bigrams import PAUSE, UNSEEN, Bigrams

SAID = (("le", "moulin", "tourne"), ("le", "four", "chauffe"), ("le", "moulin"))


@pytest.fixture
def bigrams() -> Bigrams:
    """Return the pairs of three texts."""
    return Bigrams.of(SAID)


def test_pairs_are_counted_from_end_to_end(bigrams: Bigrams) -> None:
    """Each pair counts as often as it stands in a text, with a pause before and behind; texts are not joined."""
    assert bigrams.times_of("le", "moulin") == 2
    assert bigrams.times_of(PAUSE, "le") == 3
    assert bigrams.times_of("moulin", PAUSE) == 1
    assert bigrams.times_of("tourne", "le") == 0
    assert bigrams.times_of("le", "zorblax") == bigrams.times_of("zorblax", "le") == 0


def test_what_often_follows_surprises_least(bigrams: Bigrams) -> None:
    """Behind "le", "moulin" surprises less than "four", that less than "tourne", and a stranger most."""
    surprises = [bigrams.surprise("le", word) for word in ("moulin", "four", "tourne", "zorblax")]
    assert surprises == sorted(surprises)
    assert len({*surprises}) == 4


def test_behind_a_stranger_frequent_words_surprise_less(bigrams: Bigrams) -> None:
    """Where nothing is known of the word before, how frequent a word is anywhere decides."""
    assert bigrams.surprise("zorblax", "moulin") == pytest.approx(-math.log(2 / (bigrams.total + 1)))
    assert bigrams.surprise("zorblax", "zorblax") == pytest.approx(-math.log(UNSEEN / (bigrams.total + 1)))


def test_words_in_a_row_surprise_together(bigrams: Bigrams) -> None:
    """A row surprises by the sum of its pairs; a single word by nothing."""
    pairs = bigrams.surprise("le", "moulin") + bigrams.surprise("moulin", "tourne")
    assert bigrams.surprising(["le", "moulin", "tourne"]) == pytest.approx(pairs)
    assert bigrams.surprising(["le"]) == 0


def test_nothing_said_surprises_alike() -> None:
    """A lexicon without a base still compares: every word is as surprising."""
    assert Bigrams.of([]).surprise("le", "moulin") == Bigrams.of([]).surprise("la", "mairie")


def test_they_survive_being_kept(bigrams: Bigrams) -> None:
    """A compiled base is kept as a pickle."""
    assert pickle.loads(pickle.dumps(bigrams)) == bigrams  # noqa: S301 - our own, just made
