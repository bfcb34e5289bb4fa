"""Whether a fact gives a figure: one in its evidence that is no date, or one in words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from knowledge.language.counting import YEAR
from knowledge.language.normalising import MONTHS, words

if TYPE_CHECKING:
    from knowledge.language.lexicon import Lexicon
    from knowledge.model import Fact

_FIGURE = re.compile(r"\d")
_DATE = re.compile(
    rf"\b[^\W\d_]{{3,9}}\s+\d{{1,2}},\s+{YEAR}\b"
    rf"|\b(?:\d{{1,2}}(?:er)?\s+)?(?:[^\W\d_]+\s+)?{YEAR}\b|\b\d{{1,2}}(?:er)?\s+[^\W\d_]{{3,9}}\b(?!\s*%)"
)
_FRACTIONS = frozenset(("moitie", "quart", "quarts", "tiers"))
_COUNTS_FROM: Final = 3
"""A "deux" mostly says both of two that are named."""
_SPELLED_FROM: Final = 4
"""A scale of fewer letters may be something else ("M. Brunel"), and where it is none, digits stand before it."""


def gives_figure(fact: Fact, lexicon: Lexicon) -> bool:
    """Tell whether a fact rests on a figure other than a date, or says one in words."""
    evidence = [fragment for citation in fact.citations for fragment in citation.evidence]
    return any(_FIGURE.search(_DATE.sub(_kept, fragment)) for fragment in evidence) or _counts(fact.text, lexicon)


def _counts(text: str, lexicon: Lexicon) -> bool:
    """Tell whether a text has a number, a fraction or a rank as a word: "quatre pays", "un quart", "le troisième"."""
    return any(
        word in _FRACTIONS
        or word in lexicon.ordinals
        or (word in lexicon.scales and len(word) >= _SPELLED_FROM)
        or lexicon.numbers.get(word, 0) >= _COUNTS_FROM
        for word in words(text)
    )


def _kept(found: re.Match[str]) -> str:
    """Return what a supposed date leaves over: nothing of "Septembre 14, 2020", all of "45 salariés"."""
    said = words(found.group())
    dated = any(word in MONTHS for word in said) or (len(said) == 1 and len(said[0]) == 4)
    return "" if dated else re.sub(rf"\b{YEAR}\b", "", found.group())
