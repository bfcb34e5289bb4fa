"""The file: made for this account alone, migrated whole or not at all, refused in a sentence where it is no good."""

# ruff: noqa: ASYNC240 - nothing else is waiting on the loops of these tests

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import stat
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine, insert, select

from bot.asking.answering import Door
from bot.store import Store, StoreError, file
from bot.store.problems import explain
from bot.store.tables import DAILY, METADATA
from tests.bounded import bounded

BROKEN_MIGRATION = """
import sqlalchemy as sa
from alembic import op
revision, down_revision = "0004", "0003"
def upgrade():
    op.create_table("half", sa.Column("id", sa.Integer))
    raise sqlite3.OperationalError("interrupted")
import sqlite3
"""


async def filled(path: Path) -> None:
    """Make a database of many pages."""
    store = await Store.open(path)
    for number in range(100):
        await store.report(number, "a", "prix", "q" * 1_000, "c" * 1_000)
    await store.close()


async def refusal(path: Path) -> str:
    """Return the sentence with which a file is refused, having seen that checking says the same."""
    with pytest.raises(StoreError) as checked:
        Store.check(path)
    with pytest.raises(StoreError) as opened:
        await Store.open(path)
    assert str(checked.value) == str(opened.value)
    assert "\n" not in str(opened.value)
    return str(opened.value)


@bounded
async def test_the_file_is_made_with_its_folder_for_this_account_alone(path: Path) -> None:
    """A missing folder and file are made, closed to others, in WAL mode; nothing but the file stays after closing."""
    Store.check(path)
    assert not path.parent.exists()
    store = await Store.open(path)
    await store.vote(1, "a", "prix", useful=True)
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
        assert stat.S_IMODE(path.with_name(path.name + "-wal").stat().st_mode) == 0o600
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    await store.close()
    Store.check(path)
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.skipif(sys.platform == "win32", reason="the rights of files are POSIX")
@bounded
async def test_a_file_that_is_open_to_others_is_closed(path: Path) -> None:
    """An empty file or a backup that somebody put there is for this account alone from the start on."""
    path.parent.mkdir()
    path.touch()
    for _ in range(2):
        path.chmod(0o644)
        store = await Store.open(path)
        await store.vote(1, "a", "prix", useful=True)
        assert {stat.S_IMODE(one.stat().st_mode) for one in path.parent.iterdir()} == {0o600}
        await store.close()


@bounded
async def test_the_migrations_lead_to_the_tables(path: Path) -> None:
    """What the migrations make is what the code believes to be there, and they can be undone and done again."""
    await (await Store.open(path)).close()
    engine = create_engine(file.address(path, "sqlite+pysqlite"))
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []
    with engine.begin() as connection:
        command.downgrade(file.configuration(connection), "base")
    engine.dispose()
    await (await Store.open(path)).close()
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []
    engine.dispose()


@bounded
async def test_what_was_counted_under_words_is_counted_under_keys(path: Path) -> None:
    """A database of the first schema keeps its counts, and gets its words back where the migration is undone."""
    words = ["bouton", "mention", "menu", "message cité", "message privé", "question", "réponse"]
    await (await Store.open(path)).close()
    engine = create_engine(file.address(path, "sqlite+pysqlite"))
    with engine.begin() as connection:
        command.downgrade(file.configuration(connection), "0001")
        today = datetime.now(UTC).date()
        rows = [{"day": today, "outcome": "answered", "door": word, "count": len(word)} for word in words]
        connection.execute(insert(DAILY), rows)
    store = await Store.open(path)
    kept = {count.door: count.count for count in await store.daily(2)}
    await store.close()
    assert kept == {
        Door.COMMAND: len("question"),
        Door.DIRECT: len("message privé"),
        Door.MENTION: len("mention"),
        Door.REPLY: len("réponse"),
        Door.QUOTE: len("message cité"),
        Door.MENU: len("menu"),
        Door.BUTTON: len("bouton"),
    }
    with engine.begin() as connection:
        command.downgrade(file.configuration(connection), "0001")
        assert connection.scalars(select(DAILY.c.door).order_by(DAILY.c.door)).all() == words
    engine.dispose()


@bounded
async def test_a_migration_that_fails_changes_nothing(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A migration that breaks half way leaves the file as it was, still good for the program that wrote it."""
    await filled(path)
    shutil.copytree(file.MIGRATIONS, tmp_path / "migrations")
    (tmp_path / "migrations" / "versions" / "v0004_half.py").write_text(BROKEN_MIGRATION)
    with monkeypatch.context() as patch:
        patch.setattr(file, "MIGRATIONS", tmp_path / "migrations")
        with pytest.raises(StoreError, match="interrupted"):
            await Store.open(path)
    with closing(sqlite3.connect(path)) as connection:
        assert not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'half'").fetchall()
    store = await Store.open(path)
    assert len(await store.reports(200)) == 100
    await store.close()


@bounded
async def test_a_newer_schema_is_refused(path: Path) -> None:
    """A file that a newer program wrote is left alone."""
    await filled(path)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    before = path.read_bytes()
    assert await refusal(path) == f"{path} was written by a newer version of this program: update the program."
    assert path.read_bytes() == before


@bounded
async def test_a_file_that_is_no_database_is_refused(path: Path) -> None:
    """Text, pictures and the like are not written over."""
    path.parent.mkdir()
    path.write_bytes("Ceci n'est pas une base de données.\n".encode() * 100)
    assert await refusal(path) == (f"{path} is not a database: move it away, or name another file with SAGA_DATABASE.")
    assert path.read_bytes().startswith(b"Ceci")


@bounded
async def test_another_programs_database_is_refused(path: Path) -> None:
    """A database that holds somebody else's tables gets none of ours, and its rights stay as they are."""
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE bookmarks (url TEXT)")
    mode = path.stat().st_mode
    assert await refusal(path) == (f"{path} is another program's database: name a file of our own with SAGA_DATABASE.")
    assert path.stat().st_mode == mode


@bounded
@pytest.mark.parametrize("damage", ["cut", "overwritten"])
async def test_a_damaged_file_is_refused(path: Path, damage: str) -> None:
    """Damage is found at the start, and said, not met by the member who happens to press a button."""
    await filled(path)
    data = path.read_bytes()
    middle = len(data) // 2
    path.write_bytes(data[:middle] if damage == "cut" else data[:middle] + b"\xff" * 20_000 + data[middle + 20_000 :])
    assert await refusal(path) == (
        f"The database {path} is damaged: move it, its -wal and its -shm away, and restore a backup, if any."
    )


@bounded
async def test_a_place_that_cannot_be_is_refused(tmp_path: Path) -> None:
    """A folder in the file's place, or a file in the folder's, is said in a sentence."""
    assert await refusal(tmp_path) == f"{tmp_path} is a folder: SAGA_DATABASE has to name a file."
    stone = tmp_path / "stone"
    stone.write_text("")
    for path in (stone / "saga.sqlite3", stone / "deeper" / "saga.sqlite3"):
        assert "something on the way there is a file" in await refusal(path)


def test_a_path_may_hold_any_word() -> None:
    """What is said is chosen by the error, never by how somebody called a folder."""
    path = Path("malformed", "locked", "saga.sqlite3")
    said = str(explain(PermissionError(errno.EACCES, "Permission denied", str(path)), path))
    assert said == f"{path} cannot be opened: this account has no permission there."


@bounded
async def test_a_full_disk_is_found_before_the_start(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that a database would not fit on is refused, not met by the first member who votes."""
    monkeypatch.setattr(file, "ROOM", 10**18)
    assert await refusal(path) == f"The disk is full: nothing can be written to {path}."
    assert not path.exists()


@bounded
async def test_a_place_that_keeps_no_files_is_called_so(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file system like /proc has no room at all: that is no full disk. Nor is a device a file."""
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(total=0, free=0))
    said = f"{path} cannot be made: no files can be kept there. Name another file with SAGA_DATABASE."
    assert await refusal(path) == said
    monkeypatch.undo()
    null = Path(os.devnull)
    with pytest.raises(StoreError, match="is no ordinary file: name another one"):
        file.check(null)
    with pytest.raises(OSError, match="no ordinary file"):
        file.make(null)
