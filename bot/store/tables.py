"""The tables, as the newest migration leaves them. Times are whole seconds since 1970 (UTC)."""

from __future__ import annotations

from typing import Final

from sqlalchemy import JSON, BigInteger, Boolean, Column, Date, Index, Integer, MetaData, Table, Text

METADATA: Final = MetaData()

GUILDS: Final = Table(
    "guild_settings",
    METADATA,
    Column("guild_id", BigInteger, primary_key=True, autoincrement=False),
    Column("channels", JSON, nullable=False),
    Column("public", Boolean, nullable=False),
    Column("mentions", Boolean, nullable=False),
    Column("application", BigInteger),
)
VOTES: Final = Table(
    "votes",
    METADATA,
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("answer_key", Text, primary_key=True),
    Column("intent", Text, nullable=False, index=True),
    Column("useful", Boolean, nullable=False),
    Column("at", Integer, nullable=False),
)
REPORTS: Final = Table(
    "reports",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("user_id", BigInteger, nullable=False, index=True),
    Column("answer_key", Text, nullable=False),
    Column("intent", Text),
    Column("question", Text, nullable=False),
    Column("comment", Text, nullable=False),
    Column("at", Integer, nullable=False),
    sqlite_autoincrement=True,
)
GAPS: Final = Table(
    "gaps",
    METADATA,
    Column("question", Text, primary_key=True),
    Column("cause", Text, primary_key=True),
    Column("count", Integer, nullable=False),
    Column("last_at", Integer, nullable=False),
    Index("ix_gaps_count", "count"),
)
RELOADS: Final = Table(
    "reloads",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("at", Integer, nullable=False),
    Column("by", BigInteger),
    Column("version", Text, nullable=False),
    Column("ok", Boolean, nullable=False),
    Column("summary", Text, nullable=False),
    sqlite_autoincrement=True,
)
DAILY: Final = Table(
    "daily_counts",
    METADATA,
    Column("day", Date, primary_key=True),
    Column("outcome", Text, primary_key=True),
    Column("door", Text, primary_key=True),
    Column("count", Integer, nullable=False),
)
