"""Counting phrasings and compiling what was counted into how likely each intent is: how a `Likelihood` is made."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from knowledge import tuning
from knowledge.language.reading import Reading
from knowledge.search.likelihood import Gains, Integers, Likelihood, features_of, key_of, ngrams_of, stretches

Reals = NDArray[np.float64]

SAMPLE = 500
"""How many phrasings, at least, are asked to learn what is typical, where there are as many."""
DENSE_AT = 0.2
"""Share of the intents from which a feature is common: its row is kept dense, which adds up faster than a list."""


class _Masses(NamedTuple):
    """What each feature counts for each intent that has it."""

    keys: Integers
    """Hashes of the features."""
    idf: Reals
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
        features = features_of(reading)
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
        words = {key_of(word): word for word in sorted(self._words)}
        numbered = [(number, words[key]) for number, key in enumerate(counted.keys.tolist()) if key in words]
        ngrams = _handed_down(numbered, counted, len(intents))
        unseen_idf = float(_idf(np.zeros(1), self._documents)[0])
        likelihood = _compiled(tuple(intents), counted, ngrams, unseen_idf)
        own = [float(likelihood.of(reading)[intents[intent]]) for intent, reading in self._sample]
        return replace(likelihood, typical=sum(own) / len(own))

    def _masses(self) -> _Masses:
        """Return what was counted, each family of features as long as that of any other text."""
        keys, column, spread = np.unique(np.array(self._features), return_inverse=True, return_counts=True)
        idf = _idf(spread, self._documents)
        weights = np.array(self._shares) * idf[column]
        families = np.repeat(np.arange(len(self._sizes)), self._sizes)
        weights *= (np.array(self._worths) / np.sqrt(np.bincount(families, weights * weights)))[families]
        return _Masses(keys, idf, *_added(column * len(self._intents) + np.array(self._owners)[families], weights))


def _handed_down(words: Sequence[tuple[int, str]], counted: _Masses, intents: int) -> _Masses:
    """Return what the n-grams of words count, to which each word hands down what it counts.

    `words` are (number of the feature, word); `intents` is how many there are.
    """
    cells, masses = counted.cells, counted.masses
    ngrams = [ngrams_of(word) for _, word in words]
    sizes = np.array([len(row) for row in ngrams])
    ends = np.cumsum(sizes)
    keys, column, spread = np.unique(
        np.array([key for row in ngrams for key in row], np.uint32), return_inverse=True, return_counts=True
    )
    idf = _idf(spread, len(words))
    weights = idf[column]
    weights /= np.repeat(np.sqrt(np.add.reduceat(weights * weights, ends - sizes)), sizes)
    # Each cell of a word becomes one cell for each of its n-grams.
    places = np.full(int(cells.max()) // intents + 1, -1)
    places[[number for number, _ in words]] = np.arange(len(words))
    place = places[cells // intents]
    cells, masses, place = cells[place >= 0], masses[place >= 0], place[place >= 0]
    inner, lengths = stretches(np.concatenate([[0], ends]), place)
    handed = column[inner] * intents + np.repeat(cells % intents, lengths)
    return _Masses(keys, idf, *_added(handed, np.repeat(masses, lengths) * weights[inner]))


def _compiled(intents: tuple[str, ...], counted: _Masses, ngrams: _Masses, unseen_idf: float) -> Likelihood:
    """Turn masses into gains, few phrasings made to stand up to many, and order the features by their keys."""
    keys, idf = np.concatenate([counted.keys, ngrams.keys]), np.concatenate([counted.idf, ngrams.idf])
    cells = np.concatenate([counted.cells, ngrams.cells + len(counted.keys) * len(intents)])
    masses = np.concatenate([counted.masses, ngrams.masses])
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
    dense = np.flatnonzero(lengths >= DENSE_AT * len(intents))
    apart = np.isin(rows, dense)
    whole = np.zeros((len(dense), len(intents)), np.float32)
    whole[np.searchsorted(dense, rows[apart]), owners[apart]] = gains[apart]
    lengths[dense] = 0
    starts = np.concatenate([[0], np.cumsum(lengths)])
    table = Gains(dense, whole, starts, owners[~apart].astype(np.uint32), gains[~apart])
    return Likelihood(intents, keys[order], idf[order].astype(np.float32), table, unseen_idf)


def _added(cells: NDArray[np.int64], masses: Reals) -> tuple[NDArray[np.int64], NDArray[Any]]:
    """Return each cell once, with the sum of its masses."""
    found, place = np.unique(cells, return_inverse=True)
    return found, np.bincount(place, masses, len(found))


def _idf(spread: NDArray[Any], documents: int) -> Reals:
    """Return the inverse document frequency of features that stand in `spread` documents (smoothed)."""
    idf: Reals = np.log((1 + documents) / (1 + spread)) + 1.0
    return idf
