"""What a message wants of the last answer: all again, in brief, one point, or what came before or after.

An offered choice is picked like a point.
"""

from __future__ import annotations

from knowledge.chronology import beside
from knowledge.conversation import Conversation
from knowledge.model import Again, Intent, IntentKind, KnowledgeBase
from knowledge.reading import Reading, read
from knowledge.reply import Outcome, Part

PLACES: dict[Again | None, int] = {
    Again.FIRST: 0,
    Again.SECOND: 1,
    Again.THIRD: 2,
    Again.FOURTH: 3,
    Again.FIFTH: 4,
    Again.LAST: -1,
}
"""Which point of several is wanted."""


def recalled(reading: Reading, intent: Intent, conversation: Conversation, base: KnowledgeBase) -> Part | None:
    """Return the part that tells it; None where there is nothing that the message could refer to."""
    if intent.again in PLACES:
        return _picked(reading, intent, PLACES[intent.again], conversation, base)
    if not conversation.fresh or not conversation.intent:
        return None
    if intent.again in (Again.LATER, Again.EARLIER):
        facts = beside(conversation.facts, intent.again, base) if conversation.facts else ()
        if not facts:
            return Part(reading, (), Outcome.UNKNOWN, intent.again.value, confidence=1.0)
        return Part(reading, (), Outcome.ANSWERED, "moved", intent.id, 1.0, facts=facts)
    told = base.intents[conversation.intent]
    if told.kind is IntentKind.GAP:
        return Part(reading, (), Outcome.UNKNOWN, "gap", told.id, 1.0, facts=told.facts)
    # What opens a list is a part of what it says: that none of it came about.
    whole = told if told.text and told.facts == conversation.facts else intent
    facts = conversation.facts[:1] if intent.again is Again.BRIEF else conversation.facts
    return Part(reading, (), Outcome.ANSWERED, "again", whole.id, 1.0, facts=facts) if facts else None


def _picked(
    reading: Reading, intent: Intent, place: int, conversation: Conversation, base: KnowledgeBase
) -> Part | None:
    """Return one of the choices that were offered last, or else one point of the list told last."""
    offered = conversation.choices or (conversation.listed if conversation.fresh else ())
    if not (offered or conversation.fresh):
        return None
    if place >= len(offered) or not offered:
        return Part(reading, (), Outcome.UNKNOWN, "point", confidence=1.0)
    name = offered[place]
    if conversation.choices:
        chosen = base.intents[name]
        asked = read(chosen.question, base.lexicon)
        return Part(asked, (), Outcome.ANSWERED, "chosen", chosen.id, 1.0, facts=chosen.facts)
    return Part(reading, (), Outcome.ANSWERED, "picked", intent.id, 1.0, facts=(name,))
