"""What the tests of bot/editions/ share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.editions.holder import Holder

if TYPE_CHECKING:
    from pathlib import Path

    from bot.editions.edition import Edition


@pytest.fixture
def edition(small: Path) -> Edition:
    """Return the invented base."""
    return Holder.open(small).current
