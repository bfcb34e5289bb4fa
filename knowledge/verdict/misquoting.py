"""True statements that a question repeats with another figure, or with what excludes a part of them."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import chain, pairwise

from knowledge.language.counting import YEAR, figure_of
from knowledge.language.reading import Reading, read
from knowledge.language.terms import Kind, Term
from knowledge.model import KnowledgeBase
from knowledge.search.index import Phrase
from knowledge.verdict.alike import VERY, having, same, shared_features
from knowledge.verdict.bearing import units_of


def misquoted(
    reading: Reading, statements: Sequence[Phrase], told: Sequence[str], base: KnowledgeBase
) -> Phrase | None:
    """Return the true statement that a question repeats with another figure, with `truth` as that makes it; else None.

    Where Azur is said to have 40 employees, and nothing says 20, "Azur a 20 salariés ?" is false, and "plus de 20
    salariés" is true. `told` are the facts that answer the question: whom all of them are about need not be named, nor
    what is counted. A day is only compared where they tell of one day alone that no fact overtakes: another one may be
    meant otherwise.
    """
    asked = [term for term in reading.terms if figure_of(term.feature)]
    if len(asked) != 1 or "not" in reading.manner or "bound" in reading.manner:
        return None
    figure, bound = asked[0], reading.manner & _BOUNDS
    true, year = [one for one in statements if one.truth], _year(reading, figure)
    if not (bound or year or _unheard(figure, true, told, base)):
        return None
    if figure_of(figure.feature) == "day" and (bound or not _settled(told, base)):
        return None
    units = units_of(reading, [base.facts[name] for name in told], base)
    rest = [
        term
        for term in reading.terms
        if term not in units and not (bound and term.position + term.width == figure.position)
    ]
    about_all = shared_features(told, base)
    for one in true:
        said = [alternatives for alternatives, _ in one.terms if figure_of(alternatives[0])]
        if len(said) != 1 or figure_of(said[0][0]) != figure_of(figure.feature):
            continue
        right, counted = {figure: said[0]}, _counted(one)
        if year:
            right[year] = next((found for found, _ in one.terms if _YEARS.fullmatch(found[0])), (year.feature,))
        if all(term.feature in features for term, features in right.items()) and not bound:
            continue
        terms = tuple([term.standing_for(*right[term]) if term in right else term for term in rest])
        if _same(reading._replace(terms=terms, manner=reading.manner - bound), one, base, about_all | counted):
            least = _open_ended(one, reading, told, base)
            truth = _compared(figure.feature, said[0][0], bound, least=least)
            if truth is not None:
                return one._replace(truth=truth)
    return None


def opposed(reading: Reading, statements: Sequence[Phrase], told: Sequence[str], base: KnowledgeBase) -> Phrase | None:
    """Return the true statement that a question repeats with what excludes a thing of it, as false; None for none.

    Where the sale was on a Friday, "la vente a eu lieu un lundi ?" is false; so are euros for dollars, and a fall for a
    rise (french/exclusives.yaml). `told` are the facts that answer the question: whom all of them are about need not be
    named. A month is not compared where one of them overtakes a day.
    """
    if "not" in reading.manner:
        return None
    true, about_all = [one for one in statements if one.truth], shared_features(told, base)
    for place, term in enumerate(reading.terms):
        others = base.lexicon.exclusive.get(term.feature, frozenset()) - reading.features
        if not others or (term.is_date and _overtaken(told, base)):
            continue
        before, behind = reading.terms[:place], reading.terms[place + 1 :]
        for one in having((*before, *behind), true):
            for feature in others & one.features:
                righted = reading._replace(terms=(*before, term.standing_for(feature), *behind))
                if term.feature not in one.features and _same(righted, one, base, about_all):
                    return one._replace(truth=False)
    return None


def _same(reading: Reading, statement: Phrase, base: KnowledgeBase, aside: Collection[str]) -> bool:
    """Tell whether a reading says what a statement says, however strongly: "a bondi de 20 %", "a augmenté de 20 %"."""
    lean = statement._replace(manner=statement.manner - VERY)
    return same(reading._replace(manner=reading.manner - VERY), lean, base, aside)


def _year(reading: Reading, figure: Term) -> Term | None:
    """Return the term that is the year of a day: "le 19 janvier 2031"."""
    if figure_of(figure.feature) != "day":
        return None
    years = (term for term in reading.terms if term.kind is Kind.YEAR)
    return next((term for term in years if figure.position + figure.width == term.position), None)


def _unheard(figure: Term, true: Sequence[Phrase], told: Sequence[str], base: KnowledgeBase) -> bool:
    """Tell whether neither a fact told nor a true statement has a figure, whatever it counts: "63" may mean "63 %"."""
    known = [base.mentions[name] for name in told] + [one.features for one in true if not one.manner & _BOUNDS]
    return figure.feature.strip("%") not in (feature.strip("%") for feature in chain.from_iterable(known))


def _counted(statement: Phrase) -> set[str]:
    """Return the features of the word behind the figure of a statement."""
    behind = (after for (before, _), (after, _) in pairwise(statement.terms) if figure_of(before[0]))
    return {feature for features in behind for feature in features}


_YEARS = re.compile(rf"#(?:{YEAR}-)?{YEAR}")
"""The features of a year, and of all years on one side of one."""
_BOUNDS = frozenset(["above", "below"])
"""Manners in which a figure is a bound: "plus de 20", "moins de 20"."""
_SCALES = frozenset([1e3, 1e6, 1e9])
"""How many times too small a figure is where its thousands, millions or billions were left out: "Azur a payé 40"."""


def _compared(asked: str, figure: str, manner: Collection[str], *, least: bool) -> bool | None:
    """Tell whether a figure is the one asked about, or on the side of it that is; None where that is not sure.

    `least`: that it is at least so much is all that is known.
    """
    if figure_of(figure) == "day":
        return False
    put, real = (float(feature.strip("#%e")) for feature in (asked, figure))
    if least and (put > real or (manner and put == real)):
        return True if put == real and "above" in manner else None
    if not manner:
        return None if 0 < put < min(_SCALES) and real / put in _SCALES else False
    return None if put == real or len(manner) > 1 else (real > put) is ("above" in manner)


def _open_ended(statement: Phrase, reading: Reading, told: Sequence[str], base: KnowledgeBase) -> bool:
    """Tell whether the figure of a statement is only known to be reached, there or at all: "plus de 40 salariés".

    So it is where a question leaves out the place that it is of: elsewhere there may be more.
    """
    figures = {feature for feature in statement.features if figure_of(feature) == "number"}
    if not figures:
        return False
    unnamed = (feature[1:] for feature in statement.features - reading.features if feature[0] == "@")
    facts = (base.facts[name].text for name in told if figures & base.mentions[name])
    return any(base.actors[name].kind == "place" for name in unnamed) or any(
        "above" in read(text, base.lexicon).manner for text in facts
    )


def _settled(told: Sequence[str], base: KnowledgeBase) -> bool:
    """Tell whether facts tell of one day alone, which none of them overtakes: a deadline that was moved may be any."""
    days = {figure for name in told for figure in base.mentions[name] if figure_of(figure) == "day"}
    return len(days) == 1 and not _overtaken(told, base)


def _overtaken(told: Sequence[str], base: KnowledgeBase) -> bool:
    """Tell whether one of the facts told overtakes another one that names a day."""
    overtaken = {name for fact in told for name in base.facts[fact].supersedes}
    return any(figure_of(figure) == "day" for name in overtaken.intersection(told) for figure in base.mentions[name])
