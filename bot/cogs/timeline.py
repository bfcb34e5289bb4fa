"""/chronologie: what happened, in order, by year or by actor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.asking.arguments import actor_key, proposed_actors
from bot.editions.catalogue import CHOICE_AT_MOST, CHOICES
from bot.editions.listings import ListKind, Wanted, years
from bot.replying.commands import proposing
from bot.views.pages import page

if TYPE_CHECKING:
    from bot.client import Interaction, SagaBot


class TimelineCog(commands.Cog):
    """What happened when."""

    def __init__(self, bot: SagaBot) -> None:
        self.bot = bot

    @app_commands.command(name="chronologie", description=locale_str("Les événements de la saga, dans l’ordre"))
    @app_commands.rename(annee=locale_str("annee"), acteur=locale_str("acteur"))
    @app_commands.describe(
        annee=locale_str("Une année seulement"),
        acteur=locale_str("Ce qui concerne une personne, une entreprise, une institution"),
    )
    async def timeline(
        self,
        interaction: Interaction,
        annee: app_commands.Range[int, 1000, 9999] | None = None,
        acteur: app_commands.Range[str, None, CHOICE_AT_MOST] | None = None,
    ) -> None:
        """Show the first page."""
        edition = self.bot.holder.current
        key = actor_key(acteur, edition) if acteur else ""
        wanted = Wanted(ListKind.TIMELINE, str(annee) if annee else "", key)
        view = page(wanted, 0, interaction.user.id, edition)
        await self.bot.delivery.show(interaction, view)

    @timeline.autocomplete("annee")
    @proposing
    async def propose_year(self, _: Interaction, current: int | str | None) -> list[app_commands.Choice[int]]:
        """Propose the years of the timeline."""
        typed = str(current or "")
        edition = self.bot.holder.current
        found = years(edition.base.facts[name] for name in edition.catalogue.events)
        begun = [year for year in found if str(year).startswith(typed)]
        return [app_commands.Choice(name=str(year), value=year) for year in begun[:CHOICES]]

    @timeline.autocomplete("acteur")
    @proposing
    async def propose_actor(self, _: Interaction, current: str) -> list[app_commands.Choice[str]]:
        """Propose the actors of the timeline."""
        edition = self.bot.holder.current
        events = [edition.base.facts[name] for name in edition.catalogue.events]
        return proposed_actors(current, events, edition.base)


async def setup(bot: SagaBot) -> None:
    """Add the cog."""
    await bot.add_cog(TimelineCog(bot))
