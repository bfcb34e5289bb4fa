"""The base in use, and its replacement: built and checked off the event loop, swapped whole or not at all."""

from __future__ import annotations

import asyncio
import gc
import logging
import subprocess
import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from bot import catalogue
from knowledge.loading import load

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from bot.catalogue import Catalogue
    from knowledge.model import KnowledgeBase

log = logging.getLogger(__name__)

COMPILES_WITHIN: Final = 120.0
"""Seconds after which the other process is given up."""


@dataclass(frozen=True, slots=True)
class Edition:
    """A base with its catalogue, and when it was put to use."""

    base: KnowledgeBase
    catalogue: Catalogue
    since: datetime


@dataclass(frozen=True, slots=True)
class Change:
    """What a reload did to one sort of thing: ids, sorted."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


@dataclass(frozen=True, slots=True)
class Rewording:
    """How many wordings an intent gained and lost."""

    intent: str
    added: int
    removed: int


@dataclass(frozen=True, slots=True)
class Difference:
    """What a reload did: to the facts, the intents and the actors, to the wordings, and by which version."""

    before: str
    after: str
    facts: Change = field(default_factory=Change)
    intents: Change = field(default_factory=Change)
    actors: Change = field(default_factory=Change)
    wordings: tuple[Rewording, ...] = ()
    """Of the intents that both bases have; sorted by intent."""

    def __bool__(self) -> bool:
        return bool(self.facts or self.intents or self.actors or self.wordings)


def compare(before: KnowledgeBase, after: KnowledgeBase) -> Difference:
    """Return what differs between two bases."""
    return Difference(
        before.version,
        after.version,
        _change(before.facts, after.facts),
        _change(before.intents, after.intents),
        _change(before.actors, after.actors),
        tuple(_rewordings(before, after)),
    )


def _rewordings(before: KnowledgeBase, after: KnowledgeBase) -> Iterator[Rewording]:
    """Yield the intents that people can ask for in other words than before."""
    old, new = _wordings(before), _wordings(after)
    for intent in sorted(before.intents.keys() & after.intents.keys()):
        was, now = old.get(intent, set()), new.get(intent, set())
        if was != now:
            yield Rewording(intent, added=len(now - was), removed=len(was - now))


def _wordings(base: KnowledgeBase) -> dict[str, set[tuple[str, bool | None]]]:
    """Return the wordings of each intent, normalised, with the answer of those that are yes or no; small talk too."""
    found: dict[str, set[tuple[str, bool | None]]] = {
        intent: {(phrase.said, phrase.truth) for phrase in base.index.of(intent)} for intent in base.index.spans
    }
    for said, intent in base.index.smalltalk.items():
        found.setdefault(intent, set()).add((said, None))
    return found


def _change(before: Mapping[str, object], after: Mapping[str, object]) -> Change:
    return Change(
        added=tuple(sorted(after.keys() - before.keys())),
        changed=tuple(sorted(name for name in after.keys() & before.keys() if after[name] != before[name])),
        removed=tuple(sorted(before.keys() - after.keys())),
    )


def edition(folder: Path | None) -> Edition:
    """Load the base of a folder (None: the shipped one). Slow: not for the event loop.

    Raises BaseProblemsError, with every problem found.
    """
    base = load(folder)
    return Edition(base, catalogue.build(base), datetime.now(UTC))


def rebuilt(folder: Path | None) -> Edition:
    """Load a base that has changed, for a thread beside a busy event loop.

    Compiling takes seconds of pure computation, in which the loop would stand still for a tenth of a second now and
    then. So another process compiles it into the cache, and this one only reads the result, with the garbage
    collector out of the way: neither then nor later does it have to look through a whole base.
    """
    _compile_elsewhere(folder)
    collecting = gc.isenabled()
    gc.disable()
    try:
        made = edition(folder)
        gc.freeze()
    finally:
        if collecting:
            gc.enable()
    return made


def _compile_elsewhere(folder: Path | None) -> None:
    """Compile a base into the cache in another process; whatever comes of it, `edition` then says it in full."""
    code = "import sys; from pathlib import Path; from knowledge.loading import load; load(*map(Path, sys.argv[1:]))"
    arguments = [] if folder is None else [str(folder.absolute())]
    try:
        subprocess.run(  # noqa: S603 - our own interpreter and code
            [sys.executable, "-P", "-c", code, *arguments],
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=COMPILES_WITHIN,
        )
    except (OSError, subprocess.SubprocessError) as error:
        log.warning("the base is compiled in this process: %s", error)


class Holder:
    """Holds the edition in use. Whoever answers takes `current` once and keeps to it."""

    def __init__(self, current: Edition, make: Callable[[], Edition]) -> None:
        self.current = current
        self._make = make
        self._lock = asyncio.Lock()

    @classmethod
    def open(cls, folder: Path | None = None) -> Holder:
        """Load a base for the first time; raises BaseProblemsError like `edition`."""
        first = edition(folder)
        gc.freeze()  # a base lives as long as the process: full collections need not walk it
        return cls(first, lambda: rebuilt(folder))

    async def reload(self) -> Difference:
        """Replace the base by what its folder holds now; reloads asked for at the same time queue.

        Raises BaseProblemsError and keeps the base in use where the new one cannot be used.
        """
        async with self._lock:
            made = await asyncio.to_thread(self._make)
            difference = await asyncio.to_thread(compare, self.current.base, made.base)
            self.current = made
            return difference
