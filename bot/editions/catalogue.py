"""What the bot looks up in a base besides answers: short keys for buttons, questions to propose, facts in order.

Built once for each base, off the event loop; immutable afterwards, like the base itself.
"""

from __future__ import annotations

import hashlib
import math
import re
from base64 import urlsafe_b64encode
from collections import Counter
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Final

from rapidfuzz import fuzz

from bot.writing.french import label
from knowledge.decision.chronology import events
from knowledge.engine import answer
from knowledge.language.lexicon import ARTICLES
from knowledge.language.normalising import MONTHS, words
from knowledge.language.reading import read
from knowledge.model import Fact, Intent, IntentKind, KnowledgeBase, card_of
from knowledge.reply import Outcome
from knowledge.search.matching import match

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from knowledge.language.lexicon import Lexicon

KEY: Final = 6
"""Length of a short key: 36 bits, so that a button can name a dozen facts in its 100 characters."""
CHOICES: Final = 25
"""Discord shows at most so many proposals."""
CHOICE_AT_MOST: Final = 100
"""Discord takes at most so many characters for a proposal."""
TYPED_AT_MOST: Final = 200
WORDS_AT_MOST: Final = 12
"""So much of a half-typed question is compared: more words change no proposal, and cost time at each key."""
MEANING: Final = 0.8
"""What the engine's own understanding counts for beside the words as they stand."""
SAME: Final = 0.999
"""How much of a question's meaning was typed where it asks just that."""
SURE: Final = 0.8
"""How likely a question is the one that was typed, where it counts as if it had its words."""
CURATED: Final = 0.1
"""What it counts for that a question is one to begin with."""
OPENING: Final = 0.3
"""What it counts for that a question begins with what was typed, or that it presents somebody where one asks who."""
NEAR: Final = 0.25
"""Score that a proposal has to exceed."""
BEHIND: Final = 1 / 3
"""Share of the best score that it has to exceed, too."""
LEAST: Final = 0.2
"""Weight of a typed word that every proposal has."""
UNSEEN: Final = 3.0
"""Weight of one that no proposal has."""
BEGUN: Final = 0.9
"""How surely a typed word is one that it is the beginning of."""
ALIKE: Final = 0.7
"""How surely it is one that is only spelt like it."""
ARTICLE: Final = frozenset(("article", "articles"))
"""A question with one of these asks about the articles rather than the saga."""
_FUZZY_FROM: Final = 80
_FIGURE = re.compile(r"\d")
_DATE = re.compile(
    r"\b[^\W\d_]{3,9}\s+\d{1,2},\s+(?:19|20)\d\d\b"
    r"|\b(?:\d{1,2}(?:er)?\s+)?(?:[^\W\d_]+\s+)?(?:19|20)\d\d\b|\b\d{1,2}(?:er)?\s+[^\W\d_]{3,9}\b(?!\s*%)"
)
_FRACTIONS = frozenset(("moitie", "quart", "quarts", "tiers"))
_COUNTS_FROM: Final = 3
"""A "deux" mostly says both of two that are named."""
_SPELLED_FROM: Final = 4
"""A scale of fewer letters may be something else ("M. Brunel"), and where it is none, digits stand before it."""


def short(name: str) -> str:
    """Return the short key of an id: the same for ever, whatever else the base holds."""
    return urlsafe_b64encode(hashlib.sha256(name.encode()).digest())[:KEY].decode()


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
    asks: frozenset[str] = frozenset()
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
    asked: dict[str, Proposal]
    """Question -> the proposal that asks it."""
    rarity: dict[str, float]
    """Word of a proposal, or beginning of one -> how much it tells: little for « qui », much for a name."""
    welcome: tuple[Proposal, ...]
    events: tuple[str, ...]
    """The facts that tell what came about, in order."""
    figures: tuple[str, ...]
    """The facts that give a figure, in the base's order."""

    def propose(self, typed: str, base: KnowledgeBase) -> tuple[Proposal, ...]:
        """Return the questions nearest to what was typed so far, best first; the curated ones where nothing was."""
        wanted = words(typed[:TYPED_AT_MOST])[:WORDS_AT_MOST]
        if not wanted:
            return self.welcome[:CHOICES]

        def weigh(word: str) -> float:
            return self.rarity.get(word, UNSEEN)

        reading = read(typed[:TYPED_AT_MOST], base.lexicon)
        meant = {found.intent: found for found in match(reading, base.index).candidates}
        of_articles = any(len(word) > 2 and "articles".startswith(word) for word in wanted)
        floor = Rank.FIRST if of_articles else Rank.OF_ARTICLES

        def place(item: Proposal) -> tuple[int, float]:
            # What was only spelt nearly so, or means much the same, comes behind all that has the words as they stand,
            # or that asks just what was typed in words of its own.
            rank = Rank.FIRST if max(_found(wanted, item.names), default=0.0) >= BEGUN else max(item.rank, floor)
            found = meant.get(item.intent)
            means = found.signals["fit"] if found else 0.0
            asked = found is not None and (found.score >= SURE or (means >= SAME and not reading.asks))
            presents = bool(item.names) and not reading.terms and not reading.asks.isdisjoint(item.asks)
            stands = asked or presents or min(_found(wanted, item.words)) >= BEGUN
            begun = " ".join(item.words).startswith(" ".join(wanted))
            score = (
                likeness(wanted, item.words, weigh)
                + means * MEANING
                + (begun or presents) * OPENING
                + (item in self.welcome) * CURATED
            )
            return (rank if stands else min(rank, Rank.USUAL) - Rank.USUAL), score

        placed = sorted(((*place(item), -number) for number, item in enumerate(self.proposals)), reverse=True)
        least = max([NEAR, *(score * BEHIND for _, score, _ in placed)])
        near = [self.proposals[-number] for _, score, number in placed if score > least]
        if reading.terms:
            return tuple(near[:CHOICES])
        # Whoever has not named anything yet is shown what to begin with, too.
        first = [item for item in self.welcome if item not in near[: CHOICES - len(self.welcome)]]
        return (*near[: CHOICES - len(first)], *first[:CHOICES])

    def by_question(self, question: str) -> Proposal | None:
        """Return the proposal whose question this is, to the letter."""
        return self.asked.get(question)

    def proposal(self, intent: str, base: KnowledgeBase) -> Proposal:
        """Return an intent of `base` as a proposal, whether or not it is one to offer unasked."""
        return _proposal(base.intents[intent], base)

    def near(self, facts: Iterable[str], intent: str | None, base: KnowledgeBase, limit: int = 3) -> list[Proposal]:
        """Return the questions that lie nearest to some facts without being answered by them."""
        told = set(facts)
        known = [base.facts[name] for name in told if name in base.facts]
        actors = {name for fact in known for name in fact.actors}
        topics = {name for fact in known for name in fact.topics}
        nearness = {
            name: 2 * len(topics.intersection(fact.topics)) + len(actors.intersection(fact.actors))
            for name, fact in base.facts.items()
        }
        scored: list[tuple[float, int]] = []
        for number, proposal in enumerate(self.proposals):
            others = [nearness[name] for name in base.intents[proposal.intent].facts if name not in told]
            if proposal.intent == intent or not others:
                continue
            shared = sum(others)
            if shared:
                scored.append((-shared / len(others), number))
        return [self.proposals[number] for _, number in sorted(scored)[:limit]]


def likeness(
    typed: tuple[str, ...], known: tuple[str, ...], weigh: Callable[[str], float] = lambda word: min(len(word), 6)
) -> float:
    """Return how many of the words typed so far are among those of `known`: 0.0 below a third, at most 1.1 for all.

    Each word counts what `weigh` gives it (default: its length); the last one may be unfinished. Of two texts that hold
    as many of them, the one with fewer other words gets a little more.
    """
    weights = [weigh(word) for word in typed]
    found = sum(weight * sure for weight, sure in zip(weights, _found(typed, known), strict=True))
    share = found / sum(weights) if typed else 0.0
    held = sum(map(weigh, known)) or 1.0
    return share + found / held / 10 if share >= 1 / 3 else 0.0


def _found(typed: tuple[str, ...], known: tuple[str, ...]) -> list[float]:
    """Return how surely each word typed is one of `known`: as it stands, as a beginning, or as a near miss."""
    return [_sure(word, known, last=position == len(typed)) for position, word in enumerate(typed, 1)]


def _sure(word: str, known: tuple[str, ...], *, last: bool) -> float:
    if word in known:
        return 1.0
    if (last or len(word) > 2) and any(other.startswith(word) for other in known):
        return BEGUN
    near = len(word) > 3 and any(fuzz.ratio(word, other) >= _FUZZY_FROM for other in known)
    return ALIKE if near else 0.0


def build(base: KnowledgeBase) -> Catalogue:
    """Return the catalogue of a base. Asks the engine every question that it is going to propose."""
    proposals = tuple(
        _proposal(intent, base)
        for intent in base.intents.values()
        if intent.kind in (IntentKind.ANSWER, IntentKind.ACTOR)
        and len(intent.question) <= CHOICE_AT_MOST
        and answer(intent.question, base).outcome is Outcome.ANSWERED
    )
    by_intent = {proposal.intent: proposal for proposal in proposals}
    return Catalogue(
        intents=_keys(base.intents),
        facts=_keys(base.facts),
        actors=_keys(base.actors),
        topics=_keys(base.topics),
        articles=_keys(base.articles),
        proposals=proposals,
        asked={proposal.question: proposal for proposal in reversed(proposals)},
        rarity=_rarity(proposals),
        welcome=tuple(by_intent[name] for name in base.welcome if name in by_intent),
        events=tuple(fact.id for fact in events(base)),
        figures=tuple(fact.id for fact in base.facts.values() if gives_figure(fact, base.lexicon)),
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


def gives_figure(fact: Fact, lexicon: Lexicon) -> bool:
    """Tell whether a fact rests on a figure other than a date, or says one in words."""
    evidence = [fragment for citation in fact.citations for fragment in citation.evidence]
    return any(_FIGURE.search(_DATE.sub(_kept, fragment)) for fragment in evidence) or _counts(fact.text, lexicon)


def _counts(text: str, lexicon: Lexicon) -> bool:
    """Tell whether a text has a number, a fraction or a rank as a word: "quatre pays", "un quart", "le troisième"."""
    return any(
        word in _FRACTIONS
        or word in lexicon.ordinals
        or (word in lexicon.scales and len(word) >= _SPELLED_FROM)
        or lexicon.numbers.get(word, 0) >= _COUNTS_FROM
        for word in words(text)
    )


def _kept(found: re.Match[str]) -> str:
    """Return what a supposed date leaves over: nothing of "Septembre 14, 2020", all of "45 salariés"."""
    said = words(found.group())
    dated = any(word in MONTHS for word in said) or (len(said) == 1 and len(said[0]) == 4)
    return "" if dated else re.sub(r"\b(?:19|20)\d\d\b", "", found.group())


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
