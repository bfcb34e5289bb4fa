"""The phrasings of a base, compiled for matching: features, weights and an inverted index."""

from __future__ import annotations

import math
import pickle
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from knowledge import likelihood, tuning
from knowledge.likelihood import Likelihood, stretches
from knowledge.model import IntentKind
from knowledge.reading import Reading
from knowledge.terms import Kind, Term


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
    negated: bool


@dataclass(frozen=True, slots=True)
class Profile:
    """What an intent knows as a whole: the features of its phrasings and facts, and what it can be asked for."""

    features: frozenset[str]
    asks: frozenset[str]
    said: frozenset[str]
    """Its phrasings, normalised."""
    kind: IntentKind


@dataclass(frozen=True, slots=True)
class Postings:
    """Which phrases have a feature: an inverted index over the numbers of phrases."""

    rows: dict[str, int]
    """Feature -> number of its row."""
    starts: NDArray[np.int64]
    owners: NDArray[np.int64]
    totals: NDArray[np.float64]
    """What the terms of each phrase weigh together."""

    def likeness(self, gains: Mapping[str, float], total: float) -> NDArray[np.float64]:
        """Return for every phrase how much weight it shares with a question, of both weights together (Dice)."""
        held = [(self.rows[feature], gain) for feature, gain in gains.items()]
        places, lengths = stretches(self.starts, np.array([row for row, _ in held], np.int64))
        shares = np.repeat([gain for _, gain in held], lengths)
        return np.bincount(self.owners[places], shares, len(self.totals)) / (total + self.totals)


class Members(dict[str, tuple[Phrase, ...]]):
    """The phrases of each intent, of which a compiled base that was kept brings back those that are asked for.

    A process that answers one question looks at a dozen of several hundred intents, and unpickling all takes longer
    than everything else.
    """

    def __init__(self, phrases: Mapping[str, tuple[Phrase, ...]], packed: Mapping[str, bytes] | None = None) -> None:
        super().__init__(phrases)
        self._packed = packed or {}

    def __missing__(self, intent: str) -> tuple[Phrase, ...]:
        rows = pickle.loads(self._packed[intent])  # noqa: S301 - what __reduce__ packed, in the user's own cache
        self[intent] = found = tuple(Phrase(*row) for row in rows)
        return found

    def __reduce__(self) -> tuple[type[Members], tuple[dict[str, tuple[Phrase, ...]], dict[str, bytes]]]:
        packed = {
            intent: pickle.dumps([tuple(row) for row in rows], pickle.HIGHEST_PROTOCOL) for intent, rows in self.items()
        }
        return Members, ({}, {**self._packed, **packed})


class Band(NamedTuple):
    """The smalltalk of one length, with its places among all."""

    places: tuple[int, ...]
    wordings: tuple[str, ...]


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
    smalltalk: dict[str, str] = field(default_factory=dict)
    """Normalised smalltalk -> intent."""
    bands: dict[int, Band] = field(default_factory=dict)
    """Length -> the smalltalk of that length."""
    chatter: frozenset[str] = frozenset()
    """The words of smalltalk."""
    unseen: float = field(default=1.0)
    """Weight of a feature that no phrasing has."""

    @property
    def phrases(self) -> Iterator[Phrase]:
        """Every phrase, intent by intent."""
        return chain.from_iterable(self.of(intent) for intent in self.spans)

    def of(self, intent: str) -> tuple[Phrase, ...]:
        """Return the phrases of an intent."""
        return self.members[intent] if intent in self.spans else ()

    def weight(self, term: Term) -> float:
        """Return what a term of a question weighs."""
        rarity = max((self.weights.get(feature, self.unseen) for feature, _ in term.features), default=self.unseen)
        return rarity * tuning.KIND_WEIGHT[term.kind] * term.share


@dataclass(frozen=True, slots=True)
class Utterance:
    """A phrasing that was read, on its way into the index."""

    intent: str
    truth: bool | None
    reading: Reading


def build(
    utterances: Iterable[Utterance],
    kinds: Mapping[str, IntentKind],
    facts: Mapping[str, Iterable[Reading]],
    dated: Iterable[str],
    smalltalk: dict[str, str],
) -> Index:
    """Compile phrasings.

    `facts` are the readings of each intent's facts, `dated` the intents that can say when, `smalltalk` the
    normalised phrasings of smalltalk.
    """
    utterances = list(utterances)
    weights = _weights(utterances)
    members: defaultdict[str, list[Phrase]] = defaultdict(list)
    for phrase in _phrases(utterances, weights):
        members[phrase.intent].append(phrase)
    for rows in members.values():
        # Of phrases that are equally like a question, those that know the answer come first.
        rows.sort(key=lambda phrase: phrase.truth is None)
    phrases = tuple(chain.from_iterable(members.values()))
    ends = list(accumulate(len(rows) for rows in members.values()))
    return Index(
        members=Members({intent: tuple(rows) for intent, rows in members.items()}),
        spans={intent: (end - len(rows), end) for (intent, rows), end in zip(members.items(), ends, strict=True)},
        postings=_postings(phrases),
        weights=weights,
        profiles=_profiles(utterances, kinds, facts, frozenset(dated)),
        likelihood=likelihood.compile_((utterance.intent, utterance.reading) for utterance in utterances),
        smalltalk=smalltalk,
        bands=_bands(smalltalk),
        chatter=frozenset(word for said in smalltalk for word in said.split()),
    )


def _bands(smalltalk: Iterable[str]) -> dict[int, Band]:
    """Return smalltalk by its length."""
    rows: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
    for place, wording in enumerate(smalltalk):
        rows[len(wording)].append((place, wording))
    return {length: Band(*zip(*row, strict=True)) for length, row in rows.items()}


def _postings(phrases: Sequence[Phrase]) -> Postings:
    """Return the inverted index of phrases."""
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for number, phrase in enumerate(phrases):
        for feature in phrase.features:
            holders[feature].append(number)
    return Postings(
        {feature: row for row, feature in enumerate(holders)},
        np.array([0, *accumulate(len(row) for row in holders.values())], np.int64),
        np.array([*chain.from_iterable(holders.values())], np.int64),
        np.array([phrase.total for phrase in phrases], np.float64),
    )


def _weights(utterances: Sequence[Utterance]) -> dict[str, float]:
    """Return the inverse document frequency of every feature over intents, scaled to 0..1."""
    spread: defaultdict[str, set[str]] = defaultdict(set)
    for utterance in utterances:
        for feature in utterance.reading.features:
            spread[feature].add(utterance.intent)
    intents = {utterance.intent for utterance in utterances}
    scale = math.log(len(intents) + 1) or 1.0
    return {
        feature: max(tuning.LEAST_WEIGHT, math.log((len(intents) + 1) / (len(among) + 0.5)) / scale)
        for feature, among in spread.items()
    }


def _phrases(utterances: Sequence[Utterance], weights: Mapping[str, float]) -> Iterable[Phrase]:
    """Return the utterances as phrases; of those that say the same, the first."""
    found: dict[tuple[str, bool | None, str], Phrase] = {}
    for utterance in utterances:
        reading = utterance.reading
        key = (utterance.intent, utterance.truth, reading.said)
        if not reading.features or key in found:
            continue
        terms = tuple(
            (
                tuple(feature for feature, _ in term.features),
                max(weights[feature] for feature, _ in term.features) * _kind_weight(term.kind),
            )
            for term in reading.terms
        )
        found[key] = Phrase(
            intent=utterance.intent,
            text=reading.text,
            said=reading.said,
            truth=utterance.truth,
            terms=terms,
            features=reading.features,
            total=sum(weight for _, weight in terms),
            asks=reading.asks,
            negated=reading.negated,
        )
    return found.values()


def _kind_weight(kind: Kind) -> float:
    """Return what a term of a phrasing weighs by its kind: to the base, none of its words is unknown."""
    return tuning.KIND_WEIGHT[Kind.WORD if kind is Kind.UNKNOWN else kind]


def _profiles(
    utterances: Sequence[Utterance],
    kinds: Mapping[str, IntentKind],
    facts: Mapping[str, Iterable[Reading]],
    dated: frozenset[str],
) -> dict[str, Profile]:
    """Return what each intent knows as a whole."""
    features: defaultdict[str, set[str]] = defaultdict(set)
    said: defaultdict[str, set[str]] = defaultdict(set)
    asks: defaultdict[str, Counter[str]] = defaultdict(Counter)
    sizes: Counter[str] = Counter()
    for utterance in utterances:
        features[utterance.intent] |= utterance.reading.features
        said[utterance.intent].add(utterance.reading.said)
        asks[utterance.intent].update(utterance.reading.asks)
        sizes[utterance.intent] += 1
    profiles = {}
    for intent, size in sizes.items():
        known = features[intent].union(*(reading.features for reading in facts.get(intent, ())))
        asked = {name for name, count in asks[intent].items() if count >= tuning.ASKED_AT_LEAST * size}
        asked |= {"when"} if intent in dated else set()
        profiles[intent] = Profile(frozenset(known), frozenset(asked), frozenset(said[intent]), kinds[intent])
    return profiles
