"""The first response to an interaction: sent once, be it that Discord fails after it has taken it.

discord.py sends again what met a server error. Discord then says that the interaction has been answered, which it has:
by us, with the first try. The message that it sends back, whole, is not read: nobody looks at it, and to take all its
components apart again would hold up whoever asks next.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, Final

import discord
from discord.webhook.async_ import AsyncWebhookAdapter, async_context

if TYPE_CHECKING:
    from discord.types.interactions import InteractionCallback

log = logging.getLogger(__name__)

ACKNOWLEDGED: Final = 40060
"""Discord's code for a second response to an interaction."""


class Adapter(AsyncWebhookAdapter):
    """Sends responses as discord.py does; one that Discord already has is sent."""

    async def create_interaction_response(self, interaction_id: int, token: str, **how: Any) -> InteractionCallback:
        """Respond to an interaction."""
        try:
            await super().create_interaction_response(interaction_id, token, **how)
        except discord.HTTPException as error:
            if error.code != ACKNOWLEDGED:
                raise
            log.info("already answered", extra={"interaction": interaction_id})
        return {"interaction": {"id": interaction_id}}  # type: ignore[typeddict-item] # all that is needed of it


def install() -> None:
    """Let discord.py send with this adapter, here and in the tasks that are begun here: it has no setting for it."""
    async_context.set(Adapter())  # type: ignore[no-untyped-call] # discord.py's own
