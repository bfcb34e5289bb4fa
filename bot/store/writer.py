"""The one task that writes: what comes in together is committed together, in the order in which it was asked for."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sqlite3
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final, TypeVar

from sqlalchemy import Executable
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.store.file import emptied
from bot.store.problems import StoreError, explain, locked, of_the_file

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
"""Seconds that a write which nobody waits for is held back, for others to share its commit: that is what costs."""
WRITE_AGAIN: Final = 5.0
"""Seconds after which what nobody waits for is tried again, where the file or its disk did not take it."""
ERASE_AGAIN: Final = 5.0
"""Seconds after which what could not be erased, because somebody was reading it, is tried again."""


@dataclass(slots=True)
class _Job:
    """A write, and the future of who waits for it."""

    write: Write[Any]
    done: asyncio.Future[Any]
    erasing: bool = False
    """Whether what it deletes must not be readable in any file afterwards."""


@dataclass(slots=True)
class _Row:
    """A row that nobody waits for, and the statement that writes it."""

    statement: Executable
    values: dict[str, Any]


class Writer:
    """Runs writes one after the other on a connection of its own."""

    def __init__(self, engine: AsyncEngine, path: Path, unmoved: Callable[[], None]) -> None:
        self._engine = engine.execution_options(writing=True)
        self._path = path
        self._unmoved = unmoved
        self._queue: asyncio.Queue[_Job | _Row | None] = asyncio.Queue()
        self._pressing = asyncio.Event()
        """Set while what is queued is to be committed at once, without waiting for more."""
        self._closed = False
        self._dropped = 0
        self._held: list[_Row] = []
        """What nobody waits for, and could not be written: it waits until the file takes it again."""
        self.trouble: StoreError | None = None
        """Why the file did not take what was last to be written; None where it did."""
        self._write_at: float | None = None
        """When to try again to write what is held; None where nothing is."""
        self._erase_at: float | None = None
        """When to try again to erase what could not be; None where nothing is left to erase."""
        self._task = asyncio.create_task(self._run(), name="store writer")

    async def do(self, write: Write[T], *, erasing: bool = False) -> T:
        """Run a write and return its result once it is committed. Raises StoreError where it did not happen.

        With `erasing`, what the write deletes is removed from the write-ahead log, too: at once, or, where another
        process is reading the log, within `ERASE_AGAIN` seconds after it has ended.
        """
        if self._closed:
            raise StoreError(f"The database {self._path} is closed.")
        done: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._queue.put_nowait(_Job(write, done, erasing))
        self._pressing.set()
        return await done

    def later(self, statement: Executable, **values: Any) -> None:
        """Queue a row that nobody waits for. Never raises; what cannot be written is counted in the log.

        Rows of one statement are written together, in any order: it has to be the same object for all of them.
        """
        waiting = self._queue.qsize()
        if self._closed or waiting + len(self._held) >= QUEUED_AT_MOST:
            self._drop("the queue is full" if not self._closed else "the store is closed")
            return
        self._queue.put_nowait(_Row(statement, values))
        if waiting >= TOGETHER:
            self._pressing.set()

    async def close(self) -> None:
        """Commit everything that is queued, and end."""
        if not self._closed:
            self._closed = True
            self._queue.put_nowait(None)
            self._pressing.set()
        await asyncio.shield(self._task)

    async def _run(self) -> None:
        last = False
        while not last:
            jobs = await self._together()
            last = None in jobs
            if last or _due(self._write_at):
                jobs = [*self._held, *jobs]
                self._held, self._write_at = [], None
            await self._write([job for job in jobs if job is not None])
            if _due(self._erase_at):
                await self._erase()
        if self._held:
            self._drop(str(self.trouble), len(self._held))

    async def _together(self) -> list[_Job | _Row | None]:
        """Return what to commit next: at once where somebody waits for it, or the end has come.

        That is nothing where it is time to write or to erase again.
        """
        try:
            async with asyncio.timeout_at(min(filter(None, (self._write_at, self._erase_at)), default=None)):
                jobs = [await self._queue.get()]
        except TimeoutError:
            return []
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LINGER):
                await self._pressing.wait()
        while len(jobs) < TOGETHER and jobs[-1] is not None and not self._queue.empty():
            jobs.append(self._queue.get_nowait())
        if self._queue.empty():
            self._pressing.clear()
        return jobs

    async def _write(self, jobs: list[_Job | _Row]) -> None:
        """Commit jobs together; where that fails, each by itself, so that one bad write takes no other along.

        Where the file is to blame, no write is: who waits is told, and what nobody waits for is held. While something
        is, the others go without it: who waits may have better luck with less.
        """
        waited = [job for job in jobs if isinstance(job, _Job)]
        if self._held:
            self._held += [row for row in jobs if isinstance(row, _Row)]
            jobs = [*waited]
        if not jobs:
            return
        try:
            results = await self._commit(jobs)
        except Exception as error:  # noqa: BLE001 - whatever it is, the writer goes on and who waits is told
            if of_the_file(error):
                await self._give_up(jobs, error)
            elif len(jobs) > 1:
                for job in jobs:
                    await self._write([job])
            else:
                self._failed(jobs[0], error)
            return
        self._taken()
        if any(job.erasing for job in waited):
            await self._erase()
        for job, result in zip(waited, results, strict=True):
            if not job.done.done():
                job.done.set_result(result)

    async def _commit(self, jobs: list[_Job | _Row]) -> list[Any]:
        """Run writes in one transaction; return the results of those that somebody waits for."""
        results = []
        await asyncio.to_thread(self._unmoved)
        async with self._engine.begin() as connection:
            for kind, several in groupby(jobs, type):
                if kind is _Job:
                    results += [await job.write(connection) for job in several if isinstance(job, _Job)]
                else:
                    await _put(connection, (row for row in several if isinstance(row, _Row)))
        return results

    async def _erase(self) -> None:
        """Empty the log beside the file; where it cannot be now, say so once and leave it for later."""
        try:
            why = None if await asyncio.to_thread(emptied, self._path) else "another program is reading it"
        except (sqlite3.Error, OSError) as error:
            why = str(explain(error, self._path))
        if why and self._erase_at is None:
            log.warning("what was deleted can be read in %s-wal for now: %s", self._path, why)
        self._erase_at = asyncio.get_running_loop().time() + ERASE_AGAIN if why else None

    async def _give_up(self, jobs: list[_Job | _Row], error: Exception) -> None:
        """Hold what nobody waits for, and tell who waits, the log once.

        Each attempt at a locked file takes a while: those behind are told, too.
        """
        if self.trouble is None:
            log.error("nothing can be kept for now, and counts wait: %s", explain(error, self._path))
        self.trouble = explain(error, self._path)
        if locked(error):
            jobs = [*jobs, *self._drained()]
        waited = [job for job in jobs if isinstance(job, _Job)]
        rows = [row for row in jobs if isinstance(row, _Row)]
        self._held += rows
        if self._held:
            self._write_at = asyncio.get_running_loop().time() + WRITE_AGAIN
        if rows and waited and not locked(error):
            await self._write([*waited])
            return
        for job in waited:
            self._failed(job, error)

    def _drained(self) -> list[_Job | _Row]:
        """Take everything from the queue; that it is to end stays in it."""
        waiting = [self._queue.get_nowait() for _ in range(self._queue.qsize())]
        self._pressing.clear()
        if None in waiting:
            self._queue.put_nowait(None)
            self._pressing.set()
        return [job for job in waiting if job is not None]

    def _taken(self) -> None:
        """Note that the file took something: what is held may go in, too, and where nothing is, the trouble is over."""
        if self._held:
            self._write_at = asyncio.get_running_loop().time()
        elif self.trouble is not None:
            self.trouble = None
            log.info("what had to wait is kept")

    def _failed(self, job: _Job | _Row, error: Exception) -> None:
        sentence = explain(error, self._path)
        if isinstance(job, _Row):
            self._drop(str(sentence))
        elif not job.done.done():
            sentence.__cause__ = error
            job.done.set_exception(sentence)

    def _drop(self, why: str, number: int = 1) -> None:
        """Count writes that are lost; the log hears of the 1st, 2nd, 4th, 8th …, not of each."""
        before, self._dropped = self._dropped, self._dropped + number
        if self._dropped.bit_length() > before.bit_length():
            log.error("a count could not be written: %s", why, extra={"lost": self._dropped})


def _due(at: float | None) -> bool:
    """Tell whether the time for something has come; None is never."""
    return at is not None and at <= asyncio.get_running_loop().time()


async def _put(connection: AsyncConnection, rows: Iterable[_Row]) -> None:
    """Write rows, all of one statement at once."""
    found: defaultdict[Executable, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        found[row.statement].append(row.values)
    for statement, values in found.items():
        await connection.execute(statement, values)
