"""The base in use, and its replacement: built and checked off the event loop, swapped whole or not at all."""

from __future__ import annotations

import asyncio
import gc
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Final

from bot.editions.edition import load_edition, program, rebuilt
from knowledge.compiling.cache import uncollected

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from bot.editions.edition import Edition
    from knowledge.model import KnowledgeBase

SLICE: Final = 500
"""So many phrasings of a base are freed at once."""


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
    """What a reload did: to articles, facts, intents and actors, to the wordings, and by which version."""

    before: str
    after: str
    articles: Change = field(default_factory=Change)
    facts: Change = field(default_factory=Change)
    intents: Change = field(default_factory=Change)
    actors: Change = field(default_factory=Change)
    wordings: tuple[Rewording, ...] = ()
    """Of the intents that both bases have; sorted by intent."""

    def __bool__(self) -> bool:
        return bool(self.articles or self.facts or self.intents or self.actors or self.wordings)


def compare(before: KnowledgeBase, after: KnowledgeBase) -> Difference:
    """Return what differs between two bases."""
    return Difference(
        before.version,
        after.version,
        _change(before.articles, after.articles),
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
    index = base.index
    found: dict[str, set[tuple[str, bool | None]]] = {
        intent: {(phrase.said, phrase.truth) for phrase in index.members.seen(intent)} for intent in index.spans
    }
    for said, intent in index.smalltalk.items():
        found.setdefault(intent, set()).add((said, None))
    return found


def _change(before: Mapping[str, object], after: Mapping[str, object]) -> Change:
    return Change(
        added=tuple(sorted(after.keys() - before.keys())),
        changed=tuple(sorted(name for name in after.keys() & before.keys() if after[name] != before[name])),
        removed=tuple(sorted(before.keys() - after.keys())),
    )


class Holder:
    """Holds the edition in use. Whoever answers takes `current` once and keeps to it."""

    def __init__(self, current: Edition, make: Callable[[], Edition]) -> None:
        self.current = current
        self._make = make
        self._lock = asyncio.Lock()
        self._waiting: asyncio.Task[Difference] | None = None
        """The reload that is asked for and has not begun."""

    @classmethod
    def open(cls, folder: Path | None = None, *, compiling: Callable[[], None] | None = None) -> Holder:
        """Load a base for the first time; `compiling` and BaseProblemsError are those of `load_edition`."""
        running = program()
        first = load_edition(folder, compiling=compiling)
        gc.freeze()  # a base lives as long as the process: full collections need not walk it
        return cls(first, lambda: rebuilt(folder, running))

    async def reload(self) -> Difference:
        """Replace the base by what its folder holds now.

        A reload that is asked for while another one runs begins when that has ended, because the running one may have
        read the files before they were changed. All who ask meanwhile wait for the same one.

        Raises BaseProblemsError and keeps the base in use where the new one cannot be used.
        """
        if self._waiting is None:
            self._waiting = asyncio.create_task(self._replace(), name="replacing the base")
            self._waiting.add_done_callback(_heard)
        return await asyncio.shield(self._waiting)

    async def _replace(self) -> Difference:
        """Make the next edition once nobody else does, and put it to use."""
        async with self._lock:
            self._waiting = None
            made, difference = await asyncio.to_thread(self._next)
            before = [self.current]
            self.current = made
            await asyncio.to_thread(_let_go, before)
            return difference

    def _next(self) -> tuple[Edition, Difference]:
        """Make the next edition and say what differs. For a thread."""
        made = self._make()
        with uncollected():
            return made, compare(self.current.base, made.base)


def _heard(replacing: asyncio.Task[Difference]) -> None:
    """Look at how a reload ended: asyncio logs an exception that nobody has looked at, as when all askers are gone."""
    if not replacing.cancelled():
        replacing.exception()


def _let_go(last: list[Edition]) -> None:
    """Free the edition in `last` slice by slice: all at once would hold up the event loop for a tenth of a second."""
    phrasings = list(chain.from_iterable(last.pop().base.index.members.values()))
    while phrasings:
        del phrasings[-SLICE:]
