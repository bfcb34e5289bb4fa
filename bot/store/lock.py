"""One bot at one database: two would both answer every question.

The lock is SQLite's, on an empty file beside the database: it works on every system, and the system releases it when
the process ends, however it ends. The database's own lock is no good for this: it belongs to whoever is writing.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Final

from bot.store import file
from bot.store.problems import StoreError, explain

if TYPE_CHECKING:
    from pathlib import Path

PATIENCE: Final = 1.0
"""Seconds to wait for a lock: `held` has it for an instant, too."""


def hold(path: Path) -> closing[sqlite3.Connection]:
    """Lock a database against other bots, for a `with` block. Raises StoreError where another bot has locked it."""
    beside = _beside(path)
    try:
        file.make(beside)
        lock = sqlite3.connect(beside, timeout=PATIENCE, isolation_level=None)
        lock.execute("PRAGMA journal_mode = MEMORY")  # nothing is written: no third file beside
        lock.execute("BEGIN EXCLUSIVE")
    except (sqlite3.Error, OSError) as error:
        if _busy(error):
            raise StoreError(f"Another bot runs on {path}: stop it, or name another file with SAGA_DATABASE.") from None
        raise explain(error, beside) from error
    return closing(lock)


def held(path: Path) -> bool:
    """Tell whether a bot has locked a database, without making anything.

    Raises StoreError where the lock could not be taken for another reason.
    """
    beside = _beside(path)
    if not beside.exists():
        return False
    try:
        if not os.access(beside, os.R_OK | os.W_OK):
            raise PermissionError("permission denied")
        with closing(sqlite3.connect(f"{beside.as_uri()}?mode=ro", uri=True, timeout=0)) as connection:
            connection.execute("SELECT 1 FROM sqlite_master")
    except (sqlite3.Error, OSError) as error:
        if _busy(error):
            return True
        raise explain(error, beside) from error
    return False


def _beside(path: Path) -> Path:
    path = path.expanduser().resolve()  # one file may have several names
    return path.with_name(f"{path.name}.lock")


def _busy(error: Exception) -> bool:
    return getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_BUSY
