"""What a person's next message may lean on: a small value, passed in and out; the engine keeps none."""

from __future__ import annotations

from dataclasses import dataclass, replace

from knowledge import tuning
from knowledge.model import KnowledgeBase
from knowledge.reading import Kind, Reading, Term


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
    kinds = {base.actors[name].kind for name in reading.actors if name in base.actors}
    if reading.names:
        kinds |= {"company", "person", "place", "institution", "product"}
    new = {feature for term in reading.terms for feature, _ in term.features}
    dated = bool(reading.years) or any(feature.startswith("#m") for feature in new)
    old = []
    for term in conversation.terms:
        feature = term.features[0][0]
        if feature in new or (dated and term.kind is Kind.YEAR):
            continue
        if term.kind is Kind.ACTOR and base.actors[feature[1:]].kind in kinds:
            continue
        if term.kind in (Kind.NAME, Kind.NUMBER, Kind.UNKNOWN, Kind.LIGHT):
            continue
        old.append(replace(term, share=tuning.CONTEXT_SHARE))
    years = reading.years or tuple(int(term.text) for term in old if term.kind is Kind.YEAR)
    asks = reading.asks or conversation.asks
    return replace(reading, terms=(*reading.terms, *old), asks=asks, years=years)
