"""Figures in statements: which one a question has instead, and what that makes of a statement that is true."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import pairwise

from knowledge.alike import same
from knowledge.index import Phrase
from knowledge.model import Fact, KnowledgeBase
from knowledge.normalising import normalise
from knowledge.reading import Reading, read_tokens
from knowledge.terms import Kind, Term


def units_of(reading: Reading, facts: Sequence[Fact]) -> list[Term]:
    """Return the terms that only say in what a figure is counted, as the facts do: "milliards d'euros"."""
    said = f" {reading.said} "
    found = []
    for figure, unit in pairwise(reading.terms):
        if is_amount(figure) and 0 <= unit.position - figure.position - figure.width <= 1:
            _, _, behind = said.partition(f" {figure.text} ")
            named, _, _ = behind.partition(f" {unit.text} ")
            counted = f" {' '.join([figure.text.split()[-1], *named.split(), unit.text])} "
            found += [unit] if any(counted in f" {' '.join(normalise(fact.text))} " for fact in facts) else []
    return found


def misquoted(
    reading: Reading, statements: Sequence[Phrase], told: Sequence[str], base: KnowledgeBase
) -> Phrase | None:
    """Return the true statement that a question puts with another figure, with what that makes it; None for none.

    "Azur a 20 salariés ?", where it is said that it has 40 and no statement has 20, is not so, but "plus de 20" is. Of
    several days that are told, or of one that is overtaken, another one may be meant.
    """
    asked = [term for term in reading.terms if figure_of(term.feature)]
    true = [one for one in statements if one.truth]
    if len(asked) != 1 or "not" in reading.manner or "bound" in reading.manner:
        return None
    figure, bound = asked[0], reading.manner & _BOUNDS
    sort, year = figure_of(figure.feature), next((term for term in reading.terms if _dates(term, figure)), None)
    if not (bound or year) and any(figure.feature in one.features for one in true):
        return None
    if sort == "day" and (bound or not _settled(told, base)):
        return None
    rest = [term for term in reading.terms if not (bound and term.position + term.width == figure.position)]
    for one in true:
        said = [alternatives for alternatives, _ in one.terms if figure_of(alternatives[0])]
        if len(said) != 1 or figure_of(said[0][0]) != sort:
            continue
        right = {figure: said[0]}
        if year:
            right[year] = next((found for found, _ in one.terms if _YEAR.fullmatch(found[0])), (year.feature,))
        if all(term.feature in features for term, features in right.items()) and not bound:
            continue
        terms = tuple([meaning(term, right[term]) if term in right else term for term in rest])
        if same(replace(reading, terms=terms, manner=reading.manner - bound), one, base):
            truth = _within(figure.feature, said[0][0], bound) if bound else False
            if truth is not None:
                return one._replace(truth=truth)
    return None


def meaning(term: Term, features: Sequence[str]) -> Term:
    """Return a term that means something else."""
    return term._replace(features=tuple([(feature, 1.0) for feature in features]))


def _dates(term: Term, figure: Term) -> bool:
    """Tell whether a term is the year of a day: "le 19 janvier 2031"."""
    adjacent = figure.position + figure.width == term.position
    return adjacent and term.kind is Kind.YEAR and figure_of(figure.feature) == "day"


_YEAR = re.compile(r"#(?:(?:19|20)\d\d-)?(?:19|20)\d\d")
"""The features of a year, and of all years on one side of one."""
_BOUNDS = frozenset(["above", "below"])
"""Manners in which a figure is a bound: "plus de 20", "moins de 20"."""


def _within(bound: str, figure: str, manner: Collection[str]) -> bool | None:
    """Tell whether a figure lies on the side of a bound that is asked about; None where it is the bound itself."""
    least, real = (float(feature.strip("#%")) for feature in (bound, figure))
    return None if least == real or len(manner) > 1 else (real > least) is ("above" in manner)


def _settled(told: Sequence[str], base: KnowledgeBase) -> bool:
    """Tell whether facts tell of one day alone, which none of them overtakes: a deadline that was moved may be any."""
    facts = [base.facts[name] for name in told]
    readings = {fact.id: read_tokens("", normalise(fact.text), base.lexicon) for fact in facts}
    dated = {name: {one for one in reading.features if figure_of(one) == "day"} for name, reading in readings.items()}
    days = set().union(*dated.values())
    return len(days) == 1 and not any(dated.get(name) for fact in facts for name in fact.supersedes)


def is_amount(term: Term) -> bool:
    """Tell whether a term is a number or a share, not a day or a rank."""
    return term.kind is Kind.NUMBER and figure_of(term.feature) in ("number", "percent")


def figure_of(feature: str) -> str:
    """Return what sort of figure a feature is, of which one may stand for another: number, percent, day or rank."""
    found = _FIGURE.fullmatch(feature)
    return (found.lastgroup or "") if found else ""


_FIGURE = re.compile(
    r"#(?:(?P<rank>\d+e)|(?P<day>d\d\d-\d\d)|(?P<percent>[\d.e+]+%)|(?!(?:19|20)\d\d$)(?P<number>[\d.]+(?:e\+\d+)?))"
)
"""The features that `counting` gives, but for years and months: no figure can be told from another year."""
