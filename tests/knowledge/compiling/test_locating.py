"""knowledge.compiling.locating: where a phrasing stands in the files of a base."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.compiling.locating import located

INTENT = """\
# Le mot effectifs est aussi le nom d'un fait.
- id: effectifs-du-moulin
  question: "Quel est le logo ?"
  gap: "Les articles n'en disent rien."
  phrasings:
    - logo du moulin
    - " quel est le logo de {company} "
  no: [le logo est rouge]
"""


@pytest.mark.parametrize(
    ("intent", "phrasing", "place"),
    [
        ("effectifs-du-moulin", "Quel est le logo ?", "intents/x.yaml:3"),
        ("effectifs-du-moulin", "logo du moulin", "intents/x.yaml:6"),
        ("effectifs-du-moulin", "le logo est rouge", "intents/x.yaml:8"),
        ("effectifs-du-moulin", "quel est le logo de Azur", "intents/x.yaml:2"),
        ("effectifs", "Combien de salariés le moulin emploie-t-il ?", "intents/questions.yaml:"),
        ("bonjour", "salut", "french/smalltalk/bonjour.yaml:4"),
        ("acteur-azur", "qui est Azur", None),
    ],
)
def test_a_phrasing_is_found_again(small: Path, intent: str, phrasing: str, place: str | None) -> None:
    """By file and line; one that was made from a slot by its intent; that of a generated intent nowhere."""
    (small / "intents" / "x.yaml").write_text(INTENT, encoding="utf-8")
    found = located(small, intent, phrasing)
    assert found == place if place is None else str(found).startswith(place)
