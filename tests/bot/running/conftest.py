"""What the bot's processes find."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from knowledge.model import KnowledgeBase


@pytest.fixture(autouse=True)
def _compiled(moulin: KnowledgeBase) -> None:
    """Have the invented base compiled already: the processes of other tests need not."""
