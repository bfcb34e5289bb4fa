"""Matching a reading with the phrasings of a base: candidate intents with how probable each is, and why.

Each candidate gets *signals*, numbers that say how it fits; their weighed sum makes it more or less probable than the
others, and than that the base has no answer (a conditional logit, McFadden 1974). The weights stand in `tuning`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from knowledge import tuning
from knowledge.language.reading import Reading
from knowledge.language.terms import Kind, Term
from knowledge.model import IntentKind
from knowledge.search.index import Index, Phrase, Profile
from knowledge.search.likelihood import Floats


class Candidate(NamedTuple):
    """An intent that a question may have, and the phrasing that spoke most for it."""

    intent: str
    phrase: Phrase
    explained: float
    """Share of the question's weight that the phrasing, or else the intent, accounts for."""
    covered: float
    """Share of the phrasing's weight that the question has."""
    unexplained: tuple[Term, ...]
    """Terms of the question that nothing in the intent accounts for."""
    signals: Mapping[str, float]
    """How it fits, by the names of `tuning.SIGNALS`; what is not so is left out."""
    verbatim: bool = False
    """Whether the question is a phrasing of the intent, word for word."""
    followed: bool = False
    """Whether the question was read with what went before."""
    score: float = 0.0
    """Probability (0..1) that this is what was asked."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """Candidates, best first, one for each intent, weighed against there being no answer."""

    candidates: tuple[Candidate, ...]
    no_answer: float
    """The probability that the base has none."""


_CHATTER = frozenset([Kind.LIGHT, Kind.COMMON, Kind.VERBAL, Kind.UNKNOWN])
"""Kinds of terms that a long question is full of."""


_LEFT = {kind: f"{kind} left" for kind in Kind}
"""The signals of terms that nothing accounts for."""


class _Heard(NamedTuple):
    """A term of a question, weighed."""

    term: Term
    weight: float


@dataclass(frozen=True, slots=True)
class _Query:
    """A reading prepared for matching: what is heard of it, weighed."""

    reading: Reading
    worded: tuple[str, ...]
    """Intents that it is a phrasing of, word for word."""
    heard: tuple[_Heard, ...]
    total: float
    actors: float
    """What the actors among them weigh together."""
    have: dict[str, float]
    """Feature -> similarity, the best of all terms."""
    share: float
    """Weight of the question's coverage against the phrasing's."""


class _Fit(NamedTuple):
    """How well a phrasing fits a question, in all 0..1."""

    phrase: Phrase
    both: float
    """What is explained and what is covered in one: their weighed harmonic mean."""
    explained: float
    covered: float
    missing: tuple[int, ...]
    """Which of the question's terms are not accounted for."""


def match(reading: Reading, index: Index) -> Ranking:
    """Return the candidates for a question that stands alone."""
    candidates = candidates_of(reading, index.likely(reading), index)
    return ranked(candidates, no_answer_signals(reading, candidates))


def ranked(candidates: Iterable[Candidate], no_answer: Mapping[str, float]) -> Ranking:
    """Weigh candidates against one another and against there being no answer, whose signals are `no_answer`."""
    candidates = list(candidates)
    worths = [
        _worth(candidate.signals, tuning.SIGNALS) + tuning.VERBATIM * candidate.verbatim for candidate in candidates
    ]
    worths.append(_worth(no_answer, tuning.NO_ANSWER))
    most = max(worths)
    powers = [math.exp(worth - most) for worth in worths]
    total = sum(powers)
    best: dict[str, tuple[Candidate, float]] = {}
    for candidate, power in zip(candidates, powers, strict=False):
        # A question read alone and, behind it, with what went before may lead to the same intent: then what went
        # before is only kept where it accounts for more.
        kept, sum_ = best.get(candidate.intent, (None, 0.0))
        better = candidate if kept is None or candidate.explained > kept.explained else kept
        best[candidate.intent] = (better, sum_ + power)
    found = [candidate._replace(score=power / total) for candidate, power in best.values()]
    return Ranking(tuple(sorted(found, key=lambda candidate: (-candidate.score, candidate.intent))), powers[-1] / total)


def _worth(signals: Mapping[str, float], weights: Mapping[str, float]) -> float:
    weight = weights.get
    return sum([weight(name, 0.0) * value for name, value in signals.items()])


def candidates_of(reading: Reading, likely: Floats, index: Index, also: Iterable[str] = ()) -> list[Candidate]:
    """Return the likeliest intents of a reading as candidates with their signals, still without a score.

    `likely` is what `Index.likely` gives for the reading; the intents in `also` are candidates however unlikely.
    """
    query = _query(reading, index)
    if not query.total:
        return []
    likely = likely[: index.questions]
    most = float(likely.max())
    names = index.likelihood.intents
    intents = {names[number]: number for number in _likeliest(likely, most, index)}
    # A phrasing asks for its intent, word for word, however many others are likelier.
    intents |= {name: names.index(name) for name in (*query.worded, *also) if name not in intents}
    held, verifying = [intent for intent in intents if intent in index.spans], reading.verifying
    fits: list[tuple[_Fit, Profile, dict[str, float]]] = []
    for phrase in index.closest(held, query.have, reading.asks, query.total, denied=verifying):
        number, profile = intents[phrase.intent], index.profiles[phrase.intent]
        if profile.kind is not IntentKind.ACTOR or phrase.tells(reading):
            fit, own = _fit(query, phrase, profile, verifying=verifying), float(likely[number])
            fits.append((fit, profile, {"likely, beside others": own - most, "likely": own}))
    answer = next((fit for fit, profile, _ in fits if profile.kind is not IntentKind.GAP), None)
    return [_candidate(query, fit, profile, signals, answer) for fit, profile, signals in fits]


def _likeliest(likely: Floats, most: float, index: Index) -> list[int]:
    """Return the numbers of the likeliest intents; cards of actors do not count: most "who" questions are like all.

    `most` is how likely the first of them is.
    """
    numbers: list[int] = []
    places = tuning.LIKELIEST
    left = likely.copy()
    while places and len(numbers) < len(left):
        number = int(left.argmax())
        # The first few are candidates, however unlikely.
        if places <= tuning.LIKELIEST - tuning.LIKELIEST_ANYWAY and left[number] < most - tuning.LIKELY_WITHIN:
            break
        profile = index.profiles.get(index.likelihood.intents[number])
        places -= profile is None or profile.kind is not IntentKind.ACTOR
        numbers.append(number)
        left[number] = -math.inf
    return numbers


def no_answer_signals(reading: Reading, candidates: Sequence[Candidate]) -> dict[str, float]:
    """Return the signals for there being no answer to a reading, whose candidates are these."""
    terms = len(reading.terms)
    kinds = [term.kind for term in reading.terms]
    return {
        "always": 1.0,
        "terms": min(terms, tuning.MANY) / tuning.MANY,
        "few terms": terms <= tuning.FEW,
        "verifying": reading.verifying,
        "asks nothing": not reading.asks,
        "strange name": Kind.NAME in kinds,
        "strange name, verifying": Kind.NAME in kinds and reading.verifying,
        "unknown words": kinds.count(Kind.UNKNOWN) / max(terms, 1),
        "everyday words": kinds.count(Kind.COMMON) / max(terms, 1),
        "best fit": max((candidate.signals["fit"] for candidate in candidates), default=0.0),
    }


def _query(reading: Reading, index: Index) -> _Query:
    long = len(reading.terms) > tuning.SHORT
    heard = tuple(_Heard(term, index.weight(term)) for term in reading.terms if not (long and term.kind in _CHATTER))
    have: dict[str, float] = {}
    for one in heard:
        for feature, similarity in one.term.features:
            if similarity > have.get(feature, 0.0):
                have[feature] = similarity
    share = tuning.QUESTION_SHARE_LONG if long else tuning.QUESTION_SHARE
    total = sum([one.weight for one in heard])
    actors = sum([one.weight for one in heard if one.term.kind is Kind.ACTOR])
    return _Query(reading, index.worded.get(reading.worded, ()), heard, total, actors, have, share)


def _known(term: Term, profile: Profile, *, verifying: bool) -> float:
    """Return what a term is worth to every phrasing of an intent, whether or not that phrasing has it.

    What only its denied statements have counts where something is to be confirmed or denied: "did the mill burn down?"
    A stranger counts to an admission only, and not in a statement: that is put right, with the stranger named.
    """
    if term.kind is Kind.NAME and (verifying or profile.kind is not IntentKind.GAP):
        return 0.0
    worth = _best(term.features, profile.features)
    if verifying and not worth:
        worth = _best(term.features, profile.denied)
    return worth * tuning.PROFILE_WORTH


def _best(alternatives: Iterable[tuple[str, float]], features: frozenset[str]) -> float:
    """Return the similarity of the first alternative that stands among `features`; 0.0 for none."""
    for feature, similarity in alternatives:
        if feature in features:
            return similarity
    return 0.0


def _fit(query: _Query, phrase: Phrase, profile: Profile, *, verifying: bool) -> _Fit:
    """Return how well a phrase fits; what it lacks may be known to its intent, whose profile this is.

    Called a dozen times for a question: `_best` is written out in the loop.
    """
    features, enough = phrase.features, tuning.PROFILE_WORTH
    found = 0.0
    missing: list[int] = []
    for place, (term, weight) in enumerate(query.heard):
        worth = 0.0
        for feature, similarity in term.features:
            if feature in features:
                worth = similarity
                break
        if worth < enough:
            worth = max(worth, _known(term, profile, verifying=verifying))
        found += weight * worth
        if not worth:
            missing.append(place)
    explained, covered = found / query.total, _covered(query.have, phrase)
    both = 1.0 / (query.share / explained + (1.0 - query.share) / covered) if explained and covered else 0.0
    return _Fit(phrase, both, explained, covered, tuple(missing))


def _covered(have: Mapping[str, float], phrase: Phrase) -> float:
    """Return the share of a phrase's weight that the question has."""
    covered = 0.0
    for alternatives, weight in phrase.terms:
        if len(alternatives) == 1:
            covered += weight * have.get(alternatives[0], 0.0)
        else:
            covered += weight * max(have.get(feature, 0.0) for feature in alternatives)
    return covered / phrase.total


def _candidate(
    query: _Query, fit: _Fit, profile: Profile, likelihood: Mapping[str, float], answer: _Fit | None
) -> Candidate:
    """Return the phrase that fits best as a candidate, with the signals of how well it does.

    `likelihood` are those of how likely its intent is; `answer` is the likeliest answer, which a gap is compared with.
    """
    reading, phrase, explained, covered = query.reading, fit.phrase, fit.explained, fit.covered
    signals = {
        **likelihood,
        "fit": fit.both,
        "explained": explained,
        "size": math.log(profile.size),
    }
    if min(explained, covered) >= tuning.EXACT_AT:
        signals["exact"] = 1.0
    if reading.asks and reading.asks.isdisjoint(phrase.asks):
        signals["asks something else" if phrase.asks else "asks nothing"] = 1.0
    if profile.kind is IntentKind.ACTOR:
        signals["actor"] = 1.0
    for asked in reading.asks:
        signals[f"asked {asked}"] = profile.asked(asked)
    missing = [query.heard[place] for place in fit.missing]
    for heard in missing:
        name = _LEFT[heard.term.kind]
        signals[name] = signals.get(name, 0.0) + heard.weight
    if query.actors:
        signals["actors missed"] = signals.get("actor left", 0.0) / query.actors
    if profile.kind is IntentKind.GAP:
        signals |= _admitting(fit, answer, query)
    return Candidate(
        intent=phrase.intent,
        phrase=phrase,
        explained=explained,
        covered=covered,
        unexplained=tuple([heard.term for heard in missing]),
        signals=signals,
        verbatim=phrase.intent in query.worded and not reading.carried,
    )


def nearest(reading: Reading, phrases: Sequence[Phrase], index: Index, least: float) -> Phrase | None:
    """Return the one of an intent's phrasings that a reading fits best; None for none.

    Each has to account for `least` of the other, at least. Of those that fit alike, the one that is asked word for
    word is returned: "il ne produit pas ..." and "il ne produit pas que ..." have the same terms.
    """
    if not phrases:
        return None
    query, profile, said = _query(reading, index), index.profiles[phrases[0].intent], reading.said
    best, share = None, (least, False, 0.0)
    for phrase in phrases:
        fit = _fit(query, phrase, profile, verifying=True)
        mine = (min(fit.explained, fit.covered), phrase.said == said, fit.both)
        if mine > share:
            best, share = phrase, mine
    return best


def _admitting(gap: _Fit, answer: _Fit | None, query: _Query) -> dict[str, float]:
    """Return the signals of a gap alone, and of what it accounts for beyond the likeliest answer, where there is one.

    These tell whether it asks for something more, or nothing new.
    """
    reading = query.reading
    signals = {
        "gap": 1.0,
        "gap, few terms": len(reading.terms) <= tuning.TINY,
        "gap, verifying": reading.verifying,
        "gap, explained": gap.explained,
    }
    if answer:
        more = sum(query.heard[place].weight for place in answer.missing if place not in gap.missing)
        less = sum(query.heard[place].weight for place in gap.missing if place not in answer.missing)
        signals |= {"gap, more": more / query.total, "gap, nothing more": not more, "gap, less": less / query.total}
    return signals
