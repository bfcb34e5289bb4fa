"""Matching a reading with the phrasings of a base: candidate intents with how probable each is, and why.

Each candidate gets *signals*, numbers that say how it fits; their weighed sum makes it more or less probable than the
others, and than that the base has no answer (a conditional logit, McFadden 1974). The weights stand in `tuning`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from knowledge import tuning
from knowledge.index import Index, Phrase, Profile
from knowledge.model import IntentKind
from knowledge.reading import Reading
from knowledge.terms import SLIGHT, Kind, Term


@dataclass(frozen=True, slots=True)
class Candidate:
    """An intent that a question may have, and the phrasing that spoke most for it."""

    intent: str
    phrase: Phrase
    explained: float
    """Share of the question's weight that the phrasing, or else the intent, accounts for."""
    covered: float
    """Share of the phrasing's weight that the question has."""
    unexplained: tuple[Term, ...]
    """Terms of the question that nothing in the intent accounts for."""
    signals: Mapping[str, float] = field(repr=False)
    """How it fits, by the names of `tuning.SIGNALS`."""
    verbatim: bool = False
    """Whether the question is a phrasing of the intent, word for word."""
    followed: bool = False
    """Whether the question was read with what went before."""
    score: float = 0.0
    """Probability (0..1) that this is what was asked."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """Candidates, best first, one for each intent, and the probability that the base has no answer."""

    candidates: tuple[Candidate, ...]
    nothing: float


_CHATTER = frozenset([Kind.LIGHT, Kind.COMMON, Kind.VERBAL, Kind.UNKNOWN])
"""Kinds of terms that a long, rambling message is full of."""
_TELLING = frozenset([Kind.ACTOR, Kind.NUMBER, Kind.NAME])
"""Kinds of terms that make a question another one where a candidate lacks them."""


@dataclass(frozen=True, slots=True)
class _Query:
    """A reading prepared for matching: what is heard of it, weighed."""

    reading: Reading
    terms: tuple[tuple[Term, float], ...]
    total: float
    have: dict[str, float]
    """Feature -> similarity, the best of all terms."""
    share: float
    """Weight of the question's coverage against the phrasing's."""


def match(reading: Reading, index: Index) -> Ranking:
    """Return the candidates for a question that stands alone."""
    candidates = options(reading, index)
    return ranked(candidates, nothing(reading, candidates))


def ranked(candidates: Iterable[Candidate], none: Mapping[str, float]) -> Ranking:
    """Weigh candidates against one another and against there being no answer, whose signals are `none`."""
    candidates = list(candidates)
    worths = [
        _worth(candidate.signals, tuning.SIGNALS) + tuning.VERBATIM * candidate.verbatim for candidate in candidates
    ]
    worths.append(_worth(none, tuning.NOTHING))
    most = max(worths)
    powers = [math.exp(worth - most) for worth in worths]
    total = sum(powers)
    best: dict[str, tuple[Candidate, float]] = {}
    for candidate, power in zip(candidates, powers, strict=False):
        # A question read alone and with what went before may lead to the same intent.
        kept, sum_ = best.get(candidate.intent, (None, 0.0))
        better = candidate if kept is None or power > sum_ else kept
        best[candidate.intent] = (better, sum_ + power)
    found = [replace(candidate, score=power / total) for candidate, power in best.values()]
    return Ranking(tuple(sorted(found, key=lambda candidate: (-candidate.score, candidate.intent))), powers[-1] / total)


def _worth(signals: Mapping[str, float], weights: Mapping[str, float]) -> float:
    return sum(weights.get(name, 0.0) * value for name, value in signals.items())


def options(reading: Reading, index: Index, also: str | None = None) -> list[Candidate]:
    """Return the likeliest intents of a reading with their signals, and `also`; not yet weighed against each other."""
    query = _query(reading, index)
    if not query.total:
        return []
    likely = index.likelihood.of(reading) / index.likelihood.typical
    most = float(likely.max())
    gains = {name: index.weights[name] * worth for name, worth in query.have.items() if name in index.weights}
    likeness = index.postings.likeness(gains, query.total)
    numbers = np.argsort(-likely)[: tuning.LIKELIEST].tolist()
    if also in index.spans:
        numbers.append(index.likelihood.intents.index(also))
    found = []
    for number in dict.fromkeys(numbers):
        candidate = _strongest(query, index.likelihood.intents[number], index, likeness)
        if candidate is not None:
            evidence = float(likely[number])
            signals = {"likelihood": evidence - most, "evidence": evidence, **candidate.signals}
            found.append(replace(candidate, signals=signals))
    return _against_answers(found, query)


def _strongest(query: _Query, intent: str, index: Index, likeness: NDArray[np.float64]) -> Candidate | None:
    """Return the phrasing of an intent that fits a question best; None for a card that tells not all that is asked."""
    profile = index.profiles[intent]
    fitted = [_fitted(query, phrase, profile) for phrase in _shortlist(likeness, index, intent)]
    if not fitted:
        return None
    strongest = max(fitted, key=lambda one: (one.score, one.phrase.truth is not None))
    if profile.kind is IntentKind.ACTOR and not all(
        term.kind in SLIGHT or any(feature in strongest.phrase.features for feature, _ in term.features)
        for term in query.reading.terms
    ):
        return None
    return strongest


def _against_answers(candidates: list[Candidate], query: _Query) -> list[Candidate]:
    """Tell what gaps account for beyond the likeliest answer: whether they ask for something more, or nothing new."""
    answer = next((candidate for candidate in candidates if not candidate.signals["gap"]), None)
    if answer is None:
        return candidates
    return [_beside(candidate, answer, query) if candidate.signals["gap"] else candidate for candidate in candidates]


def _beside(gap: Candidate, answer: Candidate, query: _Query) -> Candidate:
    weights = dict(query.terms)
    more = sum(weights[term] for term in answer.unexplained if term not in gap.unexplained)
    less = sum(weights[term] for term in gap.unexplained if term not in answer.unexplained)
    signals = {"gap, more": more / query.total, "gap, nothing more": not more, "gap, less": less / query.total}
    return replace(gap, signals={**gap.signals, **signals})


def nothing(reading: Reading, candidates: Sequence[Candidate]) -> dict[str, float]:
    """Return the signals for there being no answer to a reading, whose candidates are these."""
    terms = len(reading.terms)
    kinds = [term.kind for term in reading.terms]
    return {
        "always": 1.0,
        "terms": min(terms, 8) / 8,
        "few terms": terms <= 2,
        "verifying": reading.verifying,
        "asks nothing": not reading.asks,
        "strange name": Kind.NAME in kinds,
        "strange name, verifying": Kind.NAME in kinds and reading.verifying,
        "unknown words": kinds.count(Kind.UNKNOWN) / max(terms, 1),
        "everyday words": kinds.count(Kind.COMMON) / max(terms, 1),
        "best explained": max((candidate.explained for candidate in candidates), default=0.0),
        "best fit": max((candidate.signals["fit"] for candidate in candidates), default=0.0),
    }


def _query(reading: Reading, index: Index) -> _Query:
    rambling = len(reading.terms) > tuning.SHORT
    terms = tuple((term, index.weight(term)) for term in reading.terms if not (rambling and term.kind in _CHATTER))
    have: dict[str, float] = {}
    for term, _ in terms:
        for feature, similarity in term.features:
            if similarity > have.get(feature, 0.0):
                have[feature] = similarity
    share = tuning.QUESTION_SHARE_RAMBLING if rambling else tuning.QUESTION_SHARE
    return _Query(reading, terms, sum(weight for _, weight in terms), have, share)


def _shortlist(likeness: NDArray[np.float64], index: Index, intent: str) -> list[Phrase]:
    """Return the phrases of an intent that share most weight with the question."""
    begin, end = index.spans.get(intent, (0, 0))
    phrases = index.of(intent)
    among = likeness[begin:end]
    best = np.argsort(-among, kind="stable")[: tuning.PHRASES_EACH]
    return [phrases[place] for place in best.tolist()]


def _fitted(query: _Query, phrase: Phrase, profile: Profile) -> Candidate:
    """Return a phrase as a candidate, with the signals of how well it fits; its score is how well, 0..1."""
    reading = query.reading
    explained, strangers, missing = _explained(query, phrase, profile)
    covered = 0.0
    for alternatives, weight in phrase.terms:
        covered += weight * max(query.have.get(feature, 0.0) for feature in alternatives)
    covered /= phrase.total
    both = 1.0 / (query.share / explained + (1.0 - query.share) / covered) if explained and covered else 0.0
    asks = reading.asks
    gap, actor = profile.kind is IntentKind.GAP, profile.kind is IntentKind.ACTOR
    signals = {
        "fit": both,
        "explained": explained,
        "covered": covered,
        "exact": min(explained, covered) >= tuning.EXACT_AT,
        "strangers": strangers,
        "negation differs": reading.negated != phrase.negated,
        "asks something else": bool(asks and phrase.asks and not asks & phrase.asks),
        "never asks it": bool(asks) and not asks & profile.asks,
        "asks nothing": bool(asks) and not phrase.asks,
        "gap": gap,
        "gap, few terms": gap and len(reading.terms) <= tuning.TINY,
        "gap, verifying": gap and reading.verifying,
        "gap, explained": gap * explained,
        "actor": actor,
    }
    for term, weight in missing:
        name = f"{term.kind} left"
        signals[name] = signals.get(name, 0.0) + weight
    actors = sum(weight for term, weight in query.terms if term.kind is Kind.ACTOR)
    if actors:
        signals["actors missed"] = signals.get("actor left", 0.0) / actors
    fit = both * (1.0 - strangers)
    return Candidate(
        intent=phrase.intent,
        phrase=phrase,
        explained=explained,
        covered=covered,
        unexplained=tuple(term for term, _ in missing),
        signals=signals,
        verbatim=reading.said in profile.said and not reading.carried,
        score=fit,
    )


def _explained(query: _Query, phrase: Phrase, profile: Profile) -> tuple[float, float, tuple[tuple[Term, float], ...]]:
    """Return the share of the question that is accounted for, what names that are not cost, and what is not."""
    found, spared = 0.0, 1.0
    missing: list[tuple[Term, float]] = []
    for term, weight in query.terms:
        worth = 0.0
        for feature, similarity in term.features:
            if feature in phrase.features:
                worth = max(worth, similarity)
            elif feature in profile.features and term.kind is not Kind.NAME:
                worth = max(worth, similarity * tuning.PROFILE_WORTH)
        found += weight * worth
        if not worth:
            missing.append((term, weight))
            if term.kind in _TELLING and not (query.reading.verifying and term.kind is Kind.NUMBER):
                spared *= max(0.0, 1.0 - tuning.ACTOR_PENALTY * weight)
    return found / query.total, 1.0 - spared, tuple(missing)
