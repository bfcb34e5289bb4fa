"""/mesdonnees: what is kept about me, and its deletion."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.views.mydata import ENTRIES_AT_MOST, overview

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
        """Show what is kept, only to its person."""
        person, store = interaction.user.id, self.bot.store
        data = await store.personal(person)
        entries = await store.personal_entries(person, ENTRIES_AT_MOST) if data else []
        view = overview(data, entries, self.bot.holder.current.base, person)
        await interaction.response.send_message(view=view, ephemeral=True)


async def setup(bot: SagaBot) -> None:
    """Add the cog."""
    await bot.add_cog(MyDataCog(bot))
