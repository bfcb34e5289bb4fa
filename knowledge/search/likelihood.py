"""How likely each intent is for a question: naive Bayes over words, meanings, pairs of neighbours and parts of words.

The model is multinomial naive Bayes with the corrections of Rennie, Shih, Teevan and Karger (2003), "Tackling the poor
assumptions of naive Bayes text classifiers": frequencies damped, rare features preferred, every text of the same
length. Each word also counts as the runs of letters in it (Bojanowski et al., 2017, "Enriching word vectors with
subword information"), so that a word that nobody listed, or mistyped, speaks for its relatives. There is nothing to
train: phrasings are counted.
"""

from __future__ import annotations

import math
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any, NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from knowledge import tuning
from knowledge.language.reading import Reading

Floats = NDArray[np.float32]
Reals = NDArray[np.float64]
Integers = NDArray[np.uint32]

RUNS = (3, 4)
"""Lengths of the runs of letters that a word is taken apart into."""
SAMPLE = 500
"""How many phrasings, at least, are asked to learn what is typical, where there are as many."""
COMMON_AT = 0.2
"""Share of the intents from which a feature is common: its row is kept whole, which adds up faster than a list."""
REMEMBERED = 4_000
"""How many words are remembered with what their runs of letters say."""


class _Spelled(NamedTuple):
    """A word, looked up."""

    rarity: float
    gains: Floats
    """What its runs of letters, of weight 1 together, add up to for each intent."""


class _Features(NamedTuple):
    """What a reading is made of: hashes with their damped frequencies, family after family."""

    keys: list[int]
    shares: list[float]
    sizes: list[int]
    """How many each family has that has any."""


@dataclass(frozen=True, slots=True)
class Gains:
    """By how much each feature speaks for each intent: a table with a row for each feature, mostly of zeros.

    A gain is the logarithm of how much likelier the feature is under the intent than under one that lacks it. The rows
    of common features are kept whole; of the others, what is not zero, row behind row.
    """

    common: NDArray[np.int64]
    """Numbers of the common features, ascending."""
    whole: Floats
    """Their rows."""
    starts: NDArray[np.int64]
    """Where the row of each feature begins in `owners` and `values` (that of a common one is empty); and the end."""
    owners: Integers
    """Numbers of intents."""
    values: Floats

    def summed(self, rows: NDArray[np.int64], weights: Floats) -> Floats:
        """Return what rows, weighed, add up to for each intent."""
        places, lengths = stretches(self.starts, rows)
        sums = np.bincount(self.owners[places], self.values[places] * weights.repeat(lengths), self.whole.shape[1])
        common = lengths == 0
        found: Floats = weights[common] @ self.whole[self.common.searchsorted(rows[common])]
        found += sums
        return found


@dataclass(frozen=True, slots=True)
class Likelihood:
    """The counts, compiled: what features there are, how rare they are, and by how much they speak for each intent.

    Features are kept as hashes in one sorted array, so that a question is scored by a handful of operations on arrays,
    and the compiled base loads fast.
    """

    intents: tuple[str, ...]
    keys: Integers
    """Hashes of the features, ascending."""
    rarity: Floats
    """Inverse document frequency of each feature: over phrasings, that of a run of letters over words."""
    gains: Gains
    rarest: float
    """Inverse document frequency of a word that no phrasing has."""
    typical: float = 1.0
    """What a phrasing of the base gives its own intent, on average: the measure of all that is far or near."""
    _spelled: dict[str, _Spelled] = field(default_factory=dict, init=False, repr=False, compare=False)
    """Words that were looked up already."""

    def of(self, reading: Reading) -> Floats:
        """Return the log-likelihood of every intent, by number, up to a constant that they share."""
        if not self.intents:
            return np.zeros(0, np.float32)
        return self.gains.summed(*self._weighed(_features(reading))) + self._runs(dict.fromkeys(reading.words))

    def _rows(self, keys: Sequence[int]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """Return the number of each feature, and whether it is known at all."""
        wanted = np.array(keys, np.uint32)
        rows = np.minimum(self.keys.searchsorted(wanted), len(self.keys) - 1)
        return rows, self.keys[rows] == wanted

    def _weighed(self, features: _Features) -> tuple[NDArray[np.int64], Floats]:
        """Return the known features with their weights, each family as long together as that of any text."""
        rows, known = self._rows(features.keys)
        weights: Floats = np.array(features.shares, np.float32) * self.rarity[rows]
        weights *= known
        sizes = np.array(features.sizes, np.int64)
        lengths = np.sqrt(np.add.reduceat(weights * weights, sizes.cumsum() - sizes))
        weights /= np.maximum(lengths, _SHORTEST).repeat(sizes)
        return rows[known], weights[known]

    def _looked_up(self, word: str) -> _Spelled:
        """Return a word with what its runs of letters say; what most questions are made of is looked up once."""
        found = self._spelled.get(word)
        if found is None:
            rows, known = self._rows([_hash(f"w {word}"), *_runs(word)])
            runs = rows[1:][known[1:]]
            rarities = self.rarity[runs]
            rarity = float(self.rarity[rows[0]]) if known[0] else self.rarest
            found = _Spelled(rarity, self.gains.summed(runs, rarities / _length(rarities)))
            if len(self._spelled) >= REMEMBERED:
                self._spelled.clear()
            self._spelled[word] = found
        return found

    def _runs(self, words: Iterable[str]) -> Floats:
        """Return what the runs of letters of words add up to; together, those of a word weigh what the word weighs."""
        spelled = [self._looked_up(word) for word in words]
        if not spelled:
            return np.zeros(len(self.intents), np.float32)
        rare = np.array([word.rarity for word in spelled], np.float32)
        found: Floats = (tuning.RUNS_WEIGHT * rare / _length(rare)) @ np.array([word.gains for word in spelled])
        return found


class _Masses(NamedTuple):
    """What each feature counts for each intent that has it."""

    keys: Integers
    """Hashes of the features."""
    rarity: Reals
    cells: NDArray[np.int64]
    """Pairs of feature and intent: the number of the feature times that of all intents, plus that of the intent."""
    masses: Reals
    """What each of these counts."""


class Counts:
    """Phrasings, counted one after the other: none has to be kept."""

    def __init__(self) -> None:
        self._intents: dict[str, int] = {}
        self._words: set[str] = set()
        self._features, self._shares = array("I"), array("f")
        self._owners, self._sizes, self._worths = array("I"), array("I"), array("f")
        """Of each family of features of a phrasing: the number of its intent, how many they are, what they count."""
        self._documents = 0
        self._sample: list[tuple[str, Reading]] = []
        self._every = 1

    def add(self, intent: str, reading: Reading, *, worth: float = 1.0, typical: bool = True) -> None:
        """Count a phrasing of an intent, `worth` times; `Likelihood.typical` is measured on some that are `typical`."""
        owner = self._intents.setdefault(intent, len(self._intents))
        self._words.update(reading.words)
        features = _features(reading)
        self._features.fromlist(features.keys)
        self._shares.fromlist(features.shares)
        self._sizes.fromlist(features.sizes)
        self._owners.fromlist([owner] * len(features.sizes))
        self._worths.fromlist([worth] * len(features.sizes))
        if typical and self._documents % self._every == 0:
            self._sample.append((intent, reading))
            if len(self._sample) > 2 * SAMPLE:
                self._sample, self._every = self._sample[::2], self._every * 2
        self._documents += 1

    def compiled(self) -> Likelihood:
        """Return what was counted; it is not to be added to afterwards."""
        if not self._features:
            whole, real = np.zeros(0, np.uint32), np.zeros(0, np.float32)
            rows = whole.astype(np.int64)
            return Likelihood((), whole, real, Gains(rows, np.zeros((0, 0), np.float32), rows, whole, real), 0.0)
        intents = self._intents
        counted = self._masses()
        words = {_hash(f"w {word}"): word for word in sorted(self._words)}
        spelled = [(number, words[key]) for number, key in enumerate(counted.keys.tolist()) if key in words]
        runs = _handed_down(spelled, counted, len(intents))
        rarest = float(_rarity(np.zeros(1), self._documents)[0])
        likelihood = _compiled(tuple(intents), counted, runs, rarest)
        own = [float(likelihood.of(reading)[intents[intent]]) for intent, reading in self._sample]
        return replace(likelihood, typical=sum(own) / len(own))

    def _masses(self) -> _Masses:
        """Return what was counted, each family of features as long as that of any other text."""
        keys, column, spread = np.unique(np.array(self._features), return_inverse=True, return_counts=True)
        rarity = _rarity(spread, self._documents)
        weights = np.array(self._shares) * rarity[column]
        families = np.repeat(np.arange(len(self._sizes)), self._sizes)
        weights *= (np.array(self._worths) / np.sqrt(np.bincount(families, weights * weights)))[families]
        return _Masses(keys, rarity, *_added(column * len(self._intents) + np.array(self._owners)[families], weights))


def _handed_down(words: Sequence[tuple[int, str]], counted: _Masses, intents: int) -> _Masses:
    """Return what the runs of letters of words count, to which each word hands down what it counts.

    `words` are (number of the feature, word); `intents` is how many there are.
    """
    cells, masses = counted.cells, counted.masses
    runs = [_runs(word) for _, word in words]
    sizes = np.array([len(row) for row in runs])
    ends = np.cumsum(sizes)
    keys, column, spread = np.unique(
        np.array([key for row in runs for key in row], np.uint32), return_inverse=True, return_counts=True
    )
    rarity = _rarity(spread, len(words))
    weights = rarity[column]
    weights /= np.repeat(np.sqrt(np.add.reduceat(weights * weights, ends - sizes)), sizes)
    # Each cell of a word becomes one cell for each of its runs.
    places = np.full(int(cells.max()) // intents + 1, -1)
    places[[number for number, _ in words]] = np.arange(len(words))
    place = places[cells // intents]
    cells, masses, place = cells[place >= 0], masses[place >= 0], place[place >= 0]
    inner, lengths = stretches(np.concatenate([[0], ends]), place)
    handed = column[inner] * intents + np.repeat(cells % intents, lengths)
    return _Masses(keys, rarity, *_added(handed, np.repeat(masses, lengths) * weights[inner]))


def _compiled(intents: tuple[str, ...], counted: _Masses, runs: _Masses, rarest: float) -> Likelihood:
    """Turn masses into gains, few phrasings made to stand up to many, and order the features by their keys."""
    keys, rarity = np.concatenate([counted.keys, runs.keys]), np.concatenate([counted.rarity, runs.rarity])
    cells = np.concatenate([counted.cells, runs.cells + len(counted.keys) * len(intents)])
    masses = np.concatenate([counted.masses, runs.masses])
    owners, columns = cells % len(intents), cells // len(intents)
    sizes = np.bincount(owners, masses, len(intents))
    scales = (sizes.mean() / sizes) ** tuning.SIZE_EVENED
    gains = np.log1p(masses * scales[owners] / tuning.SMOOTHING)
    order = np.argsort(keys, kind="stable")
    rank = np.empty(len(keys), np.int64)
    rank[order] = np.arange(len(keys))
    sort = np.argsort(rank[columns] * len(intents) + owners)
    rows, owners, gains = rank[columns[sort]], owners[sort], gains[sort].astype(np.float32)
    lengths = np.bincount(rows, minlength=len(keys))
    common = np.flatnonzero(lengths >= COMMON_AT * len(intents))
    apart = np.isin(rows, common)
    whole = np.zeros((len(common), len(intents)), np.float32)
    whole[np.searchsorted(common, rows[apart]), owners[apart]] = gains[apart]
    lengths[common] = 0
    starts = np.concatenate([[0], np.cumsum(lengths)])
    table = Gains(common, whole, starts, owners[~apart].astype(np.uint32), gains[~apart])
    return Likelihood(intents, keys[order], rarity[order].astype(np.float32), table, rarest)


def _added(cells: NDArray[np.int64], masses: Reals) -> tuple[NDArray[np.int64], NDArray[Any]]:
    """Return each cell once, with the sum of its masses."""
    found, place = np.unique(cells, return_inverse=True)
    return found, np.bincount(place, masses, len(found))


def stretches(starts: NDArray[np.int64], rows: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[Any]]:
    """Return the places of all that stands in `rows`, row after row, and how many each has."""
    first = starts[rows]
    lengths = starts[rows + 1] - first
    return ranges(first, lengths), lengths


def ranges(first: NDArray[np.int64], lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return ranges of so many numbers each, one behind the other: from 5 and 1, of 2 and 3, they are 5, 6, 1, 2, 3."""
    found: NDArray[np.int64] = (first - lengths.cumsum() + lengths).repeat(lengths)
    found += np.arange(len(found))
    return found


def _length(weights: Floats) -> float:
    """Return the Euclidean length of a row of weights, which is never quite nothing."""
    return max(float(np.sqrt(weights.dot(weights))), _SHORTEST)


_SHORTEST = 1e-9
"""What the length of a row of weights is at least: it is divided by."""


def _rarity(spread: NDArray[Any], documents: int) -> Reals:
    """Return the inverse document frequency of features that stand in `spread` documents (smoothed)."""
    rare: Reals = np.log((1 + documents) / (1 + spread)) + 1.0
    return rare


def _features(reading: Reading) -> _Features:
    """Return what a reading is made of: meanings, words, and pairs of neighbours of both."""
    meanings: dict[str, float] = {}
    for term in reading.terms:
        meanings[term.feature] = meanings.get(term.feature, 0.0) + term.share
    meanings |= {f"?{mark}": 1.0 for mark in reading.asks}
    if reading.negated:
        meanings["!not"] = 1.0
    own = [term.feature for term in reading.own]
    families = (meanings, _counted(_pairs(own)), _counted(reading.words), _counted(_pairs(reading.words)))
    found = _Features([], [], [])
    for begun, counts in zip(_BEGUN, families, strict=True):
        if counts:
            found.keys.extend([crc32(feature.encode(), begun) for feature in counts])
            # A word said twice says little more than once.
            found.shares.extend([1.0 + math.log(count) if count > 1.0 else count for count in counts.values()])
            found.sizes.append(len(counts))
    return found


def _pairs(row: Iterable[str]) -> list[str]:
    """Return the pairs of neighbours, the beginning and the end included."""
    return [f"{last} {item}" for last, item in pairwise(("^", *row, "$"))]


def _counted(row: Sequence[str]) -> Mapping[str, float]:
    """Return how often each feature comes: once each, as a rule."""
    once = dict.fromkeys(row, 1.0)
    return once if len(once) == len(row) else Counter(row)


def _runs(word: str) -> list[int]:
    """Return the hashes of the runs of letters in a word, its ends marked."""
    marked = f"<{word}>"
    return [_hash(f"r {marked[at : at + size]}") for size in RUNS for at in range(max(1, len(marked) - size + 1))]


def _hash(feature: str) -> int:
    return crc32(feature.encode())


_BEGUN = [_hash(f"{family} ") for family in "mMwW"]
"""What the hashes of the features begin with, by family: meanings, their pairs, words, their pairs."""
