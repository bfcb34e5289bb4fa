"""knowledge.verdict.untold: of what somebody is said to have done, the answer has to know something."""

from __future__ import annotations

import pytest

from knowledge.composing import typeset
from knowledge.engine import answer
from knowledge.model import KnowledgeBase


@pytest.mark.parametrize(
    ("question", "strange"),
    [
        ("pourquoi Azur a remercié Brunel ?", True),
        ("quand Brunel a-t-elle signé ?", True),
        ("comment Brunel a brûlé le moulin ?", True),
        ("pourquoi Brunel a retiré son offre ?", False),
        ("pourquoi la mairie a refusé ?", False),
        ("pourquoi Brunel a rangé son offre de vente ?", False),
        ("que dit la mairie de la vente ?", False),
    ],
)
def test_a_strange_deed_is_not_found_in_the_articles(moulin: KnowledgeBase, question: str, *, strange: bool) -> None:
    """What is near is told as that, where nothing but a deed is told that neither facts nor phrasings know."""
    assert (typeset(moulin.texts["untold"]) in answer(question, moulin).text) is strange
