"""The store: every read and write that the bot knows."""

from __future__ import annotations

import asyncio
import functools
import time
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import ColumnElement, Executable, case, delete, func, null, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.store import file
from bot.store.problems import StoreError, explain
from bot.store.records import DailyCount, EntryKind, Gap, GuildSettings, PersonalEntry, Reload, Report, VotedIntent
from bot.store.tables import DAILY, GAPS, GUILDS, RELOADS, REPORTS, VOTES
from bot.store.writer import Writer

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TEXT_AT_MOST: Final = 4_000
"""No text that is kept is longer; Discord's own forms stop there as well."""
GAPS_AT_MOST: Final = 20_000
"""How many different unanswered questions survive a pruning; the newest do."""
REPORTS_A_DAY: Final = 20
"""So many errors one person may report in a day: nobody's reports push those of all others out of sight."""
DAY: Final = 86_400

# Made once: that takes longer than to run them.
_GAP: Final = insert(GAPS)
_UNANSWERED: Final = _GAP.on_conflict_do_update(
    index_elements=["question", "cause"], set_={"count": GAPS.c.count + 1, "last_at": _GAP.excluded.last_at}
)
_COUNTED: Final = insert(DAILY).on_conflict_do_update(
    index_elements=["day", "outcome", "door"], set_={"count": DAILY.c.count + 1}
)


class Store:
    """What the bot keeps, in one SQLite file.

    Methods that say "acknowledged" have committed to the disk when they return, and raise StoreError where they could
    not. `count` and `unanswered` only queue: they never make an answer wait, and are committed moments later or on
    `close`. All writes happen in the order in which they were asked for.
    """

    def __init__(self, path: Path, engine: AsyncEngine, clock: Callable[[], float]) -> None:
        self.path = path
        self._engine = engine
        self._clock = clock
        self._unmoved = functools.partial(file.unmoved, path, file.identity(path))
        self._writer = Writer(engine, path, self._unmoved)

    @classmethod
    async def open(cls, path: Path, *, clock: Callable[[], float] = time.time) -> Store:
        """Open the file, making it where it is missing and bringing it to the newest schema.

        Raises StoreError with one clear sentence where the file cannot be used.
        """
        path = await asyncio.to_thread(file.prepare, path)
        address = file.address(path, "sqlite+aiosqlite", made=True)
        # The text of an error goes into the log, and the log never tells who wrote nor what.
        engine = create_async_engine(address, pool_size=3, max_overflow=2, hide_parameters=True)
        file.listen(engine.sync_engine)
        return cls(path, engine, clock)

    @staticmethod
    def check(path: Path) -> None:
        """Raise StoreError where `open` would, without making or changing anything."""
        file.check(path)

    async def close(self) -> None:
        """Commit what is queued and let go of the file. May be called twice."""
        try:
            await self._writer.close()
        finally:
            await self._engine.dispose()

    async def flush(self) -> None:
        """Return when everything that was asked for so far is committed. Raises StoreError where it cannot be."""
        await self._writer.do(_nothing)
        if self._writer.trouble is not None:
            raise self._writer.trouble

    @property
    def trouble(self) -> StoreError | None:
        """Why what was last to be written could not be; None where it was."""
        return self._writer.trouble

    # What a server's managers decided

    async def guild_settings(self, guild_id: int) -> GuildSettings:
        """Return a server's settings; the defaults where nothing was decided."""
        columns = (GUILDS.c.channels, GUILDS.c.public, GUILDS.c.mentions)
        rows = await self._read(select(*columns).where(GUILDS.c.guild_id == guild_id))
        for channels, public, mentions in rows:
            return GuildSettings(frozenset(channels), public=public, mentions=mentions)
        return GuildSettings()

    async def save_guild_settings(self, guild_id: int, settings: GuildSettings, application: int | None = None) -> None:
        """Keep a server's settings, and which of Discord's applications kept them. Acknowledged."""
        values = {
            "channels": sorted(settings.channels),
            "public": settings.public,
            "mentions": settings.mentions,
            "application": application,
        }
        statement = insert(GUILDS).values(guild_id=guild_id, **values)
        await self._write(statement.on_conflict_do_update(index_elements=["guild_id"], set_=values))

    async def guilds(self, application: int) -> list[int]:
        """Return the servers whose settings this application kept last."""
        kept = select(GUILDS.c.guild_id).where(GUILDS.c.application == application)
        return [guild_id for (guild_id,) in await self._read(kept)]

    async def forget_guild(self, guild_id: int) -> None:
        """Delete a server's settings, and overwrite them in the file. Acknowledged."""
        await self._write(delete(GUILDS).where(GUILDS.c.guild_id == guild_id), erasing=True)

    # What people say of answers

    async def vote(self, user_id: int, answer_key: str, intent: str, useful: bool) -> None:  # noqa: FBT001 - the vote
        """Keep a vote on an answer, in the place of the person's earlier one. Acknowledged."""
        values = {"intent": clean(intent), "useful": useful, "at": self._now()}
        statement = insert(VOTES).values(user_id=user_id, answer_key=clean(answer_key), **values)
        await self._write(statement.on_conflict_do_update(index_elements=["user_id", "answer_key"], set_=values))

    async def votes_down(self, limit: int) -> list[VotedIntent]:
        """Return the intents that somebody voted down, the most disliked first."""
        up = func.sum(case((VOTES.c.useful, 1), else_=0))
        down = func.sum(case((VOTES.c.useful, 0), else_=1))
        rows = await self._read(
            select(VOTES.c.intent, up, down)
            .group_by(VOTES.c.intent)
            .having(down > 0)
            .order_by(down.desc(), up, VOTES.c.intent)
            .limit(limit)
        )
        return [VotedIntent(*row) for row in rows]

    async def report(
        self, user_id: int, answer_key: str, intent: str | None, question_normalised: str, comment: str
    ) -> bool:
        """Keep an error that a person reported; False where that person has reported enough for a day. Acknowledged."""
        now = self._now()
        lately = select(func.count()).where(REPORTS.c.user_id == user_id, REPORTS.c.at > now - DAY)
        statement = insert(REPORTS).values(
            user_id=user_id,
            answer_key=clean(answer_key),
            intent=None if intent is None else clean(intent),
            question=clean(question_normalised),
            comment=clean(comment),
            at=now,
        )

        async def write(connection: AsyncConnection) -> bool:
            if (await connection.execute(lately)).scalar_one() >= REPORTS_A_DAY:
                return False
            await connection.execute(statement)
            return True

        return await self._writer.do(write)

    async def dealt_with(self, number: int) -> None:
        """Delete a report that a curator has dealt with, and overwrite it in the file. Acknowledged."""
        await self._write(delete(REPORTS).where(REPORTS.c.id == number), erasing=True)

    async def reports(self, limit: int) -> list[Report]:
        """Return the reported errors, the newest first."""
        table = REPORTS.c
        columns = (table.id, table.at, table.intent, table.question, table.comment)
        rows = await self._read(select(*columns).order_by(table.id.desc()).limit(limit))
        return [Report(number, moment(at), *said) for number, at, *said in rows]

    # What could not be answered, and how much was asked

    def unanswered(self, question_normalised: str, cause: str) -> None:
        """Count a question that could not be answered, whoever asked it. Queued."""
        question = clean(question_normalised)
        self._writer.later(_UNANSWERED, question=question, cause=clean(cause), count=1, last_at=self._now())

    async def gaps(self, limit: int) -> list[Gap]:
        """Return the questions that could not be answered, the most asked first."""
        order = (GAPS.c.count.desc(), GAPS.c.last_at.desc(), GAPS.c.question)
        rows = await self._read(select(GAPS).order_by(*order).limit(limit))
        return [Gap(question, cause, count, moment(last_at)) for question, cause, count, last_at in rows]

    def count(self, outcome: str, door: str) -> None:
        """Count a question by its outcome and by where it came in. Queued."""
        self._writer.later(_COUNTED, day=self._today(), outcome=clean(outcome), door=clean(door), count=1)

    async def daily(self, days: int) -> list[DailyCount]:
        """Return the counts of the last `days` days (today is the first of them), the newest day first."""
        since = self._today() - timedelta(days=min(days, 100_000) - 1)
        order = (DAILY.c.day.desc(), DAILY.c.outcome, DAILY.c.door)
        rows = await self._read(select(DAILY).where(DAILY.c.day >= since).order_by(*order))
        return [DailyCount(*row) for row in rows]

    # Reloads

    async def reloaded(self, by: int, version: str, ok: bool, summary: str) -> None:  # noqa: FBT001 - what came of it
        """Keep that the base was reloaded, or that it could not be. Acknowledged."""
        values = {"by": by, "version": clean(version), "ok": ok, "summary": clean(summary), "at": self._now()}
        await self._write(insert(RELOADS).values(**values))

    async def reloads(self, limit: int) -> list[Reload]:
        """Return the reloads, the newest first."""
        rows = await self._read(select(RELOADS).order_by(RELOADS.c.id.desc()).limit(limit))
        return [Reload(moment(at), *said) for _, at, *said in rows]

    # What is kept about a person, and for how long

    async def personal(self, user_id: int) -> list[PersonalEntry]:
        """Return what is kept under a person's id, the newest first."""
        found: list[PersonalEntry] = []
        said = REPORTS.c
        for kind, column, columns in (
            (EntryKind.VOTE, VOTES.c.user_id, (VOTES.c.at, VOTES.c.intent, VOTES.c.useful)),
            (EntryKind.REPORT, said.user_id, (said.at, said.intent, null(), said.comment, said.question)),
            (EntryKind.RELOAD, RELOADS.c.by, (RELOADS.c.at, null(), null(), RELOADS.c.version)),
        ):
            rows = await self._read(select(*columns).where(column == user_id))
            found += [PersonalEntry(kind, moment(at), *about) for at, *about in rows]
        return sorted(found, key=lambda entry: entry.at, reverse=True)

    async def forget(self, user_id: int) -> int:
        """Delete a person's votes and reports, take their id off the reloads, and say how many. Acknowledged.

        What is deleted is overwritten in the file, so that it cannot be read there any more; where somebody else, a
        backup for example, is reading it, seconds after they have ended.
        """

        async def write(connection: AsyncConnection) -> int:
            gone = 0
            for statement in (
                delete(VOTES).where(VOTES.c.user_id == user_id),
                delete(REPORTS).where(REPORTS.c.user_id == user_id),
                update(RELOADS).where(RELOADS.c.by == user_id).values(by=None),
            ):
                gone += (await connection.execute(statement)).rowcount
            return gone

        return await self._writer.do(write, erasing=True)

    async def prune(self, retention_days: int) -> int:
        """Delete what is older than `retention_days`, whatever it is but settings, and say how many. Acknowledged."""
        before = self._now() - retention_days * DAY
        first_day = self._today() - timedelta(days=retention_days)

        async def write(connection: AsyncConnection) -> int:
            newest = select(GAPS.c.last_at).order_by(GAPS.c.last_at.desc()).limit(1).offset(GAPS_AT_MOST)
            conditions: tuple[ColumnElement[bool], ...] = (
                VOTES.c.at < before,
                REPORTS.c.at < before,
                GAPS.c.last_at < before,
                GAPS.c.last_at <= newest.scalar_subquery(),
                RELOADS.c.at < before,
                DAILY.c.day < first_day,
            )
            tables = (VOTES, REPORTS, GAPS, GAPS, RELOADS, DAILY)
            gone = 0
            for table, condition in zip(tables, conditions, strict=True):
                gone += (await connection.execute(delete(table).where(condition))).rowcount
            return gone

        return await self._writer.do(write, erasing=True)

    # The engine room

    def _now(self) -> int:
        return int(self._clock())

    def _today(self) -> date:
        return moment(self._now()).date()

    async def _read(self, statement: Executable) -> list[tuple[Any, ...]]:
        try:
            await asyncio.to_thread(self._unmoved)
            async with self._engine.connect() as connection:
                return [tuple(row) for row in await connection.execute(statement)]
        except (SQLAlchemyError, OSError) as error:
            raise explain(error, self.path) from error

    async def _write(self, statement: Executable, *, erasing: bool = False) -> None:
        await self._writer.do(lambda connection: connection.execute(statement), erasing=erasing)


async def _nothing(_: AsyncConnection) -> None:
    """Write nothing."""


def moment(seconds: int) -> datetime:
    """Return seconds since 1970 as a time in UTC."""
    return datetime.fromtimestamp(seconds, UTC)


def clean(text: str) -> str:
    """Return a text that any database takes: no half characters, no zero bytes, not endless."""
    return text[:TEXT_AT_MOST].encode("utf-8", "replace").decode().replace("\0", "")
