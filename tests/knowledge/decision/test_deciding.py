"""knowledge.decision.deciding and recalling: the facts that an intent has beyond those that answer its question."""

from __future__ import annotations

import pytest

from knowledge.engine import answer
from knowledge.model import KnowledgeBase
from tests.conftest import MOULIN, Changed
from tests.knowledge.talking import replies

QUESTIONS = (MOULIN / "intents" / "questions.yaml").read_text(encoding="utf-8")
PRICE = "  facts: [offre-azur]\n  phrasings: [quel est"


@pytest.fixture
def more(changed: Changed) -> KnowledgeBase:
    """Return the invented base, in which the price of an offer has more: that the town hall refuses it."""
    assert PRICE in QUESTIONS
    kept = PRICE.replace("\n", "\n  more: [refus-mairie]\n  about: [l'offre d'Azur]\n", 1)
    return changed("more", {"intents/questions.yaml": QUESTIONS.replace(PRICE, kept)})


def test_what_is_asked_is_told_alone(more: KnowledgeBase) -> None:
    """A short answer is the better one."""
    assert answer("quel est le prix proposé par Azur ?", more).facts == ("offre-azur",)
    assert answer("Azur offre 2 millions d'euros ?", more).facts == ("offre-azur",)


@pytest.mark.parametrize(
    "asked",
    [
        "l'offre d'Azur",
        "parle-moi de l'offre d'Azur",
        "c'est quoi le prix ?",
        "quel est le prix proposé par Azur à la mairie ?",
    ],
)
def test_more_is_told_where_it_is_wanted(more: KnowledgeBase, asked: str) -> None:
    """Who only names the thing wants all of it; and what is named is not left out."""
    assert answer(asked, more).facts == ("offre-azur", "refus-mairie")


def test_who_wants_more_is_told_it_first(more: KnowledgeBase) -> None:
    """Before what is only near."""
    _, further, _ = replies(more, "quel est le prix proposé par Azur ?", "développe", "développe")
    assert further.facts == ("refus-mairie",)


def test_whose_question_was_just_answered_is_not_offered(more: KnowledgeBase) -> None:
    """What answers a question is what it wants: that there is more to tell makes it no new one."""
    for asked in ("qui voulait racheter le moulin ?", "l'offre d'Azur", "Azur", "qu'est-ce que la mairie refuse ?"):
        reply = answer(asked, more)
        assert all({*intent.facts} - {*reply.facts} for intent in reply.offered), asked
