"""What each person last asked in each place: bounded, and forgotten after a while. Never written down."""

from __future__ import annotations

import time
from collections import OrderedDict
from typing import TYPE_CHECKING, Final

from knowledge.conversation import Conversation

if TYPE_CHECKING:
    from collections.abc import Callable

REMEMBERED: Final = 10_000
"""How many conversations are held at once; the oldest goes first."""
FADES_AFTER: Final = 30 * 60.0
"""Seconds of silence after which a conversation is over."""


class Conversations:
    """The conversation of each person in each channel."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic, remembered: int = REMEMBERED) -> None:
        self._clock = clock
        self._remembered = remembered
        self._held: OrderedDict[tuple[int, int], tuple[float, Conversation]] = OrderedDict()

    def __len__(self) -> int:
        self._fade()
        return len(self._held)

    def of(self, user_id: int, channel_id: int) -> Conversation:
        """Return the conversation of a person in a channel: a new one where there is none, or it is over."""
        self._fade()
        _, conversation = self._held.get((user_id, channel_id), (0.0, Conversation()))
        return conversation

    def keep(self, user_id: int, channel_id: int, conversation: Conversation) -> None:
        """Remember where a person's conversation stands."""
        self._fade()
        self._held[(user_id, channel_id)] = (self._clock(), conversation)
        self._held.move_to_end((user_id, channel_id))
        while len(self._held) > self._remembered:
            self._held.popitem(last=False)

    def forget(self, user_id: int) -> None:
        """Forget all conversations of a person."""
        for key in [key for key in self._held if key[0] == user_id]:
            del self._held[key]

    def _fade(self) -> None:
        """Forget the conversations that are over, whoever's they are: they are held in the order of their last word."""
        now = self._clock()
        while self._held and now - next(iter(self._held.values()))[0] > FADES_AFTER:
            self._held.popitem(last=False)
