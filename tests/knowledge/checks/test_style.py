"""knowledge.checks.style: what members read is written in whole sentences, once."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.checks.style import style_problems
from knowledge.compiling.folders import SHIPPED
from knowledge.compiling.sources import collect


def found(base: Path) -> list[str]:
    """Return the slips of form of a base."""
    return [str(problem) for problem in style_problems(collect(base))]


@pytest.mark.parametrize(
    ("file", "old", "new", "problems"),
    [
        (
            "facts/chiffres.yaml",
            "45 salariés.",
            "45 salariés",
            ["'text' has to end in one of . ! ? … », not in 'salariés'"],
        ),
        ("facts/chiffres.yaml", "Le moulin emploie", "le moulin emploie", ["'text' has to begin with a capital"]),
        ("facts/chiffres.yaml", "Le moulin emploie", "« le moulin emploie", ["'text' has to begin with a capital"]),
        ("facts/chiffres.yaml", "emploie 45", "emploie  45", ["'text' has two spaces in a row"]),
        ("facts/chiffres.yaml", "Le moulin emploie 45 salariés.", "45 personnes disent « oui »", []),
        ("actors/acteurs.yaml", '"Azur est', '"la société est', ["'description' has to begin with a capital"]),
        ("actors/acteurs.yaml", '"Le moulin de Valrose produit', '"moulin de Valrose, il produit', []),
        (
            "intents/questions.yaml",
            "offre de Brunel.",
            "offre de Brunel",
            ["'gap' has to end in one of . ! ? … », not in 'Brunel'"],
        ),
    ],
)
def test_texts_are_sentences(small: Path, file: str, old: str, new: str, problems: list[str]) -> None:
    """They begin with a capital, a figure or a name as it is written, end like a sentence, and have single spaces."""
    path = small / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert [problem.split(": ", 1)[1] for problem in found(small)] == problems


@pytest.mark.parametrize(
    ("lead", "fine"),
    [("Non, personne :", False), ("Oui : ils sont", False), ("Si !", False), ("Non loin :", True), ("Si Azur :", True)],
)
def test_a_lead_says_neither_yes_nor_no(small: Path, lead: str, fine: bool) -> None:  # noqa: FBT001 - a parameter
    """It is told to every question of its intent, to negated ones too, which it would contradict."""
    (small / "intents" / "x.yaml").write_text(
        f'- {{id: x, question: "Qui donc ?", facts: [effectifs], lead: "{lead}"}}\n', encoding="utf-8"
    )
    assert (found(small) == []) is fine


def test_what_is_said_twice_is_named(small: Path) -> None:
    """Two curators who add the same leave it under two ids, and the bot would say it twice."""
    (small / "facts" / "x.yaml").write_text(
        "- {id: deux, text: Le moulin emploie 45 salariés., status: established,\n"
        "   sources: [{article: echo, paragraph: 3, evidence: [45 salariés]}]}\n",
        encoding="utf-8",
    )
    (small / "intents" / "x.yaml").write_text(
        '- {id: deux, question: "Combien offrait Brunel ?", facts: [deux]}\n', encoding="utf-8"
    )
    assert [problem.split(" at ")[0] for problem in found(small)] == [
        "facts/x.yaml:1: the fact 'effectifs'",
        "intents/x.yaml:1: the intent 'sans-prix-de-brunel'",
    ]


def test_the_shipped_base_is_well_written() -> None:
    """So is small talk, whose replies may end in a colon."""
    assert found(SHIPPED) == []
