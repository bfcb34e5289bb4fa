"""What to ask next: questions near what was asked that do get an answer."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from knowledge import tuning
from knowledge.model import Intent, KnowledgeBase, card_of
from knowledge.reply import Outcome, Part

AT_MOST = 3


def suggest(parts: Sequence[Part], base: KnowledgeBase) -> tuple[Intent, ...]:
    """Return what to offer next: the choices of a `clarify`, or up to `AT_MOST` intents that the base answers.

    Those come from the candidates that account for enough of the last question; where it is unknown, from the cards of
    the actors that it names; and, where it was not answered, from `base.welcome`. Where an answer leaves none of these,
    they are the nearest to the facts told. What was told is not offered.
    """
    last = parts[-1]
    if choices := dict.fromkeys(name for part in parts for name in part.choices):
        return tuple(base.intents[name] for name in choices)
    intents = {part.intent for part in parts}
    facts = {fact for part in parts for fact in part.facts if part.tells}

    def first(names: Iterable[str]) -> tuple[Intent, ...]:
        found: dict[str, Intent] = {}
        for name in names:
            intent = base.offered.get(name)
            if intent and name not in intents and not facts.issuperset(intent.facts):
                found.setdefault(intent.question, intent)
            if len(found) == AT_MOST:
                break
        return tuple(found.values())

    answered = last.outcome is Outcome.ANSWERED
    return first(_near(last, base)) or (first(_around(facts, base)) if answered else ())


def _near(part: Part, base: KnowledgeBase) -> Iterator[str]:
    if part.outcome is Outcome.UNKNOWN or part.outcome is Outcome.ANSWERED:
        yield from (candidate.intent for candidate in part.candidates if candidate.explained > tuning.OFFERED_AT)
    if part.outcome is Outcome.UNKNOWN:
        yield from filter(base.intents.get, map(card_of, part.reading.actors))
    if part.outcome is not Outcome.ANSWERED:
        yield from base.welcome


def _around(told: Collection[str], base: KnowledgeBase) -> Iterator[str]:
    """Yield the intents whose other facts share actors or topics with those told, the nearest first, on average."""
    known = [base.facts[name] for name in told]
    actors = {actor for fact in known for actor in fact.actors}
    topics = {topic for fact in known for topic in fact.topics}
    shared = {
        name: tuning.TOPIC_WORTH * len(topics.intersection(fact.topics)) + len(actors.intersection(fact.actors))
        for name, fact in base.facts.items()
    }
    nearness: dict[str, float] = {}
    for intent in base.offered.values():
        others = [shared[name] for name in intent.told if name not in told]
        if any(others):
            nearness[intent.id] = sum(others) / len(others)
    yield from sorted(nearness, key=nearness.__getitem__, reverse=True)
