"""/chiffres: the figures of the saga, all of them or those of a theme."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.asking.access import Refusal
from bot.editions.catalogue import CHOICE_AT_MOST, CHOICES
from bot.editions.likeness import likeness
from bot.editions.listings import Kind, Wanted, themes
from bot.editions.naming import Named, proposed, told, unknown
from bot.replying.commands import proposing
from bot.views.listing import page
from bot.writing.french import label

if TYPE_CHECKING:
    from bot.client import Interaction, SagaBot
    from bot.editions.edition import Edition


HELD: Final = 0.9
"""From this likeness on, a theme's name holds all that was typed, the last word perhaps unfinished."""
NEARLY_ALL: Final = 0.9
"""From this share of the figures on, a theme shows as good as all of them."""
UNKNOWN: Final = "Les chiffres n’ont pas de thème « {} »."


def theme_key(typed: str, edition: Edition) -> str:
    """Return the short key of the theme that was typed or chosen. Raises Refusal where there is none."""
    wanted = told(typed)
    found = themes(edition)
    for meant in (
        [key for key, name, _ in found if told(name) == wanted],
        [key for key, name, _ in found if likeness(wanted, told(name)) >= HELD],
    ):
        if len(meant) == 1:
            return meant[0]
    raise Refusal(unknown(UNKNOWN, typed, _named(edition)))


def _named(edition: Edition) -> list[Named]:
    """Return the themes by name, the fullest first: one that has nearly all figures tells hardly more than none."""
    told_apart = NEARLY_ALL * len(edition.catalogue.figures)
    return [(name, ()) for _, name, count in themes(edition) if count < told_apart]


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
        view = page(Wanted(Kind.FIGURES, key=key), 0, interaction.user.id, edition)
        await self.bot.delivery.show(interaction, view)

    @figures.autocomplete("theme")
    @proposing
    async def propose(self, _: Interaction, current: str) -> list[app_commands.Choice[str]]:
        """Propose the themes that have figures."""
        names = [label(name, CHOICE_AT_MOST) for name in proposed(current, _named(self.bot.holder.current))]
        return [app_commands.Choice(name=shown, value=shown) for shown in names[:CHOICES]]


async def setup(bot: SagaBot) -> None:
    """Add the cog."""
    await bot.add_cog(FiguresCog(bot))
