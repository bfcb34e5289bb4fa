"""What is kept comes back, counts add up, the last word counts, and what is forgotten is gone."""

from __future__ import annotations

import asyncio
import sqlite3
from collections import Counter
from contextlib import closing
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from bot.store import (
    DailyCount,
    EntryKind,
    Gap,
    GuildSettings,
    Reload,
    Report,
    Store,
    StoreError,
    VotedIntent,
    file,
    writer,
)
from bot.store import store as module
from tests.bounded import bounded

if TYPE_CHECKING:
    from pathlib import Path

    from tests.bot.store.conftest import Clock

ALICE, BOB = 80_351_110_224_678_912, 9_223_372_036_854_775_807
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def on_disk(path: Path) -> bytes:
    """Return every byte of the database and of the files beside it."""
    return b"".join(one.read_bytes() for one in path.parent.iterdir())


@bounded
async def test_settings_of_a_server_are_kept_and_replaced(path: Path) -> None:
    """A server without settings has the defaults; saved ones come back after a restart; the last ones count."""
    store = await Store.open(path)
    assert await store.guild_settings(BOB) == GuildSettings()
    await store.save_guild_settings(BOB, GuildSettings(frozenset({1, 2}), public=True, mentions=False))
    await store.save_guild_settings(BOB, GuildSettings(frozenset({3, BOB}), public=False, mentions=True))
    await store.close()
    store = await Store.open(path)
    assert await store.guild_settings(BOB) == GuildSettings(frozenset({3, BOB}), public=False, mentions=True)
    await store.save_guild_settings(ALICE, GuildSettings(frozenset({ALICE - 1})))
    await store.forget_guild(BOB)
    assert await store.guild_settings(BOB) == GuildSettings()
    await store.forget_guild(ALICE)
    assert str(ALICE - 1).encode() not in on_disk(path)
    await store.close()


@bounded
async def test_the_last_vote_of_a_person_counts(path: Path) -> None:
    """Each person has one vote an answer; the intents that were voted down come worst first, the others not at all."""
    store = await Store.open(path)
    for user, key, intent, useful in (
        (ALICE, "a", "prix", True),
        (ALICE, "a", "prix", False),
        (BOB, "a", "prix", True),
        (ALICE, "b", "date", False),
        (BOB, "b", "date", False),
        (BOB, "c", "lieu", True),
    ):
        await store.vote(user, key, intent, useful)
    assert await store.votes_down(10) == [VotedIntent("date", up=0, down=2), VotedIntent("prix", up=1, down=1)]
    assert await store.votes_down(1) == [VotedIntent("date", up=0, down=2)]
    await store.close()


@bounded
async def test_reports_come_back_newest_first_and_without_their_author(path: Path, clock: Clock) -> None:
    """A report says what was wrong in which answer, never who said so; once dealt with it leaves no byte."""
    store = await Store.open(path, clock=clock)
    await store.report(ALICE, "a", "prix", "combien", "Le prix est faux.")
    clock.turn(days=1)
    await store.report(BOB, "b", None, "quand", "« 2021 », pas 2020")
    newest, oldest = await store.reports(10)
    assert newest == Report(2, datetime(2026, 3, 2, 12, tzinfo=UTC), None, "quand", "« 2021 », pas 2020")
    assert oldest == Report(1, NOON, "prix", "combien", "Le prix est faux.")
    assert await store.reports(1) == [newest]
    await store.dealt_with(2)
    assert await store.reports(10) == [oldest]
    assert b"pas 2020" not in on_disk(path)
    await store.close()


@bounded
async def test_gaps_are_counted_and_the_most_asked_come_first(path: Path, clock: Clock) -> None:
    """The same question for the same cause is one gap with a count and the time of the last."""
    store = await Store.open(path, clock=clock)
    store.unanswered("qui est le maire", "actor")
    for _ in range(3):
        store.unanswered("quel temps", "outside")
    clock.turn(days=1)
    store.unanswered("quel temps", "outside")
    store.unanswered("quel temps", "detail")
    await store.flush()
    later = datetime(2026, 3, 2, 12, tzinfo=UTC)
    assert await store.gaps(10) == [
        Gap("quel temps", "outside", 4, later),
        Gap("quel temps", "detail", 1, later),
        Gap("qui est le maire", "actor", 1, NOON),
    ]
    await store.close()


@bounded
async def test_counts_are_by_day_outcome_and_door(path: Path, clock: Clock) -> None:
    """Counts of one day add up; `daily(n)` goes back n days, today among them."""
    store = await Store.open(path, clock=clock)
    store.count("answered", "question")
    store.count("answered", "question")
    store.count("unknown", "mention")
    clock.turn(days=2)
    store.count("answered", "question")
    await store.flush()
    third = DailyCount(date(2026, 3, 3), "answered", "question", 1)
    assert await store.daily(1) == [third]
    assert await store.daily(2) == [third]
    first = date(2026, 3, 1)
    assert await store.daily(3) == [
        third,
        DailyCount(first, "answered", "question", 2),
        DailyCount(first, "unknown", "mention", 1),
    ]
    await store.close()


@bounded
async def test_reloads_are_a_history(path: Path, clock: Clock) -> None:
    """Each reload stays, the good and the bad, newest first."""
    store = await Store.open(path, clock=clock)
    await store.reloaded(ALICE, "v1", ok=True, summary="facts +1")
    await store.reloaded(0, "v1", ok=False, summary="3 problems")
    assert await store.reloads(10) == [
        Reload(NOON, 0, "v1", ok=False, summary="3 problems"),
        Reload(NOON, ALICE, "v1", ok=True, summary="facts +1"),
    ]
    await store.close()


@bounded
async def test_forgetting_a_person_leaves_no_byte_of_them(path: Path) -> None:
    """Votes and reports go, reloads lose the id, others keep theirs, and the files hold the words no more."""
    store = await Store.open(path)
    for user, comment in ((ALICE, "un mot que seule Alice écrit"), (BOB, "un mot de Bob")):
        await store.vote(user, "a", "prix", useful=False)
        await store.vote(user, "b", "prix", useful=True)
        await store.report(user, "a", "prix", "combien", comment)
        await store.reloaded(user, "v1", ok=True, summary="")
    assert len(await store.personal(ALICE)) == 4
    assert b"seule Alice" in on_disk(path)
    assert await store.forget(ALICE) == 4
    assert b"seule Alice" not in on_disk(path)
    assert not await store.personal(ALICE)
    kinds = Counter(entry.kind for entry in await store.personal(BOB))
    assert kinds == {EntryKind.VOTE: 2, EntryKind.REPORT: 1, EntryKind.RELOAD: 1}
    assert [reload.by for reload in await store.reloads(10)] == [BOB, None]
    assert await store.forget(ALICE) == 0
    await store.close()


@bounded
async def test_what_is_forgotten_while_somebody_reads_leaves_the_files_afterwards(
    path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A backup keeps nobody waiting; what can be read meanwhile is logged once, and erased without another write.

    However long it takes: it is tried again until it is done.
    """
    attempts: list[bool] = []

    def emptied(path: Path) -> bool:
        attempts.append(file.emptied(path))
        return attempts[-1]

    monkeypatch.setattr(writer, "emptied", emptied)
    monkeypatch.setattr(writer, "ERASE_AGAIN", 0.01)
    monkeypatch.setattr(file, "READ_SECONDS", 0.01)
    store = await Store.open(path)
    await store.report(ALICE, "a", "prix", "combien", "un mot que seule Alice écrit")
    with closing(sqlite3.connect(path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM reports").fetchall()
        assert await store.forget(ALICE) == 1
        assert not await store.personal(ALICE)
        await store.vote(BOB, "a", "prix", useful=True)
        assert b"seule Alice" in on_disk(path)
        while len(attempts) < 4:  # noqa: ASYNC110 - a file has no event
            await asyncio.sleep(0.01)
    while path.with_name(f"{path.name}-wal").stat().st_size:  # noqa: ASYNC110 - a file has no event
        await asyncio.sleep(0.01)
    assert b"seule Alice" not in on_disk(path)
    assert caplog.text.count("can be read in") == 1
    await store.close()


@bounded
async def test_one_person_s_reports_are_limited(path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    """So many in a day, whoever else reports; the next day there is room again."""
    monkeypatch.setattr(module, "REPORTS_A_DAY", 2)
    store = await Store.open(path, clock=clock)
    assert [await store.report(ALICE, "a", "prix", "combien", "faux") for _ in range(3)] == [True, True, False]
    assert await store.report(BOB, "a", "prix", "combien", "faux")
    assert len(await store.reports(10)) == 3
    clock.turn(days=1)
    assert await store.report(ALICE, "a", "prix", "combien", "faux")
    await store.close()


@bounded
async def test_what_is_older_than_the_retention_goes(path: Path, clock: Clock) -> None:
    """Everything dated is deleted after the days that the setting names, and overwritten; settings stay."""
    store = await Store.open(path, clock=clock)

    async def one_of_each() -> None:
        await store.vote(ALICE, f"{clock.now}", "prix", useful=False)
        await store.report(ALICE, "a", "prix", "combien", "faux")
        store.unanswered(f"{clock.now}", "outside")
        await store.reloaded(ALICE, "v1", ok=True, summary="")
        store.count("answered", "question")

    await store.save_guild_settings(1, GuildSettings(public=False))
    await one_of_each()
    old = f"{clock.now}".encode()
    clock.turn(days=31)
    await one_of_each()
    assert await store.prune(31) == 0
    assert old in on_disk(path)
    assert await store.prune(30) == 5
    assert old not in on_disk(path)
    assert {entry.kind for entry in await store.personal(ALICE)} == set(EntryKind)
    assert len(await store.gaps(10)) == 1
    assert len(await store.daily(100)) == 1
    assert await store.guild_settings(1) == GuildSettings(public=False)
    await store.close()


@bounded
async def test_gaps_stay_bounded(path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many different questions people make up, a pruning keeps the newest of a fixed number."""
    monkeypatch.setattr(module, "GAPS_AT_MOST", 10)
    store = await Store.open(path, clock=clock)
    for number in range(25):
        store.unanswered(f"question {number:02}", "outside")
        clock.turn(days=0.01)
    assert await store.prune(365) == 15
    assert {gap.question for gap in await store.gaps(100)} == {f"question {number}" for number in range(15, 25)}
    await store.close()


@bounded
@pytest.mark.parametrize("text", ["'; DROP TABLE votes; --", "\ud800 seul", "zéro\0octet", "🙂" * 5_000, "%s {0} :x ?"])
async def test_any_text_can_be_kept(path: Path, text: str) -> None:
    """Whatever a member sends is data: nothing of it is read as SQL, breaks the file or grows without end."""
    store = await Store.open(path)
    await store.report(ALICE, text, text, text, text)
    await store.vote(ALICE, text, text, useful=False)
    store.unanswered(text, text)
    await store.flush()
    kept = (await store.reports(1))[0].comment
    assert kept.encode()
    assert len(kept) <= module.TEXT_AT_MOST
    assert kept[:4] == text[:4].replace("\ud800", "?")
    assert (await store.votes_down(1))[0].intent == kept
    await store.close()


@bounded
async def test_many_at_once_lose_nothing(path: Path) -> None:
    """Hundreds of tasks that read and write at the same time get through, and every write is there."""
    store = await Store.open(path)

    async def person(number: int) -> None:
        store.count("answered", "question")
        store.unanswered("la même question", "outside")
        await store.vote(number, "a", "prix", number % 2 == 0)
        await store.personal(number)
        await store.gaps(5)

    await asyncio.gather(*(person(number) for number in range(200)))
    assert await store.votes_down(5) == [VotedIntent("prix", up=100, down=100)]
    assert (await store.gaps(1))[0].count == 200
    assert (await store.daily(1))[0].count == 200
    await store.close()


@bounded
async def test_closing_commits_what_is_queued(path: Path) -> None:
    """Counts that nobody waited for are in the file once the store is closed."""
    store = await Store.open(path)
    for _ in range(500):
        store.count("answered", "question")
    await store.close()
    await store.close()
    store = await Store.open(path)
    assert (await store.daily(1))[0].count == 500
    await store.close()


@bounded
async def test_a_closed_store_says_so(path: Path) -> None:
    """After `close` an acknowledged write is refused in a sentence, and a count is dropped without an error."""
    store = await Store.open(path)
    await store.close()
    with pytest.raises(StoreError, match="is closed"):
        await store.vote(ALICE, "a", "prix", useful=True)
    store.count("answered", "question")


@bounded
async def test_who_gives_up_waiting_stops_nothing(path: Path) -> None:
    """A write whose caller was cancelled is still made, and the writer goes on."""
    store = await Store.open(path)
    task = asyncio.create_task(store.vote(ALICE, "a", "prix", useful=False))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await store.flush()
    assert len(await store.personal(ALICE)) == 1
    await store.close()
