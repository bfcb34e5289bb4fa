"""/question, and « Que dit la saga ? » in the menu of any message."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.asking.access import Refusal
from bot.asking.answering import QUESTION_AT_MOST, Door
from bot.editions.catalogue import CHOICE_AT_MOST, CHOICES
from bot.editions.ranking import nearest
from bot.replying.addressing import readable
from bot.replying.commands import proposing
from bot.writing.french import label
from knowledge.language.normalising import words
from knowledge.reply import Outcome

if TYPE_CHECKING:
    from bot.client import Interaction, SagaBot

NOTHING_TO_READ = "Ce message n’a pas de texte que je puisse lire."
OURS = "Ce message est de moi. Pour en savoir plus, répondez-y, ou posez votre question avec /question."
_ANSWERS = frozenset({Outcome.ANSWERED, Outcome.CLARIFY})


class QuestionCog(commands.Cog):
    """Asking."""

    def __init__(self, bot: SagaBot) -> None:
        self.bot = bot
        self.menu = app_commands.ContextMenu(
            name=locale_str("Que dit la saga ?"), callback=self.ask_about, type=discord.AppCommandType.message
        )

    async def cog_load(self) -> None:
        """Add the menu entry: discord.py knows no decorator for one inside a cog."""
        self.bot.tree.add_command(self.menu)

    async def cog_unload(self) -> None:
        """Take the menu entry away again."""
        self.bot.tree.remove_command(self.menu.name, type=self.menu.type)

    @app_commands.command(name="question", description=locale_str("Poser une question sur la saga"))
    @app_commands.rename(texte=locale_str("texte"), prive=locale_str("prive"))
    @app_commands.describe(
        texte=locale_str("Votre question, comme elle vous vient"),
        prive=locale_str("Vous seul verrez la réponse, même là où le serveur les montre à tous"),
    )
    async def question(
        self,
        interaction: Interaction,
        texte: app_commands.Range[str, None, QUESTION_AT_MOST],
        prive: bool = False,  # noqa: FBT001, FBT002 - an option of the command
    ) -> None:
        """Answer a question; Discord counts its characters while one types."""
        await self.bot.delivery.answer_interaction(interaction, texte, Door.COMMAND, private=prive)

    @question.autocomplete("texte")
    @proposing
    async def propose(self, interaction: Interaction, current: str) -> list[app_commands.Choice[str]]:
        """Propose questions that get an answer.

        Discord takes the first one at a press of Enter: that is the member's own, once it is whole and gets one, too.
        """
        own = current.strip()
        found = nearest(own, self.bot.holder.current)
        choices = [app_commands.Choice(name=item.label, value=item.question) for item in found]
        ahead = partial(self.bot.answering.ahead, own, interaction.user.id, interaction.channel_id or 0)
        whole = len(own) <= CHOICE_AT_MOST and own.endswith("?")
        if whole and words(own) not in [item.words for item in found] and ahead().outcome in _ANSWERS:
            choices.insert(0, app_commands.Choice(name=label(own, CHOICE_AT_MOST), value=own))
        choices = choices[:CHOICES]
        await interaction.response.autocomplete(choices)
        if 0 < len(own) <= QUESTION_AT_MOST:
            # Discord asks whenever one stops typing, and so before Enter: what is sent then was answered already.
            ahead()
        return choices

    async def ask_about(self, interaction: Interaction, message: discord.Message) -> None:
        """Answer from any message."""
        if self.bot.user is not None and message.author.id == self.bot.user.id:
            raise Refusal(OURS)
        text = readable(message, self.bot.user)
        if not text:
            raise Refusal(NOTHING_TO_READ)
        await self.bot.delivery.answer_interaction(interaction, text, Door.MENU)


async def setup(bot: SagaBot) -> None:
    """Add the cog."""
    await bot.add_cog(QuestionCog(bot))
