"""Answering people who speak to us: direct messages, mentions, replies. Nobody else, and never a bot."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import discord
from discord import ui
from discord.ext import commands

from bot import logs
from bot.asking.access import Patience, Refusal
from bot.asking.answering import Door
from bot.asking.guilds import heard_in
from bot.connection.translator import ENGLISH
from bot.replying import errors
from bot.replying.addressing import conversation_of, names_only_our_role, readable, referred, speaks_to
from bot.replying.delivery import send
from bot.views.base import Layout, notice
from bot.views.buttons import first_questions
from bot.writing.escaping import plain
from knowledge.language.typography import typeset

if TYPE_CHECKING:
    from bot.client import SagaBot
    from bot.editions.edition import Edition
    from knowledge.conversation import Conversation

log = logging.getLogger(__name__)

HELLO = (
    "Bonjour ! Posez-moi une question sur {saga}, en quelques mots, comme elle vous vient. "
    "« /aide » montre tout ce que je sais faire."
)
UNREADABLE = typeset(
    "Discord ne me montre pas le texte de ce message. Ouvrez son menu, puis « Applications » et "
    "« Que dit la saga ? » (dans un Discord en anglais, « {english} ») : là, je pourrai le lire."
).format(english=ENGLISH["Que dit la saga ?"])
OUR_ROLE = "Vous avez mentionné mon rôle : Discord ne me montre pas le texte du message. Mentionnez-moi plutôt : {me}."


def hello(edition: Edition) -> Layout:
    """Return what is said to somebody who only calls us: what it is about, and questions to begin with."""
    said = typeset(HELLO.format(saga=plain(edition.base.name)))
    return Layout(ui.Container(ui.TextDisplay(said), *first_questions(edition.catalogue)))


class MessagesCog(commands.Cog):
    """Listening."""

    def __init__(self, bot: SagaBot) -> None:
        self.bot = bot

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Answer a message that speaks to us, where we may."""
        if speaks_to(message, self.bot.user):
            with logs.request():
                await self._serve(message)

    async def _serve(self, message: discord.Message) -> None:
        try:
            if await self._welcome(message):
                log.info("message", extra={"at": message.id, "guild": message.guild.id if message.guild else None})
                await self._answer(message)
        except Patience as refusal:
            await self._calm(message, refusal.sentence)
        except Refusal as refusal:
            await send(message, notice(refusal.sentence), silent=True)
        except Exception as error:  # noqa: BLE001 - the last resort of this door
            await send(message, notice(errors.apology(error, at=message.id)), silent=True)

    async def _welcome(self, message: discord.Message) -> bool:
        if message.guild is None:
            return True
        return heard_in(await self.bot.guild_settings.now(message.guild.id), message.channel)

    async def _answer(self, message: discord.Message) -> None:
        if names_only_our_role(message, self.bot.user):
            await self._redirect(message)
            return
        self.bot.delivery.spend(message.author.id, message.channel.id)
        text = readable(message, self.bot.user)
        before = referred(message)
        ours = before is not None and self.bot.user is not None and before.author.id == self.bot.user.id
        if text:
            answered = before if ours else None
            door, context = _door(message, answered), self._context(message, answered)
            await self.bot.delivery.answer_message(message, text, door, about=context)
        elif before is not None and not ours:
            await self._about(message, before)
        elif message.content or not ours:
            # Under an answer of ours, a picture alone asks for nothing; our name, written out, calls us.
            await send(message, hello(self.bot.holder.current))

    async def _redirect(self, message: discord.Message) -> None:
        """Say that our role is not us, once a while."""
        if self.bot.user is not None and self.bot.cooldowns.tell(message.author.id):
            await send(message, notice(OUR_ROLE.format(me=self.bot.user.mention)), silent=True)

    async def _about(self, message: discord.Message, before: discord.Message) -> None:
        """Take the message that a bare mention replies to as the question."""
        text = readable(before, self.bot.user)
        if text:
            await self.bot.delivery.answer_message(message, text, Door.QUOTE)
        else:
            # The name in English has no French spaces: this is typeset already.
            await send(message, Layout(ui.Container(ui.TextDisplay(UNREADABLE))), silent=True)

    def _context(self, message: discord.Message, ours: discord.Message | None) -> Conversation | None:
        """Return what a reply to one of our answers leans on: that answer, unless it was the asker's own last one."""
        if ours is None:
            return None
        edition = self.bot.holder.current
        led = conversation_of(ours, edition.base, edition.catalogue)
        own = self.bot.conversations.of(message.author.id, message.channel.id)
        return None if led is None or led.intent == own.intent else led

    async def _calm(self, message: discord.Message, sentence: str) -> None:
        """Ask somebody alone for patience, once a while, as far as Discord lets us."""
        if not self.bot.cooldowns.tell(message.author.id):
            return
        try:
            if message.guild is None:
                await send(message, notice(sentence))
            else:
                await message.author.send(view=notice(sentence))
        except discord.HTTPException as error:
            log.info("could not tell a member: Discord's code %s", error.code)


def _door(message: discord.Message, ours: discord.Message | None) -> Door:
    """Return by which way a message came in; `ours` is the one of us that it replies to."""
    if message.message_snapshots:
        return Door.QUOTE
    if message.guild is None:
        return Door.DIRECT
    return Door.MENTION if ours is None else Door.REPLY


async def setup(bot: SagaBot) -> None:
    """Add the cog."""
    await bot.add_cog(MessagesCog(bot))
