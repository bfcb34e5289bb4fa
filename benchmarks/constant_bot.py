"""The least that a bot can do with discord.py: answer `/question` with a constant. For first_response.py to compare.

It takes the same environment variables as `saga run`, and registers its command before it listens.
"""

from __future__ import annotations

import logging
import os
from typing import Any, Final

import discord
from discord import app_commands
from discord.http import Route

ANSWER: Final = "Bonjour."


class Constant(discord.AutoShardedClient):
    """Says the same to everybody."""

    def __init__(self) -> None:
        intents = discord.Intents.none()
        intents.guilds = True
        super().__init__(intents=intents)
        self.tree = app_commands.CommandTree(self)

        @self.tree.command(name="question", description="Répond toujours la même chose")
        async def question(interaction: discord.Interaction[Any], texte: str) -> None:  # noqa: ARG001 - as in ours
            await interaction.response.send_message(ANSWER)

    async def setup_hook(self) -> None:
        """Register the command."""
        await self.tree.sync()


def main() -> None:
    """Run until somebody ends the process."""
    Route.BASE = os.environ["SAGA_DISCORD_API"]
    Constant().run(os.environ["SAGA_DISCORD_TOKEN"], log_level=logging.WARNING)


if __name__ == "__main__":
    main()
