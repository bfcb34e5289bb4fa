"""A database file of each test's own, and a clock that the test turns."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path


class Clock:
    """Seconds since 1970, as far as the test has turned it."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 1, 12, tzinfo=UTC).timestamp()

    def __call__(self) -> float:
        """Return the time."""
        return self.now

    def turn(self, days: float) -> None:
        """Let days go by."""
        self.now += days * 86_400


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return where the database of this test is going to be, in a folder that nobody made yet."""
    return tmp_path / "données %20 ?" / "saga.sqlite3"


@pytest.fixture
def clock() -> Clock:
    """Return a clock that stands at noon on the first of March."""
    return Clock()
