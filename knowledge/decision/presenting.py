"""Presenting whom a message names, where it asks nothing else: the cards of actors."""

from __future__ import annotations

from itertools import pairwise

from knowledge import tuning
from knowledge.language.reading import Reading
from knowledge.language.terms import WHO
from knowledge.model import KnowledgeBase, card_of
from knowledge.reply import Part, Rule


def presented(part: Part, reading: Reading, base: KnowledgeBase, *, anyway: bool) -> Part:
    """Return the card of the one actor that a message names, where it says nothing else and has no answer; or the part.

    Where a card is what is wanted `anyway`, an answer does not stand in its way.

    An admission is an answer to "Brunel" or "qui remplace Brunel ?"; to "c'est qui Brunel ?" only where that is sure,
    or one of its own phrasings, word for word.
    """
    more = not reading.asks or any(not term.actor for term in reading.terms)
    sure = part.verbatim or part.strength >= tuning.SURE_AT
    admitted = part.rule is Rule.YEAR or (part.rule is Rule.GAP and (sure or more))
    found = part.tells or admitted
    named = reading.only_actors and len({*reading.actors}) == 1 and reading.asks <= WHO and not reading.negated
    return part if (found and not anyway) or not named else _card(part, reading.actors[0], base) or part


def introduced(part: Part, base: KnowledgeBase) -> list[Part]:
    """Return the cards of several whom a message asks who they are: "qui sont Azur et Brunel ?"; none for others."""
    reading = part.reading
    named = [term for term in reading.terms if term.actor]
    apart = [behind.position - term.position - term.width for term, behind in pairwise(named)]
    asked = reading.only_actors and reading.asks and reading.asks <= WHO and not reading.negated
    if not asked or not apart or max(apart) > tuning.JOINED_AT_MOST or part.strength >= tuning.SURE_AT:
        return []
    return [card for actor in dict.fromkeys(reading.actors) if (card := _card(part, actor, base))]


def _card(part: Part, actor: str, base: KnowledgeBase) -> Part | None:
    """Return the card of an actor as what is told; None where it has none."""
    card = base.intents.get(card_of(actor))
    if card is None:
        return None
    return Part(
        part.reading,
        part.candidates,
        Rule.CARD,
        intent=card.id,
        strength=part.strength,
        runner_up=part.runner_up,
        facts=card.told,
        followed=part.followed,
    )
