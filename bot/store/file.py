"""The database file: made where it is missing, looked over, brought to the newest schema. All of it is slow work."""

from __future__ import annotations

import functools
import logging
import os
import shutil
import sqlite3
import threading
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Connection, Engine, create_engine, event, inspect
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from bot.store.problems import explain, locked, of_the_file

if TYPE_CHECKING:
    from alembic.config import Config
    from alembic.script import ScriptDirectory
    from sqlalchemy.engine import ExceptionContext

log = logging.getLogger(__name__)

MIGRATIONS: Final = Path(__file__).parent / "migrations"
APPLICATION: Final = 0x53414741
"""Written into the file's header ("SAGA"), so that another program's database is never taken for ours."""
BUSY_MILLISECONDS: Final = 2_000
"""How long a connection waits for another process: a member must hear of a failure within three seconds."""
READ_SECONDS: Final = 0.1
"""How long the log that is to be emptied waits for who reads it: longer than any reading of ours takes."""
ROOM: Final = 1_000_000
"""Bytes that have to be free: more than a new database takes with its write-ahead log."""
_ONE_AT_A_TIME: Final = threading.Lock()
"""Alembic keeps the migration that is running in a global."""


def pragmas(connection: Any, _: object) -> None:
    """Set up a new connection: our own transactions, every commit on the disk, deleted text overwritten."""
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout = {BUSY_MILLISECONDS}",
        "synchronous = FULL",
        "secure_delete = ON",
        "trusted_schema = OFF",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def begin(connection: Connection) -> None:
    """Begin a transaction; one that is going to write takes the lock at once, so that it cannot fail half way."""
    options = connection.get_execution_options()
    if not options.get("bare", False):
        connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("writing", False) else "BEGIN")


def dropped(context: ExceptionContext) -> None:
    """Drop the connections after trouble with the disk: one that was opened while it was read-only stays so."""
    error = context.sqlalchemy_exception
    context.is_disconnect = error is not None and of_the_file(error) and not locked(error)


def listen(engine: Engine) -> None:
    """Make an engine's connections ours."""
    event.listen(engine, "connect", pragmas)
    event.listen(engine, "begin", begin)
    event.listen(engine, "handle_error", dropped)


def identity(path: Path) -> tuple[int, int]:
    """Return what tells a file from any other that is called the same. Raises OSError where it is not there."""
    there = path.stat()
    return there.st_dev, there.st_ino


def unmoved(path: Path, known: tuple[int, int]) -> None:
    """Raise OSError where the file of a path is no longer the one that was opened.

    SQLite would go on with the old one: what it then acknowledges is gone with the process.
    """
    try:
        same = identity(path) == known
    except (FileNotFoundError, NotADirectoryError):
        same = False
    if not same:
        raise OSError("deleted or replaced")


def existing(path: Path) -> str:
    """Return a file as SQLite opens it without making it where it is missing."""
    return f"{path.as_uri()}?mode=rw"


def address(path: Path, driver: str, *, made: bool = False) -> URL:
    """Return the path as SQLAlchemy wants it, whatever characters it holds; `made`: not to be made where missing."""
    if made:
        return URL.create(driver, database=path.as_uri(), query={"mode": "rw", "uri": "true"})
    return URL.create(driver, database=str(path))


def prepare(path: Path) -> Path:
    """Make the file ready for use and return its absolute path.

    Raises StoreError with one clear sentence where that is not possible.
    """
    path = path.expanduser().absolute()
    try:
        make(path)
        engine = create_engine(address(path, "sqlite+pysqlite"), poolclass=NullPool, hide_parameters=True)
        listen(engine)
        _look_over(engine)
        _protect(path)
        _migrate(engine)
    except (DBAPIError, sqlite3.Error, OSError) as error:
        raise explain(error, path) from error
    return path


def emptied(path: Path) -> bool:
    """Move the write-ahead log into the database file and empty it; return False where a reader prevents that."""
    with closing(sqlite3.connect(existing(path), uri=True, timeout=READ_SECONDS, isolation_level=None)) as connection:
        busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy


def check(path: Path) -> None:
    """Raise StoreError where `prepare` would, as far as that shows without writing."""
    path = path.expanduser().absolute()
    try:
        if path.is_dir():
            raise IsADirectoryError("is a directory")
        folder = next(parent for parent in path.parents if parent.exists())
        _need_room(folder)
        _need_file(path)
        if path.exists():
            if not os.access(path, os.W_OK) or not os.access(path.parent, os.W_OK):
                raise _closed(path.parent)
            # Not read-only: such a connection leaves the write-ahead log behind that it needs for reading.
            connect = functools.partial(sqlite3.connect, existing(path), uri=True)
            _look_over(create_engine("sqlite+pysqlite://", creator=connect, poolclass=NullPool, hide_parameters=True))
            return
        if not folder.is_dir():
            raise NotADirectoryError("not a directory")
        if not os.access(folder, os.W_OK | os.X_OK):
            raise _closed(folder)
    except (DBAPIError, sqlite3.Error, OSError) as error:
        raise explain(error, path) from error


def _closed(folder: Path) -> PermissionError:
    """Return why nothing can be written in a folder: nobody can, or this account may not."""
    nobody = hasattr(os, "statvfs") and os.statvfs(folder).f_flag & os.ST_RDONLY
    return PermissionError("read-only" if nobody else "permission denied")


def _need_file(path: Path) -> None:
    if path.exists() and not path.is_file() and not path.is_dir():
        raise OSError("no ordinary file")


def _need_room(folder: Path) -> None:
    disk = shutil.disk_usage(folder)
    if not disk.total:
        raise OSError("no disk")
    if disk.free < ROOM:
        raise OSError("no space left")


def make(path: Path) -> None:
    """Make a file and its folder where they are missing, for this account alone. Raises OSError."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    _need_room(path.parent)
    _need_file(path)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))


def _protect(path: Path) -> None:
    """Close a file of ours to other accounts, whoever made it: a restored backup may be open to all."""
    try:
        path.chmod(0o600)
    except OSError as error:
        log.warning("other accounts of this machine may be able to open %s: %s", path, error.strerror)


def _look_over(engine: Engine) -> None:
    """Refuse a file that is damaged, somebody else's, or newer than we are."""
    from alembic.runtime.migration import MigrationContext  # noqa: PLC0415 - slow to import

    with engine.connect() as connection:
        verdict = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar()
        if verdict != "ok":
            raise sqlite3.DatabaseError(f"malformed: {verdict}")
        owner = connection.exec_driver_sql("PRAGMA application_id").scalar()
        tables = inspect(connection).get_table_names()
        if owner != APPLICATION and (owner or tables):
            raise sqlite3.DatabaseError("another program's database")
        known = {script.revision for script in scripts().walk_revisions()}
        if not known.issuperset(MigrationContext.configure(connection).get_current_heads()):
            raise sqlite3.DatabaseError("newer than this program")


def _migrate(engine: Engine) -> None:
    """Bring the tables to the newest schema, in one transaction: all of it happens, or nothing."""
    from alembic import command  # noqa: PLC0415 - slow to import

    with engine.execution_options(bare=True).connect() as connection:
        mode = connection.exec_driver_sql("PRAGMA journal_mode = WAL").scalar()
    if mode != "wal":
        log.warning("the database is not in WAL mode but in %s: its folder may lie on a network disk", mode)
    with _ONE_AT_A_TIME, engine.execution_options(writing=True).begin() as connection:
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION}")
        command.upgrade(configuration(connection), "head")


def configuration(connection: Connection | None = None) -> Config:
    """Return Alembic's configuration, bound to a connection."""
    from alembic.config import Config  # noqa: PLC0415 - slow to import

    made = Config(attributes={"connection": connection})
    made.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return made


def scripts() -> ScriptDirectory:
    """Return the migrations that this program knows."""
    from alembic.script import ScriptDirectory  # noqa: PLC0415 - slow to import

    return ScriptDirectory.from_config(configuration())
