"""The base in use, and its replacement."""

from __future__ import annotations

import weakref
from typing import TYPE_CHECKING

import pytest

from bot.editions import holder as module
from bot.editions.edition import load_edition
from bot.editions.holder import Holder

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def _anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """Load each base anew: what is held elsewhere, too, is not freed."""
    monkeypatch.setattr(module, "load_edition", load_edition)


async def test_a_base_that_was_replaced_is_freed(small: Path) -> None:
    """A bot that is reloaded every day does not grow."""
    holder = Holder.open(small)
    before = weakref.ref(holder.current.base.index)
    await holder.reload()
    assert before() is None


async def test_a_reload_leaves_phrasings_packed(small: Path) -> None:
    """Telling what changed needs each wording once, and no memory for good: it is unpacked where it is asked for."""
    holder = Holder.open(small)
    await holder.reload()
    assert not holder.current.base.index.members
    assert list(holder.current.base.index.phrases)
