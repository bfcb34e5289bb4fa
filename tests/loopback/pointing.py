"""Making the discord.py of this very process talk to a loopback Discord, and taking that back."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import yarl
from discord.asset import Asset
from discord.gateway import DiscordWebSocket
from discord.http import Route

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.loopback.server import LoopbackDiscord


@contextlib.contextmanager
def pointed(discord: LoopbackDiscord) -> Iterator[None]:
    """Send everything that discord.py does to `discord` instead of the real one; the library stays unmodified."""
    before = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY, Asset.BASE
    Route.BASE = discord.api
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(discord.gateway_url)
    Asset.BASE = discord.cdn
    try:
        yield
    finally:
        Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY, Asset.BASE = before
