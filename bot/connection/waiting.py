"""Responding to an interaction within its three seconds, however slow the database or Discord's REST side is.

Where it takes too long, Discord is told that the response comes later; where it does not, nobody sees the bot think.
"""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Final, TypeVar

import aiohttp
import discord

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from bot.client import Interaction

log = logging.getLogger(__name__)

T = TypeVar("T")

PROMPT: Final = 1.5
"""Seconds after which Discord is told to wait."""


async def waited(interaction: Interaction, work: Awaitable[T], *, replacing: bool = False) -> T:
    """Return what comes of some work that the response needs; `replacing`: that will take the place of the message."""
    doing = asyncio.ensure_future(work)
    done, _ = await asyncio.wait({doing}, timeout=PROMPT)
    if not done:
        try:
            await interaction.response.defer(ephemeral=True, thinking=not replacing)
        # Whatever keeps it from Discord, the work goes on: whoever pressed a button has pressed it.
        except discord.HTTPException as error:
            log.warning("could not ask for patience: Discord's code %s", error.code)
        except (discord.ClientException, aiohttp.ClientError, OSError) as error:
            log.warning("could not ask for patience: %s", type(error).__name__)
    return await doing
