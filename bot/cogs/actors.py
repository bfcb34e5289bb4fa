"""/acteur: who somebody is, and what they did, with sources."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.asking.access import Refusal
from bot.editions.catalogue import CHOICE_AT_MOST, CHOICES, short
from bot.editions.listings import Kind, Wanted
from bot.editions.naming import Named, proposed, told, unknown
from bot.replying.commands import proposing
from bot.views.listing import page
from bot.writing.french import capital, clipped, label
from knowledge.language.reading import read
from knowledge.language.terms import SLIGHT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.client import Interaction, SagaBot
    from bot.editions.edition import Edition
    from knowledge.model import Fact, KnowledgeBase


UNKNOWN: Final = "Je ne connais pas « {} » dans cette saga."


def proposed_actors(typed: str, facts: Iterable[Fact], base: KnowledgeBase) -> list[app_commands.Choice[str]]:
    """Return the actors of some facts nearest to what was typed so far; those most spoken of where nothing was."""
    return [
        app_commands.Choice(name=label(capital(name), CHOICE_AT_MOST), value=clipped(name, CHOICE_AT_MOST))
        for name in proposed(typed, _spoken_of(facts, base))[:CHOICES]
    ]


def actor_key(typed: str, edition: Edition) -> str:
    """Return the short key of the actor that was typed or chosen. Raises Refusal where there is none."""
    named = _named(typed, edition.base)
    if named is None:
        raise Refusal(unknown(UNKNOWN, typed, _spoken_of(edition.base.facts.values(), edition.base)))
    return short(named)


def _spoken_of(facts: Iterable[Fact], base: KnowledgeBase) -> list[Named]:
    """Return the actors that some facts are about, by name, those most spoken of first."""
    spoken = Counter(name for fact in facts for name in fact.actors)
    actors = [(base.actors[name], count) for name, count in spoken.items()]
    actors.sort(key=lambda row: (-row[1], row[0].name))
    return [(actor.name, actor.aliases) for actor, _ in actors]


def _named(typed: str, base: KnowledgeBase) -> str | None:
    """Return the actor that is named: by its name or an alias as it stands, or in words that the engine reads so."""
    wanted = told(typed)
    forms = [(told(actor.name), actor.id) for actor in base.actors.values()]
    forms += [(told(alias), actor.id) for actor in base.actors.values() for alias in actor.aliases]
    exact = [name for form, name in forms if form == wanted]
    if exact:
        return exact[0]
    # What is a concept first ("le président") stands for an actor as well, and names nobody.
    read_as = [
        {feature[1:] for feature, _ in term.features if term.actor and feature.startswith("@")}
        for term in read(typed, base.lexicon).terms
        if term.kind not in SLIGHT
    ]
    named = set.intersection(*read_as) if read_as else set()
    return named.pop() if len(named) == 1 else None


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
        view = page(Wanted(Kind.ACTOR, key=actor_key(nom, edition)), 0, interaction.user.id, edition)
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
