"""The settings of each server, as its managers chose them: read once, remembered, changed here and in the store."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import discord

from bot.asking.caching import TTLCache
from bot.store import GuildSettings, StoreError

if TYPE_CHECKING:
    from bot.store import Store

log = logging.getLogger(__name__)

REMEMBERED: Final = 5_000
"""How many servers' settings are held; the oldest goes first and is read again when it is needed."""
READ_WITHIN: Final = 1.0
"""Seconds that an answer waits for settings that have to be read."""
QUIET: Final = GuildSettings(public=False, mentions=False)
"""What holds where they cannot be read: nothing is shown to all that a server may not want shown."""


class GuildSettingsCache:
    """The settings of servers: those asked for last, over the store that keeps all."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: TTLCache[int, GuildSettings] = TTLCache(REMEMBERED)
        self._changing = asyncio.Lock()
        self.application: int | None = None
        """Under which of Discord's applications changes are kept: this bot's, once it has logged in."""

    async def of(self, guild_id: int) -> GuildSettings:
        """Return the settings of a server; the defaults where nothing was decided. Raises StoreError."""
        known = self._known.get(guild_id)
        if known is None:
            read = await self._store.guild_settings(guild_id)
            # What was decided while the store was read is newer than what was read.
            known = self._known.get(guild_id) or read
            self._known.keep(guild_id, known)
        return known

    async def now(self, guild_id: int) -> GuildSettings:
        """Return the settings by which to answer: `QUIET` where the server's own cannot be read.

        Whoever uses a command gets an answer all the same, alone, and only the log hears of it.
        """
        try:
            async with asyncio.timeout(READ_WITHIN):
                return await self.of(guild_id)
        except (TimeoutError, StoreError) as error:
            log.error("a server's settings cannot be read: %s", str(error) or "no answer", extra={"guild": guild_id})  # noqa: TRY400 - all
            return QUIET

    async def change(self, guild_id: int, **changes: Any) -> GuildSettings:
        """Change some settings of a server, one change after the other; return all that hold from now on."""
        async with self._changing:
            settings = replace(await self.of(guild_id), **changes)
            await self._store.save_guild_settings(guild_id, settings, self.application)
            self._known.keep(guild_id, settings)
        return settings

    async def forget(self, guild_id: int) -> None:
        """Delete a server's settings, here and in the store."""
        async with self._changing:
            await self._store.forget_guild(guild_id)
            self._known.keep(guild_id, GuildSettings())


def allowed_in(settings: GuildSettings, channel: object) -> bool:
    """Tell whether the bot may speak in a channel: itself, its category, or the channel that a thread belongs to."""
    if not settings.channels:
        return True
    # A thread is asked for its parent's category by way of the parent: it raises where that is not cached.
    holder = channel.parent if isinstance(channel, discord.Thread) else channel
    places = {getattr(channel, "id", None), getattr(channel, "parent_id", None), getattr(holder, "category_id", None)}
    return bool(settings.channels & places)


def heard_in(settings: GuildSettings, channel: object) -> bool:
    """Tell whether the bot answers who mentions it in a channel."""
    return settings.mentions and allowed_in(settings, channel)
