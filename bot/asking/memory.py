"""What each person last asked in each place: bounded, and forgotten after a while. Never written down."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from bot.asking.caching import TTLCache
from knowledge.conversation import Conversation

if TYPE_CHECKING:
    from collections.abc import Callable

REMEMBERED: Final = 10_000
"""How many conversations are held at once; the oldest goes first."""
EXPIRES_AFTER: Final = 30 * 60.0
"""Seconds of silence after which a conversation is over."""


class Conversations:
    """The conversation of each person in each channel."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic, remembered: int = REMEMBERED) -> None:
        self._held: TTLCache[tuple[int, int], Conversation] = TTLCache(remembered, EXPIRES_AFTER, clock=clock)

    def __len__(self) -> int:
        return len(self._held)

    def of(self, user_id: int, channel_id: int) -> Conversation:
        """Return the conversation of a person in a channel: a new one where there is none, or it is over."""
        return self._held.get((user_id, channel_id)) or Conversation()

    def keep(self, user_id: int, channel_id: int, conversation: Conversation) -> None:
        """Remember where a person's conversation stands."""
        self._held.keep((user_id, channel_id), conversation)

    def forget(self, user_id: int) -> None:
        """Forget all conversations of a person."""
        for key in self._held:
            if key[0] == user_id:
                self._held.forget(key)
