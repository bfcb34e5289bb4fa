"""/chiffres: the figures of the saga, all of them or those of a theme."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.asking.arguments import proposed_themes, theme_key
from bot.editions.catalogue import CHOICE_AT_MOST
from bot.editions.listings import ListKind, Wanted
from bot.replying.commands import proposing
from bot.views.pages import page

if TYPE_CHECKING:
    from bot.client import Interaction, SagaBot


class FiguresCog(commands.Cog):
    """How much and how many."""

    def __init__(self, bot: SagaBot) -> None:
        self.bot = bot

    @app_commands.command(name="chiffres", description=locale_str("Les chiffres de la saga"))
    @app_commands.rename(theme=locale_str("theme"))
    @app_commands.describe(theme=locale_str("Un thème seulement"))
    async def figures(
        self, interaction: Interaction, theme: app_commands.Range[str, None, CHOICE_AT_MOST] | None = None
    ) -> None:
        """Show the first page."""
        edition = self.bot.holder.current
        key = theme_key(theme, edition) if theme else ""
        view = page(Wanted(ListKind.FIGURES, key=key), 0, interaction.user.id, edition)
        await self.bot.delivery.show(interaction, view)

    @figures.autocomplete("theme")
    @proposing
    async def propose(self, _: Interaction, current: str) -> list[app_commands.Choice[str]]:
        """Propose the themes that have figures."""
        return proposed_themes(current, self.bot.holder.current)


async def setup(bot: SagaBot) -> None:
    """Add the cog."""
    await bot.add_cog(FiguresCog(bot))
