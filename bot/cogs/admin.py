"""/admin: for those who keep the fact base. Discord hides it, the check enforces it."""

from __future__ import annotations

import asyncio
import contextlib
import io
from typing import TYPE_CHECKING, Final

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.asking.access import require_curator
from bot.asking.answering import QUESTION_AT_MOST
from bot.connection.registry import WAIT_AT_MOST, outdated
from bot.connection.waiting import waited
from bot.curating import explanations, feedback, gaps, health, reloads, statistics
from bot.store import StoreError
from bot.views.base import ALARM, CALM, sheet, show
from bot.writing.french import clipped
from knowledge.compiling.problems import BaseProblemsError
from knowledge.engine import answer

if TYPE_CHECKING:
    from bot.client import Interaction, SagaBot
    from bot.store import Reload

STORE_WITHIN: Final = 10.0
"""Seconds to wait for the store before it counts as unreadable."""
READ_AT_MOST: Final = 2_000
"""So many gaps are read from the store, most asked first."""
TEXT: Final = 3_400
"""How much text a report may have; what is longer is cut, and stands whole in the file beside it."""


@app_commands.default_permissions(manage_guild=True)
class AdminCog(
    commands.GroupCog,
    group_name="admin",
    group_description=locale_str("Pour les personnes qui tiennent la base de faits"),
):
    """Curating."""

    def __init__(self, bot: SagaBot) -> None:
        self.bot = bot

    async def interaction_check(self, interaction: Interaction) -> bool:  # type: ignore[override]
        """Let only curators in, whatever Discord shows to whom."""
        return require_curator(interaction)

    @app_commands.command(name="recharger", description=locale_str("Recharger la base de faits"))
    async def reload(self, interaction: Interaction) -> None:
        """Reload the base and say what changed, or what is wrong with it."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        try:
            difference = await self.bot.reload_base(interaction.user.id)
        except BaseProblemsError as error:
            await self._refused(interaction, error)
        else:
            said, whole = reloads.done(difference, TEXT)
            if whole:
                await interaction.followup.send(view=sheet(said), ephemeral=True)
            else:
                await self._with_file(interaction, said, "changements.txt", reloads.exported(difference))

    async def _refused(self, interaction: Interaction, error: BaseProblemsError) -> None:
        said = reloads.refused(error.problems)
        if reloads.shown_whole(error.problems):
            await interaction.followup.send(view=sheet(said, colour=ALARM), ephemeral=True)
            return
        listed = "\n".join(str(problem) for problem in error.problems)
        await self._with_file(interaction, said, "problemes.txt", listed.encode(), colour=ALARM)

    @app_commands.command(name="lacunes", description=locale_str("Ce qui a été demandé et n’a pas eu de réponse"))
    async def gaps(self, interaction: Interaction) -> None:
        """Show what was asked and not answered, and give it as a file."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        kept, base = await self.bot.store.gaps(READ_AT_MOST), self.bot.holder.current.base
        groups = await asyncio.to_thread(gaps.grouped, kept, base)
        if groups:
            await self._with_file(interaction, gaps.shown(groups, TEXT), "lacunes.csv", gaps.exported(groups))
        else:
            await interaction.followup.send(view=sheet(gaps.shown(groups, TEXT)), ephemeral=True)

    @app_commands.command(name="avis", description=locale_str("Réponses jugées inutiles, erreurs signalées"))
    async def feedback(self, interaction: Interaction) -> None:
        """Show what members thought of the answers."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        view, files = await feedback.overview(self.bot)
        await interaction.followup.send(view=view, files=files, ephemeral=True)

    @app_commands.command(
        name="statistiques", description=locale_str("Combien de questions, par où, avec quelle issue")
    )
    @app_commands.rename(jours=locale_str("jours"))
    @app_commands.describe(jours=locale_str("Sur combien de jours"))
    async def statistics(self, interaction: Interaction, jours: app_commands.Range[int, 1, 365] = 7) -> None:
        """Show how much was asked."""
        counts = await waited(interaction, self.bot.store.daily(jours))
        await show(interaction, sheet(statistics.shown(counts, jours)))

    @app_commands.command(name="expliquer", description=locale_str("Pourquoi cette réponse"))
    @app_commands.rename(texte=locale_str("texte"))
    @app_commands.describe(texte=locale_str("La question à expliquer"))
    async def explain(self, interaction: Interaction, texte: app_commands.Range[str, None, QUESTION_AT_MOST]) -> None:
        """Show how a question is read and decided."""
        said = explanations.explained(answer(texte, self.bot.holder.current.base))
        await interaction.response.send_message(view=sheet(clipped(said, TEXT)), ephemeral=True)

    @app_commands.command(name="sante", description=locale_str("Version, base, connexion"))
    async def health(self, interaction: Interaction) -> None:
        """Show how the bot is."""
        latest, stale = await waited(interaction, asyncio.gather(self._latest(), self._stale()))
        await show(interaction, sheet(health.shown(self.bot, latest, stale)))

    async def _latest(self) -> list[Reload] | None:
        """Return the latest reloads; None where the store cannot tell, or does not for long."""
        with contextlib.suppress(TimeoutError, StoreError):
            async with asyncio.timeout(STORE_WITHIN):
                return await self.bot.store.reloads(health.RELOADS_AT_MOST)
        return None

    async def _stale(self) -> list[str] | None:
        """Return the commands to be registered anew; None where Discord does not list them."""
        with contextlib.suppress(TimeoutError, discord.HTTPException):
            async with asyncio.timeout(WAIT_AT_MOST):
                return await outdated(self.bot)
        return None

    async def _with_file(
        self, interaction: Interaction, text: str, name: str, content: bytes, *, colour: discord.Colour = CALM
    ) -> None:
        file = discord.File(io.BytesIO(content), filename=name)
        await interaction.followup.send(view=sheet(text, file=name, colour=colour), file=file, ephemeral=True)


async def setup(bot: SagaBot) -> None:
    """Add the cog."""
    await bot.add_cog(AdminCog(bot))
