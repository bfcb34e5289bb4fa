"""One bot at one database."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from bot.store import StoreError, lock

if TYPE_CHECKING:
    from pathlib import Path


def test_a_lock_that_cannot_be_taken_is_named(path: Path) -> None:
    """What is wrong with the file beside the database is said of that one, and checking says the same."""
    path.parent.mkdir()
    beside = path.with_name(f"{path.name}.lock")
    beside.write_text("Ceci n'est pas un verrou.\n" * 100)
    with pytest.raises(StoreError) as refused:
        lock.hold(path)
    with pytest.raises(StoreError) as checked:
        lock.held(path)
    assert str(refused.value) == str(checked.value)
    assert str(refused.value).startswith(f"{beside} is not a database")


@pytest.mark.skipif(sys.platform == "win32", reason="only administrators may make such links there")
def test_a_database_has_one_bot_whatever_it_is_called(path: Path) -> None:
    """Who names a link to the database is refused like who names the database itself."""
    path.parent.mkdir()
    path.touch()
    link = path.with_name("link.sqlite3")
    link.symlink_to(path)
    with lock.hold(path):
        assert lock.held(link)
        with pytest.raises(StoreError, match="Another bot runs"):
            lock.hold(link)
    assert not lock.held(link)
