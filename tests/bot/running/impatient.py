"""`saga run`, with no pause between two attempts to connect, nor much time for each, where seconds are named."""

from __future__ import annotations

import asyncio
import sys
import types

from discord import shard

from bot import client
from bot.cli import main


async def at_once(_: float) -> None:
    """Let others have their turn."""
    await asyncio.sleep(0)


vars(shard)["asyncio"] = types.SimpleNamespace(**{**vars(asyncio), "sleep": at_once})
if sys.argv[1:]:
    vars(client)["CONNECTS_WITHIN"] = float(sys.argv[1])
sys.argv = ["saga", "run"]
main()
