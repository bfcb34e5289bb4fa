"""knowledge.decision.pronouns: whom a pronoun stands for."""

from __future__ import annotations

import pytest

from knowledge.model import KnowledgeBase
from tests.conftest import Changed
from tests.knowledge.talking import replies, talk


@pytest.mark.parametrize(
    ("asked", "truth"),
    [
        ("elle refuse ?", True),
        ("a-t-elle vendu le moulin à Azur ?", False),
        ("Azur dit qu'elle refuse ?", None),
    ],
)
def test_a_pronoun_is_who_was_spoken_of(moulin: KnowledgeBase, asked: str, *, truth: bool | None) -> None:
    """Behind a question about the town hall, what "elle" does is what the town hall does."""
    *_, reply = replies(moulin, "que dit la mairie de la vente ?", asked)
    assert reply.parts[0].truth is truth


def test_what_somebody_else_did_gets_no_yes(moulin: KnowledgeBase) -> None:
    """That the town hall refuses is no answer to whether Brunel does."""
    *_, reply = replies(moulin, "pourquoi Brunel a retiré son offre ?", "elle refuse la vente ?")
    assert reply.parts[0].truth is not True


def test_of_two_that_act_no_one_is_meant_for_sure(moulin: KnowledgeBase) -> None:
    """Then neither a yes nor a no is told."""
    *_, reply = replies(moulin, "Brunel ou Azur ?", "elle a retiré son offre ?")
    assert reply.parts[0].truth is None


def test_what_somebody_spoken_of_did_is_found(moulin: KnowledgeBase) -> None:
    """An open question that the base cannot answer as it stands is asked with the name."""
    *_, reply = replies(moulin, "Azur, c'est quoi ?", "elle offre combien ?")
    assert reply.facts == ("offre-azur",)


def test_that_is_whatever_was_spoken_of(changed: Changed) -> None:
    """Where the mill alone was named, "ça appartient à la mairie ?" asks it of the mill."""
    said = "- id: proprio\n  question: À qui est le moulin ?\n  facts: [refus-mairie]\n"
    said += "  yes: [le moulin appartient à la mairie]\n"
    *_, reply = replies(
        changed("proprio", {"intents/more.yaml": said}), "le moulin, c'est quoi ?", "ça appartient à la mairie ?"
    )
    assert reply.parts[0].truth is True


def test_who_a_pronoun_stands_for_is_presented(shipped: KnowledgeBase) -> None:
    """Who only asks who that is hears of whom was spoken, not what he did once more; nor behind "qui ?" the same."""
    assert talk(shipped, "Pompeo a dit quoi ?", "c'est qui, lui ?").intent == "acteur-mike-pompeo"
    assert talk(shipped, "qui a racheté Twitter ?", "c'est qui, lui ?").intent != "acteur-x-twitter"
