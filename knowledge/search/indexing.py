"""Compiling phrasings into an index: what their features weigh, who has them, and what each intent knows."""

from __future__ import annotations

import math
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import accumulate, chain
from typing import NamedTuple

import numpy as np

from knowledge import tuning
from knowledge.language.lexicon import wording
from knowledge.language.reading import Reading
from knowledge.language.terms import Kind, QuestionType, mark_of
from knowledge.model import IntentKind
from knowledge.search.counts import Counts
from knowledge.search.index import Index, Members, Phrase, Postings, Profile


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
        stating={intent: sum(phrase.truth is not None for phrase in rows) for intent, rows in members.items()},
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
        for feature in chain(phrase.features, map(mark_of, phrase.asks)):
            holders[feature].append(number)
    totals = np.array([phrase.total + tuning.ASKED_WEIGHT * bool(phrase.asks) for phrase in phrases], np.float64)
    return Postings(
        {feature: row for row, feature in enumerate(holders)},
        np.array([*chain.from_iterable(holders.values())], np.int64)
        + np.repeat(np.arange(len(holders)) * len(phrases), [len(row) for row in holders.values()]),
        totals,
        np.where([phrase.truth is False for phrase in phrases], np.inf, totals),
    )


def _worded(phrases: Iterable[Phrase]) -> dict[str, tuple[str, ...]]:
    """Return the intents of each wording."""
    intents: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for phrase in phrases:
        intents[wording(phrase.said)][phrase.intent] = None
    return {said: tuple(names) for said, names in intents.items()}


def _phrases(utterances: Iterable[Utterance], counts: Counts) -> deque[Phrase]:
    """Return utterances as phrases, of those that say the same the first; their terms weigh by their kind alone.

    Counts them, too, so that no reading has to be kept: it is several times as large as the phrase.
    """
    found: dict[tuple[str, bool | None, str], Phrase] = {}
    asks: dict[frozenset[QuestionType], frozenset[QuestionType]] = {}
    manners: dict[frozenset[str], frozenset[str]] = {}

    @cache
    def weighed(features: tuple[tuple[str, float], ...], kind: Kind) -> tuple[tuple[str, ...], float]:
        """Return a term without the similarity of its features: phrasings share a few thousand."""
        return tuple([name for name, _ in features]), _kind_weight(kind)

    for utterance in utterances:
        reading = utterance.reading
        # A statement that is written as a question is one that people ask.
        asked = utterance.truth is None or reading.marked
        counts.add(utterance.intent, reading, worth=1.0 if asked else tuning.STATEMENT_WORTH)
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
            asks=asks.setdefault(reading.asks, reading.asks),
            manner=manners.setdefault(reading.manner, reading.manner),
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
    asks: defaultdict[str, Counter[QuestionType]] = defaultdict(Counter)
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
