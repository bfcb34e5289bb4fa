"""knowledge.checks.gate: every wording of a base is asked, and has to lead to its own intent."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest

from knowledge import engine
from knowledge.checks import gate
from knowledge.checks.checking import check
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
    assert any(note.startswith(f"{len(report.undecided)} of 9 statements") for note in report.notes)
