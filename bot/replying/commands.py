"""What is alike for all commands: a request in the log, errors handed on, and proposals that fail without a word."""

from __future__ import annotations

import functools
import logging
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from discord import app_commands

from bot import logs
from bot.replying import errors

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from bot.client import Interaction

log = logging.getLogger(__name__)

CogT = TypeVar("CogT")
TypedT = TypeVar("TypedT")
Proposals: TypeAlias = "Callable[[CogT, Interaction, TypedT], Coroutine[Any, Any, list[Any]]]"


def proposing(autocomplete: Proposals[CogT, TypedT]) -> Proposals[CogT, TypedT]:
    """Wrap an autocomplete of a cog: whatever goes wrong, nothing is proposed, and the log knows why."""

    @functools.wraps(autocomplete)
    async def guarded(cog: CogT, interaction: Interaction, current: TypedT) -> list[Any]:
        try:
            return await autocomplete(cog, interaction, current)
        except Exception as error:  # noqa: BLE001 - the last resort of this door
            errors.logged(error, **errors.about(interaction))
            return []

    return guarded


def answered(interaction: Interaction) -> None:
    """Log that a command was answered; for one that failed, the error handler has logged it."""
    log.info("command", extra=errors.about(interaction))


class Tree(app_commands.CommandTree[Any]):
    """The command tree: one request id for each command, and our error handler."""

    async def interaction_check(self, _: Interaction, /) -> bool:
        """Open the request in the log, under an id that everything below it shares; refuses nobody."""
        logs.REQUEST.set(logs.new_request())
        return True

    async def on_error(self, interaction: Interaction, error: app_commands.AppCommandError, /) -> None:
        """Hand every error of a command or an autocomplete to the one handler."""
        await errors.handle(interaction, error)
