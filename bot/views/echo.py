"""The line above a card that shows the question, where the channel does not: how it is written, and read back."""

from __future__ import annotations

import re
from typing import Final

import discord

from bot.views.base import every, small
from bot.writing.escaping import harmless
from knowledge.language.typography import typeset

ECHO: Final = "En réponse à"
QUOTED: Final = "À propos du message"
_ECHOED = re.compile(rf"^-# {ECHO} «\u00a0(?P<question>.*)\u00a0»", re.MULTILINE)


def echo(question: str, *, quoted: bool = False) -> str:
    """Return the line about a question to us, or about somebody's message."""
    return small(f"{QUOTED if quoted else ECHO} «\u00a0{typeset(harmless(question))}\u00a0»")


def echoed(message: discord.Message | None) -> str:
    """Return the question to us that stands above a card of ours; nothing where none does."""
    for component in every(message.components if message else ()):
        found = _ECHOED.search(component.content) if isinstance(component, discord.TextDisplay) else None
        if found:
            return re.sub(r"\\(.)", r"\1", found["question"]).replace("\u200b", "")
    return ""
