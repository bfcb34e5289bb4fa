"""Coming back after a cut: resume the session, so that Discord hands over what was missed, rather than begin anew.

discord.py's plain client does so however often it is refused. Its sharded one, which the bot is, tries once and then
identifies, which forgets whatever happened meanwhile.
"""

from __future__ import annotations

from typing import Final

from discord import shard
from discord.gateway import ReconnectWebSocket

ATTEMPTS: Final = 5
"""So often a session is asked for again; with the waits between, Discord has forgotten it by then."""


class ResumingShard(shard.Shard):
    """A shard that goes on trying to resume."""

    _attempts = 0

    async def reconnect(self) -> None:
        """Connect again after a wait: to the session as long as there may be one, else to a new one."""
        before = self.ws
        if before.session_id and self._attempts < ATTEMPTS:
            self._attempts += 1
            await self.reidentify(ReconnectWebSocket(self.id, resume=True))
        else:
            await super().reconnect()
        if self.ws is not before:
            self._attempts = 0


def install() -> None:
    """Let discord.py make such shards: it has no setting for it."""
    shard.Shard = ResumingShard  # type: ignore[misc] # what this is about
