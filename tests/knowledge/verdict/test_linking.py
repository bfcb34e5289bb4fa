"""knowledge.verdict.linking: a cause and its effect, of which no article tells both, are not told as if it did."""

from __future__ import annotations

import pytest

from knowledge.engine import answer
from knowledge.model import KnowledgeBase


@pytest.mark.parametrize(
    ("question", "apart"),
    [
        ("le moulin emploie 45 salariés grâce à Azur ?", True),
        ("c'est grâce à Azur que le moulin emploie 45 salariés ?", True),
        ("Azur a fait produire 300 tonnes de farine au moulin ?", True),
        ("Brunel a retiré son offre à cause de la mairie ?", False),
        ("le moulin emploie 45 salariés grâce à un fantôme ?", False),
        ("Azur a fait une offre pour le moulin ?", False),
    ],
)
def test_what_no_article_joins_is_said_not_to_be_so(moulin: KnowledgeBase, question: str, *, apart: bool) -> None:
    """Facts of two articles are told behind the word that they do not say so; of one, or of a stranger, as ever."""
    assert (moulin.texts["otherwise"] in answer(question, moulin).text.replace("’", "'")) is apart
