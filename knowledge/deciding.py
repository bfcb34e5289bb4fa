"""Deciding what comes of a question: which intent answers it, or why none does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from knowledge import tuning
from knowledge.matching import Candidate
from knowledge.model import Fact, Intent, IntentKind, KnowledgeBase
from knowledge.reading import Reading
from knowledge.reply import Outcome, Part
from knowledge.terms import Kind, Term


def decide(reading: Reading, candidates: Sequence[Candidate], base: KnowledgeBase) -> Part:
    """Choose among candidates; the result names the rule that decided."""
    part = Part(reading, tuple(candidates[:5]), Outcome.UNKNOWN, "off-topic")
    if not candidates:
        return replace(part, rule="off-topic" if reading.terms else "empty")
    best = candidates[0]
    rival = _rival(best, candidates, base)
    confidence = _confidence(best, rival)
    part = replace(part, intent=best.intent, confidence=round(confidence, 3), runner_up=rival.intent if rival else None)
    if reading.names and any(term.kind is Kind.NAME for term in best.unexplained):
        return replace(part, rule="name", intent=None)
    if best.score < tuning.ANSWER_AT or _unexplained(reading, best, base) > _most(reading):
        known = any(term.kind in (Kind.ACTOR, Kind.CONCEPT) for term in reading.terms)
        return replace(part, rule="detail" if known and best.score > tuning.ANSWER_AT / 2 else "off-topic", intent=None)
    intent = base.intents[best.intent]
    if intent.kind is IntentKind.GAP:
        return _gap(part, best, candidates, base)
    facts = intent.facts
    if reading.years and not any(f"#{year}" in best.phrase.features for year in reading.years):
        facts = _of_years(facts, reading.years, base) or (facts if reading.verifying else ())
        if not facts:
            return replace(part, rule="year", intent=None)
    facts = _about(facts, reading.focus, base)
    if rival and best.score - rival.score < (tuning.MARGIN if best.score < tuning.EXACT_AT else tuning.TIE):
        both = _together(facts, base.intents[rival.intent])
        if both:
            return replace(part, outcome=Outcome.ANSWERED, rule="both", facts=both)
        if base.intents[rival.intent].kind is IntentKind.ANSWER and best.score < tuning.CLARIFY_BELOW:
            return replace(part, outcome=Outcome.CLARIFY, rule="near", choices=(best.intent, rival.intent))
    return replace(part, outcome=Outcome.ANSWERED, rule="match", facts=facts, truth=_truth(reading, best))


def _about(facts: tuple[str, ...], actors: Sequence[str], base: KnowledgeBase) -> tuple[str, ...]:
    """Return the facts about the actors that a follow-up names; all where none is, or nothing is named."""
    return tuple(name for name in facts if set(base.facts[name].actors) & set(actors)) or facts


def _together(facts: tuple[str, ...], rival: Intent) -> tuple[str, ...]:
    """Return the facts of two near intents, the first of each; none where one of them is a long list."""
    if rival.kind is not IntentKind.ANSWER or max(len(facts), len(rival.facts)) >= tuning.TOLD_TOGETHER:
        return ()
    half = tuning.TOLD_TOGETHER // 2
    return tuple(dict.fromkeys((*facts[: tuning.TOLD_TOGETHER - min(half, len(rival.facts))], *rival.facts[:half])))


def _gap(part: Part, best: Candidate, candidates: Sequence[Candidate], base: KnowledgeBase) -> Part:
    """Say that the articles do not say; tell a near answer besides, where there is one."""
    if best.score < tuning.EXACT_AT:
        for other in candidates[1:]:
            if best.score - other.score > tuning.GAP_HANDICAP:
                break
            near = base.intents[other.intent]
            strange = any(term.kind is Kind.NAME for term in other.unexplained)
            if near.kind is IntentKind.ANSWER and len(near.facts) <= tuning.TOLD_TOGETHER and not strange:
                return replace(
                    part,
                    outcome=Outcome.ANSWERED,
                    rule="gap-and-near",
                    intent=near.id,
                    facts=near.facts,
                    gap=best.intent,
                )
    return replace(part, rule="gap", facts=base.intents[best.intent].facts)


def _most(reading: Reading) -> float:
    """Return the share of a question that may be left unexplained: the fewer its words, the more each counts."""
    return tuning.UNEXPLAINED_TINY if len(reading.terms) <= tuning.TINY else tuning.UNEXPLAINED_AT_MOST


def _unexplained(reading: Reading, best: Candidate, base: KnowledgeBase) -> float:
    """Return the share of a short question's weight that its candidate leaves open; long ones ramble, and get 0."""
    if len(reading.terms) > tuning.SHORT:
        return 0.0
    total = sum(base.index.weight(term) for term in reading.terms)
    missing = sum(base.index.weight(term) for term in best.unexplained if term.kind not in _SLIGHT)
    return missing / total if total else 0.0


_SLIGHT = frozenset([Kind.LIGHT, Kind.VERBAL])


def _rival(best: Candidate, candidates: Sequence[Candidate], base: KnowledgeBase) -> Candidate | None:
    """Return the best candidate that would say something else."""
    chosen = set(base.intents[best.intent].facts)
    for other in candidates[1:]:
        facts = set(base.intents[other.intent].facts)
        if base.intents[other.intent].kind is not base.intents[best.intent].kind or not (facts and facts <= chosen):
            return other
    return None


def _confidence(best: Candidate, rival: Candidate | None) -> float:
    margin = best.score - (rival.score if rival else 0.0)
    return max(0.0, min(1.0, best.score * (0.85 + min(margin, 0.15))))


def falls(fact: Fact, years: Sequence[int]) -> bool:
    """Tell whether a fact lies in one of the years, or speaks of it."""
    return bool(fact.when and any(fact.when.covers(year) for year in years)) or str(years[0]) in fact.text


def _of_years(facts: tuple[str, ...], years: Sequence[int], base: KnowledgeBase) -> tuple[str, ...]:
    """Return the facts that lie in the years asked for; all of them where none has a date."""
    kept = tuple(name for name in facts if falls(base.facts[name], years))
    dated = any(base.facts[name].when for name in facts)
    return kept if kept or dated else facts


def calibrated(strength: float) -> float:
    """Return the probability that an answer decided with `strength` is right."""
    for (low, least), (high, most) in pairwise(tuning.CALIBRATION):
        if strength <= high:
            return round(least + (most - least) * (strength - low) / (high - low), 3)
    return tuning.CALIBRATION[-1][1]


def _truth(reading: Reading, best: Candidate) -> bool | None:
    """Return whether a yes/no question deserves a yes or a no; None where that is not sure or not asked."""
    if best.phrase.truth is None or reading.asks:
        return None
    if min(best.explained, best.covered) < tuning.TRUTH_AT:
        return None
    if not all(term.kind in _SLIGHT or _stands(term, best) for term in reading.terms) or not _in_order(reading, best):
        return None
    return best.phrase.truth if reading.negated == best.phrase.negated else None


def _stands(term: Term, candidate: Candidate) -> bool:
    """Tell whether a term stands in the very phrasing that a question was matched with."""
    return any(feature in candidate.phrase.features for feature, _ in term.features)


def _in_order(reading: Reading, candidate: Candidate) -> bool:
    """Tell whether what a question shares with its phrasing comes in the same order: who does what to whom."""
    places: dict[str, int] = {}
    for place, (alternatives, _) in enumerate(candidate.phrase.terms):
        for feature in alternatives:
            places.setdefault(feature, place)
    shared = [places[feature] for term in reading.terms for feature, _ in term.features[:1] if feature in places]
    return shared == sorted(shared)
