"""Setting apart where a question says it was read: "selon l'article sur la mairie, qui ...?" asks for no mairie."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from itertools import takewhile

from knowledge import tuning
from knowledge.lexicon import Lexicon
from knowledge.normalising import MARKS

WIDEST = 8
"""Words at most of what names a source, and of what begins to describe it."""


def without_attribution(tokens: Sequence[str], lexicon: Lexicon) -> Sequence[str]:
    """Return tokens without their attribution to a described source, up to the next mark; all of them without one."""
    if lexicon.attributions.keys().isdisjoint(tokens):
        return tokens
    for start in range(len(tokens)):
        width = _width(tokens, start, lexicon)
        if width:
            behind = [*takewhile(lambda token: token not in MARKS, tokens[start + width :])]
            if behind and width + len(behind) <= tuning.ATTRIBUTION_AT_MOST:
                return [*tokens[:start], *tokens[start + width + len(behind) :]]
    return tokens


def _width(tokens: Sequence[str], start: int, lexicon: Lexicon) -> int:
    """Return how many words introduce a described source at `start`: 0 where none do."""
    forms = lexicon.attributions.get(tokens[start])
    named = _longest(tokens, start, forms) if forms else 0
    described = _longest(tokens, start + named, lexicon.describing) if named else 0
    return named + described if described else 0


def _longest(tokens: Sequence[str], start: int, forms: AbstractSet[tuple[str, ...]]) -> int:
    """Return the width of the longest of `forms` that stands at `start`: 0 where none does."""
    return next((width for width in range(WIDEST, 0, -1) if tuple(tokens[start : start + width]) in forms), 0)
