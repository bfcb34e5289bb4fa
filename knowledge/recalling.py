"""What a message wants of the last answer: all again, in brief, one point, or what came before or after.

An offered choice is picked like a point.
"""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.chronology import beside
from knowledge.conversation import Conversation
from knowledge.model import Again, Intent, KnowledgeBase
from knowledge.reading import Reading, read
from knowledge.reply import Outcome, Part

PLACES = {Again.FIRST: 0, Again.SECOND: 1, Again.THIRD: 2, Again.FOURTH: 3, Again.FIFTH: 4, Again.LAST: -1}
"""Which point of several is wanted."""


def recalled(reading: Reading, intent: Intent, conversation: Conversation, base: KnowledgeBase) -> Part | None:
    """Return the part that tells it; None where there is nothing that the message could refer to."""
    place = PLACES.get(intent.again) if intent.again else None
    if place is not None:
        for name in _at(place, conversation.choices):
            chosen = base.intents[name]
            asked = read(chosen.question, base.lexicon)
            return Part(asked, (), Outcome.ANSWERED, "chosen", chosen.id, 1.0, facts=chosen.facts)
    if not conversation.fresh or not conversation.facts:
        return None
    if intent.again in (Again.LATER, Again.EARLIER):
        facts = beside(conversation.facts, intent.again, base)
        if not facts:
            return Part(reading, (), Outcome.UNKNOWN, intent.again.value, confidence=1.0)
        return Part(reading, (), Outcome.ANSWERED, "moved", intent.id, 1.0, facts=facts)
    if place is not None:
        facts = _at(place, conversation.listed)
        return Part(reading, (), Outcome.ANSWERED, "picked", intent.id, 1.0, facts=facts) if facts else None
    facts = conversation.facts[:1] if intent.again is Again.BRIEF else conversation.facts
    return Part(reading, (), Outcome.ANSWERED, "again", intent.id, 1.0, facts=facts)


def _at(place: int, names: Sequence[str]) -> tuple[str, ...]:
    """Return the one of several names that stands at a place; none where there are not so many."""
    return (names[place],) if len(names) > max(1, place) else ()
