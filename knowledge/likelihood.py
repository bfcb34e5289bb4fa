"""How likely each intent is for a question: naive Bayes over single words and pairs of neighbours.

The best phrasing tells how well a question is understood; this tells which of two intents it speaks of. The model is
multinomial naive Bayes with the corrections of Rennie, Shih, Teevan and Karger (2003), "Tackling the poor assumptions
of naive Bayes text classifiers": frequencies damped, rare features preferred, every text of the same length. There is
nothing to train: phrasings are counted.
"""

from __future__ import annotations

import math
import zlib
from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from knowledge import tuning
from knowledge.reading import Reading


@dataclass(frozen=True, slots=True)
class Likelihood:
    """The counts, compiled: for each feature the intents that have it, and by how much it speaks for each.

    Features are kept as hashes in one sorted array, rows behind one another, so that the compiled base loads fast.
    """

    intents: tuple[str, ...]
    priors: array[float]
    """Logarithm of how much likelier an intent is than others, before a word is read."""
    keys: array[int]
    """Hashes of the features, ascending."""
    starts: array[int]
    """Where the row of each feature begins in `owners` and `gains`; one more at the end."""
    rarity: array[float]
    """Inverse document frequency of each feature."""
    owners: array[int]
    """Numbers of intents."""
    gains: array[float]
    """Logarithm of how much likelier the feature is under that intent than under one that lacks it."""

    def of(self, reading: Reading) -> list[float]:
        """Return the log-likelihood of every intent, by number, up to a constant that they share."""
        scores = list(self.priors)
        keys, starts, owners, gains = self.keys, self.starts, self.owners, self.gains
        for family in _families(reading):
            rows: dict[int, float] = {}
            for key, frequency in family.items():
                row = bisect_left(keys, key)
                if row < len(keys) and keys[row] == key:
                    rows[row] = _damped(frequency) * self.rarity[row]
            for row, weight in _evened(rows):
                begin, end = starts[row], starts[row + 1]
                for owner, gain in zip(owners[begin:end], gains[begin:end], strict=True):
                    scores[owner] += weight * gain
        return scores


def compile_(utterances: Iterable[tuple[str, Reading]], gaps: Collection[str] = ()) -> Likelihood:
    """Count phrasings, given as (intent, reading); `gaps` are the intents that the articles say nothing of."""
    numbers: dict[str, int] = {}
    counted = [(numbers.setdefault(intent, len(numbers)), list(_families(reading))) for intent, reading in utterances]
    documents: Counter[int] = Counter()
    for _, families in counted:
        for family in families:
            documents.update(family.keys())
    rarity = {key: math.log((1 + len(counted)) / (1 + number)) + 1.0 for key, number in documents.items()}
    mass: defaultdict[int, defaultdict[int, float]] = defaultdict(lambda: defaultdict(float))
    for intent, families in counted:
        for family in families:
            for key, weight in _evened({key: _damped(frequency) * rarity[key] for key, frequency in family.items()}):
                mass[key][intent] += weight
    scales = _scales(mass.values())
    keys, starts = array("L", sorted(mass)), array("L", [0])
    owners, gains = array("L"), array("f")
    for key in keys:
        for intent, weight in sorted(mass[key].items()):
            owners.append(intent)
            gains.append(math.log1p(weight * scales[intent] / tuning.SMOOTHING))
        starts.append(len(owners))
    priors = array("f", (tuning.GAP_PRIOR if intent in gaps else 0.0 for intent in numbers))
    return Likelihood(tuple(numbers), priors, keys, starts, array("f", (rarity[key] for key in keys)), owners, gains)


def _scales(rows: Iterable[Mapping[int, float]]) -> dict[int, float]:
    """Return for each intent by what its counts are multiplied, so that few phrasings stand up to many."""
    sizes: defaultdict[int, float] = defaultdict(float)
    for row in rows:
        for intent, weight in row.items():
            sizes[intent] += weight
    mean = sum(sizes.values()) / len(sizes) if sizes else 0.0
    return {intent: (mean / size) ** tuning.SIZE_EVENED for intent, size in sizes.items()}


def _damped(frequency: float) -> float:
    """Return what a frequency counts: a word said twice says little more than once."""
    return 1.0 + math.log(frequency) if frequency > 1.0 else frequency


def _evened(weights: Mapping[int, float]) -> Iterator[tuple[int, float]]:
    """Yield the weights of a text, scaled so that it is as long as any other."""
    length = math.sqrt(sum([weight * weight for weight in weights.values()]))
    for key, weight in weights.items():
        yield key, weight / length


def _families(reading: Reading) -> Iterator[dict[int, float]]:
    """Yield what a reading is made of, hashed, with frequencies: meanings, words, and pairs of neighbours of each."""
    own = reading.terms[: len(reading.terms) - reading.carried]
    meanings = [(term.features[0][0], term.share) for term in reading.terms]
    marks = [(f"?{mark}", 1.0) for mark in reading.asks] + ([("!not", 1.0)] if reading.negated else [])
    yield _hashed("m", (*meanings, *marks))
    yield _hashed("M", _pairs([term.features[0][0] for term in own]))
    yield _hashed("w", ((word, 1.0) for word in reading.words))
    yield _hashed("W", _pairs(reading.words))


def _pairs(row: Iterable[str]) -> Iterator[tuple[str, float]]:
    """Yield the pairs of neighbours, the beginning and the end included."""
    last = "^"
    for item in (*row, "$"):
        yield f"{last} {item}", 1.0
        last = item


def _hashed(family: str, features: Iterable[tuple[str, float]]) -> dict[int, float]:
    found: dict[int, float] = {}
    for feature, share in features:
        key = zlib.crc32(f"{family} {feature}".encode())
        found[key] = found.get(key, 0.0) + share
    return found
