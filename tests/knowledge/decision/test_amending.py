"""knowledge.decision.amending: "pas Azur, Brunel" asks the last question of Brunel."""

from __future__ import annotations

import pytest

from knowledge.engine import answer
from knowledge.model import KnowledgeBase

ASKED = "Combien Azur offre-t-elle pour le moulin ?"


@pytest.mark.parametrize(
    "said", ["pas Azur, Brunel", "non, pas Azur, Brunel", "pas Azur mais Brunel", "je parle de Brunel, pas d'Azur"]
)
def test_what_was_not_meant_is_replaced(moulin: KnowledgeBase, said: str) -> None:
    """What a message says was not meant, of what was spoken of, is not asked about any more."""
    asked = answer(ASKED, moulin)
    reply = answer(said, moulin, asked.conversation)
    assert asked.facts == ("offre-azur",)
    assert reply.facts == ("retrait-brunel",)
    assert reply.parts[0].reading.actors == ("brunel",)


@pytest.mark.parametrize("said", ["pas Brunel, Azur", "pas Azur ?", "Azur n'a pas payé, combien offre-t-elle ?"])
def test_what_else_is_denied_stays(moulin: KnowledgeBase, said: str) -> None:
    """What was not spoken of, stands alone or is denied within a sentence is a part of the question."""
    asked = answer(ASKED, moulin)
    reply = answer(said, moulin, asked.conversation)
    assert "azur" in reply.parts[0].reading.actors
