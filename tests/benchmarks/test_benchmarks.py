"""The benchmarks: what silence is worth stands beside the engines, and what is not installed costs nothing else."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from benchmarks import calibrate, compare, fit, measuring
from benchmarks.rivals import RIVALS, SILENCE
from knowledge.checks.evaluating import questions

if TYPE_CHECKING:
    from knowledge.model import KnowledgeBase

QUESTIONS = Path(__file__).parents[1] / "bases" / "moulin-questions.yaml"


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nothing of the extra `bench` be installed."""

    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(measuring, "import_module", missing)


def test_a_comparison_shows_what_silence_is_worth(moulin: KnowledgeBase) -> None:
    """Its row answers nothing, so nothing of it is wrong; it is no rival that the findings would praise for that."""
    asked = [question for question in questions([QUESTIONS]) if not question.before]
    quiet = compare.measured(SILENCE, RIVALS[SILENCE], [], asked, moulin)
    unanswerable = sum("unknown" in question.accept for question in asked)
    assert quiet.right == round(100 * unanswerable / len(asked), 1) > 0
    assert quiet.wrong == 0
    assert quiet.right + quiet.silent == pytest.approx(100, abs=0.1)
    mine = compare.row(compare.OURS, compare.every(RIVALS[SILENCE]([]), asked, moulin), 0.0)
    assert not [*compare.findings([quiet, mine])]


@pytest.mark.parametrize("form", [[], ["--json"]])
def test_a_calibration_without_a_picture_is_printed(
    moulin: KnowledgeBase,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    form: list[str],
) -> None:
    """The questions took their time: the figures are there without a drawing, and why."""
    monkeypatch.setattr(calibrate, "load", lambda: moulin)
    monkeypatch.setattr(calibrate, "DIALOGUES", QUESTIONS)
    monkeypatch.setattr(sys, "argv", ["calibrate", "--output", str(tmp_path / "x.png"), *form])
    calibrate.main()
    said = capsys.readouterr()
    assert "calibration error" in said.out
    assert said.err == f"skipped: the picture: matplotlib is not installed ({measuring.INSTALL})\n"
    assert not [*tmp_path.iterdir()]


def test_a_fit_that_cannot_be_made_asks_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """It ends at once, with a sentence."""
    monkeypatch.setattr(sys, "argv", ["fit"])
    monkeypatch.setattr(fit, "questions", None)
    with pytest.raises(SystemExit, match=r"^scipy is not installed \(pip install "):
        fit.main()
