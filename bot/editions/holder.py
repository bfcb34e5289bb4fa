"""The base in use, and its replacement: built and checked off the event loop, swapped whole or not at all."""

from __future__ import annotations

import asyncio
import gc
from dataclasses import fields, is_dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any

from bot.editions.comparing import compare
from bot.editions.edition import load_edition
from bot.editions.handover import program, rebuilt
from knowledge.compiling.collecting import gc_paused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from bot.editions.comparing import Difference
    from bot.editions.edition import Edition


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
            await asyncio.to_thread(self._use, made)
            return difference

    def _next(self) -> tuple[Edition, Difference]:
        """Make the next edition and say what differs. For a thread."""
        made = self._make()
        with gc_paused():
            return made, compare(self.current.base, made.base)

    def _use(self, made: Edition) -> None:
        """Put an edition to use and free the last one, piece by piece, for a thread.

        All at once would hold up the event loop for a tenth of a second.
        """
        last, self.current = self.current, made
        pieces = [*chain.from_iterable(last.base.index.members.values()), *_pieces(last)]
        del last
        while pieces:
            pieces.pop()


def _pieces(whole: Any) -> Iterator[object]:
    """Yield what a dataclass holds, and in place of a dataclass in it, what that holds."""
    for field in fields(whole):
        part = getattr(whole, field.name)
        yield from _pieces(part) if is_dataclass(part) else (part,)


def _heard(replacing: asyncio.Task[Difference]) -> None:
    """Look at how a reload ended: asyncio logs an exception that nobody has looked at, as when all askers are gone."""
    if not replacing.cancelled():
        replacing.exception()
