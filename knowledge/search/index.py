"""The phrasings of a base, compiled for matching: features, weights and an inverted index."""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from knowledge import tuning
from knowledge.language.reading import Reading
from knowledge.language.terms import SLIGHT, QuestionType, Term, mark_of
from knowledge.model import IntentKind
from knowledge.search.likelihood import Floats, Likelihood, ranges


class Phrase(NamedTuple):
    """One phrasing of an intent, as features; what it asks for, and how it is said, is that of its reading."""

    intent: str
    text: str
    """As it is written, with an actor in its slot."""
    said: str
    """The same, normalised."""
    truth: bool | None
    """The answer that a yes/no statement deserves; None for an open question."""
    terms: tuple[tuple[tuple[str, ...], float], ...]
    """For each term its alternative features, likeliest first, and its weight."""
    features: frozenset[str]
    total: float
    """What the terms weigh together."""
    asks: frozenset[QuestionType]
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
    asks: dict[QuestionType, float]
    """Question type (when, how many ...) -> logarithm of the share of its phrasings that ask that, smoothed."""
    unasked: float
    """The same for what none of them asks."""
    size: int
    """How many phrasings it has."""
    kind: IntentKind

    def asked(self, name: QuestionType) -> float:
        """Return the logarithm of the share of its phrasings that ask that."""
        return self.asks.get(name, self.unasked)


@dataclass(frozen=True, slots=True)
class Postings:
    """Which phrases have a feature, or ask for something: an inverted index over the numbers of phrases."""

    rows: dict[str, int]
    """Feature -> number of its row."""
    cells: NDArray[np.int64]
    """For each phrase that has a feature: the number of the row times that of all phrases, plus its own; ascending."""
    totals: NDArray[np.float64]
    """What the terms of each phrase weigh together, with what it asks for."""
    undenied: NDArray[np.float64]
    """The same, infinite for statements that deserve a no: those share nothing with a question."""

    def nearest(
        self, spans: Sequence[tuple[int, int]], gains: Mapping[str, float], total: float, *, denied: bool
    ) -> list[int]:
        """Return the phrase of each span that is most like a question: their weighted Dice coefficient is the highest.

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
    stating: dict[str, int]
    """Intent -> how many of its phrases, the first ones, are statements."""
    postings: Postings
    weights: dict[str, float]
    """Feature -> what it weighs, up to 1: the more, the fewer intents have it."""
    profiles: dict[str, Profile]
    """Intent -> what it knows as a whole."""
    likelihood: Likelihood
    worded: dict[str, tuple[str, ...]]
    """Every phrasing, normalised, without articles -> the intents that have it."""
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
        return self.of(intent)[: self.stating.get(intent, 0)]

    def closest(
        self,
        intents: Sequence[str],
        have: Mapping[str, float],
        asks: frozenset[QuestionType],
        total: float,
        *,
        denied: bool,
    ) -> list[Phrase]:
        """Return the phrase of each intent that shares most weight with a question, as `Postings.nearest` tells it.

        The question has the features in `have`, each as similar as it says, which weigh `total` together. What it
        `asks` for counts as one feature more.
        """
        gains = {name: self.weights[name] * worth for name, worth in have.items() if name in self.weights}
        marks = [mark for mark in map(mark_of, asks) if mark in self.postings.rows]
        gains |= dict.fromkeys(marks, tuning.ASKED_WEIGHT / max(len(asks), 1))
        total += tuning.ASKED_WEIGHT * bool(asks)
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
    def closing(self) -> frozenset[str]:
        """The last words of all wordings of smalltalk."""
        return frozenset(wording.rpartition(" ")[2] for wording in self.smalltalk)

    def likely(self, reading: Reading) -> Floats:
        """Return how likely every intent is for a reading, by number; 1 is what its own phrasings get on average."""
        likely: Floats = self.likelihood.of(reading) / self.likelihood.typical
        return likely

    def weight(self, term: Term) -> float:
        """Return what a term of a question weighs."""
        idf = max(self.weights.get(feature, tuning.UNSEEN_WEIGHT) for feature, _ in term.features)
        return idf * tuning.KIND_WEIGHT[term.kind] * term.share
