"""Waiting for what happens, without sleeping: a list that somebody may wait at."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


class Happening(Generic[T]):
    """Everything of one sort that happened, in order; whoever waits is woken by each new thing."""

    def __init__(self) -> None:
        self.seen: list[T] = []
        self._waiting: list[asyncio.Future[None]] = []

    def __len__(self) -> int:
        return len(self.seen)

    def add(self, thing: T) -> None:
        """Say that something happened."""
        self.seen.append(thing)
        waiting, self._waiting = self._waiting, []
        for future in waiting:
            if not future.done():
                future.set_result(None)

    async def first(self, wanted: Callable[[T], bool] = lambda _: True, *, after: int = 0) -> T:
        """Return the first thing that is wanted, among those numbered from `after`; wait where there is none yet."""
        while True:
            for thing in self.seen[after:]:
                if wanted(thing):
                    return thing
            future = asyncio.get_running_loop().create_future()
            self._waiting.append(future)
            await future

    async def count(self, number: int) -> list[T]:
        """Return the first `number` things, when so many happened."""
        while len(self.seen) < number:
            await self.first(after=len(self.seen))
        return self.seen[:number]
