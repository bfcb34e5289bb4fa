"""Names as people type them: how near each is to what was typed, and what is said where none is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.catalogue import CHOICE_AT_MOST, likeness, words
from bot.escaping import harmless, plain
from bot.french import listed
from knowledge.lexicon import ARTICLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

ALIAS: Final = 0.85
"""What being like an alias is worth beside being like the name itself."""
NEAR: Final = 2 / 3
"""From this nearness on, a name is one that may have been meant."""
NAMED_AT_MOST: Final = 3


def told(text: str) -> tuple[str, ...]:
    """Return the words of a name, without articles: but its last word may be unfinished, and always counts."""
    said = words(text[:CHOICE_AT_MOST])
    return (*(word for word in said[:-1] if word not in ARTICLES), *said[-1:])


def nearness(typed: tuple[str, ...], name: str, aliases: Iterable[str] = ()) -> float:
    """Return how near `typed` is to a name or an alias of it: what either says beyond the other counts against it."""
    return max(_alike(typed, told(name)), *(ALIAS * _alike(typed, told(alias)) for alias in aliases), 0.0)


def _alike(typed: tuple[str, ...], known: tuple[str, ...]) -> float:
    return (likeness(typed, known) + likeness(known, typed)) / 2


def unknown(sentence: str, typed: str, near: Sequence[str]) -> str:
    """Return `sentence` about what was typed, and the names that may have been meant, or where to find some."""
    names = listed([plain(name) for name in near[:NAMED_AT_MOST]], "ou")
    meant = f"Vouliez-vous dire {names} ?" if names else "Choisissez dans la liste proposée."
    return f"{sentence.format(harmless(typed, 60))} {meant}"
