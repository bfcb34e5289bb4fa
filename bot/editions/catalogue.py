"""What the bot looks up in a base besides answers: short keys for buttons, questions to propose, facts in order.

Built once for each base, off the event loop; immutable afterwards, like the base itself.
"""

from __future__ import annotations

import hashlib
import math
from base64 import urlsafe_b64encode
from collections import Counter
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Final

from bot.writing.french import label
from knowledge.decision.chronology import events
from knowledge.engine import answer
from knowledge.language.counting import gives_figure
from knowledge.language.lexicon import ARTICLES
from knowledge.language.normalising import words
from knowledge.language.reading import read
from knowledge.language.terms import QuestionType
from knowledge.model import Intent, IntentKind, KnowledgeBase, card_of
from knowledge.reply import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

KEY: Final = 6
"""Length of a short key: 36 bits, so that a button can name a dozen facts in its 100 characters."""
CHOICES: Final = 25
"""Discord shows at most so many proposals."""
CHOICE_AT_MOST: Final = 100
"""Discord takes at most so many characters for a proposal."""
ARTICLE: Final = frozenset(("article", "articles"))
"""A question with one of these asks about the articles rather than the saga."""
LEAST: Final = 0.2
"""Weight of a typed word that every proposal has."""


def short(name: str) -> str:
    """Return the short key of an id: the same for ever, whatever else the base holds."""
    return hash_of(name, KEY)


def hash_of(text: str, length: int) -> str:
    """Return the hash of a text, cut to `length` characters that may stand in a custom id."""
    return urlsafe_b64encode(hashlib.sha256(text.encode()).digest())[:length].decode()


class Rank(IntEnum):
    """Which of several questions that hold the same words are worth more."""

    OF_ARTICLES = 1
    """Which article says what: few ask that."""
    USUAL = 2
    FIRST = 3
    """One to begin with, or who somebody is."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A question that gets an answer, its words and its rank among those that hold them."""

    intent: str
    question: str
    words: tuple[str, ...]
    rank: Rank
    key: str
    """The short key of its intent."""
    label: str
    """The question as a choice shows it."""
    names: tuple[str, ...] = ()
    """The words of whom it presents, where it is the card of an actor."""
    asks: frozenset[QuestionType] = frozenset()
    """What it asks for."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The lookups of one base."""

    intents: dict[str, str]
    """Short key -> intent."""
    facts: dict[str, str]
    actors: dict[str, str]
    topics: dict[str, str]
    articles: dict[str, str]
    proposals: tuple[Proposal, ...]
    proposed: dict[str, Proposal]
    """Intent -> the proposal that asks its question."""
    rarity: dict[str, float]
    """Word of a proposal, or beginning of one -> how much it tells: little for « qui », much for a name."""
    welcome: tuple[Proposal, ...]
    events: tuple[str, ...]
    """The facts that tell what came about, in order."""
    figures: tuple[str, ...]
    """The facts that give a figure, in the base's order."""


def build(base: KnowledgeBase) -> Catalogue:
    """Return the catalogue of a base. Asks the engine every question that it is going to propose."""
    proposals = tuple(
        _proposal(intent, base)
        for intent in base.intents.values()
        if intent.kind in (IntentKind.ANSWER, IntentKind.ACTOR)
        and len(intent.question) <= CHOICE_AT_MOST
        and answer(intent.question, base).outcome is Outcome.ANSWERED
    )
    proposed = {proposal.intent: proposal for proposal in proposals}
    return Catalogue(
        intents=_keys(base.intents),
        facts=_keys(base.facts),
        actors=_keys(base.actors),
        topics=_keys(base.topics),
        articles=_keys(base.articles),
        proposals=proposals,
        proposed=proposed,
        rarity=_rarity(proposals),
        welcome=tuple(proposed[name] for name in base.welcome if name in proposed),
        events=tuple(fact.id for fact in events(base)),
        figures=tuple(name for name, fact in base.facts.items() if gives_figure(fact.text, base.mentions[name])),
    )


def _proposal(intent: Intent, base: KnowledgeBase) -> Proposal:
    """Return an intent as a proposal."""
    question = intent.question
    shown = label(question, CHOICE_AT_MOST)
    presented = next((actor.name for actor in base.actors.values() if card_of(actor.id) == intent.id), "")
    return Proposal(
        intent.id,
        question,
        words(question),
        _rank(intent, base),
        short(intent.id),
        shown,
        names=tuple(word for word in words(presented) if word not in ARTICLES),
        asks=read(question, base.lexicon).asks,
    )


def _rank(intent: Intent, base: KnowledgeBase) -> Rank:
    """Return how early the question of an intent is proposed, among those that hold what was typed."""
    if intent.id in base.welcome:
        return Rank.FIRST
    return Rank.USUAL if ARTICLE.isdisjoint(words(intent.question)) else Rank.OF_ARTICLES


def _rarity(proposals: Sequence[Proposal]) -> dict[str, float]:
    """Return how much each word tells, and each beginning of a word as much as its most common ending."""
    spread = Counter(word for proposal in proposals for word in set(proposal.words))
    rarity: dict[str, float] = {}
    for word, number in spread.items():
        tells = LEAST + math.log((len(proposals) + 1) / number)
        for end in range(1, len(word) + 1):
            beginning = word[:end]
            rarity[beginning] = min(tells, rarity.get(beginning, tells))
    return rarity


def _keys(names: Iterable[str]) -> dict[str, str]:
    return {short(name): name for name in names}
