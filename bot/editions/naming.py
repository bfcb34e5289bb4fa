"""Names as people type them: how near each is to what was typed, and what is said where none is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.editions.catalogue import CHOICE_AT_MOST
from bot.editions.likeness import likeness
from bot.writing.escaping import harmless, plain
from knowledge.language.lexicon import ARTICLES
from knowledge.language.normalising import words
from knowledge.language.typography import listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

ALIAS: Final = 0.85
"""What a name counts that is like an alias, where one that is like the name itself counts 1."""
NEAR: Final = 2 / 3
"""From this nearness on, a name is one that may have been meant."""
NAMED_AT_MOST: Final = 3
Named = tuple[str, "Sequence[str]"]
"""A name and its aliases."""


def told(text: str) -> tuple[str, ...]:
    """Return the words of a name without articles ("la", "de"); the last word stays, which may be unfinished."""
    said = words(text[:CHOICE_AT_MOST])
    return (*(word for word in said[:-1] if word not in ARTICLES), *said[-1:])


def proposed(typed: str, named: Iterable[Named]) -> list[str]:
    """Return the names near to what was typed so far, the nearest first; all of them where nothing was."""
    wanted = told(typed)
    return [name for near, name in _ranked(wanted, named) if near or not wanted]


def unknown(sentence: str, typed: str, named: Iterable[Named]) -> str:
    """Return `sentence` about what was typed, and the names that may have been meant, or where to find some."""
    near = [plain(name) for nearness, name in _ranked(told(typed), named) if nearness >= NEAR]
    names = listed(near[:NAMED_AT_MOST], "ou")
    meant = f"Vouliez-vous dire {names} ?" if names else "Choisissez dans la liste proposée."
    return f"{sentence.format(harmless(typed, 60))} {meant}"


def _ranked(wanted: tuple[str, ...], named: Iterable[Named]) -> list[tuple[float, str]]:
    """Return how near each name is, and the name; the nearest first, of these as they came."""
    rows = [(_nearness(wanted, name, aliases), name) for name, aliases in named]
    return sorted(rows, key=lambda row: -row[0])


def _nearness(typed: tuple[str, ...], name: str, aliases: Sequence[str]) -> float:
    """Return how near `typed` is to a name or an alias of it: what either says beyond the other counts against it."""
    return max(_alike(typed, told(name)), *(ALIAS * _alike(typed, told(alias)) for alias in aliases), 0.0)


def _alike(typed: tuple[str, ...], known: tuple[str, ...]) -> float:
    return (likeness(typed, known) + likeness(known, typed)) / 2
