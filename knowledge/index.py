"""The phrasings of a base, compiled for matching: features, weights and an inverted index."""

from __future__ import annotations

import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from knowledge import tuning
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
    """What an intent knows as a whole: how much each feature belongs to it (0..1), and what it can be asked for."""

    features: Mapping[str, float]
    asks: frozenset[str]


@dataclass(frozen=True)
class Index:
    """Phrases by number, and for each feature the numbers of the phrases that have it."""

    phrases: tuple[Phrase, ...]
    totals: tuple[float, ...]
    """Weight of each phrase."""
    postings: dict[str, array[int]]
    weights: dict[str, float]
    profiles: dict[str, Profile]
    smalltalk: dict[str, str] = field(default_factory=dict)
    """Normalised smalltalk -> intent."""
    chatter: frozenset[str] = frozenset()
    """The words of smalltalk."""
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
    weights = _weights(utterances)
    phrases = _phrases(utterances, weights)
    postings: defaultdict[str, array[int]] = defaultdict(lambda: array("l"))
    for number, phrase in enumerate(phrases):
        for feature in phrase.features:
            postings[feature].append(number)
    profiles = _profiles(utterances, facts, frozenset(dated))
    chatter = frozenset(word for said in smalltalk for word in said.split())
    totals = tuple(phrase.total for phrase in phrases)
    return Index(phrases, totals, dict(postings), weights, profiles, smalltalk, chatter)


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


def _phrases(utterances: Sequence[Utterance], weights: Mapping[str, float]) -> tuple[Phrase, ...]:
    """Return the utterances as phrases; of those that read the same, the first."""
    found: dict[tuple[str, bool | None, frozenset[str], frozenset[str], bool], Phrase] = {}
    for utterance in utterances:
        reading = utterance.reading
        key = (utterance.intent, utterance.truth, reading.features, reading.asks, reading.negated)
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
    return tuple(found.values())


def _kind_weight(kind: Kind) -> float:
    """Return what a term of a phrasing weighs by its kind: to the base, none of its words is unknown."""
    return tuning.KIND_WEIGHT[Kind.WORD if kind is Kind.UNKNOWN else kind]


def _profiles(
    utterances: Sequence[Utterance], facts: Mapping[str, Iterable[Reading]], dated: frozenset[str]
) -> dict[str, Profile]:
    """Return what each intent knows as a whole."""
    belongs: defaultdict[str, Counter[str]] = defaultdict(Counter)
    asks: defaultdict[str, set[str]] = defaultdict(set)
    for utterance in utterances:
        belongs[utterance.intent].update(utterance.reading.features)
        asks[utterance.intent] |= utterance.reading.asks
    profiles = {}
    for intent, counts in belongs.items():
        strength = {feature: count / (count + 1) for feature, count in counts.items()}
        for feature in {feature for reading in facts.get(intent, ()) for feature in reading.features}:
            strength.setdefault(feature, tuning.FACT_AFFINITY)
        profiles[intent] = Profile(strength, frozenset(asks[intent] | ({"when"} if intent in dated else set())))
    return profiles
