"""/mesdonnees: what is kept about me, and its deletion."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.views.mydata import FILE, exported, overview

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
        person, base = interaction.user.id, self.bot.holder.current.base
        entries = await self.bot.store.personal(person)
        files = [discord.File(io.BytesIO(exported(entries, base)), filename=FILE)] if entries else []
        view = overview(entries, base, person)
        await interaction.response.send_message(view=view, files=files, ephemeral=True)


async def setup(bot: SagaBot) -> None:
    """Add the cog."""
    await bot.add_cog(MyDataCog(bot))
