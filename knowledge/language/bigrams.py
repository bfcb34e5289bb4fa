"""Which words stand beside which: how surprising one is behind another, by all that a base says and expects."""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

PAUSE = "."
"""What stands for every mark of punctuation, and for both ends of a text."""
NAME = "@"
"""What stands for every name: any other may stand in its place."""
EVENED = 20.0
"""How often a word has to be followed by anything before its own neighbours count more than how frequent words are."""
UNSEEN = 0.1
"""What a word counts that the base never has."""


def letter_pairs(word: str) -> tuple[str, ...]:
    """Return a word as its pairs of letters, with where it begins and ends: what `Bigrams` tells likely words by."""
    return tuple(map("".join, pairwise(f"{PAUSE}{word}{PAUSE}")))


@dataclass(frozen=True, slots=True)
class Bigrams:
    """How often each word of a base is followed by each other one.

    Kept as sorted numbers, which a process that meets no typing error need not take apart.
    """

    numbers: dict[str, int]
    """Word -> its number."""
    counts: Sequence[int]
    """How often each word stands anywhere, by its number."""
    pairs: Sequence[int]
    """The number of a word times the number of all words, plus that of the next one; ascending."""
    times: Sequence[int]
    """How often each of these pairs stands anywhere."""
    total: int
    """How many words there are."""

    @classmethod
    def of(cls, texts: Iterable[Iterable[str]]) -> Bigrams:
        """Count the words of texts; a pause stands before and behind each text."""
        framed = [(PAUSE, *text, PAUSE) for text in texts]
        words, pairs = Counter(chain.from_iterable(framed)), Counter(chain.from_iterable(map(pairwise, framed)))
        numbers = {word: number for number, word in enumerate(words)}
        cells = sorted((numbers[one] * len(numbers) + numbers[other], times) for (one, other), times in pairs.items())
        return cls(
            numbers,
            array("I", words.values()),
            array("q", [cell for cell, _ in cells]),
            array("I", [times for _, times in cells]),
            words.total(),
        )

    def times_of(self, first: str, second: str) -> int:
        """Return how often the base has `second` right behind `first`."""
        one, other = self.numbers.get(first), self.numbers.get(second)
        if one is None or other is None:
            return 0
        cell = one * len(self.numbers) + other
        place = bisect_left(self.pairs, cell)
        return self.times[place] if place < len(self.pairs) and self.pairs[place] == cell else 0

    def surprise(self, first: str, second: str) -> float:
        """Return by how much `second` surprises behind `first`: the negative logarithm of its probability (nats).

        The probability is that of the pair, evened out by how frequent `second` is anywhere (a Dirichlet prior, MacKay
        and Peto 1995).
        """
        anywhere = (self._count(second) or UNSEEN) / (self.total + 1)
        behind = self.times_of(first, second) + EVENED * anywhere
        return -math.log(behind / (self._count(first) + EVENED))

    def surprising(self, words: Iterable[str]) -> float:
        """Return by how much words surprise behind one another."""
        return sum(self.surprise(first, second) for first, second in pairwise(words))

    def _count(self, word: str) -> int:
        number = self.numbers.get(word)
        return 0 if number is None else self.counts[number]
