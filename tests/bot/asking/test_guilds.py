"""What a server's managers decide is not lost, however many of them click at once."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bot.asking.guilds import GuildSettingsCache
from bot.store import GuildSettings, Store
from tests.bounded import bounded

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

GUILD = 1


@bounded
async def test_changes_at_once_all_hold(tmp_path: Path) -> None:
    """A change rests on the one before it, not on what both found."""
    store = await Store.open(tmp_path / "saga.sqlite3")
    cache = GuildSettingsCache(store)
    await asyncio.gather(
        cache.change(GUILD, public=False),
        cache.change(GUILD, mentions=False),
        cache.change(GUILD, channels=frozenset({5})),
    )
    decided = GuildSettings(frozenset({5}), public=False, mentions=False)
    assert await cache.of(GUILD) == await store.guild_settings(GUILD) == decided
    await store.close()


@bounded
async def test_what_is_forgotten_stays_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings that were read before they were deleted, and arrive after it, do not come back."""
    store = await Store.open(tmp_path / "saga.sqlite3")
    cache = GuildSettingsCache(store)
    await store.save_guild_settings(GUILD, GuildSettings(public=False))
    read = store.guild_settings

    async def overtaken(guild_id: int) -> GuildSettings:
        settings = await read(guild_id)
        await cache.forget(guild_id)
        return settings

    monkeypatch.setattr(store, "guild_settings", overtaken)
    assert await cache.of(GUILD) == GuildSettings()
    await store.close()


@bounded
async def test_a_change_is_newer_than_what_was_being_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings that were read before a change, and arrive after it, do not take its place."""
    store = await Store.open(tmp_path / "saga.sqlite3")
    cache = GuildSettingsCache(store)
    read = store.guild_settings

    async def overtaken(guild_id: int) -> GuildSettings:
        settings = await read(guild_id)
        monkeypatch.setattr(store, "guild_settings", read)
        await cache.change(guild_id, public=False)
        return settings

    monkeypatch.setattr(store, "guild_settings", overtaken)
    assert not (await cache.of(GUILD)).public
    assert not (await cache.of(GUILD)).public
    await store.close()
