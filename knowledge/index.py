"""The phrasings of a base, compiled for matching: features, weights and an inverted index."""

from __future__ import annotations

import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from knowledge import tuning
from knowledge.reading import Kind, Reading, Term


@dataclass(frozen=True, slots=True)
class Phrase:
    """One phrasing of an intent, as features.

    `terms` holds for each term its alternative features and its weight; `truth` is the answer that a yes/no
    statement deserves (None for an open question).
    """

    intent: str
    text: str
    truth: bool | None
    terms: tuple[tuple[tuple[str, ...], float], ...]
    features: frozenset[str]
    total: float
    asks: frozenset[str]
    negated: bool


@dataclass(frozen=True, slots=True)
class Profile:
    """What an intent knows beyond a single phrasing: how much each feature belongs to it (0..1), and what it answers."""

    features: Mapping[str, float]
    asks: frozenset[str]


@dataclass(frozen=True)
class Index:
    """Phrases by number, and for each feature the numbers of the phrases that have it."""

    phrases: tuple[Phrase, ...]
    postings: dict[str, array[int]]
    weights: dict[str, float]
    profiles: dict[str, Profile]
    smalltalk: dict[str, str] = field(default_factory=dict)
    """Normalised smalltalk -> intent."""
    unseen: float = field(default=1.0)
    """Weight of a feature that no phrasing has."""

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
    facts: Mapping[str, Iterable[Reading]],
    dated: Iterable[str],
    smalltalk: dict[str, str],
) -> Index:
    """Compile phrasings.

    `facts` are the readings of each intent's facts, `dated` the intents that can say when, `smalltalk` the
    normalised phrasings of smalltalk.
    """
    utterances = list(utterances)
    spread: defaultdict[str, set[str]] = defaultdict(set)
    for utterance in utterances:
        for term in utterance.reading.terms:
            for feature, _ in term.features:
                spread[feature].add(utterance.intent)
    intents = {utterance.intent for utterance in utterances}
    scale = math.log(len(intents) + 1) or 1.0
    weights = {
        feature: max(tuning.LEAST_WEIGHT, math.log((len(intents) + 1) / (len(among) + 0.5)) / scale)
        for feature, among in spread.items()
    }

    phrases: list[Phrase] = []
    seen: set[tuple[str, bool | None, frozenset[str], frozenset[str], bool]] = set()
    belongs: defaultdict[str, Counter[str]] = defaultdict(Counter)
    asks: defaultdict[str, set[str]] = defaultdict(set)
    for utterance in utterances:
        reading = utterance.reading
        features = frozenset(feature for term in reading.terms for feature, _ in term.features)
        asks[utterance.intent] |= reading.asks
        for feature in features:
            belongs[utterance.intent][feature] += 1
        key = (utterance.intent, utterance.truth, features, reading.asks, reading.negated)
        if not features or key in seen:
            continue
        seen.add(key)
        terms = tuple(
            (
                tuple(feature for feature, _ in term.features),
                max(weights[feature] for feature, _ in term.features)
                * tuning.KIND_WEIGHT[Kind.WORD if term.kind is Kind.UNKNOWN else term.kind],
            )
            for term in reading.terms
        )
        phrases.append(
            Phrase(
                utterance.intent,
                reading.text,
                utterance.truth,
                terms,
                features,
                sum(weight for _, weight in terms),
                reading.asks,
                reading.negated,
            )
        )
    postings: defaultdict[str, array[int]] = defaultdict(lambda: array("l"))
    for number, phrase in enumerate(phrases):
        for feature in phrase.features:
            postings[feature].append(number)

    profiles = {}
    for intent in intents:
        strength = {feature: count / (count + 1) for feature, count in belongs[intent].items()}
        for reading in facts.get(intent, ()):
            for term in reading.terms:
                for feature, _ in term.features:
                    strength.setdefault(feature, tuning.FACT_AFFINITY)
        profiles[intent] = Profile(strength, frozenset(asks[intent]))
    for intent in dated:
        if intent in profiles:
            profile = profiles[intent]
            profiles[intent] = Profile(profile.features, profile.asks | {"when"})
    return Index(tuple(phrases), dict(postings), weights, profiles, smalltalk)
