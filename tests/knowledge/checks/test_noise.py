"""knowledge.checks.noise: the way hurried people type, the same in every run."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.checks.noise import disturb

QUESTION = "Qui voulait racheter le moulin de Valrose en mars 2031 ?"


def test_the_same_seed_disturbs_the_same_way() -> None:
    """Two runs compare."""
    assert disturb(QUESTION, 8, 1) == disturb(QUESTION, 8, 1)


def test_other_seeds_disturb_otherwise() -> None:
    """A seed is a sample, not the only one."""
    assert len({disturb(QUESTION, 8, seed) for seed in range(20)}) > 15


def test_more_noise_changes_more() -> None:
    """One disturbance in five characters leaves fewer words whole than one in twenty."""
    words = set(QUESTION.split())

    def left(every: int) -> int:
        return sum(len(words & set(disturb(QUESTION, every, seed).split())) for seed in range(40))

    assert left(5) < left(20)


def test_figures_are_not_disturbed() -> None:
    """Noise is on letters and spaces: a year or a sum stays what was asked about."""
    for seed in range(100):
        assert "2031" in disturb("en 2031 combien", 5, seed).replace(" ", "")


@given(st.text(max_size=80), st.integers(1, 20), st.integers(0, 9))
def test_any_text_can_be_disturbed(text: str, every: int, seed: int) -> None:
    """No text makes the generator raise."""
    assert isinstance(disturb(text, every, seed), str)


@pytest.mark.parametrize("text", ["", "?", "123", "😂"])
def test_what_has_no_letters_stays_readable(text: str) -> None:
    """Text without letters is at most framed by fillers and emojis."""
    assert text in disturb(text, 8, 3)
