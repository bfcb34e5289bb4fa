"""From a question that came in by any door to an answer that went out: limits, rules, card, book-keeping."""

from __future__ import annotations

import asyncio
import logging
import math
from typing import TYPE_CHECKING, Any, Final

import discord

from bot.asking.access import Patience, Refusal, in_direct_message
from bot.asking.answering import QUESTION_AT_MOST, SOMEBODY_ELSES, Answering, Door
from bot.asking.guilds import allowed_in
from bot.views.card import card
from bot.writing.french import clipped, counted
from knowledge.reply import Outcome

if TYPE_CHECKING:
    from bot.client import Interaction, SagaBot
    from knowledge.conversation import Conversation

log = logging.getLogger(__name__)

NO_HISTORY: Final = 160002
"""Discord's code for a reply where we may write, but not read the message history."""
OVERLOADED: Final = 503
"""The one server error, as Discord's proxies send it, after which discord.py does not write a message again."""
AGAIN_AFTER: Final = 1.0
"""Seconds after which we write it again ourselves, once."""


TOO_LONG: Final = "Votre message fait {length} ; je lis les questions jusqu’à {most}. Posez la vôtre en quelques mots."
CUT: Final = f"Je n’ai lu que le début de ce message, {QUESTION_AT_MOST}\u00a0caractères au plus."


def read_of(text: str, door: Door) -> tuple[str, str | None]:
    """Return the part of a text that is taken as the question, and a note for the card where that is not all of it.

    A question that is too long raises Refusal: its author can shorten it. Of somebody else's message, which the asker
    cannot shorten, the beginning is read.
    """
    text = text.strip()
    if len(text) <= QUESTION_AT_MOST:
        return text, None
    if door in SOMEBODY_ELSES:
        return clipped(text, QUESTION_AT_MOST), CUT
    raise Refusal(TOO_LONG.format(length=counted(len(text), "caractère"), most=QUESTION_AT_MOST))


def patience(seconds: float, *, crowded: bool = False) -> str:
    """Return the sentence for somebody who asks faster than we may answer, or in a channel where much is asked."""
    wait = counted(max(1, math.ceil(seconds)), "seconde")
    if crowded:
        return f"Beaucoup de questions me viennent du même salon que la vôtre : j’y réponds de nouveau dans {wait}."
    return f"Laissez-moi souffler un peu : je vous réponds de nouveau dans {wait}."


class Delivery:
    """Answers interactions and messages."""

    def __init__(self, bot: SagaBot, answering: Answering) -> None:
        self._bot = bot
        self._answering = answering

    async def answer_interaction(
        self,
        interaction: Interaction,
        text: str,
        door: Door,
        *,
        private: bool = False,
        replace: bool = False,
    ) -> None:
        """Answer a question that came by a command, a button or a menu, and show it above the answer.

        `private` hides the answer where the server's settings would show it; `replace` puts it in the place of the
        message that the button belongs to. Raises Refusal.
        """
        text, note = read_of(text, door)
        self.spend(interaction.user.id, interaction.channel_id)
        hidden = private or await self._hidden(interaction)
        answer = self._answering.ask(text, interaction.user.id, interaction.channel_id or 0, door)
        quoted = door in SOMEBODY_ELSES
        view = card(answer, interaction.user.id, question=text, quoted=quoted, note=note)
        if replace:
            await interaction.response.edit_message(view=view)
        else:
            shouted = answer.reply.outcome is Outcome.UNKNOWN and not in_direct_message(interaction)
            await interaction.response.send_message(view=view, ephemeral=hidden or shouted)
        self._answering.book(answer.reply, door)

    async def show(self, interaction: Interaction, view: discord.ui.LayoutView) -> None:
        """Show a view that is no answer to a question: publicly or not, as the server's settings say.

        Raises Refusal.
        """
        self.spend(interaction.user.id, interaction.channel_id)
        await interaction.response.send_message(view=view, ephemeral=await self._hidden(interaction))

    async def answer_message(
        self, message: discord.Message, text: str, door: Door, *, about: Conversation | None = None
    ) -> None:
        """Answer a message that speaks to us; the caller has counted it with `spend`. Raises Refusal.

        `about` is the conversation that it goes on from, where that is not its author's own.
        """
        text, note = read_of(text, door)
        answer = self._answering.ask(text, message.author.id, message.channel.id, door, about=about)
        # What is no answer makes no sound.
        quiet = answer.reply.outcome is Outcome.UNKNOWN
        if await send(message, card(answer, message.author.id, note=note), silent=quiet):
            self._answering.book(answer.reply, door)

    def spend(self, user_id: int, channel_id: int | None) -> None:
        """Count a question against the cooldowns of its person and channel. Raises Patience where one is used up."""
        wait = self._bot.cooldowns.ask(user_id, channel_id)
        if wait > 0:
            raise Patience(patience(wait, crowded=self._bot.cooldowns.crowded(user_id, channel_id)))

    async def _hidden(self, interaction: Interaction) -> bool:
        """Tell whether a server lets only the asker see what is shown there."""
        if interaction.guild_id is None:
            return False
        settings = await self._bot.guild_settings.now(interaction.guild_id)
        return not (settings.public and allowed_in(settings, interaction.channel))


async def send(message: discord.Message, view: discord.ui.LayoutView, *, silent: bool = False) -> bool:
    """Reply to a message, or write below it where it is gone or may not be replied to; tell whether it was sent.

    Where we may not write, only the log hears of it.
    """
    reference = message.to_reference(fail_if_not_exists=False)
    try:
        try:
            await _written(message, view=view, reference=reference, mention_author=False, silent=silent)
        except discord.Forbidden as error:
            if error.code != NO_HISTORY:
                raise
            await _written(message, view=view, silent=silent)
    except discord.Forbidden as error:
        log.info("may not write in channel %s: Discord's code %s", message.channel.id, error.code)
        return False
    return True


async def _written(message: discord.Message, **what: Any) -> None:
    """Write where a message stands, a second time where Discord had nobody to take it."""
    try:
        await message.channel.send(**what)
    except discord.DiscordServerError as error:
        if error.status != OVERLOADED:
            raise
        await asyncio.sleep(AGAIN_AFTER)
        await message.channel.send(**what)
