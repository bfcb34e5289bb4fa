"""/reglages: where and how the bot answers in a server, for those who may manage it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.asking.access import require_manager
from bot.connection.waiting import waited
from bot.views.base import show
from bot.views.settings import panel

if TYPE_CHECKING:
    from bot.client import Interaction, SagaBot


class SettingsCog(commands.Cog):
    """A server's settings."""

    def __init__(self, bot: SagaBot) -> None:
        self.bot = bot

    @app_commands.command(name="reglages", description=locale_str("Où et comment le bot répond dans ce serveur"))
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
    @app_commands.default_permissions(manage_guild=True)
    async def settings(self, interaction: Interaction) -> None:
        """Show the panel, only to its manager."""
        settings = await waited(interaction, self.bot.guild_settings.of(require_manager(interaction)))
        await show(interaction, panel(settings, interaction.guild))


async def setup(bot: SagaBot) -> None:
    """Add the cog."""
    await bot.add_cog(SettingsCog(bot))
