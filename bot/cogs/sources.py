"""/sources: the articles, and what rests on each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.views.articles import overview

if TYPE_CHECKING:
    from bot.client import Interaction, SagaBot


class SourcesCog(commands.Cog):
    """Where it all comes from."""

    def __init__(self, bot: SagaBot) -> None:
        self.bot = bot

    @app_commands.command(name="sources", description=locale_str("Les articles, et ce qui repose sur chacun"))
    async def sources(self, interaction: Interaction) -> None:
        """Show the articles."""
        await self.bot.delivery.show(interaction, overview(self.bot.holder.current))


async def setup(bot: SagaBot) -> None:
    """Add the cog."""
    await bot.add_cog(SourcesCog(bot))
