"""Matching a reading with the phrasings of a base: ranked candidate intents that say why they rank so."""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from dataclasses import dataclass
from operator import attrgetter, itemgetter

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
    gains: dict[str, float]
    """Feature -> what a phrase that has it shares with the question, for the features that phrases have."""
    share: float
    """Weight of the question's coverage against the phrasing's."""


def match(reading: Reading, index: Index) -> list[Candidate]:
    """Return the candidates for a question, best first, one for each intent."""
    query = _query(reading, index)
    if not query.total:
        return []
    found = []
    for intent, closeness in _closeness(reading, index).items():
        profile = index.profiles[intent]
        scored = [_score(query, phrase, profile, closeness) for phrase in _shortlist(query, index.members[intent])]
        if scored:
            found.append(max(scored, key=attrgetter("score")))
    return sorted(found, key=lambda candidate: (-candidate.score, candidate.intent))


def _closeness(reading: Reading, index: Index) -> dict[str, float]:
    """Return how close the likeliest intents come to the very likeliest (1.0)."""
    scores = index.likelihood.of(reading)
    numbers = heapq.nlargest(tuning.LIKELIEST, range(len(scores)), key=scores.__getitem__)
    most = scores[numbers[0]] if numbers else 0.0
    return {
        index.likelihood.intents[number]: max(0.0, 1.0 - (most - scores[number]) / tuning.LIKELIHOOD_SPAN)
        for number in numbers
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
    gains = {feature: index.weights[feature] * worth for feature, worth in have.items() if feature in index.weights}
    return _Query(reading, terms, sum(weight for _, weight in terms), have, gains, share)


def _shortlist(query: _Query, phrases: Iterable[Phrase]) -> list[Phrase]:
    """Return the phrases, of those of one intent, that share most weight with the question."""
    ranked = []
    for phrase in phrases:
        shared = query.gains.keys() & phrase.features
        if shared:
            ranked.append((sum([query.gains[feature] for feature in shared]) / (query.total + phrase.total), phrase))
    return [phrase for _, phrase in heapq.nlargest(tuning.PHRASES_EACH, ranked, key=itemgetter(0))]


def _score(query: _Query, phrase: Phrase, profile: Profile, closeness: float) -> Candidate:
    reading = query.reading
    explained, penalty, missing = _explained(query, phrase, profile)
    covered = 0.0
    for alternatives, weight in phrase.terms:
        covered += weight * max(query.have.get(feature, 0.0) for feature in alternatives)
    covered /= phrase.total
    both = 1.0 / (query.share / explained + (1.0 - query.share) / covered) if explained and covered else 0.0
    both *= _asking(reading, phrase, profile)
    score = penalty * ((1.0 - tuning.LIKELIHOOD_SHARE) * both + tuning.LIKELIHOOD_SHARE * closeness)
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
