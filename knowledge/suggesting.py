"""What to ask next: questions near what was asked that do get an answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from knowledge import tuning
from knowledge.model import IntentKind, KnowledgeBase, card_of
from knowledge.reply import Outcome, Part

AT_MOST = 3


def suggest(parts: Sequence[Part], base: KnowledgeBase) -> tuple[str, ...]:
    """Return questions to offer next: the choices of a `clarify`, or up to `AT_MOST` that the base answers.

    Those come from the candidates that account for enough of the last question; where it is unknown, from the cards of
    the actors that it names; and, where it was not answered, from `base.welcome`. What was told is not offered.
    """
    last = parts[-1]
    choices = [name for part in parts for name in part.choices]
    if choices:
        return tuple(base.intents[name].question for name in choices)
    told = {part.intent for part in parts}
    facts = {fact for part in parts for fact in part.facts if part.tells}
    found: list[str] = []
    for name in _near(last, base):
        intent = base.intents[name]
        fresh = name not in told and not set(intent.facts) <= facts
        apt = intent.offered and intent.kind is not IntentKind.GAP
        if apt and fresh and intent.question not in found:
            found.append(intent.question)
        if len(found) == AT_MOST:
            break
    return tuple(found)


def _near(part: Part, base: KnowledgeBase) -> Iterator[str]:
    if part.outcome is Outcome.UNKNOWN or part.outcome is Outcome.ANSWERED:
        yield from (candidate.intent for candidate in part.candidates if candidate.explained > tuning.OFFERED_AT)
    if part.outcome is Outcome.UNKNOWN:
        yield from filter(base.intents.get, map(card_of, part.reading.actors))
    if part.outcome is not Outcome.ANSWERED:
        yield from base.welcome
