"""Setting apart where a question says it was read: "selon l'article sur la mairie, qui ...?" asks for no mairie."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from knowledge.lexicon import Lexicon
from knowledge.normalising import MARKS

LONGEST = 12
"""Words at most of an attribution; a longer one is a tale without punctuation."""


def without_attribution(tokens: Sequence[str], lexicon: Lexicon) -> Sequence[str]:
    """Return tokens without their attribution to a described source, up to the next mark; all of them without one."""
    for start in range(len(tokens)):
        width = _width(tokens, start, lexicon)
        if width:
            behind = [*takewhile(lambda token: token not in MARKS, tokens[start + width :])]
            if behind and width + len(behind) <= LONGEST:
                return [*tokens[:start], *tokens[start + width + len(behind) :]]
    return tokens


def _width(tokens: Sequence[str], start: int, lexicon: Lexicon) -> int:
    """Return how many words introduce a described source at `start`: 0 where none do."""
    forms = lexicon.attributions.get(tokens[start], ())
    return next((len(form) for form in forms if tuple(tokens[start : start + len(form)]) == form), 0)
