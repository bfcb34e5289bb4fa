"""The one task that writes: what comes in together is committed together, in the order in which it was asked for."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sqlite3
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeVar

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.store.file import emptied
from bot.store.problems import StoreError, explain, locked

if TYPE_CHECKING:
    from pathlib import Path

log = logging.getLogger(__name__)

T = TypeVar("T")
Write = Callable[[AsyncConnection], Awaitable[T]]

TOGETHER: Final = 200
"""At most so many writes share a commit."""
QUEUED_AT_MOST: Final = 10_000
"""So many writes may wait that nobody waits for; further ones are dropped, and the log says so."""
LINGER: Final = 0.25
"""Seconds that a write nobody waits for may wait for company: a commit costs as much as an answer."""
ERASE_AGAIN: Final = 5.0
"""Seconds after which what could not be erased, because somebody was reading it, is tried again."""


@dataclass(slots=True)
class _Job:
    """A write, and the future of who waits for it; None where nobody does."""

    write: Write[Any]
    done: asyncio.Future[Any] | None
    erasing: bool = False
    """Whether what it deletes must not be readable in any file afterwards."""


class Writer:
    """Runs writes one after the other on a connection of its own."""

    def __init__(self, engine: AsyncEngine, path: Path) -> None:
        self._engine = engine.execution_options(writing=True)
        self._path = path
        self._queue: asyncio.Queue[_Job | None] = asyncio.Queue()
        self._closed = False
        self._dropped = 0
        self._erase_at: float | None = None
        """When to try again to erase what could not be; None where nothing is left to erase."""
        self._task = asyncio.create_task(self._run(), name="store writer")

    async def do(self, write: Write[T], *, erasing: bool = False) -> T:
        """Run a write and return its result once it is committed. Raises StoreError where it did not happen.

        What a write that is `erasing` deletes leaves the log beside the file, too: at once, or, where somebody is
        reading it, within `ERASE_AGAIN` seconds of their end.
        """
        if self._closed:
            raise StoreError(f"The database {self._path} is closed.")
        done: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._queue.put_nowait(_Job(write, done, erasing))
        return await done

    def later(self, write: Write[Any]) -> None:
        """Queue a write that nobody waits for. Never raises; what cannot be written is counted in the log."""
        if self._closed or self._queue.qsize() >= QUEUED_AT_MOST:
            self._drop("the queue is full" if not self._closed else "the store is closed")
            return
        self._queue.put_nowait(_Job(write, None))

    async def close(self) -> None:
        """Commit everything that is queued, and end."""
        if not self._closed:
            self._closed = True
            self._queue.put_nowait(None)
        await asyncio.shield(self._task)

    async def _run(self) -> None:
        last = False
        while not last:
            jobs = await self._together()
            last = None in jobs
            await self._write([job for job in jobs if job is not None])
            if self._erase_at is not None and self._erase_at <= asyncio.get_running_loop().time():
                await self._erase()

    async def _together(self) -> list[_Job | None]:
        """Return what to commit next: at once where somebody waits for it, or the end has come.

        That is nothing where it is time to erase again.
        """
        try:
            async with asyncio.timeout_at(self._erase_at):
                jobs = [await self._queue.get()]
        except TimeoutError:
            return []
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LINGER):
                while len(jobs) < TOGETHER and jobs[-1] is not None and jobs[-1].done is None:
                    jobs.append(await self._queue.get())
        while len(jobs) < TOGETHER and jobs[-1] is not None and not self._queue.empty():
            jobs.append(self._queue.get_nowait())
        return jobs

    async def _write(self, jobs: list[_Job]) -> None:
        """Commit jobs together; where that fails, each by itself, so that one bad write takes no other along.

        No write is to blame for a locked database, and each would have to wait for it anew.
        """
        if not jobs:
            return
        try:
            results = await self._commit(jobs)
        except Exception as error:  # noqa: BLE001 - whatever it is, the writer goes on and who waits is told
            if locked(error):
                self._give_up(jobs, error)
                return
            if len(jobs) > 1:
                for job in jobs:
                    await self._write([job])
                return
            self._failed(jobs[0], error)
            return
        if any(job.erasing for job in jobs):
            await self._erase()
        for job, result in zip(jobs, results, strict=True):
            if job.done is not None and not job.done.done():
                job.done.set_result(result)

    async def _commit(self, jobs: list[_Job]) -> list[Any]:
        async with self._engine.begin() as connection:
            return [await job.write(connection) for job in jobs]

    async def _erase(self) -> None:
        """Empty the log beside the file; where it cannot be now, say so once and leave it for later."""
        try:
            why = None if await asyncio.to_thread(emptied, self._path) else "another program is reading it"
        except (sqlite3.Error, OSError) as error:
            why = str(explain(error, self._path))
        if why and self._erase_at is None:
            log.warning("what was deleted can be read in %s-wal for now: %s", self._path, why)
        self._erase_at = asyncio.get_running_loop().time() + ERASE_AGAIN if why else None

    def _give_up(self, jobs: list[_Job], error: Exception) -> None:
        """Tell all who wait, for these jobs or behind them; what nobody waits for stays queued, until the end."""
        log.warning("nothing can be written: %s", explain(error, self._path))
        waiting: list[_Job | None] = [*jobs]
        while not self._queue.empty():
            waiting.append(self._queue.get_nowait())
        for job in waiting:
            if job is None or (job.done is None and not self._closed):
                self._queue.put_nowait(job)
            else:
                self._failed(job, error)

    def _failed(self, job: _Job, error: Exception) -> None:
        sentence = explain(error, self._path)
        if job.done is None:
            self._drop(str(sentence))
        elif not job.done.done():
            sentence.__cause__ = error
            job.done.set_exception(sentence)

    def _drop(self, why: str) -> None:
        """Count a write that is lost; the log hears of the 1st, 2nd, 4th, 8th …, not of each."""
        self._dropped += 1
        if self._dropped & (self._dropped - 1) == 0:
            log.error("a count could not be written: %s", why, extra={"lost": self._dropped})
