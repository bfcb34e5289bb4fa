"""`saga run --check`: all that would keep the bot from running. Starts nothing, and writes at most a compiled base."""

from __future__ import annotations

import stat
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from bot.failures import Status
from bot.running.settings import Settings, SettingsError, read
from bot.store import Store, StoreError, lock
from knowledge.compiling import cache
from knowledge.compiling.loading import load
from knowledge.compiling.problems import BaseProblemsError, counted

if TYPE_CHECKING:
    from pathlib import Path

OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO


@dataclass(slots=True)
class Findings:
    """What is in order, and what is not, a sentence each."""

    fine: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    status: Status | None = None
    """That of the first thing that is wrong, with which `saga run` would end; None where nothing is."""

    def refuse(self, status: Status, *sentences: str) -> None:
        """Note something that would keep the bot from running."""
        self.wrong += sentences
        self.status = self.status or status


def inspect(base: Path | None) -> Findings:
    """Look at the settings, the token's form, the base and the database."""
    found = Findings()
    try:
        settings = read(base=base)
    except SettingsError as error:
        found.refuse(Status.SETTINGS, *error.problems)
        return found
    _token(settings, found)
    _base(settings, found)
    _database(settings, found)
    return found


def _token(settings: Settings, found: Findings) -> None:
    try:
        settings.token()
    except SettingsError as error:
        found.refuse(Status.SETTINGS, *error.problems)
        return
    path = settings.discord_token_file
    found.fine.append(f"token: set, from {path or 'SAGA_DISCORD_TOKEN'} (whether Discord takes it shows at the start)")
    if path is not None and sys.platform != "win32" and path.stat().st_mode & OTHERS:
        found.fine.append(f"note: other accounts of this machine may open {path}; `chmod 600` keeps the token to yours")


def _base(settings: Settings, found: Findings) -> None:
    try:
        base = load(settings.base)
    except BaseProblemsError as error:
        found.refuse(Status.BASE, *(f"base: {problem}" for problem in error.problems))
        return
    found.fine.append(
        f"base: {base.name}, {counted(len(base.facts), 'fact')}, {counted(len(base.articles), 'article')}"
    )
    if note := cache.unkept(base.version):
        found.fine.append(note)


def _database(settings: Settings, found: Findings) -> None:
    try:
        Store.check(settings.database)
        taken = lock.held(settings.database)
    except StoreError as error:
        found.refuse(Status.DATABASE, str(error))
        return
    found.fine.append(f"database: {settings.database}" + ("" if settings.database.exists() else " (will be made)"))
    if taken:
        found.fine.append(f"note: a bot runs on {settings.database}; a second one is refused until it has ended")
