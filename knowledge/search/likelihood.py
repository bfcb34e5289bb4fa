"""How likely each intent is for a question: naive Bayes over words, meanings, pairs of neighbours and parts of words.

The model is multinomial naive Bayes with the corrections of Rennie, Shih, Teevan and Karger (2003), "Tackling the poor
assumptions of naive Bayes text classifiers": frequencies damped, rare features preferred, every text of the same
length. Each word also counts as its character n-grams (Bojanowski et al., 2017, "Enriching word vectors with
subword information"), so that a word that nobody listed, or mistyped, speaks for its relatives. There is nothing to
train: phrasings are counted (`search.counts`).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from knowledge import tuning
from knowledge.language.reading import Reading
from knowledge.language.terms import mark_of

Floats = NDArray[np.float32]
Integers = NDArray[np.uint32]

NGRAM_SIZES = (3, 4)
"""How many characters the n-grams have that a word is taken apart into."""
REMEMBERED = 4_000
"""How many words are remembered with what their n-grams say."""


class _Word(NamedTuple):
    """A word, looked up."""

    idf: float
    gains: Floats
    """What its n-grams, of weight 1 together, add up to for each intent."""


class Features(NamedTuple):
    """What a reading is made of: hashes with their damped frequencies, family after family."""

    keys: list[int]
    shares: list[float]
    sizes: list[int]
    """How many each family has that has any."""


@dataclass(frozen=True, slots=True)
class Gains:
    """By how much each feature speaks for each intent: a table with a row for each feature, mostly of zeros.

    A gain is the logarithm of how much likelier the feature is under the intent than under one that lacks it. The rows
    of common features are kept dense; of the others, what is not zero, row behind row.
    """

    dense: NDArray[np.int64]
    """Numbers of the features whose rows are dense, ascending."""
    whole: Floats
    """Their rows."""
    starts: NDArray[np.int64]
    """Where the row of each feature begins in `owners` and `values` (that of a dense one is empty); and the end."""
    owners: Integers
    """Numbers of intents."""
    values: Floats

    def summed(self, rows: NDArray[np.int64], weights: Floats) -> Floats:
        """Return what rows, weighed, add up to for each intent."""
        places, lengths = stretches(self.starts, rows)
        sums = np.bincount(self.owners[places], self.values[places] * weights.repeat(lengths), self.whole.shape[1])
        dense = lengths == 0
        found: Floats = weights[dense] @ self.whole[self.dense.searchsorted(rows[dense])]
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
    idf: Floats
    """Inverse document frequency of each feature: over phrasings, that of an n-gram over words."""
    gains: Gains
    unseen_idf: float
    """Inverse document frequency of a word that no phrasing has."""
    typical: float = 1.0
    """What a phrasing of the base gives its own intent, on average: the measure of all that is far or near."""
    _remembered: dict[str, _Word] = field(default_factory=dict, init=False, repr=False, compare=False)
    """Words that were looked up already."""

    def of(self, reading: Reading) -> Floats:
        """Return the log-likelihood of every intent, by number, up to a constant that they share."""
        if not self.intents:
            return np.zeros(0, np.float32)
        return self.gains.summed(*self._weighed(features_of(reading))) + self._ngrams(dict.fromkeys(reading.words))

    def _rows(self, keys: Sequence[int]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """Return the number of each feature, and whether it is known at all."""
        wanted = np.array(keys, np.uint32)
        rows = np.minimum(self.keys.searchsorted(wanted), len(self.keys) - 1)
        return rows, self.keys[rows] == wanted

    def _weighed(self, features: Features) -> tuple[NDArray[np.int64], Floats]:
        """Return the known features with their weights, each family as long together as that of any text."""
        rows, known = self._rows(features.keys)
        weights: Floats = np.array(features.shares, np.float32) * self.idf[rows]
        weights *= known
        sizes = np.array(features.sizes, np.int64)
        lengths = np.sqrt(np.add.reduceat(weights * weights, sizes.cumsum() - sizes))
        weights /= np.maximum(lengths, _SHORTEST).repeat(sizes)
        return rows[known], weights[known]

    def _looked_up(self, word: str) -> _Word:
        """Return a word with what its n-grams say; what most questions are made of is looked up once."""
        found = self._remembered.get(word)
        if found is None:
            rows, known = self._rows([key_of(word), *ngrams_of(word)])
            ngrams = rows[1:][known[1:]]
            idfs = self.idf[ngrams]
            idf = float(self.idf[rows[0]]) if known[0] else self.unseen_idf
            found = _Word(idf, self.gains.summed(ngrams, idfs / _length(idfs)))
            if len(self._remembered) >= REMEMBERED:
                self._remembered.clear()
            self._remembered[word] = found
        return found

    def _ngrams(self, words: Iterable[str]) -> Floats:
        """Return what the n-grams of words add up to; together, those of a word weigh what the word weighs."""
        looked_up = [self._looked_up(word) for word in words]
        if not looked_up:
            return np.zeros(len(self.intents), np.float32)
        idfs = np.array([word.idf for word in looked_up], np.float32)
        found: Floats = (tuning.NGRAMS_WEIGHT * idfs / _length(idfs)) @ np.array([word.gains for word in looked_up])
        return found


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


def features_of(reading: Reading) -> Features:
    """Return what a reading is made of: meanings, words, and pairs of neighbours of both."""
    meanings: dict[str, float] = {}
    for term in reading.terms:
        meanings[term.feature] = meanings.get(term.feature, 0.0) + term.share
    meanings |= dict.fromkeys(map(mark_of, reading.asks), 1.0)
    if reading.negated:
        meanings["!not"] = 1.0
    own = [term.feature for term in reading.own]
    families = (meanings, _counted(_pairs(own)), _counted(reading.words), _counted(_pairs(reading.words)))
    found = Features([], [], [])
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


def ngrams_of(word: str) -> list[int]:
    """Return the hashes of the character n-grams of a word, its ends marked."""
    marked = f"<{word}>"
    return [
        _hash(f"r {marked[at : at + size]}") for size in NGRAM_SIZES for at in range(max(1, len(marked) - size + 1))
    ]


def key_of(word: str) -> int:
    """Return the hash of a word, as the features of a reading have it."""
    return _hash(f"w {word}")


def _hash(feature: str) -> int:
    return crc32(feature.encode())


_BEGUN = [_hash(f"{family} ") for family in "mMwW"]
"""What the hashes of the features begin with, by family: meanings, their pairs, words, their pairs."""
