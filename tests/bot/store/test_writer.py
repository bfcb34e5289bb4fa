"""One bad write takes no other along, and a disk that is full is said in a sentence."""

from __future__ import annotations

import asyncio
import itertools
import logging
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event, text

from bot.store import GuildSettings, Store, StoreError, VotedIntent, file
from bot.store import writer as module
from tests.bounded import bounded

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.ext.asyncio import AsyncConnection


async def broken(connection: AsyncConnection) -> None:
    """Write something that no table takes."""
    await connection.execute(text("INSERT INTO nowhere VALUES (1)"))


@bounded
async def test_a_bad_write_takes_no_other_along(path: Path) -> None:
    """Writes that would have shared a commit with a bad one are made without it, in order; only who asked is told."""
    store = await Store.open(path)
    results = await asyncio.gather(
        store.vote(1, "a", "prix", useful=True),
        store._writer.do(broken),
        store.vote(1, "a", "prix", useful=False),
        return_exceptions=True,
    )
    assert results[0] is None
    assert isinstance(results[1], StoreError)
    assert results[2] is None
    assert await store.votes_down(1) == [VotedIntent("prix", up=0, down=1)]
    await store.close()


@bounded
async def test_nobody_else_writes_between_what_is_read_and_written(path: Path) -> None:
    """A write holds the lock from its beginning: what it decides upon is still so when it writes."""
    store = await Store.open(path)

    async def write(connection: AsyncConnection) -> str:
        await connection.execute(text("SELECT 1 FROM votes"))
        with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as other:
            try:
                other.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                return str(error)
        return "not locked at all"

    assert await store._writer.do(write) == "database is locked"
    await store.close()


@bounded
async def test_a_full_disk_is_said_and_survived(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Where nothing more fits, votes raise one clear sentence, counts are lost with a word in the log, reads go on."""
    store = await Store.open(path)

    def fill(connection: sqlite3.Connection, _: object) -> None:
        cursor = connection.cursor()
        cursor.execute("PRAGMA max_page_count = 1")
        cursor.close()

    event.listen(store._engine.sync_engine, "connect", fill)

    async def report_without_end() -> None:
        for number in itertools.count():
            await store.report(number, "a", "prix", "q" * 4_000, "c" * 4_000)

    with pytest.raises(StoreError, match=r"^The disk is full: nothing can be written to .*saga\.sqlite3\.$"):
        await report_without_end()
    with caplog.at_level(logging.ERROR):
        for number in range(300):
            await store.unanswered(f"{number}" + "q" * 3_000, "outside")
        await store.flush()
    lost = [record.__dict__["lost"] for record in caplog.records]
    assert lost == [2**step for step in range(len(lost))]
    assert lost
    assert await store.guild_settings(1) == GuildSettings()
    await store.close()


@bounded
async def test_counts_share_a_commit_that_nobody_has_to_wait_for(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A count waits for company, so that counting costs no commit an answer; what somebody waits for takes it along."""
    monkeypatch.setattr(module, "LINGER", 3_600)
    store = await Store.open(path)
    commits = []
    event.listen(store._engine.sync_engine, "commit", lambda _: commits.append(1))
    for _ in range(5):
        await store.count("answered", "question")
        await asyncio.sleep(0.01)
    assert not commits
    await store.vote(1, "a", "prix", useful=True)
    assert len(commits) == 1
    assert [day.count for day in await store.daily(1)] == [5]
    await store.count("answered", "question")
    await store.close()
    assert len(commits) == 2


@bounded
async def test_a_locked_database_is_waited_for_once(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who waits is told after one attempt, however many writes are queued; counts stay for when the lock is gone."""
    monkeypatch.setattr(file, "BUSY_MILLISECONDS", 1)
    monkeypatch.setattr(module, "LINGER", 3_600)
    monkeypatch.setattr(module, "TOGETHER", 2)
    store = await Store.open(path)
    attempts = []
    event.listen(store._engine.sync_engine, "checkout", lambda *_: attempts.append(1))
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        await store.count("answered", "question")
        votes = (store.vote(person, "a", "prix", useful=True) for person in range(3))
        told = await asyncio.gather(*votes, return_exceptions=True)
        assert ["locked by another program" in str(error) for error in told] == [True] * 3
        assert len(attempts) == 1
    await store.vote(1, "a", "prix", useful=True)
    assert [day.count for day in await store.daily(1)] == [1]
    await store.close()


@bounded
async def test_a_locked_database_does_not_keep_the_store_from_closing(
    path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """What is still queued then is lost, with a word in the log."""
    monkeypatch.setattr(file, "BUSY_MILLISECONDS", 1)
    store = await Store.open(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        await store.count("answered", "question")
        await store.close()
    assert "a count could not be written" in caplog.text


@bounded
async def test_the_queue_is_bounded(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Counts that come faster than any disk takes them are dropped, not piled up for ever."""
    monkeypatch.setattr(module, "QUEUED_AT_MOST", 10)
    store = await Store.open(path)
    for _ in range(50):
        await store.count("answered", "question")
    await store.close()
    store = await Store.open(path)
    assert (await store.daily(1))[0].count == 10
    await store.close()
