"""What a person's next message may lean on: a small value, passed in and out; the engine keeps none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from knowledge import tuning
from knowledge.matching import Candidate
from knowledge.model import KnowledgeBase
from knowledge.reading import Reading
from knowledge.terms import Kind, Term


@dataclass(frozen=True, slots=True)
class Conversation:
    """The last question that was understood: its terms, what it asked for, and what it was answered with."""

    terms: tuple[Term, ...] = ()
    asks: frozenset[str] = frozenset()
    intent: str | None = None
    facts: tuple[str, ...] = ()
    age: int = 0
    """Messages since then that were not understood as questions."""

    @property
    def fresh(self) -> bool:
        """Whether there is something that a follow-up can lean on."""
        return self.intent is not None and self.age < tuning.CONTEXT_FADES

    def understood(self, reading: Reading, intent: str, facts: tuple[str, ...]) -> Conversation:
        """Return the state after a question that led to `intent`."""
        kept = tuple(replace(term, share=1.0) for term in reading.terms)
        return Conversation(kept, reading.asks, intent, facts)

    def passed(self) -> Conversation:
        """Return the state after a message that was no question, or one not understood."""
        return replace(self, age=self.age + 1) if self.intent else self


def leans(reading: Reading) -> bool:
    """Tell whether a message looks like half a question, to be read with what went before."""
    if reading.leaning:
        return True
    content = [term for term in reading.terms if term.kind is not Kind.LIGHT]
    return len(content) <= 1


def merged(reading: Reading, conversation: Conversation, base: KnowledgeBase) -> Reading:
    """Return `reading` completed by the last question: what it says anew replaces what was said of the same sort."""
    sorts = {_sort(base.actors[name].kind) for name in reading.actors if name in base.actors}
    if sorts & {"agent", "product"}:
        sorts |= {"agent", "product"}
    if reading.names:
        sorts |= {"agent", "product", "place"}
    new = {feature for term in reading.terms for feature, _ in term.features}
    dated = bool(reading.years) or any(feature.startswith("#m") for feature in new)
    old = []
    for term in conversation.terms:
        feature = term.features[0][0]
        if feature in new or (dated and term.kind is Kind.YEAR):
            continue
        if term.kind is Kind.ACTOR and _sort(base.actors[feature[1:]].kind) in sorts:
            continue
        if term.kind in (Kind.NAME, Kind.NUMBER, Kind.UNKNOWN, Kind.LIGHT):
            continue
        old.append(replace(term, share=tuning.CONTEXT_SHARE))
    years = reading.years or tuple(int(term.text) for term in old if term.kind is Kind.YEAR)
    asks = reading.asks or conversation.asks
    return replace(
        reading,
        terms=(*reading.terms, *old),
        asks=asks,
        years=years,
        followed=bool(reading.asks),
        focus=reading.actors,
        carried=len(old),
    )


def _sort(kind: str) -> str:
    """Return what an actor can be replaced by in a follow-up: people and organisations by one another."""
    return kind if kind in ("product", "place") else "agent"


def near(candidates: list[Candidate], conversation: Conversation, base: KnowledgeBase) -> list[Candidate]:
    """Rank candidates anew: the more of their actors, topics and articles the last answer had, the likelier."""
    told = _about(conversation.facts, base)
    ranked = []
    for candidate in candidates:
        about = _about(base.intents[candidate.intent].facts, base)
        kinship = len(about & told) / len(about | told) if about and candidate.intent != conversation.intent else 0.0
        ranked.append(replace(candidate, score=min(1.0, candidate.score + tuning.CONTEXT_GAIN * kinship)))
    return sorted(ranked, key=lambda candidate: (-candidate.score, candidate.intent))


def _about(facts: Iterable[str], base: KnowledgeBase) -> set[str]:
    """Return the actors, topics and articles of facts."""
    found: set[str] = set()
    for name in facts:
        fact = base.facts[name]
        found.update(fact.actors, fact.topics, (citation.article for citation in fact.citations))
    return found
