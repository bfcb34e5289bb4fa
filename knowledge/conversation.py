"""What a person's next message may lean on: a small value, passed in and out; the engine keeps none."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass, replace

from knowledge import tuning
from knowledge.counting import Side
from knowledge.matching import Candidate
from knowledge.model import Actor, KnowledgeBase
from knowledge.reading import Reading
from knowledge.terms import Kind, Term


@dataclass(frozen=True, slots=True)
class Conversation:
    """The last question that was understood: its terms, what it asked for, and what it was answered with."""

    terms: tuple[Term, ...] = ()
    asks: frozenset[str] = frozenset()
    intent: str | None = None
    facts: tuple[str, ...] = ()
    years: tuple[int | Side, ...] = ()
    """Years that the question asked about."""
    age: int = 0
    """Messages since then that were not understood as questions."""
    listed: tuple[str, ...] = ()
    """The facts of the last answer, of which one point after the other may be wanted: `facts` is then that point."""
    choices: tuple[str, ...] = ()
    """Intents that were just offered to choose from."""
    heard: tuple[str, ...] = ()
    """All facts told since something new was asked about: who wants to know more wants others."""

    @property
    def fresh(self) -> bool:
        """Whether there is something that a follow-up can lean on."""
        return self.intent is not None and self.age < tuning.CONTEXT_FADES

    def within(self, base: KnowledgeBase) -> Conversation:
        """Return it, or a new one where the base was changed so that it no longer has what was spoken of."""
        actors = {term.actor for term in self.terms if term.actor}
        intents = {*self.choices, *([self.intent] if self.intent else ())}
        known = base.intents.keys() >= intents and base.facts.keys() >= {*self.facts, *self.listed, *self.heard}
        return self if known and base.actors.keys() >= actors else Conversation()

    def understood(
        self,
        reading: Reading,
        intent: str,
        facts: tuple[str, ...],
        known: Container[str],
        *,
        listed: tuple[str, ...],
    ) -> Conversation:
        """Return the state after a question that led to `intent`, which knows these features.

        Whoever was spoken of still is where the question names nobody, and the intent knows them: "qui est Azur ?",
        "que dit-elle ?", "quand ?". So is what was spoken of where it hardly says anything: "combien de départs ?",
        "c'est la première fois ?", "et Brunel ?".
        """
        terms = [term if term.share == 1.0 else term._replace(share=1.0) for term in reading.terms]
        if self.fresh:
            new = {term.feature for term in terms}
            brief = not reading.carried and (reading.leaning or says_little(reading))
            terms += [
                term
                for term in self.terms
                if term.feature in known and term.feature not in new
                if (brief and term.kind in _SPOKEN_OF) or (term.actor and not reading.actors)
            ]
        heard = (*self.heard, *facts) if reading.carried or {*facts} & {*self.heard} else facts
        return Conversation(tuple(terms), reading.asks, intent, facts, reading.years, listed=listed, heard=heard)

    def passed(self) -> Conversation:
        """Return the state after a message that was no question, or one not understood."""
        return replace(self, age=self.age + 1) if self.intent else Conversation()


def merged(reading: Reading, conversation: Conversation, base: KnowledgeBase) -> Reading:
    """Return `reading` completed by the last question: what it says anew replaces what was said of the same sort."""
    # "et la mairie ?" only puts another name into the last question.
    bare = all(term.kind in _PUT_IN for term in reading.terms)
    sorts = {_sort(base.actors[name].kind) for name in reading.actors if name in base.actors}
    before = {_sort(base.actors[term.actor].kind) for term in conversation.terms if term.actor}
    if sorts & _DOERS and not (bare and not reading.asks and sorts & _DOERS & before):
        sorts |= _DOERS
    if reading.names:
        sorts |= {*_DOERS, "place"}
    new = {feature for term in reading.terms for feature, _ in term.features}
    dated = bool(reading.years) or any(feature.startswith("#m") for feature in new)
    old = []
    for term in conversation.terms:
        if term.feature in new or (dated and term.kind is Kind.YEAR):
            continue
        if term.actor and _sort(base.actors[term.actor].kind) in sorts:
            continue
        if term.kind in (Kind.NAME, Kind.NUMBER, Kind.UNKNOWN, Kind.LIGHT):
            continue
        old.append(term._replace(share=1.0 if bare else tuning.CONTEXT_SHARE))
    years = reading.years or (conversation.years if any(term.kind is Kind.YEAR for term in old) else ())
    asks = reading.asks or conversation.asks
    return replace(
        reading,
        terms=(*reading.terms, *old),
        asks=asks,
        years=years,
        focus=reading.actors,
        carried=len(old),
    )


_DOERS = frozenset(["agent", "product"])
"""Sorts of actors that replace one another, but for a mere name where the last question had one of its own sort."""
_SPOKEN_OF = frozenset([Kind.CONCEPT, Kind.WORD])
_PUT_IN = frozenset([Kind.LIGHT, Kind.ACTOR, Kind.NAME, Kind.YEAR])


def says_little(reading: Reading) -> bool:
    """Tell whether at most one word of a message tells what it is about."""
    return sum(term.kind is not Kind.LIGHT for term in reading.terms) <= 1


def is_agent(actor: Actor) -> bool:
    """Tell whether an actor is one that does something itself."""
    return _sort(actor.kind) == "agent"


def _sort(kind: str) -> str:
    """Return what an actor can be replaced by in a follow-up: people and organisations by one another."""
    return kind if kind in ("product", "place") else "agent"


def placed(
    candidates: Iterable[Candidate],
    reading: Reading,
    conversation: Conversation,
    base: KnowledgeBase,
    *,
    followed: bool,
) -> list[Candidate]:
    """Return candidates with the signals of how they fit a conversation.

    `reading` is the message alone, `followed` whether they are for the message completed by what went before.
    """
    told = _about(meant(reading, conversation, base), base)
    way = "followed" if followed else "alone"
    message = {
        way: 1.0,
        f"{way}, leaning": reading.leaning,
        f"{way}, bare": says_little(reading),
        f"{way}, empty": reading.empty,
        f"{way}, asks": bool(reading.asks),
        f"{way}, names": bool(reading.actors),
    }
    found = []
    for candidate in candidates:
        about = _about(base.intents[candidate.intent].facts, base)
        same = candidate.intent == conversation.intent
        signals = {
            **candidate.signals,
            **message,
            f"{way}, kin": kin(about, told),
            f"{way}, off topic": not about,
            f"{way}, evidence": candidate.signals["evidence"],
            f"{way}, fit": candidate.signals["fit"],
            f"{way}, covered": candidate.covered,
            f"{way}, same": same,
            f"{way}, same, asks": same and bool(reading.asks),
        }
        found.append(candidate._replace(followed=followed, signals=signals))
    return found


def meant(reading: Reading, conversation: Conversation, base: KnowledgeBase) -> tuple[str, ...]:
    """Return the facts told last that a message may go on from.

    One that says nothing of its own ("quand ?") means what was asked, not what was told beside it.
    """
    told = conversation.facts
    own = base.intents[conversation.intent].facts if conversation.intent and reading.empty else ()
    return tuple(name for name in told if name in own) or told


def kin(one: set[str], other: set[str]) -> float:
    """Return how much two sets share (Jaccard), 0..1; of the empty one, nothing."""
    return len(one & other) / len(one | other) if one else 0.0


def accounts(candidate: Candidate, reading: Reading, whole: Reading, base: KnowledgeBase) -> bool:
    """Tell whether a message's own words, not only those taken over, speak for a candidate; none explains gibberish.

    Those taken over have to where it has none: "quand ?".
    """
    telling = whole.terms if reading.empty else reading.terms
    own = {term: base.index.weight(term) for term in telling if term.kind is not Kind.LIGHT}
    left = sum(weight for term, weight in own.items() if term.kind is Kind.UNKNOWN or term in candidate.unexplained)
    return left <= tuning.OWN_LEFT_AT_MOST * sum(own.values())


def unanswered(reading: Reading) -> dict[str, float]:
    """Return the signals, in a conversation, for there being no answer."""
    return {"talking": 1.0, "talking, leaning": reading.leaning, "talking, bare": len(reading.terms) <= 1}


def _about(facts: Iterable[str], base: KnowledgeBase) -> set[str]:
    """Return the actors, topics and articles of facts."""
    found: set[str] = set()
    for name in facts:
        fact = base.facts[name]
        found.update(fact.actors, fact.topics, (citation.article for citation in fact.citations))
    return found
