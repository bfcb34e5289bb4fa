"""/acteur: who somebody is, and what they did, with sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.asking.arguments import actor_key, proposed_actors
from bot.editions.catalogue import CHOICE_AT_MOST
from bot.editions.listings import ListKind, Wanted
from bot.replying.commands import proposing
from bot.views.pages import page

if TYPE_CHECKING:
    from bot.client import Interaction, SagaBot


class ActorsCog(commands.Cog):
    """Who is who."""

    def __init__(self, bot: SagaBot) -> None:
        self.bot = bot

    @app_commands.command(
        name="acteur", description=locale_str("Qui est-ce, et qu’a fait cette personne ou cette entreprise ?")
    )
    @app_commands.rename(nom=locale_str("nom"))
    @app_commands.describe(nom=locale_str("La personne, l’entreprise ou l’institution"))
    async def actor(self, interaction: Interaction, nom: app_commands.Range[str, None, CHOICE_AT_MOST]) -> None:
        """Show who it is and what is known of them."""
        edition = self.bot.holder.current
        view = page(Wanted(ListKind.ACTOR, key=actor_key(nom, edition)), 0, interaction.user.id, edition)
        await self.bot.delivery.show(interaction, view)

    @actor.autocomplete("nom")
    @proposing
    async def propose(self, _: Interaction, current: str) -> list[app_commands.Choice[str]]:
        """Propose actors."""
        base = self.bot.holder.current.base
        return proposed_actors(current, base.facts.values(), base)


async def setup(bot: SagaBot) -> None:
    """Add the cog."""
    await bot.add_cog(ActorsCog(bot))
