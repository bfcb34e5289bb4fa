"""Names that only their capital tells: a word that is like nothing known, with a capital inside a sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge import tuning
from knowledge.language.normalising import fold
from knowledge.language.terms import Kind, Term, Word


def with_names(terms: list[Term], typed: Sequence[Word], text: str) -> list[Term]:
    """Return the terms of a text, in which unknown words that are written with a capital are names.

    A capital letter that stands alone at the end is one more name ("le moulin s'appelle « Y » ?"). In a text that is
    mostly in capitals, they tell nothing; nor, but for that letter, in one of many terms.
    """
    if len(terms) <= tuning.SHORT and Kind.UNKNOWN in [term.kind for term in terms]:
        names = capitalised(text)
        terms = [
            _name(term.text, term.position) if term.kind is Kind.UNKNOWN and term.text in names else term
            for term in terms
        ]
    end = terms[-1].position + terms[-1].width if terms else 0
    letter = _LETTER.search(text) if end < len(typed) else None
    if letter and typed[-1].text == fold(letter[1]) and not _shouted(text):
        terms = [*terms, _name(typed[-1].text, len(typed) - 1)]
    return terms


def capitalised(text: str) -> frozenset[str]:
    """Return the words of a text whose capital says that they are names: none in a text that is mostly in capitals."""
    return frozenset() if _shouted(text) else frozenset(map(fold, _CAPITALS.findall(text)))


def written_as_name(word: str, text: str) -> bool:
    """Tell whether a word stands in capitals, where these tell something, or behind an apostrophe ("l'UE")."""
    capitals = not _shouted(text) and word.upper() in re.findall(r"\w+", text)
    return capitals or re.search(rf"['\u2019]{word}\b", text, re.IGNORECASE) is not None


def _name(text: str, position: int) -> Term:
    return Term(text, Kind.NAME, ((text, 1.0),), position)


def _shouted(text: str) -> bool:
    """Tell whether most letters of a text are capitals: there, they tell no name."""
    return sum(map(str.isupper, text)) > sum(map(str.islower, text))


_CAPITALS = re.compile(r"(?<=\w[ '\u2019-])[A-ZÀ-Ý]\w+")
"""Words with a capital that no sentence begins with."""
_LETTER = re.compile(r"(?<=\w )[«\"“\s]*([A-ZÀ-Ý])\W*$")
