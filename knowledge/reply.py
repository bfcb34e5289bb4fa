"""What the engine returns: an answer that carries its sources and explains itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from knowledge import tuning
from knowledge.language.counting import Side
from knowledge.language.reading import Reading
from knowledge.model import Intent
from knowledge.search.index import Phrase
from knowledge.search.matching import Candidate

if TYPE_CHECKING:
    from knowledge.conversation import Conversation


class Outcome(StrEnum):
    """The four things that can come of a question."""

    ANSWERED = "answered"
    CLARIFY = "clarify"
    UNKNOWN = "unknown"
    SMALLTALK = "smalltalk"


class Rule(StrEnum):
    """What decided a question, as `saga ask --explain` names it. A text of the base says each that left it unknown."""

    MATCH = "match"
    """It is what the likeliest intent is asked by."""
    BOTH = "both"
    """The same, and the second likeliest is told, too."""
    NEAR_AND_GAP = "near-and-gap"
    """The same, and behind it what the articles do not say."""
    GAP_AND_NEAR = "gap-and-near"
    """What the articles do not say, and behind it what is near."""
    CORRECTED = "corrected"
    """What is said of a stranger is put right."""
    CARD = "card"
    """Who somebody is."""
    PERIOD = "period"
    """What happened in the time that is asked about."""
    THEN = "then"
    """The last question, for another year."""
    AGAIN = "again"
    """The last answer, or its first point, once more."""
    PICKED = "picked"
    """One point of the last answer."""
    CHOSEN = "chosen"
    """One of the choices that were offered."""
    MOVED = "moved"
    """What came before or after what was told last, or more of the same."""
    BEYOND = "beyond"
    """Nothing came after it; more of the same is told."""
    NEAR = "near"
    """Two intents are near: which is meant?"""
    SMALLTALK = "smalltalk"
    """It is no question."""
    GAP = "gap"
    """A known subject, a detail that the articles lack."""
    NAME = "name"
    """A name that the saga does not have."""
    YEAR = "year"
    """Years in which nothing lies of what is asked."""
    DATE = "date"
    """A month or a day in which nothing happened."""
    DETAIL = "detail"
    """A known subject, and no answer."""
    OFF_TOPIC = "off-topic"
    """Another subject."""
    EMPTY = "empty"
    """Nothing was asked."""
    REMARK = "remark"
    """A mere remark amid a talk."""
    ADRIFT = "adrift"
    """It goes on from something, and nothing is left of that."""
    POINT = "point"
    """The last answer has no such point."""
    MORE = "more"
    """Nothing more is known of what was told last."""
    LATER = "later"
    """Nothing came after it."""
    EARLIER = "earlier"
    """Nothing came before it."""

    @property
    def outcome(self) -> Outcome:
        """What comes of a question that it decides."""
        return _OUTCOMES.get(self, Outcome.UNKNOWN)


_ANSWERING = (
    *(Rule.MATCH, Rule.BOTH, Rule.NEAR_AND_GAP, Rule.CORRECTED, Rule.CARD, Rule.PERIOD),
    *(Rule.THEN, Rule.AGAIN, Rule.PICKED, Rule.CHOSEN, Rule.MOVED, Rule.BEYOND),
)
_ADMITTING = frozenset([Rule.GAP, Rule.GAP_AND_NEAR])
_OUTCOMES = {
    **dict.fromkeys(_ANSWERING, Outcome.ANSWERED),
    Rule.NEAR: Outcome.CLARIFY,
    Rule.SMALLTALK: Outcome.SMALLTALK,
}


@dataclass(frozen=True, slots=True)
class Source:
    """An article cited by an answer, by its number in the text, with the paragraphs that were used."""

    number: int
    article: str
    document: str
    title: str
    publication: str | None
    date: str | None
    inferred: bool
    """Whether the date is inferred: the article does not give it."""
    paragraphs: tuple[int, ...]


class Part(NamedTuple):
    """How one question of a message was decided: its reading, the candidates, and the rule that decided."""

    reading: Reading
    candidates: tuple[Candidate, ...]
    rule: Rule
    intent: str | None = None
    strength: float = 0.0
    """Probability (0..1) of what was taken as asked, as the candidates were weighed."""
    runner_up: str | None = None
    facts: tuple[str, ...] = ()
    missing: tuple[int | Side, ...] = ()
    """Years asked about in which no fact of the answer lies."""
    undated: bool = False
    """It asks when, and no fact of the answer tells any time."""
    untold: bool = False
    """It says of somebody what the answer does not know: that is only near."""
    statement: Phrase | None = None
    """The statement that it puts, with whether that is so."""
    followed: bool = False
    """Read with what went before in the conversation."""
    also: tuple[str, ...] = ()
    """The last of the facts, where they are those of the second likeliest intent."""
    gap: str | None = None
    """The gap intent whose admission is told before the facts, or after them."""
    choices: tuple[str, ...] = ()
    """Intents offered by a `clarify`."""

    @property
    def outcome(self) -> Outcome:
        """What came of it."""
        return self.rule.outcome

    @property
    def confidence(self) -> float:
        """Probability (0..1) that it is right: its strength, calibrated on questions with known answers."""
        for (low, least), (high, most) in pairwise(tuning.CALIBRATION):
            if self.strength <= high:
                return round(least + (most - least) * (self.strength - low) / (high - low), 3)
        return tuning.CALIBRATION[-1][1]

    @property
    def truth(self) -> bool | None:
        """Whether what it says is so; None where it says nothing that the base has as true or as false."""
        return self.statement.truth if self.statement else None

    @property
    def silent(self) -> bool:
        """Whether it says nothing of what was asked: neither a fact, nor that the articles do not say."""
        return self.outcome is Outcome.UNKNOWN and not self.admits

    @property
    def tells(self) -> bool:
        """Whether it tells the facts of what it was taken for."""
        return self.outcome is Outcome.ANSWERED or self.rule is Rule.GAP_AND_NEAR

    @property
    def admits(self) -> bool:
        """Whether it says what the articles do not say, alone or ahead of what is near."""
        return self.rule in _ADMITTING

    @property
    def says(self) -> bool:
        """Whether it says something of what was asked: a fact, or that the articles do not say."""
        return self.tells or self.admits

    @property
    def verbatim(self) -> bool:
        """Whether it is, word for word, a phrasing of what it was taken for."""
        return any(candidate.verbatim and candidate.intent == self.intent for candidate in self.candidates[:1])


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer: French text with [n] marks, numbered sources, and what to ask next.

    `conversation` is the state to pass in with the same person's next message.
    """

    question: str
    outcome: Outcome
    text: str
    sources: tuple[Source, ...]
    facts: tuple[str, ...]
    intent: str | None
    confidence: float
    """Calibrated: of the answers given at 0.9, nine in ten are right."""
    runner_up: str | None
    offered: tuple[Intent, ...]
    """What can be asked next."""
    conversation: Conversation
    parts: tuple[Part, ...] = field(repr=False, default=())

    @property
    def suggestions(self) -> tuple[str, ...]:
        """The questions of what is offered."""
        return tuple(intent.question for intent in self.offered)
