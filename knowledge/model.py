"""What a fact base holds, once loaded: small frozen values that every later step reads.

A `KnowledgeBase` is immutable. A reload builds another one and swaps it whole.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from knowledge import tuning

if TYPE_CHECKING:
    from knowledge.language.lexicon import Lexicon
    from knowledge.search.index import Index


class Status(StrEnum):
    """How firmly an article stands behind a fact."""

    ESTABLISHED = "established"
    REPORTED = "reported"
    ANNOUNCED = "announced"
    CLAIMED = "claimed"
    DENIED = "denied"
    OPINION = "opinion"
    HYPOTHETICAL = "hypothetical"


class IntentKind(StrEnum):
    """What an intent leads to."""

    ANSWER = "answer"
    GAP = "gap"
    """A known subject, a detail that the articles lack."""
    SMALLTALK = "smalltalk"
    ACTOR = "actor"
    """Who or what somebody is; generated for each actor."""


class Again(StrEnum):
    """What a message wants of the last answer, or of the choices that were offered last."""

    SAME = "same"
    SOURCE = "source"
    """The same, to who asks where it comes from: behind an admission, what is near it."""
    MORE = "more"
    """What else is known of it."""
    BRIEF = "brief"
    """Only the first point."""
    LATER = "later"
    """What came next."""
    EARLIER = "earlier"
    """What came before."""
    OUTCOME = "outcome"
    """What came of it."""
    FIRST = "first"
    SECOND = "second"
    THIRD = "third"
    FOURTH = "fourth"
    FIFTH = "fifth"
    LAST = "last"
    LATEST = "latest"
    """The one of them that came last in time."""
    OLDEST = "oldest"


@dataclass(frozen=True, slots=True)
class When:
    """A date or period, `first` to `last` as ISO prefixes (YYYY, YYYY-MM, YYYY-MM-DD), stated or inferred."""

    first: str
    last: str
    inferred: bool = False
    why: str = ""

    @property
    def years(self) -> range:
        """The years that have a day in the period."""
        return range(int(self.first[:4]), int(self.last[:4]) + 1)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A numbered paragraph of an article and what it is about, in our words."""

    number: int
    gist: str


@dataclass(frozen=True, slots=True)
class Article:
    """The card of a source article: what is needed to cite it and to verify what is drawn from it.

    `sha256`, `publication_basis` and `language` are in no answer: they let a reload tell that a card has changed.
    """

    id: str
    document: str
    sha256: str
    title: str
    publication: str | None
    publication_basis: str | None
    author: str | None
    when: When | None
    language: str
    url: str | None
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Citation:
    """The paragraph of an article that a fact rests on, with the fragments that prove it."""

    article: str
    paragraph: int
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement that can be true or false, in our own words, with its hedging and its sources."""

    id: str
    text: str
    status: Status
    citations: tuple[Citation, ...]
    when: When | None = None
    event: bool = False
    """Something that came about, rather than a state, an opinion or a description."""
    by: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    supersedes: tuple[str, ...] = ()
    contradicts: tuple[str, ...] = ()
    """In no answer, as curators let intents tell both: it lets a reload tell that the fact has changed."""

    @property
    def about(self) -> frozenset[str]:
        """Its actors and topics."""
        return frozenset((*self.actors, *self.topics))


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody or something that facts are about."""

    id: str
    name: str
    kind: str
    aliases: tuple[str, ...]
    description: str
    facts: tuple[str, ...]

    @property
    def sort(self) -> str:
        """Its sort, "agent", "product" or "place": in a follow-up, an actor takes the place of one of its own sort."""
        return self.kind if self.kind in ("product", "place") else "agent"

    @property
    def acts(self) -> bool:
        """Whether it can do something: products and places cannot."""
        return self.sort == "agent"

    @property
    def called(self) -> str:
        """Its name as it stands within a sentence, which takes "Azur" but "la mairie".

        The article is the one before the name at the beginning of the description; there may be none.
        """
        found = re.match(rf"((?:les?|la|une?|des) |l['’])?{re.escape(self.name)}\b", self.description, re.IGNORECASE)
        return f"{((found and found[1]) or '').lower()}{self.name}"


@dataclass(frozen=True, slots=True)
class Intent:
    """An information need: the things people ask that have the same right answer."""

    id: str
    kind: IntentKind
    question: str
    facts: tuple[str, ...] = ()
    """The facts that answer its question, as in its YAML."""
    told: tuple[str, ...] = ()
    """All that it may be answered with: `facts`, and `more`, which only who names it, or wants all of it, is told."""
    text: str = ""
    """The lead of an answer, the admission of a gap, or the reply of smalltalk."""
    again: Again | None = None
    """Smalltalk that asks for the last answer, or a point of it, again ("tu as une source ?", "la deuxième ?")."""
    forgets: bool = False
    """Smalltalk after which the conversation is forgotten ("nouvelle conversation")."""
    offered: bool = True
    """Whether its question is offered to members, as what they may ask next."""
    outcome_of: tuple[str, ...] = ()
    """The facts of which it tells what came of them, or that the articles do not say."""


CARDS = "acteur-"
"""What the ids of the generated intents begin with, and no other intent's does."""


def card_of(actor: str) -> str:
    """Return the id of the generated intent that tells who or what an actor is."""
    return f"{CARDS}{actor}"


@dataclass(frozen=True)
class KnowledgeBase:
    """Everything that is needed to answer, immutable; `version` is a hash of the files it was built from."""

    name: str
    version: str
    articles: dict[str, Article]
    facts: dict[str, Fact]
    actors: dict[str, Actor]
    topics: dict[str, str]
    intents: dict[str, Intent]
    texts: dict[str, str]
    """The fixed sentences of answers, by key."""
    welcome: tuple[str, ...]
    """Intents whose questions are offered where nothing nearer is known."""
    lexicon: Lexicon = field(repr=False)
    index: Index = field(repr=False)
    mentions: dict[str, frozenset[str]]
    """Fact -> every feature of its text, figures among them."""
    portion: frozenset[str] = frozenset()
    """Features of `part` in saga.yaml: of words for the part that is meant where the saga's whole subject is named."""

    @cached_property
    def years(self) -> frozenset[int]:
        """The years that at least one fact is dated in."""
        return frozenset(year for fact in self.facts.values() if fact.when for year in fact.when.years)

    @cached_property
    def offered(self) -> dict[str, Intent]:
        """The intents whose questions are offered to members: those that it has an answer to."""
        return {
            intent.id: intent
            for intent in self.intents.values()
            if intent.offered and intent.kind is not IntentKind.GAP
        }

    @cached_property
    def outcomes(self) -> dict[str, str]:
        """Fact -> the intent that tells what came of it."""
        return {fact: intent.id for intent in self.intents.values() for fact in intent.outcome_of}

    @cached_property
    def told_in(self) -> dict[str, frozenset[str]]:
        """Article -> every feature of its facts, their actors among them."""
        told: dict[str, set[str]] = {article: set() for article in self.articles}
        for name, fact in self.facts.items():
            for citation in fact.citations:
                told[citation.article] |= self.told_of(name)
        return {article: frozenset(features) for article, features in told.items()}

    def told_of(self, fact: str) -> set[str]:
        """Return every feature of the text of a fact, and of whom it is about."""
        return {*self.mentions[fact], *(f"@{actor}" for actor in self.facts[fact].actors)}

    @cached_property
    def told(self) -> frozenset[str]:
        """Every feature of the texts of facts."""
        return frozenset().union(*self.mentions.values())

    @cached_property
    def omnipresent(self) -> frozenset[str]:
        """The actors that are in everything."""
        spread = Counter(actor for fact in self.facts.values() for actor in fact.actors)
        return frozenset(
            actor for actor, number in spread.items() if number > tuning.OMNIPRESENT_FROM * len(self.facts)
        )
