"""What can be wrong with a database file, said in one sentence that an administrator can act upon."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path


class StoreError(Exception):
    """The store cannot be used, or a write did not happen; the message is one clear sentence."""


_SENTENCES: Final = (
    ("newer than this program", "{path} was written by a newer version of this program: update the program."),
    ("another program's", "{path} is another program's database: name a file of our own with SAGA_DATABASE."),
    ("deleted or replaced", "{path} was deleted or replaced while the bot ran: put it back, or restart the bot."),
    ("not a database", "{path} is not a database: move it away, or name another file with SAGA_DATABASE."),
    ("malformed", "The database {path} is damaged: move it, its -wal and its -shm away, and restore a backup, if any."),
    ("disk is full", "The disk is full: nothing can be written to {path}."),
    ("no space left", "The disk is full: nothing can be written to {path}."),
    ("no disk", "{path} cannot be made: no files can be kept there. Name another file with SAGA_DATABASE."),
    ("no ordinary file", "{path} is no ordinary file: name another one with SAGA_DATABASE."),
    ("readonly", "{path} cannot be written: the file or its folder is read-only, or closed to this account."),
    ("read-only", "{path} cannot be written: the file or its folder is read-only."),
    ("permission denied", "{path} cannot be opened: this account has no permission there."),
    ("not authorized", "{path} cannot be opened: this account has no permission there."),
    ("file exists", "{path} cannot be made: something on the way there is a file, not a folder."),
    ("is a directory", "{path} is a folder: SAGA_DATABASE has to name a file."),
    ("not a directory", "{path} cannot be made: something on the way there is a file, not a folder."),
    ("unable to open", "{path} cannot be opened: the file or its folder is missing, or closed to this account."),
    ("locked", "{path} is locked by another program, and stayed locked."),
    ("disk i/o error", "{path} cannot be read or written: the disk reports an error."),
)


_OF_THE_FILE: Final = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_READONLY,
    }
)
"""SQLite's primary codes for what every write to the file would meet."""


def locked(error: BaseException) -> bool:
    """Tell whether another program held the database for as long as we wait."""
    return _code(error) == sqlite3.SQLITE_BUSY


def of_the_file(error: BaseException) -> bool:
    """Tell whether the file or its disk is to blame, and no single write: all others would meet the same."""
    return isinstance(error, OSError) or _code(error) in _OF_THE_FILE


def _code(error: BaseException) -> int:
    code: int = getattr(getattr(error, "orig", None), "sqlite_errorcode", 0)
    return code & 0xFF  # the other bits say more


def explain(error: BaseException, path: Path) -> StoreError:
    """Return an error of SQLite or of the operating system as a sentence about the file."""
    # Not what else an error of the system says: a path may hold any word.
    text = str(getattr(error, "orig", None) or getattr(error, "strerror", None) or error)
    low = text.lower()
    for sign, sentence in _SENTENCES:
        if sign in low:
            return StoreError(sentence.format(path=path))
    return StoreError(f"The database {path} cannot be used: {' '.join(text.split()) or type(error).__name__}.")
