"""Statements: what a yes/no question says to be so, and whether the base has just that as true or as false.

A yes or a no in front of a fact is worse than none where it is wrong. So it takes the same words that tell something,
in the same order (who does what to whom) and manner (what must be sold is not sold): likeness is not enough.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from knowledge import tuning
from knowledge.index import Index, Phrase
from knowledge.matching import Candidate, nearest
from knowledge.reading import Reading
from knowledge.terms import SLIGHT, Kind, Term


def stated(reading: Reading, candidate: Candidate, index: Index) -> Phrase | None:
    """Return the statement of a candidate's intent, true or false, that a question puts; None for none."""
    return put(reading, candidate, index) or _misquoted(reading, _of(candidate, index))


def put(reading: Reading, candidate: Candidate, index: Index) -> Phrase | None:
    """Return the statement of a candidate's intent that a question puts as it stands; None for none."""
    same = [one for one in _of(candidate, index) if _same(reading, one)]
    return nearest(reading, same, index, tuning.TRUTH_AT)


def _of(candidate: Candidate, index: Index) -> list[Phrase]:
    return [one for one in index.of(candidate.intent) if one.truth is not None]


def presumed(reading: Reading, candidate: Candidate, index: Index) -> Phrase | None:
    """Return what an open question takes for granted although the intent of a candidate denies it; None for nothing.

    That is a denied statement which fits the question clearly better than what it was taken for.
    """
    if reading.verifying or reading.carried:
        return None
    same = [one for one in index.of(candidate.intent) if one.truth is False and _same(reading, one)]
    taken = min(candidate.explained, candidate.covered)
    return nearest(reading, same, index, max(tuning.PRESUMED_AT, taken + tuning.PRESUMED_BEYOND))


def _misquoted(reading: Reading, statements: Sequence[Phrase]) -> Phrase | None:
    """Return the true statement that a question puts with another figure, as a false one; None for none.

    "Azur a 20 salariés ?", where it is said that it has 40 and no statement has 20. More than 20 may be 40.
    """
    asked = [term for term in reading.terms if _figure(term.feature)]
    true = [one for one in statements if one.truth]
    if len(asked) != 1 or reading.manner & {"not", "bound"} or any(asked[0].feature in one.features for one in true):
        return None
    for one in true:
        said = [alternatives for alternatives, _ in one.terms if _figure(alternatives[0])]
        if len(said) == 1 and _figure(said[0][0]) == _figure(asked[0].feature):
            right = replace(asked[0], features=tuple([(feature, 1.0) for feature in said[0]]))
            put = replace(reading, terms=tuple([right if term is asked[0] else term for term in reading.terms]))
            if _same(put, one):
                return one._replace(truth=False)
    return None


def _figure(feature: str) -> str:
    """Return what sort of figure a feature is, of which one may stand for another: number, percent, day or rank."""
    found = _FIGURE.fullmatch(feature)
    return (found.lastgroup or "") if found else ""


_FIGURE = re.compile(
    r"#(?:(?P<rank>\d+e)|(?P<day>d\d\d-\d\d)|(?P<percent>[\d.e+]+%)|(?!(?:19|20)\d\d$)(?P<number>[\d.]+(?:e\+\d+)?))"
)
"""The features that `counting` gives, but for years and months: no figure can be told from another year."""


def _same(reading: Reading, statement: Phrase) -> bool:
    """Tell whether a reading says what a statement says, and nothing else."""
    return (
        reading.manner == statement.manner
        and all(_meant(term) & statement.features for term in reading.terms if _telling(term))
        and _said_in(reading, statement)
        and _in_order(reading, statement)
    )


def _telling(term: Term) -> bool:
    """Tell whether a term makes a difference to what is so: slight words do where they are numbers or concepts."""
    return term.kind not in SLIGHT or term.feature[0] in "#="


def _meant(term: Term) -> set[str]:
    """Return what a term may stand for; a figure only for itself: the 20th is not the 19th of the same month."""
    exact = term.kind in (Kind.NUMBER, Kind.YEAR)
    return {term.feature} if exact else {feature for feature, _ in term.features}


def _said_in(reading: Reading, statement: Phrase) -> bool:
    """Tell whether a reading has each term of a statement that weighs something, is a figure, or names somebody."""
    said = {feature for term in reading.terms for feature in _meant(term)}
    return all(
        not said.isdisjoint(alternatives)
        for alternatives, weight in statement.terms
        if weight >= tuning.TELLING_FROM or alternatives[0][0] in "@#"
    )


def _in_order(reading: Reading, statement: Phrase) -> bool:
    """Tell whether the terms of a reading come in the order of a statement: who does what to whom."""
    place = 0
    for term in reading.terms:
        if term.feature in statement.features:
            behind = (at for at in range(place, len(statement.terms)) if term.feature in statement.terms[at][0])
            found = next(behind, None)
            if found is None:
                return False
            place = found
    return True
