"""The phrasings of a base, compiled for matching: features, weights and an inverted index."""

from __future__ import annotations

import math
import pickle
from bisect import bisect_left
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import accumulate, chain, pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from knowledge import tuning
from knowledge.language.reading import Reading
from knowledge.language.terms import SLIGHT, Kind, Term
from knowledge.model import IntentKind
from knowledge.search.likelihood import Counts, Floats, Likelihood, ranges


class Phrase(NamedTuple):
    """One phrasing of an intent, as features.

    `said` is the text, normalised; `terms` holds for each term its alternative features and its weight; `truth` is
    the answer that a yes/no statement deserves (None for an open question).
    """

    intent: str
    text: str
    said: str
    truth: bool | None
    terms: tuple[tuple[tuple[str, ...], float], ...]
    features: frozenset[str]
    total: float
    asks: frozenset[str]
    manner: frozenset[str]

    def tells(self, reading: Reading) -> bool:
        """Tell whether the phrasing has every term of a reading, slight ones left out."""
        return all(
            term.kind in SLIGHT or any(feature in self.features for feature, _ in term.features)
            for term in reading.terms
        )


@dataclass(frozen=True, slots=True)
class Profile:
    """What an intent knows as a whole: the features of its phrasings and facts, and what it can be asked for."""

    features: frozenset[str]
    denied: frozenset[str]
    """Features that only its statements have which deserve a no: they say what is not so."""
    asks: dict[str, float]
    """Question type (when, how many ...) -> logarithm of the share of its phrasings that ask that, smoothed."""
    unasked: float
    """The same for what none of them asks."""
    size: int
    """How many phrasings it has."""
    kind: IntentKind

    def asked(self, name: str) -> float:
        """Return the logarithm of the share of its phrasings that ask that."""
        return self.asks.get(name, self.unasked)


@dataclass(frozen=True, slots=True)
class Postings:
    """Which phrases have a feature: an inverted index over the numbers of phrases."""

    rows: dict[str, int]
    """Feature -> number of its row."""
    cells: NDArray[np.int64]
    """For each phrase that has a feature: the number of the row times that of all phrases, plus its own; ascending."""
    totals: NDArray[np.float64]
    """What the terms of each phrase weigh together."""
    undenied: NDArray[np.float64]
    """The same, infinite for statements that deserve a no: those share nothing with a question."""

    def nearest(
        self, spans: Sequence[tuple[int, int]], gains: Mapping[str, float], total: float, *, denied: bool
    ) -> list[int]:
        """Return which phrase of each span shares most weight with a question, of both weights together (Dice).

        Statements that deserve a no share nothing where none is to be `denied`.
        """
        bounds = np.array(spans, np.int64).reshape(-1, 2)
        begins, sizes = bounds[:, 0], bounds[:, 1] - bounds[:, 0]
        rows = np.array([self.rows[feature] for feature in gains], np.int64) * len(self.totals)
        first, last = self.cells.searchsorted(rows[:, np.newaxis, np.newaxis] + bounds).reshape(-1, 2).T
        lengths = last - first
        weights = self.totals if denied else self.undenied
        # The phrases of all spans stand one behind the other: where each feature's are among them, and what it gains.
        ends = sizes.cumsum()
        shifts = (ends - sizes - begins - rows[:, np.newaxis]).ravel()
        places = self.cells[ranges(first, lengths)] + shifts.repeat(lengths)
        shares = np.array([*gains.values()]).repeat(len(spans)).repeat(lengths)
        totals = np.concatenate([weights[:0], *(weights[begin:end] for begin, end in spans)])
        likeness = np.bincount(places, shares, len(totals)) / (total + totals)
        return [int(likeness[begin:end].argmax()) for begin, end in pairwise([0, *ends.tolist()])]


class Members(dict[str, tuple[Phrase, ...]]):
    """Intent -> its phrases, which a base from the cache unpickles when they are first asked for.

    A process that answers one question looks at a dozen of several hundred intents: to unpickle all would take longer
    than everything else.
    """

    def __init__(self, phrases: Mapping[str, tuple[Phrase, ...]], packed: Mapping[str, bytes] | None = None) -> None:
        super().__init__(phrases)
        self._packed = packed or {}

    def __missing__(self, intent: str) -> tuple[Phrase, ...]:
        self[intent] = found = self.seen(intent)
        return found

    def seen(self, intent: str) -> tuple[Phrase, ...]:
        """Return the phrases of an intent without keeping them unpickled, for who goes through all of them once."""
        if intent in self:
            return self[intent]
        rows = pickle.loads(self._packed[intent])  # noqa: S301 - what __reduce__ packed, in the user's own cache
        return tuple(Phrase(*row) for row in rows)

    def __reduce__(self) -> tuple[type[Members], tuple[dict[str, tuple[Phrase, ...]], dict[str, bytes]]]:
        packed = {
            intent: pickle.dumps([tuple(row) for row in rows], pickle.HIGHEST_PROTOCOL) for intent, rows in self.items()
        }
        return Members, ({}, {**self._packed, **packed})


@dataclass(frozen=True)
class Index:
    """The phrases of each intent, what features weigh, and how likely they make each intent."""

    members: Members
    """The phrases of each intent."""
    spans: dict[str, tuple[int, int]]
    """Intent -> where its phrases begin and end, all counted one after the other."""
    postings: Postings
    weights: dict[str, float]
    profiles: dict[str, Profile]
    likelihood: Likelihood
    worded: dict[str, tuple[str, ...]]
    """Every phrasing, normalised -> the intents that have it."""
    smalltalk: dict[str, str]
    """Wordings of smalltalk, as they are written and as their words in standard spelling -> intent."""
    chatter: dict[str, frozenset[str]]
    """Intent of smalltalk -> the features of all its wordings."""

    @property
    def phrases(self) -> Iterator[Phrase]:
        """Every phrase, intent by intent."""
        return chain.from_iterable(self.of(intent) for intent in self.spans)

    def of(self, intent: str) -> tuple[Phrase, ...]:
        """Return the phrases of an intent."""
        return self.members[intent] if intent in self.spans else ()

    def statements(self, intent: str) -> tuple[Phrase, ...]:
        """Return the phrases of an intent that are statements: these come first."""
        phrases = self.of(intent)
        return phrases[: bisect_left(phrases, x=True, key=lambda phrase: phrase.truth is None)]

    def closest(
        self, intents: Sequence[str], gains: Mapping[str, float], total: float, *, denied: bool
    ) -> list[Phrase]:
        """Return the phrase of each intent that shares most weight with a question, as `Postings.nearest` tells it."""
        places = self.postings.nearest([self.spans[intent] for intent in intents], gains, total, denied=denied)
        return [self.of(intent)[place] for intent, place in zip(intents, places, strict=True)]

    def known(self, intent: str) -> frozenset[str]:
        """Return the features of an intent's phrasings and facts."""
        profile = self.profiles.get(intent)
        return profile.features if profile else frozenset()

    @property
    def questions(self) -> int:
        """How many of the intents that are counted are no smalltalk; those were counted first."""
        return len(self.likelihood.intents) - len(self.chatter)

    @cached_property
    def cards(self) -> int:
        """How many of the intents are cards of actors."""
        return sum(profile.kind is IntentKind.ACTOR for profile in self.profiles.values())

    def evidence(self, reading: Reading) -> Floats:
        """Return how likely every intent is for a reading, by number; 1 is what its own phrasings get on average."""
        evidence: Floats = self.likelihood.of(reading) / self.likelihood.typical
        return evidence

    def weight(self, term: Term) -> float:
        """Return what a term of a question weighs."""
        rarity = max(self.weights.get(feature, tuning.UNSEEN_WEIGHT) for feature, _ in term.features)
        return rarity * tuning.KIND_WEIGHT[term.kind] * term.share


class Utterance(NamedTuple):
    """A phrasing that was read, on its way into the index."""

    intent: str
    truth: bool | None
    reading: Reading


def build(
    utterances: Iterable[Utterance],
    kinds: Mapping[str, IntentKind],
    facts: Mapping[str, Iterable[Reading]],
    smalltalk: Iterable[Utterance],
) -> Index:
    """Compile phrasings.

    `kinds` says of what kind each intent is, and `facts` has the readings of its facts. Smalltalk is only counted for
    the likelihood, and listed word for word: it has no phrases.
    """
    counts = Counts()
    heard = _phrases(utterances, counts)
    # Of wordings that only differ in words without meaning, the shortest counts: "merci", not "mdr merci".
    wordings = sorted(smalltalk, key=lambda said: len(said.reading.said), reverse=True)
    counted = {" ".join(said.reading.words): said for said in wordings}
    chatter: defaultdict[str, frozenset[str]] = defaultdict(frozenset)
    for said in counted.values():
        counts.add(said.intent, said.reading, typical=False)
        chatter[said.intent] |= said.reading.features
    weights = _weights(heard)
    profiles = _profiles(heard, kinds, facts)

    @cache
    def weighed(term: tuple[tuple[str, ...], float]) -> tuple[tuple[str, ...], float]:
        """Let a term weigh what its rarest feature does, too."""
        alternatives, weight = term
        return alternatives, max(weights[feature] for feature in alternatives) * weight

    members: defaultdict[str, list[Phrase]] = defaultdict(list)
    while heard:
        # Taken out as they are weighed, so that a large base is not kept twice.
        phrase = heard.popleft()
        if phrase.features:
            terms = tuple(map(weighed, phrase.terms))
            total = sum(weight for _, weight in terms)
            members[phrase.intent].append(phrase._replace(terms=terms, total=total))
    for rows in members.values():
        # Of phrases that are equally like a question, those that know the answer come first: `Index.statements`.
        rows.sort(key=lambda phrase: phrase.truth is None)
    phrases = tuple(chain.from_iterable(members.values()))
    ends = list(accumulate(len(rows) for rows in members.values()))
    return Index(
        members=Members({intent: tuple(rows) for intent, rows in members.items()}),
        spans={intent: (end - len(rows), end) for (intent, rows), end in zip(members.items(), ends, strict=True)},
        postings=_postings(phrases),
        weights=weights,
        profiles=profiles,
        worded=_worded(phrases),
        likelihood=counts.compiled(),
        smalltalk={words: said.intent for words, said in counted.items() if _whole(said.reading)}
        | {said.reading.said: said.intent for said in wordings},
        chatter=dict(chatter),
    )


def _whole(reading: Reading) -> bool:
    """Tell whether no word of a wording was left out for want of a meaning ("mrc bcp", but not "à toi de même")."""
    return len(reading.words) >= len(reading.said.split())


def _postings(phrases: Sequence[Phrase]) -> Postings:
    """Return the inverted index of phrases."""
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for number, phrase in enumerate(phrases):
        for feature in phrase.features:
            holders[feature].append(number)
    totals = np.array([phrase.total for phrase in phrases], np.float64)
    return Postings(
        {feature: row for row, feature in enumerate(holders)},
        np.array([*chain.from_iterable(holders.values())], np.int64)
        + np.repeat(np.arange(len(holders)) * len(phrases), [len(row) for row in holders.values()]),
        totals,
        np.where([phrase.truth is False for phrase in phrases], np.inf, totals),
    )


def _worded(phrases: Iterable[Phrase]) -> dict[str, tuple[str, ...]]:
    """Return the intents of each phrasing."""
    intents: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for phrase in phrases:
        intents[phrase.said][phrase.intent] = None
    return {said: tuple(names) for said, names in intents.items()}


def _phrases(utterances: Iterable[Utterance], counts: Counts) -> deque[Phrase]:
    """Return utterances as phrases, of those that say the same the first; their terms weigh by their kind alone.

    Counts them, too, so that no reading has to be kept: it is several times as large as the phrase.
    """
    found: dict[tuple[str, bool | None, str], Phrase] = {}
    shared: dict[frozenset[str], frozenset[str]] = {}

    @cache
    def weighed(features: tuple[tuple[str, float], ...], kind: Kind) -> tuple[tuple[str, ...], float]:
        """Return a term without the similarity of its features: phrasings share a few thousand."""
        return tuple([name for name, _ in features]), _kind_weight(kind)

    for utterance in utterances:
        reading = utterance.reading
        counts.add(utterance.intent, reading, worth=1.0 if utterance.truth is None else tuning.STATEMENT_WORTH)
        said = reading.said
        key = (utterance.intent, utterance.truth, said)
        if key in found:
            continue
        terms = tuple([weighed(term.features, term.kind) for term in reading.terms])
        found[key] = Phrase(
            intent=utterance.intent,
            text=reading.text,
            said=said,
            truth=utterance.truth,
            terms=terms,
            features=frozenset([name for names, _ in terms for name in names]),
            total=0.0,
            asks=shared.setdefault(reading.asks, reading.asks),
            manner=shared.setdefault(reading.manner, reading.manner),
        )
    return deque(found.values())


def _weights(heard: Iterable[Phrase]) -> dict[str, float]:
    """Return the inverse document frequency of every feature over intents, scaled to 0..1."""
    spread: defaultdict[str, set[str]] = defaultdict(set)
    intents = set()
    for phrase in heard:
        intents.add(phrase.intent)
        for feature in phrase.features:
            spread[feature].add(phrase.intent)
    scale = math.log(len(intents) + 1) or 1.0
    return {
        feature: max(tuning.LEAST_WEIGHT, math.log((len(intents) + 1) / (len(among) + 0.5)) / scale)
        for feature, among in spread.items()
    }


def _kind_weight(kind: Kind) -> float:
    """Return what a term of a phrasing weighs by its kind: to the base, none of its words is unknown."""
    return tuning.KIND_WEIGHT[Kind.WORD if kind is Kind.UNKNOWN else kind]


def _profiles(
    heard: Iterable[Phrase],
    kinds: Mapping[str, IntentKind],
    facts: Mapping[str, Iterable[Reading]],
) -> dict[str, Profile]:
    """Return what each intent knows as a whole."""
    features: defaultdict[str, set[str]] = defaultdict(set)
    denied: defaultdict[str, set[str]] = defaultdict(set)
    asks: defaultdict[str, Counter[str]] = defaultdict(Counter)
    sizes: Counter[str] = Counter()
    for phrase in heard:
        (denied if phrase.truth is False else features)[phrase.intent] |= phrase.features
        asks[phrase.intent].update(phrase.asks)
        sizes[phrase.intent] += 1
    profiles = {}
    for intent, size in sizes.items():
        known = features[intent].union(*(reading.features for reading in facts.get(intent, ())))
        asked = {name: math.log((count + 0.5) / (size + 1)) for name, count in asks[intent].items()}
        profiles[intent] = Profile(
            features=frozenset(known),
            denied=frozenset(denied[intent] - known),
            asks=asked,
            unasked=math.log(0.5 / (size + 1)),
            size=size,
            kind=kinds[intent],
        )
    return profiles
