"""Matching a reading with the phrasings of a base: ranked candidate intents that say why they rank so."""

from __future__ import annotations

import heapq
from dataclasses import dataclass

from rapidfuzz import fuzz

from knowledge import tuning
from knowledge.index import Index, Phrase, Profile
from knowledge.reading import Reading
from knowledge.terms import Kind, Term


@dataclass(frozen=True, slots=True)
class Candidate:
    """An intent that a question may have, the phrasing that spoke for it, and the scores (all 0..1)."""

    intent: str
    score: float
    phrase: Phrase
    explained: float
    """Share of the question's weight that the phrasing, or else the intent, accounts for."""
    covered: float
    """Share of the phrasing's weight that the question has."""
    unexplained: tuple[Term, ...]
    """Terms of the question that nothing in the intent accounts for."""


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
    said: str


def match(reading: Reading, index: Index, skip: int = -1) -> list[Candidate]:
    """Return the candidates for a question, best first, one for each intent; `skip` leaves one phrase out."""
    query = _query(reading, index)
    if not query.total:
        return []
    best: dict[str, Candidate] = {}
    affinities: dict[str, float] = {}
    for number in _shortlist(query, index):
        if number == skip:
            continue
        phrase = index.phrases[number]
        profile = index.profiles[phrase.intent]
        if phrase.intent not in affinities:
            affinities[phrase.intent] = _affinity(query, profile)
        candidate = _score(query, phrase, profile, affinities[phrase.intent])
        known = best.get(candidate.intent)
        if known is None or candidate.score > known.score:
            best[candidate.intent] = candidate
    return sorted(best.values(), key=lambda candidate: (-candidate.score, candidate.intent))


def _query(reading: Reading, index: Index) -> _Query:
    rambling = len(reading.terms) > tuning.SHORT
    terms = tuple((term, index.weight(term)) for term in reading.terms if not (rambling and term.kind in _CHATTER))
    have: dict[str, float] = {}
    for term, _ in terms:
        for feature, similarity in term.features:
            if similarity > have.get(feature, 0.0):
                have[feature] = similarity
    share = tuning.QUESTION_SHARE_RAMBLING if rambling else tuning.QUESTION_SHARE
    return _Query(reading, terms, sum(weight for _, weight in terms), have, share, reading.said)


def _shortlist(query: _Query, index: Index) -> list[int]:
    """Return the phrases that share most weight with the question, by the inverted index, rarest features first."""
    shared: dict[int, float] = {}
    budget = tuning.POSTINGS_BUDGET
    weights, postings = index.weights, index.postings
    found = sorted((feature for feature in query.have if feature in postings), key=lambda name: len(postings[name]))
    for feature in found:
        numbers = postings[feature]
        gain = weights[feature] * query.have[feature]
        if len(numbers) > budget and shared:
            # Too common to bring in new phrases: it only adds to those that something rarer has found.
            for number in shared:
                if feature in index.phrases[number].features:
                    shared[number] += gain
            continue
        for number in numbers[:budget]:
            shared[number] = shared.get(number, 0.0) + gain
        budget -= len(numbers)
    totals = index.totals
    ranked = [(gain / (query.total + totals[number]), number) for number, gain in shared.items()]
    return [number for _, number in heapq.nlargest(tuning.SHORTLIST, ranked)]


def _affinity(query: _Query, profile: Profile) -> float:
    """Return how much of the question the intent as a whole speaks of (0..1)."""
    found = 0.0
    features = profile.features
    for term, weight in query.terms:
        found += weight * max(similarity * features.get(feature, 0.0) for feature, similarity in term.features)
    return found / query.total


def _score(query: _Query, phrase: Phrase, profile: Profile, affinity: float) -> Candidate:
    reading = query.reading
    explained, penalty, missing = _explained(query, phrase, profile)
    covered = 0.0
    for alternatives, weight in phrase.terms:
        covered += weight * max(query.have.get(feature, 0.0) for feature in alternatives)
    covered /= phrase.total
    both = 1.0 / (query.share / explained + (1.0 - query.share) / covered) if explained and covered else 0.0
    both *= _asking(reading, phrase, profile)
    letters = fuzz.ratio(query.said, phrase.said) / 100
    meant = (1.0 - tuning.AFFINITY_SHARE) * both + tuning.AFFINITY_SHARE * affinity
    score = penalty * ((1.0 - tuning.LETTERS_SHARE) * meant + tuning.LETTERS_SHARE * letters)
    if min(explained, covered) >= tuning.EXACT_AT and reading.asks == phrase.asks and reading.negated == phrase.negated:
        score = max(score, min(explained, covered))
    return Candidate(phrase.intent, score, phrase, explained, covered, missing)


def _explained(query: _Query, phrase: Phrase, profile: Profile) -> tuple[float, float, tuple[Term, ...]]:
    """Return the share of the question that is accounted for, the penalty for names that are not, and what is not."""
    found, penalty = 0.0, 1.0
    missing: list[Term] = []
    for term, weight in query.terms:
        worth = 0.0
        for feature, similarity in term.features:
            if feature in phrase.features:
                worth = max(worth, similarity)
            elif feature in profile.features:
                worth = max(worth, similarity * tuning.PROFILE_WORTH)
        found += weight * worth
        if not worth:
            missing.append(term)
            if term.kind in _TELLING and not (query.reading.verifying and term.kind is Kind.NUMBER):
                penalty *= max(0.0, 1.0 - tuning.ACTOR_PENALTY * weight)
    return found / query.total, penalty, tuple(missing)


def _asking(reading: Reading, phrase: Phrase, profile: Profile) -> float:
    """Return the factor for a question and a phrasing that ask for different things, or differ in negation."""
    factor = 1.0 if reading.negated == phrase.negated else tuning.NEGATION_OTHER
    if not reading.asks:
        return factor
    if not phrase.asks:
        factor *= tuning.ASKS_NOTHING_FOLLOWED if reading.followed else tuning.ASKS_NOTHING
    elif not reading.asks & phrase.asks:
        factor *= tuning.ASKS_OTHER
    if not reading.asks & profile.asks:
        factor *= tuning.ASKS_NEVER_FOLLOWED if reading.followed else tuning.ASKS_NEVER
    return factor
