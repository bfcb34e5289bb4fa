"""saga evaluate: how good the answers are, on questions whose right answers are known."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from knowledge.checks.evaluating import Question
from tests.cli.conftest import Run


def blind(name: str) -> bool:
    """Tell whether the question of that id belongs to the blind part."""
    return Question(name, "", (), "", ()).blind


OPEN, OTHER, THIRD = [name for name in map("o{}".format, range(100)) if not blind(name)][:3]
BLIND = next(name for name in map("b{}".format, range(100)) if blind(name))


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    """Return a file with a right, a wrong, a silent and a blind wrong question."""
    rows = [
        {"id": OPEN, "q": "combien de salariés ?", "kind": "plain", "accept": ["answered"], "must": ["45"]},
        {"id": OTHER, "q": "combien de salariés ?", "kind": "wrong", "accept": ["answered"], "must": ["46"]},
        {"id": THIRD, "q": "xylophone hippopotame", "kind": "silent", "accept": ["answered"]},
        {"id": BLIND, "q": "combien de farine ?", "kind": "wrong", "accept": ["unknown"]},
    ]
    path = tmp_path / "questions.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return path


def test_figures_and_failures_are_shown(run: Run, questions: Path) -> None:
    """A table of all, open and blind questions and of each kind; failures with the reason; blind ones are not shown."""
    done = run("evaluate", questions, env={"COLUMNS": "200"})
    assert done.returncode == 0
    assert f"[wrong] {OTHER}: combien de salariés ?" in done.stdout
    assert "lacks /46/" in done.stdout
    assert f"[silent] {THIRD}: xylophone hippopotame" in done.stdout
    assert "combien de farine" not in done.stdout
    assert "1 failure of blind questions hidden (--blind shows them)" in done.stdout
    for word in ("right %", "wrong %", "silent %", "all", "open", "blind", "median", "99th percentile", "calibration"):
        assert word in done.stdout
    assert "\x1b[" not in done.stdout


def test_blind_failures_are_shown_on_demand(run: Run, questions: Path) -> None:
    """--blind shows them."""
    shown = run("evaluate", "--blind", questions).stdout
    assert f"[wrong] {BLIND}: combien de farine ?" in shown
    assert "hidden" not in shown


def test_the_number_of_failures_can_be_chosen(run: Run, questions: Path) -> None:
    """--failures N shows N at most; fewer than none is wrong usage."""
    for number in (0, 1):
        done = run("evaluate", "--failures", str(number), questions)
        assert len(re.findall(r"^\[(wrong|silent)\] ", done.stdout, re.MULTILINE)) == number
    assert run("evaluate", "--failures", "-1", questions).returncode == 2


def test_json_holds_the_same_figures(run: Run, questions: Path) -> None:
    """One object with all, open and blind."""
    done = run("evaluate", "--json", questions)
    figures = json.loads(done.stdout)
    assert set(figures) >= {"all", "open", "blind"}
    assert (figures["all"]["questions"], figures["open"]["questions"], figures["blind"]["questions"]) == (4, 3, 1)
    assert (figures["all"]["right %"], figures["all"]["wrong %"], figures["all"]["silent %"]) == (25.0, 50.0, 25.0)
    assert figures["all"]["kinds"]["wrong"] == {"wrong": 2}


def test_a_bad_question_file_ends_with_1(run: Run, tmp_path: Path) -> None:
    """Each entry that is no question, or wants what the base does not have, is named, and nothing is graded."""
    path = tmp_path / "x.jsonl"
    nothing = {
        "id": "b",
        "q": "combien ?",
        "kind": "plain",
        "accept": ["answered"],
        "facts": ["nul"],
        "sources": ["zzz"],
    }
    path.write_text('{"id": "a"}\n{\n' + json.dumps(nothing), encoding="utf-8")
    done = run("evaluate", path)
    assert (done.returncode, done.stdout) == (1, "")
    assert "x.jsonl:3: there is no fact 'nul'" in done.stderr
    assert "x.jsonl:3: there is no article 'zzz'" in done.stderr
    assert "x.jsonl:1: " in done.stderr
    assert "x.jsonl:2: " in done.stderr


@pytest.mark.parametrize("kind", ["missing", "empty"])
def test_no_question_is_wrong_usage(run: Run, tmp_path: Path, kind: str) -> None:
    """A file that is not there, or that holds nothing, is said."""
    path = tmp_path / "x.jsonl"
    if kind == "empty":
        path.touch()
    assert run("evaluate", path).returncode == 2
