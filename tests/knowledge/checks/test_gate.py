"""knowledge.checks.gate: every wording of a base is asked, and has to lead to its own intent."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest

from knowledge import engine
from knowledge.checks import gate
from knowledge.checks.checking import check
from knowledge.reply import Rule
from tests.conftest import append
from tests.knowledge.checks.test_checking import said


def test_cards_and_filled_slots_are_asked_too(small: Path) -> None:
    """A card whose question another intent takes, and each actor for whom a slot leads elsewhere, are named."""
    append(
        small,
        "intents/x.yaml",
        '- {id: aa, question: "Que vend le moulin ?", facts: [production], phrasings: ["les gens de {company}"]}\n'
        '- {id: bb, question: "Combien sont-ils ?", facts: [effectifs],'
        """ phrasings: ["les gens de {actor}", parle-moi d'Azur]}\n""",
    )
    problems = said(check(small))
    assert "actors/acteurs.yaml:3: 'parle-moi d'Azur' leads to 'bb'" in problems
    for company in ("Azur", "Brunel", "la Gazette"):
        assert f"'les gens de {company}' leads to" in problems


def test_a_phrasing_that_finds_no_answer_is_told_plainly(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A comma in brackets cuts a sentence in two, and one half may ask nothing: quotes help; others lead nowhere."""

    def decided(text: str, *about: Any) -> list[Any]:
        (part,) = engine.decided(text, *about)
        return [part._replace(rule=Rule.NAME, intent=None) if "sable" in text else part]

    monkeypatch.setattr(gate, "decided", decided)
    append(
        small,
        "intents/x.yaml",
        '- {id: aa, question: "Que vend le moulin ?", facts: [production], phrasings: [svp le, du sable]}\n',
    )
    hint = "if it is part of a sentence with a comma, put that in quotes"
    problems = said(check(small)).splitlines()
    assert f"intents/x.yaml:1: nothing in 'svp le' asks anything; {hint}" in problems
    (astray,) = [problem for problem in problems if "sable" in problem]
    assert re.fullmatch(r"intents/x.yaml:1: 'du sable' leads to no answer( \(then '[a-z-]+'\))?, not to 'aa'", astray)


def test_a_statement_has_to_get_its_yes_or_no(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The opposite is a problem; what gets neither is counted, and listed apart."""

    def decided(text: str, *about: Any) -> list[Any]:
        (part,) = engine.decided(text, *about)
        return [Mock(intent=part.intent, outcome=part.outcome, truth=True) if "sable" in text else part]

    monkeypatch.setattr(gate, "decided", decided)
    append(
        small,
        "intents/x.yaml",
        "- id: aa\n  question: Que vend le moulin ?\n  facts: [production]\n"
        "  yes: [le moulin vend la farine, c'est bien le moulin]\n  no: [le moulin vend du sable]\n",
    )
    report = check(small)
    assert "intents/x.yaml:4: 'c'est bien le moulin' gets neither a yes nor a no" in [*map(str, report.undecided)]
    assert "intents/x.yaml:5: 'le moulin vend du sable' gets a yes, not a no" in said(report)
    assert any(note.startswith(f"{len(report.undecided)} of 9 statements got neither") for note in report.notes)
