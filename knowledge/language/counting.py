"""Reading numbers: digits and words, scales, percentages, years, days of a month, ranks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from knowledge import tuning
from knowledge.language.lexicon import ARTICLES, Lexicon
from knowledge.language.normalising import LONGEST_MONTH, words
from knowledge.language.terms import Kind, Term, Word

FIRST_YEAR, LAST_YEAR = 1900, 2099
YEAR = r"(?:19|20)\d\d"
"""The pattern of a year in digits, from the first to the last, for longer patterns."""
RANK_MARKS = frozenset(["e", "eme", "ieme", "er", "ere", "nd", "nde", "th", "rd"])
"""What makes digits a rank ("3e", "3ème", "1er", "4th")."""
RANK_DIGITS = 4
"""Digits at most of a rank."""
MULTIPLIED = frozenset([20, 100])
"""Number words that multiply what stands before them ("quatre-vingt", "deux cent")."""

FRACTIONS = frozenset(["moitie", "quart", "quarts", "tiers"])
"""Words for a part of something, which are no numbers."""
FEW = frozenset(["#0", "#1", "#2"])
"""Numbers that tell no figure: "deux" mostly says both of two that are named."""


def is_year(word: str) -> bool:
    """Tell whether a word is a year in digits: other numbers of four digits count something."""
    return _YEAR.fullmatch(word) is not None


_YEAR = re.compile(YEAR)


class Side(NamedTuple):
    """The years on one side of a date: "depuis 2031", "avant le 3 mars 2031"."""

    first: int
    last: int

    def __str__(self) -> str:
        return f"{self.first}-{self.last}"


def every_year(years: Iterable[int | Side]) -> set[int]:
    """Return each year that is asked about, those on one side of a date one by one."""
    return {year for one in years for year in (range(one.first, one.last + 1) if isinstance(one, Side) else (one,))}


def number(typed: Sequence[Word], start: int, lexicon: Lexicon) -> Term | None:
    """Return the number, year, percentage, rank or date that begins at `start`, a word that `counts`; None for none."""
    rank = _rank(typed, start, lexicon)
    if rank is not None:
        return rank
    total, width, scaled = _sum(typed, start, lexicon)
    if not width:
        return _month(typed, start, lexicon)
    shown = " ".join(word.text for word in typed[start : start + width])
    if width == 1 and _many(typed[start].text, lexicon):
        return Term(shown, Kind.NUMBER, ((f"#{total:g}s", 1.0),), start)
    following = [word.text for word in typed[start + width : start + width + 2]]
    percent = 1 if following[:1] == ["%"] else 2 if following == ["pour", "cent"] else 0
    if percent:
        return Term(f"{shown} %", Kind.NUMBER, ((f"#{total:g}%", 1.0),), start, width + percent)
    digits = shown[0].isdecimal()
    if not scaled and is_year(shown):
        return Term(shown, Kind.YEAR, ((f"#{sided(start, typed, lexicon)}", 1.0),), start)
    if following and not scaled and 1 <= total <= LONGEST_MONTH:
        month = lexicon.months.get(typed[start + width].text)
        if month:
            features = ((f"#d{month:02}-{int(total):02}", 1.0), (f"#m{month:02}", tuning.MONTH_WORTH))
            return Term(f"{shown} {following[0]}", Kind.NUMBER, features, start, width + 1)
    light = not digits and not scaled and total <= tuning.SMALL_NUMBER
    return Term(shown, Kind.LIGHT if light else Kind.NUMBER, ((f"#{total:g}", 1.0),), start, width)


def _many(word: str, lexicon: Lexicon) -> bool:
    """Tell whether a word alone says roughly how many: "des milliers" are not a thousand."""
    return word.endswith("s") and (word in lexicon.scales or lexicon.numbers.get(word) in MULTIPLIED)


def sided(position: int, typed: Sequence[Word], lexicon: Lexicon) -> int | Side:
    """Return the year at a position, or the years on one side of it where "depuis", "avant" or "après" stands before.

    "depuis" includes the year itself; the others do where a day or a month stands between ("avant mars 2031").
    """
    named, start = int(typed[position].text), position
    while start and (typed[start - 1].text in ARTICLES or _dates(typed[start - 1], lexicon)):
        start -= 1
    word = typed[start - 1].text if start else ""
    within = any(_dates(other, lexicon) for other in typed[start:position])
    if word in lexicon.joints["before"]:
        return Side(FIRST_YEAR, named if within else named - 1)
    if word in lexicon.joints["after"]:
        return Side(named if within else named + 1, LAST_YEAR)
    return Side(named, LAST_YEAR) if word in lexicon.joints["since"] else named


def _dates(word: Word, lexicon: Lexicon) -> bool:
    """Tell whether a word may stand in a date before its year."""
    return word.text.isdecimal() or word.text in lexicon.months


def _sum(typed: Sequence[Word], start: int, lexicon: Lexicon) -> tuple[float, int, bool]:
    """Add up number words and scales from `start`; returns the value, how many words it took, and if it has a scale."""
    value, group, digits, scaled = 0.0, 0.0, False, False
    position = start
    while position < len(typed):
        text = typed[position].text
        if text[0].isdecimal() and position == start:
            group, digits = float(text), True
        elif text in lexicon.numbers and not digits:
            amount = lexicon.numbers[text]
            group = group * amount if amount in MULTIPLIED and 0 < group < amount else group + amount
        elif text in lexicon.scales and (position > start or text.startswith("mil")):
            value, group, scaled = value + max(group, 1.0) * lexicon.scales[text], 0.0, True
        else:
            break
        position += 1
    return value + group, position - start, scaled


def _month(typed: Sequence[Word], start: int, lexicon: Lexicon) -> Term | None:
    month = lexicon.months.get(typed[start].text)
    return None if month is None else Term(typed[start].text, Kind.CONCEPT, ((f"#m{month:02}", 1.0),), start)


def _rank(typed: Sequence[Word], start: int, lexicon: Lexicon) -> Term | None:
    rank, width = lexicon.ordinals.get(typed[start].text), 1
    marked = start + 1 < len(typed) and typed[start + 1].text in RANK_MARKS
    if rank is None and marked and typed[start].text.isdecimal() and len(typed[start].text) <= RANK_DIGITS:
        rank, width = int(typed[start].text), 2
    if rank is None:
        return None
    shown = " ".join(word.text for word in typed[start : start + width])
    return Term(shown, Kind.CONCEPT, ((f"#{rank}e", 1.0),), start, width)


def is_amount(term: Term) -> bool:
    """Tell whether a term is a number or a share, not a day or a rank."""
    return term.kind is Kind.NUMBER and figure_of(term.feature) in ("number", "percent")


def figure_of(feature: str) -> str:
    """Return what sort of figure a feature is, of which one may stand for another: number, percent, day or rank."""
    found = _FIGURE.fullmatch(feature)
    return (found.lastgroup or "") if found else ""


_FIGURE = re.compile(
    rf"#(?:(?P<rank>\d+e)|(?P<day>d\d\d-\d\d)|(?P<percent>[\d.e+]+%)|(?!{YEAR}$)(?P<number>[\d.]+(?:e\+\d+)?))"
)
"""The features of numbers, but for years and months: no figure can be told from another year."""


def gives_figure(text: str, features: Iterable[str]) -> bool:
    """Tell whether a text, with its features, gives a figure: a number, a share, a rank, how many roughly; no date."""
    # "des milliers" is no figure that another one could stand for, and is one to be told.
    sorts = {figure_of(feature.removesuffix("s")) for feature in features if feature not in FEW}
    return not sorts.isdisjoint(("number", "percent", "rank")) or not FRACTIONS.isdisjoint(words(text))
