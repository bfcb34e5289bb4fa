"""One bad write takes no other along, and a disk that is full is said in a sentence."""

# ruff: noqa: ASYNC110, ASYNC240 - a file has no event, and nothing else is waiting on the loops of these tests

from __future__ import annotations

import asyncio
import itertools
import logging
import re
import sqlite3
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event, text

from bot.store import GuildSettings, Store, StoreError, VotedIntent, file
from bot.store import writer as module
from tests.bounded import bounded

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection
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


class Disk:
    """A disk of a store, with room for so many pages."""

    def __init__(self, store: Store) -> None:
        self.pages = 1
        event.listen(store._engine.sync_engine, "begin", self._measure)

    def _measure(self, connection: Connection) -> None:
        connection.exec_driver_sql(f"PRAGMA max_page_count = {self.pages}")


async def filled(store: Store) -> None:
    """Report errors until no more fits."""
    for number in itertools.count():
        await store.report(number, "a", "prix", "q" * 4_000, "c" * 4_000)


@bounded
async def test_a_full_disk_is_said_and_survived(
    path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where nothing more fits, votes raise one clear sentence, reads go on, and counts wait: the log says so once.

    What is small enough is kept all the same. Once there is room again, so is what had to wait, without another write.
    """
    monkeypatch.setattr(module, "WRITE_AGAIN", 0.05)
    store = await Store.open(path)
    disk = Disk(store)
    with pytest.raises(StoreError, match=r"^The disk is full: nothing can be written to .*saga\.sqlite3\.$"):
        await filled(store)
    with caplog.at_level(logging.INFO):
        for number in range(300):
            store.unanswered(f"{number}" + "q" * 3_000, "outside")
        with pytest.raises(StoreError, match="The disk is full"):
            await store.flush()
        await store.dealt_with(0)
        assert await store.guild_settings(1) == GuildSettings()
        assert not await store.gaps(1)
        assert str(store.trouble) == f"The disk is full: nothing can be written to {path}."
        disk.pages = 1_000_000
        while store.trouble is not None:
            await asyncio.sleep(0.01)
    assert len(await store.gaps(1_000)) == 300
    said = [record.message.partition(":")[0] for record in caplog.records]
    assert said == ["nothing can be kept for now, and counts wait", "what had to wait is kept"]
    await store.close()


@bounded
async def test_what_a_disk_never_takes_is_lost_in_the_end(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """A full disk does not keep the store from closing; how much is lost stands in the log."""
    store = await Store.open(path)
    Disk(store)
    with pytest.raises(StoreError, match="The disk is full"):
        await filled(store)
    for number in range(300):
        store.unanswered(f"{number}" + "q" * 3_000, "outside")
    await store.close()
    assert [record.message for record in caplog.records if record.levelno == logging.ERROR] == [
        f"nothing can be kept for now, and counts wait: The disk is full: nothing can be written to {path}.",
        f"a count could not be written: The disk is full: nothing can be written to {path}.",
    ]
    assert caplog.records[-1].__dict__["lost"] == 300


@pytest.mark.skipif(sys.platform == "win32", reason="Windows lets nobody move a file that is open")
@bounded
async def test_a_file_that_is_gone_acknowledges_nothing(
    path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a database that was moved away, or had another put in its place, nothing is read or written, nor made anew.

    Once it is back, what had to wait is kept.
    """
    monkeypatch.setattr(module, "WRITE_AGAIN", 0.02)
    store = await Store.open(path)
    await store.vote(1, "a", "prix", useful=True)
    away, sentence = path.with_name("away"), f"{path} was deleted or replaced while the bot ran"
    path.rename(away)
    store.count("answered", "question")
    for use in (store.vote(2, "a", "prix", useful=True), store.forget(1), store.personal(1), store.guild_settings(1)):
        with pytest.raises(StoreError, match=re.escape(sentence)):
            await use
    assert not path.exists()
    path.write_bytes(away.read_bytes())
    with pytest.raises(StoreError, match=re.escape(sentence)):
        await store.vote(2, "a", "prix", useful=True)
    away.rename(path)
    while store.trouble is not None:
        await asyncio.sleep(0.01)
    assert [day.count for day in await store.daily(1)] == [1]
    assert len(await store.personal(1)) == 1
    assert caplog.text.count("nothing can be kept for now") == 1
    await store.close()


@bounded
async def test_counts_share_a_commit_that_nobody_has_to_wait_for(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A count waits for company, so that counting costs no commit an answer; what somebody waits for takes it along."""
    monkeypatch.setattr(module, "LINGER", 3_600)
    store = await Store.open(path)
    commits = []
    event.listen(store._engine.sync_engine, "commit", lambda _: commits.append(1))
    for _ in range(5):
        store.count("answered", "question")
        await asyncio.sleep(0.01)
    assert not commits
    await store.vote(1, "a", "prix", useful=True)
    assert len(commits) == 1
    assert [day.count for day in await store.daily(1)] == [5]
    store.count("answered", "question")
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
        store.count("answered", "question")
        votes = (store.vote(person, "a", "prix", useful=True) for person in range(3))
        told = await asyncio.gather(*votes, return_exceptions=True)
        assert ["locked by another program" in str(error) for error in told] == [True] * 3
        assert len(attempts) == 1
    await store.vote(1, "a", "prix", useful=True)
    await store.flush()
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
        store.count("answered", "question")
        await store.close()
    assert "a count could not be written" in caplog.text


@bounded
async def test_the_queue_is_bounded(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Counts that come faster than any disk takes them are dropped, not piled up for ever."""
    monkeypatch.setattr(module, "QUEUED_AT_MOST", 10)
    store = await Store.open(path)
    for _ in range(50):
        store.count("answered", "question")
    await store.close()
    store = await Store.open(path)
    assert (await store.daily(1))[0].count == 10
    await store.close()
