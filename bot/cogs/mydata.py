"""/mesdonnees: what is kept about me, and its deletion."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.connection.waiting import waited
from bot.views.base import show
from bot.views.mydata import overview

if TYPE_CHECKING:
    from bot.client import Interaction, SagaBot


class MyDataCog(commands.Cog):
    """Privacy."""

    def __init__(self, bot: SagaBot) -> None:
        self.bot = bot

    @app_commands.command(
        name="mesdonnees", description=locale_str("Voir ou effacer ce qui est conservé à votre sujet")
    )
    async def my_data(self, interaction: Interaction) -> None:
        """Show what is kept, only to its person, and give all of it as a file."""
        entries = await waited(interaction, self.bot.store.personal(interaction.user.id))
        view, files = overview(entries, self.bot.holder.current.base, interaction.user.id)
        await show(interaction, view, files)


async def setup(bot: SagaBot) -> None:
    """Add the cog."""
    await bot.add_cog(MyDataCog(bot))
