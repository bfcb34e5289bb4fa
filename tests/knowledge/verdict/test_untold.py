"""knowledge.verdict.untold: of what somebody is said to have done, the answer has to know something."""

from __future__ import annotations

import pytest

from knowledge.engine import answer
from knowledge.language.typography import typeset
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
        ("pourquoi Brunel a refusé de vendre avant juin ?", True),
        ("pourquoi la mairie a refusé la vente à Brunel ?", True),
        ("qui a refusé la vente à Brunel ?", False),
        ("qui refuse de laisser Brunel à vendre le moulin ?", False),
        ("selon Brunel, la mairie a refusé la vente ?", False),
        ("qui a refusé la vente, la mairie ou Brunel ?", False),
    ],
)
def test_a_strange_deed_is_not_found_in_the_articles(moulin: KnowledgeBase, question: str, *, strange: bool) -> None:
    """What is near is told as that, where neither facts nor phrasings know a deed, or who has a part in it."""
    assert (typeset(moulin.texts["untold"]) in answer(question, moulin).text) is strange
