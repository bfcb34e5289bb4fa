"""What happens to errors: members read one sentence, and the log has the details under the incident id it names."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, Final

import aiohttp
import discord
from discord import app_commands

from bot import logs
from bot.asking.access import Refusal
from bot.store import StoreError
from bot.views.base import notice

if TYPE_CHECKING:
    from bot.client import Interaction

log = logging.getLogger(__name__)

APOLOGY: Final = (
    "Quelque chose s’est mal passé de mon côté, et la personne qui s’occupe de moi peut le retrouver sous "
    "le numéro `{incident}`. Vous pouvez réessayer."
)
STUCK: Final = (
    "Je n’ai pas pu lire ou noter cela : ma base de données a un problème. Réessayez plus tard ; la personne qui "
    "s’occupe de moi peut retrouver l’incident sous le numéro `{incident}`."
)
CHANGED: Final = "Cette commande vient de changer. Attendez un instant, puis choisissez-la de nouveau dans la liste."
MISREAD: Final = "Je n’ai pas compris l’une des options. Choisissez-la dans la liste proposée."
GUILD_ONLY: Final = "Cette commande s’utilise dans un serveur."

UNKNOWN_INTERACTION: Final = 10062
NO_MORE: Final = frozenset({UNKNOWN_INTERACTION, 10008, 10015, 50027})
"""Discord's codes for an interaction, message or webhook that is no more: nobody is left to be told."""


def sentence_for(error: BaseException) -> str | None:
    """Return what a member is told of an error that is no fault of ours; None for all others."""
    if isinstance(error, Refusal):
        return error.sentence
    if isinstance(error, app_commands.NoPrivateMessage):
        return GUILD_ONLY
    if isinstance(error, (app_commands.CommandSignatureMismatch, app_commands.CommandNotFound)):
        return CHANGED
    if isinstance(error, app_commands.TransformerError):
        return MISREAD
    return None


async def handle(interaction: Interaction, error: BaseException) -> None:
    """Deal with whatever went wrong in an interaction; never raises."""
    if isinstance(error, app_commands.CommandInvokeError):
        error = error.original
    sentence = sentence_for(error)
    if sentence is not None:
        log.info("refused: %s", type(error).__name__, extra=about(interaction))
    elif isinstance(error, discord.HTTPException) and error.code in NO_MORE:
        log.warning("too late to answer: Discord's code %s", error.code, extra=about(interaction))
        return
    else:
        sentence = apology(error, **about(interaction))
    await tell(interaction, sentence)


def apology(error: BaseException, **fields: object) -> str:
    """Log an error, and return the sentence for the member whom it kept from what they wanted."""
    sentence = STUCK if isinstance(error, StoreError) else APOLOGY
    return sentence.format(incident=logged(error, **fields))


def logged(error: BaseException, **fields: object) -> str:
    """Log an error under the request's id (or a new one), and return that id for the member.

    It comes with its traceback; only the store's own errors say all in their one sentence.
    """
    incident = logs.REQUEST.get() or logs.new_request()
    extra = {**fields, "incident": incident}
    if isinstance(error, StoreError):
        log.error("incident %s: %s", incident, error, extra=extra)
    else:
        log.error("incident %s", incident, exc_info=error, extra=extra)
    return incident


async def tell(interaction: Interaction, sentence: str) -> None:
    """Say one sentence to the person of an interaction alone; says nothing where that is no longer possible."""
    try:
        if interaction.type is discord.InteractionType.autocomplete:
            return
        if interaction.response.is_done():
            await interaction.followup.send(view=notice(sentence), ephemeral=True)
        else:
            await interaction.response.send_message(view=notice(sentence), ephemeral=True)
    except discord.HTTPException as error:
        log.warning("could not tell a member: Discord's code %s", error.code, extra=about(interaction))
    except (discord.ClientException, aiohttp.ClientError, OSError) as error:
        log.warning("could not tell a member: %s", type(error).__name__, extra=about(interaction))


def about(interaction: Interaction) -> dict[str, Any]:
    """Return what the log says of an interaction beside the message."""
    command = interaction.command
    return {
        "interaction": interaction.id,
        "kind": interaction.type.name,
        "command": command.qualified_name if command else None,
        "guild": interaction.guild_id,
    }
