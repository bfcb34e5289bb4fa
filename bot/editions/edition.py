"""A base with all that the bot looks up in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bot.editions import catalogue
from bot.editions.catalogue import Catalogue
from knowledge.compiling.loading import load
from knowledge.model import KnowledgeBase

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Edition:
    """A base with its catalogue, and when it was put to use."""

    base: KnowledgeBase
    catalogue: Catalogue
    since: datetime


def load_edition(folder: Path | None, *, compiling: Callable[[], None] | None = None) -> Edition:
    """Load the base of a folder (None: the shipped one). Slow: not for the event loop.

    `compiling` is called before the base is compiled, which takes seconds: not where the cache has it. Raises
    BaseProblemsError, with every problem found.
    """
    base = load(folder, compiling=compiling)
    return Edition(base, catalogue.build(base), datetime.now(UTC))
