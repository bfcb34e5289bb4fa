"""What the store gives back: small frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class GuildSettings:
    """What a server's managers decided."""

    channels: frozenset[int] = frozenset()
    """Where the bot may answer; empty: everywhere."""
    public: bool = True
    """Whether answers to commands are seen by all; an asker may hide theirs, not show them."""
    mentions: bool = True
    """Whether the bot answers when it is mentioned."""


@dataclass(frozen=True, slots=True)
class VotedIntent:
    """How often the answers of an intent were found useful and useless."""

    intent: str
    up: int
    down: int


@dataclass(frozen=True, slots=True)
class Report:
    """An error that somebody reported in an answer. Who it was is not told."""

    id: int
    at: datetime
    intent: str | None
    question: str
    comment: str


@dataclass(frozen=True, slots=True)
class Gap:
    """A question, normalised, that could not be answered: why, how often, and when last. Nobody knows by whom."""

    question: str
    cause: str
    count: int
    last_at: datetime


@dataclass(frozen=True, slots=True)
class Reload:
    """A reload of the base: by whom (0: from a shell; None: forgotten), to which version, and what came of it."""

    at: datetime
    by: int | None
    version: str
    ok: bool
    summary: str


@dataclass(frozen=True, slots=True)
class DailyCount:
    """How many questions of one outcome came in by one door on one day (UTC)."""

    day: date
    outcome: str
    door: str
    count: int


class EntryKind(Enum):
    """What is kept under a person's id."""

    VOTE = auto()
    REPORT = auto()
    RELOAD = auto()


@dataclass(frozen=True, slots=True)
class PersonalEntry:
    """One thing that is kept under a person's id."""

    kind: EntryKind
    at: datetime
    intent: str | None
    useful: bool | None = None
    text: str = ""
    """The comment of a report, the version of a reload."""
    question: str = ""
    """The question of a report, normalised."""
