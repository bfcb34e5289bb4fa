"""How much of what was typed so far a text holds, where its last word may be unfinished."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rapidfuzz import fuzz

if TYPE_CHECKING:
    from collections.abc import Callable

BEGUN: Final = 0.9
"""How surely a typed word is one that it is the beginning of."""
ALIKE: Final = 0.7
"""How surely it is one that is only spelt like it."""
_FUZZY_FROM: Final = 80


def likeness(
    typed: tuple[str, ...], known: tuple[str, ...], weigh: Callable[[str], float] = lambda word: min(len(word), 6)
) -> float:
    """Return how many of the words typed so far are among those of `known`: 0.0 below a third, at most 1.1 for all.

    Each word counts what `weigh` gives it (default: its length); the last one may be unfinished. Of two texts that hold
    as many of them, the one with fewer other words gets a little more.
    """
    weights = [weigh(word) for word in typed]
    found = sum(weight * sure for weight, sure in zip(weights, sureness(typed, known), strict=True))
    share = found / sum(weights) if typed else 0.0
    held = sum(map(weigh, known)) or 1.0
    return share + found / held / 10 if share >= 1 / 3 else 0.0


def sureness(typed: tuple[str, ...], known: tuple[str, ...]) -> list[float]:
    """Return how surely each word typed is one of `known`: as it stands, as a beginning, or as a near miss."""
    return [_sure(word, known, last=position == len(typed)) for position, word in enumerate(typed, 1)]


def _sure(word: str, known: tuple[str, ...], *, last: bool) -> float:
    if word in known:
        return 1.0
    if (last or len(word) > 2) and any(other.startswith(word) for other in known):
        return BEGUN
    near = len(word) > 3 and any(fuzz.ratio(word, other) >= _FUZZY_FROM for other in known)
    return ALIKE if near else 0.0
