"""What is done with Discord once, without listening to it: registering the commands, and asking who the bot is."""

from __future__ import annotations

import asyncio
import contextlib
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import discord
from discord import app_commands

from bot.client import SagaBot
from bot.editions.holder import Holder
from bot.running.serving import options, point
from bot.store import Store

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.running.settings import Settings


def register(settings: Settings, token: str, guild_id: int | None) -> list[str]:
    """Register the commands for every server, or for one, and return what people will find."""
    return asyncio.run(_register(settings, token, guild_id))


def unregister(settings: Settings, token: str, guild_id: int | None) -> None:
    """Take the commands away again, everywhere or from one server."""
    asyncio.run(_unregister(settings, token, guild_id))


def application_id(settings: Settings, token: str) -> int:
    """Return the id of the application that a token belongs to."""
    return asyncio.run(_application_id(settings, token))


async def _register(settings: Settings, token: str, guild_id: int | None) -> list[str]:
    async with _logged_in(settings, token) as bot:
        guild = discord.Object(guild_id) if guild_id else None
        if guild is not None:
            bot.tree.copy_global_to(guild=guild)
        commands = await bot.tree.sync(guild=guild)
    return [f"/{command.name}" if command.description else f"“{command.name}” (menu)" for command in commands]


async def _unregister(settings: Settings, token: str, guild_id: int | None) -> None:
    async with _client(settings, token) as client:
        # All that are registered give way to those of an empty tree.
        await app_commands.CommandTree(client).sync(guild=discord.Object(guild_id) if guild_id else None)


async def _application_id(settings: Settings, token: str) -> int:
    async with _client(settings, token) as client:
        return client.application_id or 0


@contextlib.asynccontextmanager
async def _client(settings: Settings, token: str) -> AsyncIterator[discord.Client]:
    """Log a bare client in over REST, for what needs nothing but the token."""
    point(settings)
    client = discord.Client(intents=discord.Intents.none())
    try:
        await client.login(token)
        yield client
    finally:
        await client.close()


@contextlib.asynccontextmanager
async def _logged_in(settings: Settings, token: str) -> AsyncIterator[SagaBot]:
    """Log the real bot in over REST, with its base and a database that is thrown away."""
    point(settings)
    holder = await asyncio.to_thread(Holder.open, settings.base)
    with tempfile.TemporaryDirectory(prefix="saga-") as folder:
        store = await Store.open(Path(folder) / "saga.sqlite3")
        bot = SagaBot(holder, store, options(settings))
        try:
            await bot.login(token)
            yield bot
        finally:
            await bot.close()
            await store.close()
