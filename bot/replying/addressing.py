"""Who speaks to us, what they say, and what they refer to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import discord

from bot.views.base import every
from bot.views.state import DIGEST, KEYS, PREFIX, intent_of, unpacked
from knowledge.conversation import Conversation
from knowledge.engine import answer

if TYPE_CHECKING:
    from bot.editions.catalogue import Catalogue
    from knowledge.model import KnowledgeBase

_ANSWERED = re.compile(rf"{PREFIX}:r:(?:{KEYS})+:{DIGEST}:(?P<asked>(?:{KEYS})*)")
_SPOKEN = (discord.MessageType.default, discord.MessageType.reply)


def speaks_to(message: discord.Message, me: discord.ClientUser | None) -> bool:
    """Tell whether a person speaks to us: in a direct message, or by a mention of us or our role, be it in a reply."""
    if me is None or message.author.bot or message.webhook_id is not None or message.type not in _SPOKEN:
        return False
    return message.guild is None or me in message.mentions or message.guild.self_role in message.role_mentions


def names_only_our_role(message: discord.Message, me: discord.ClientUser | None) -> bool:
    """Tell whether a message mentions the role that Discord made for us, and not us: its text is hidden from us."""
    return message.guild is not None and message.guild.self_role in message.role_mentions and me not in message.mentions


def readable(message: discord.Message, me: discord.abc.User | None) -> str:
    """Return the text of a message, or of the one that it forwards, without the mentions of us."""
    text = "\n".join([_said(message), *map(_said, message.message_snapshots)])
    if me is not None:
        text = re.sub(rf"<@!?{me.id}>", " ", text)
    return " ".join(text.split())


def _said(message: discord.Message | discord.MessageSnapshot) -> str:
    """Return what a message says: its content, or, where it has none, what its embeds or components show."""
    if message.content:
        return message.content
    embedded = [text for embed in message.embeds for text in (embed.title, embed.description) if text]
    shown = [part.content for part in every(message.components) if isinstance(part, discord.TextDisplay)]
    return "\n".join([*embedded, *shown])


def referred(message: discord.Message) -> discord.Message | None:
    """Return the message that a message replies to, as far as Discord sent it along."""
    reference = message.reference
    resolved = reference.resolved if reference else None
    return resolved if isinstance(resolved, discord.Message) else None


def conversation_of(message: discord.Message, base: KnowledgeBase, catalogue: Catalogue) -> Conversation | None:
    """Return the conversation as it stood after one of our answers, for whoever replies to that answer.

    The buttons of the answer hold which intents it was given to. Their questions are asked once more, in the base's
    words: a year or a name that only the asker had typed is lost. None where there are no such buttons, or where none
    of these intents is left.
    """
    led = Conversation()
    custom_ids = (getattr(component, "custom_id", None) or "" for component in every(message.components))
    for found in filter(None, map(_ANSWERED.fullmatch, custom_ids)):
        for key in unpacked(found["asked"]):
            intent = intent_of(key, catalogue)
            if intent is not None:
                led = answer(base.intents[intent].question, base, led).conversation
    return led if led.fresh else None
