"""Matching a reading with the phrasings of a base: ranked candidate intents that say why they rank so."""

from __future__ import annotations

import heapq
from dataclasses import dataclass

from knowledge import tuning
from knowledge.index import Index, Phrase, Profile
from knowledge.reading import Kind, Reading, Term


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


def match(reading: Reading, index: Index, skip: int = -1) -> list[Candidate]:
    """Return the candidates for a question, best first, one for each intent; `skip` leaves one phrase out."""
    rambling = len(reading.terms) > tuning.SHORT
    heard = [term for term in reading.terms if not (rambling and term.kind in _CHATTER)]
    terms = [(term, index.weight(term)) for term in heard]
    share = tuning.QUESTION_SHARE_RAMBLING if rambling else tuning.QUESTION_SHARE
    total = sum(weight for _, weight in terms)
    if not total:
        return []
    have: dict[str, float] = {}
    for term, _ in terms:
        for feature, similarity in term.features:
            if similarity > have.get(feature, 0.0):
                have[feature] = similarity
    best: dict[str, Candidate] = {}
    affinities: dict[str, float] = {}
    for number in _shortlist(have, total, index):
        if number == skip:
            continue
        phrase = index.phrases[number]
        if phrase.intent not in affinities:
            affinities[phrase.intent] = _affinity(terms, total, index.profiles[phrase.intent])
        candidate = _score(phrase, index, reading, terms, total, have, affinities[phrase.intent], share)
        known = best.get(candidate.intent)
        if known is None or candidate.score > known.score:
            best[candidate.intent] = candidate
    return sorted(best.values(), key=lambda candidate: (-candidate.score, candidate.intent))


def _affinity(terms: list[tuple[Term, float]], total: float, profile: Profile) -> float:
    """Return how much of the question the intent as a whole speaks of (0..1)."""
    found = 0.0
    features = profile.features
    for term, weight in terms:
        found += weight * max(similarity * features.get(feature, 0.0) for feature, similarity in term.features)
    return found / total


def _shortlist(have: dict[str, float], total: float, index: Index) -> list[int]:
    """Return the phrases that share most weight with the question, by the inverted index."""
    shared: dict[int, float] = {}
    budget = tuning.POSTINGS_BUDGET
    weights, postings = index.weights, index.postings
    found = [feature for feature in have if feature in postings]
    found.sort(key=lambda feature: len(postings[feature]))
    for feature in found:
        numbers = postings[feature]
        if len(numbers) > budget:
            if shared:
                for number in shared:
                    if feature in index.phrases[number].features:
                        shared[number] += weights[feature] * have[feature]
                continue
            numbers = numbers[:budget]
        budget -= len(numbers)
        gain = weights[feature] * have[feature]
        for number in numbers:
            shared[number] = shared.get(number, 0.0) + gain
    totals = index.totals
    ranked = [(gain / (total + totals[number]), number) for number, gain in shared.items()]
    return [number for _, number in heapq.nlargest(tuning.SHORTLIST, ranked)]


def _score(
    phrase: Phrase,
    index: Index,
    reading: Reading,
    terms: list[tuple[Term, float]],
    total: float,
    have: dict[str, float],
    affinity: float,
    share: float,
) -> Candidate:
    profile = index.profiles[phrase.intent]
    explained = 0.0
    missing: list[Term] = []
    penalty = 1.0
    for term, weight in terms:
        worth = 0.0
        for feature, similarity in term.features:
            if feature in phrase.features:
                worth = max(worth, similarity)
            elif feature in profile.features:
                worth = max(worth, similarity * tuning.PROFILE_WORTH)
        explained += weight * worth
        if not worth:
            missing.append(term)
            if term.kind in _TELLING and not (reading.verifying and term.kind is Kind.NUMBER):
                penalty *= 1.0 - tuning.ACTOR_PENALTY * weight
    explained /= total
    covered = 0.0
    for alternatives, weight in phrase.terms:
        covered += weight * max(have.get(feature, 0.0) for feature in alternatives)
    covered /= phrase.total
    score = 1.0 / (share / explained + (1.0 - share) / covered) if explained and covered else 0.0
    if reading.asks:
        if not phrase.asks:
            score *= tuning.ASKS_NOTHING_FOLLOWED if reading.followed else tuning.ASKS_NOTHING
        elif not reading.asks & phrase.asks:
            score *= tuning.ASKS_OTHER
        if not reading.asks & profile.asks:
            score *= tuning.ASKS_NEVER_FOLLOWED if reading.followed else tuning.ASKS_NEVER
    if reading.negated != phrase.negated:
        score *= tuning.NEGATION_OTHER
    score = (1.0 - tuning.AFFINITY_SHARE) * score + tuning.AFFINITY_SHARE * affinity
    score *= max(penalty, 0.0)
    if min(explained, covered) >= tuning.EXACT_AT and reading.asks == phrase.asks and reading.negated == phrase.negated:
        score = max(score, min(explained, covered))
    return Candidate(phrase.intent, score, phrase, explained, covered, tuple(missing))
