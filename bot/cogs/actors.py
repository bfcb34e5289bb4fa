"""/acteur: who somebody is, and what they did, with sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.access import Refusal
from bot.catalogue import CHOICE_AT_MOST, CHOICES, likeness, short, words
from bot.errors import proposing
from bot.escaping import harmless
from bot.french import clipped, label
from bot.listings import Kind, Wanted
from bot.views.listing import page

if TYPE_CHECKING:
    from bot.client import Interaction, SagaBot
    from bot.edition import Edition


def proposed_actors(typed: str, edition: Edition) -> list[app_commands.Choice[str]]:
    """Return the actors nearest to what was typed so far; those most spoken of where nothing was."""
    wanted = words(typed[:CHOICE_AT_MOST])
    spoken: dict[str, int] = {}
    for fact in edition.base.facts.values():
        for name in fact.actors:
            spoken[name] = spoken.get(name, 0) + 1
    ranked = sorted(
        (
            (-_likeness(wanted, name, edition) if wanted else 0.0, -count, edition.base.actors[name].name)
            for name, count in spoken.items()
        ),
    )
    names = [name for score, _, name in ranked if not wanted or score < 0]
    return [
        app_commands.Choice(name=label(name, CHOICE_AT_MOST), value=clipped(name, CHOICE_AT_MOST))
        for name in names[:CHOICES]
    ]


def actor_key(typed: str, edition: Edition) -> str:
    """Return the short key of the actor that was typed or chosen. Raises Refusal where there is none."""
    wanted = words(typed[:CHOICE_AT_MOST])
    best = max(edition.base.actors, key=lambda name: _likeness(wanted, name, edition), default=None)
    if best is None or _likeness(wanted, best, edition) < 0.6:  # noqa: PLR2004 - a near miss, but not any word
        raise Refusal(
            f"Je ne connais pas « {harmless(typed, 60)} » dans cette saga. Choisissez un nom dans la liste proposée."
        )
    return short(best)


def _likeness(wanted: tuple[str, ...], name: str, edition: Edition) -> float:
    """Return how well an actor's name or one of its aliases is what was typed; the exact name beats all."""
    actor = edition.base.actors[name]
    forms = [words(form) for form in (actor.name, *actor.aliases)]
    if wanted == forms[0]:
        return 2.0
    if wanted in forms:
        return 1.5
    return max(likeness(wanted, form) for form in forms)


class ActorsCog(commands.Cog):
    """Who is who."""

    def __init__(self, bot: SagaBot) -> None:
        self.bot = bot

    @app_commands.command(
        name="acteur", description=locale_str("Qui est-ce, et qu’a fait cette personne ou cette entreprise ?")
    )
    @app_commands.rename(nom=locale_str("nom"))
    @app_commands.describe(nom=locale_str("La personne, l’entreprise ou l’institution"))
    async def actor(self, interaction: Interaction, nom: str) -> None:
        """Show who it is and what is known of them."""
        edition = self.bot.holder.current
        view = page(Wanted(Kind.ACTOR, key=actor_key(nom, edition)), 0, interaction.user.id, edition)
        await self.bot.delivery.show(interaction, view)

    @actor.autocomplete("nom")
    @proposing
    async def propose(self, _: Interaction, current: str) -> list[app_commands.Choice[str]]:
        """Propose actors."""
        return proposed_actors(current, self.bot.holder.current)


async def setup(bot: SagaBot) -> None:
    """Add the cog."""
    await bot.add_cog(ActorsCog(bot))
