"""/chiffres: the figures of the saga, by theme."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
from discord import app_commands, ui
from discord.app_commands import locale_str
from discord.ext import commands

from bot.access import Refusal
from bot.catalogue import CHOICE_AT_MOST, CHOICES, words
from bot.errors import proposing
from bot.escaping import harmless
from bot.french import counted, label
from bot.listings import Kind, Wanted, themes
from bot.views.base import CALM, Layout
from bot.views.listing import ListMenu, page
from knowledge.composing import typeset

if TYPE_CHECKING:
    from bot.client import Interaction, SagaBot
    from bot.edition import Edition


def overview(edition: Edition) -> Layout:
    """Return the themes that have figures, to choose from."""
    found = themes(edition)[:CHOICES]
    if not found:
        return Layout(ui.Container(ui.TextDisplay("Les articles ne donnent aucun chiffre."), accent_colour=CALM))
    options = [
        discord.SelectOption(
            label=label(name, 100), value=key, description=counted(count, "fait chiffré", "faits chiffrés")
        )
        for key, name, count in found
    ]
    total = counted(len(edition.catalogue.figures), "fait chiffré", "faits chiffrés")
    text = f"### Les chiffres de la saga\n{total} dans la base. Sur quel thème ?"
    return Layout(
        ui.Container(
            ui.TextDisplay(typeset(text)),
            ui.ActionRow(ListMenu.offering(Kind.FIGURES, options, "Choisir un thème")),
            accent_colour=CALM,
        )
    )


def theme_key(typed: str, edition: Edition) -> str:
    """Return the short key of the theme that was typed or chosen. Raises Refusal where there is none."""
    wanted = words(typed[:CHOICE_AT_MOST])
    for key, name, _ in themes(edition):
        if words(name) == wanted:
            return key
    raise Refusal(f"Aucun chiffre sur « {harmless(typed, 60)} ». Choisissez un thème dans la liste proposée.")


class FiguresCog(commands.Cog):
    """How much and how many."""

    def __init__(self, bot: SagaBot) -> None:
        self.bot = bot

    @app_commands.command(name="chiffres", description=locale_str("Les chiffres de la saga, par thème"))
    @app_commands.rename(theme=locale_str("theme"))
    @app_commands.describe(theme=locale_str("Un thème seulement"))
    async def figures(self, interaction: Interaction, theme: str | None = None) -> None:
        """Show the figures of a theme, or the themes."""
        edition = self.bot.holder.current
        if theme is None:
            await self.bot.delivery.show(interaction, overview(edition))
            return
        view = page(Wanted(Kind.FIGURES, key=theme_key(theme, edition)), 0, interaction.user.id, edition)
        await self.bot.delivery.show(interaction, view)

    @figures.autocomplete("theme")
    @proposing
    async def propose(self, _: Interaction, current: str) -> list[app_commands.Choice[str]]:
        """Propose the themes that have figures."""
        typed = " ".join(words(current[:CHOICE_AT_MOST]))
        names = [name for _, name, _ in themes(self.bot.holder.current) if typed in " ".join(words(name))]
        return [app_commands.Choice(name=label(name, 100), value=label(name, 100)) for name in names[:CHOICES]]


async def setup(bot: SagaBot) -> None:
    """Add the cog."""
    await bot.add_cog(FiguresCog(bot))
