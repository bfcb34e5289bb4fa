"""One use of a command, a button or a form, and what the bot made of it."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from enum import IntEnum

from tests.loopback.happening import Happening
from tests.loopback.world import EPHEMERAL, Channel, Json, Message, Person, snowflake


class Kind(IntEnum):
    """What the first response to an interaction is."""

    MESSAGE = 4
    THINKING = 5
    LATER = 6
    UPDATE = 7
    CHOICES = 8
    FORM = 9


@dataclass(frozen=True, slots=True)
class Callback:
    """The first response: what it is, what it holds, the message that it made or changed, after how many seconds."""

    kind: Kind
    data: Json
    message: Message | None
    seconds: float

    @property
    def text(self) -> str:
        """What the person reads."""
        return self.message.text if self.message else ""

    @property
    def ephemeral(self) -> bool:
        """Whether only the person sees it."""
        return bool(self.data.get("flags", 0) & EPHEMERAL)

    @property
    def choices(self) -> list[str]:
        """What an autocomplete proposes."""
        return [choice["name"] for choice in self.data.get("choices", ())]


@dataclass(eq=False, slots=True)
class Used:
    """An interaction, from the moment in which the person pressed something."""

    kind: int
    person: Person
    channel: Channel
    data: Json
    on: Message | None = None
    id: int = field(default_factory=snowflake)
    token: str = ""
    at: float = field(default_factory=time.perf_counter)
    expired: bool = False
    """Set by a test instead of letting the three seconds pass."""
    callbacks: Happening[Callback] = field(default_factory=Happening)
    followups: Happening[Message] = field(default_factory=Happening)
    edits: Happening[Message] = field(default_factory=Happening)
    original: Message | None = None

    def __post_init__(self) -> None:
        self.token = self.token or f"interaction-{self.id}"

    @property
    def ephemeral_first(self) -> bool:
        """Whether the first response was for the person alone; what follows a "thinking" inherits it."""
        return bool(self.callbacks.seen) and self.callbacks.seen[0].ephemeral

    async def callback(self) -> Callback:
        """Return the bot's first response, when it is there."""
        return await self.callbacks.first()

    async def answer(self) -> Message:
        """Return the message that the person gets to see in the end, also where the bot was thinking first."""
        callback = await self.callback()
        if callback.kind in (Kind.THINKING, Kind.LATER):
            return await self.edits.first()
        if callback.message is None:
            raise AssertionError(f"the response is a {callback.kind.name}, not a message")
        return callback.message
