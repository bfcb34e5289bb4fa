"""Why the bot cannot run: what an error means to an administrator, in one sentence that says what to do."""

from __future__ import annotations

from typing import Final

import aiohttp
import discord

from bot.failures import Failure, Status
from bot.running.settings import SettingsError
from bot.store import StoreError
from knowledge.compiling.problems import BaseProblemsError

ASK_FOR_ANOTHER: Final = (
    "Discord refuses the token: copy it again from the developer portal (Bot, Reset Token) into SAGA_DISCORD_TOKEN, "
    "or into the file that SAGA_DISCORD_TOKEN_FILE names."
)
UNKNOWN_TOKEN: Final = 4004
"""The gateway's code for a token that it does not know."""
MISSING_ACCESS: Final = 50001
"""Discord's code for a server that the bot is not on."""
TOO_MANY: Final = 429
UNAUTHORISED: Final = 401
SERVER_ERRORS: Final = 500


def explain(error: BaseException, address: str) -> Failure | None:
    """Return what an error means to an administrator; None where it is a mistake of ours.

    `address` is where Discord was looked for.
    """
    if isinstance(error, SettingsError):
        return Failure(Status.SETTINGS, *error.problems)
    if isinstance(error, BaseProblemsError):
        return Failure(Status.BASE, *(str(problem) for problem in error.problems))
    if isinstance(error, StoreError):
        return Failure(Status.DATABASE, str(error))
    return _of_discord(error) or _of_the_network(error, address)


def _of_discord(error: BaseException) -> Failure | None:
    if isinstance(error, discord.LoginFailure) or getattr(error, "code", None) == UNKNOWN_TOKEN:
        return Failure(Status.REFUSED, ASK_FOR_ANOTHER)
    if isinstance(error, discord.ConnectionClosed):
        return Failure(Status.REFUSED, f"Discord closed the connection for good (code {error.code}).")
    if isinstance(error, discord.PrivilegedIntentsRequired):
        return Failure(Status.REFUSED, "Discord refuses the connection: a privileged intent is not switched on.")
    if isinstance(error, discord.GatewayNotFound):
        return Failure(Status.UNAVAILABLE, "Discord has trouble (it names no gateway): try again later.")
    if isinstance(error, discord.HTTPException):
        return _of_rest(error)
    return None


def _of_rest(error: discord.HTTPException) -> Failure:
    if error.status == UNAUTHORISED:
        return Failure(Status.REFUSED, ASK_FOR_ANOTHER)
    if error.status == TOO_MANY:
        return Failure(Status.UNAVAILABLE, "Discord limits this address for now (HTTP 429): try again later.")
    if error.status >= SERVER_ERRORS:
        return Failure(Status.UNAVAILABLE, f"Discord has trouble (HTTP {error.status}): try again later.")
    said = " ".join(error.text.split()) or "no reason given"
    refused = f"Discord refuses this (HTTP {error.status}, code {error.code}): {said}."
    if error.code == MISSING_ACCESS:
        refused += " Is the bot on that server? `saga invite` prints the link that puts it there."
    return Failure(Status.REFUSED, refused)


def _of_the_network(error: BaseException, address: str) -> Failure | None:
    if not isinstance(error, (aiohttp.ClientError, OSError, TimeoutError)):
        return None
    if isinstance(error, (FileNotFoundError, PermissionError)) or getattr(error, "filename", None) is not None:
        return None  # it is about a file, named or not
    said = " ".join(str(error).split()) or type(error).__name__
    return Failure(
        Status.UNAVAILABLE,
        f"Discord cannot be reached at {address}: check the network of this machine ({said.rstrip('.')}).",
    )
