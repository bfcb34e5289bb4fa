"""Cooldowns: how much one person, and one channel, may ask in a while."""

from __future__ import annotations

import time
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.asking.caching import TTLCache

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable


@dataclass(frozen=True, slots=True)
class Rate:
    """So many questions in so many seconds."""

    questions: int
    seconds: float


PERSON: Final = Rate(8, 30.0)
CHANNEL: Final = Rate(30, 30.0)
"""What one person, and one channel, may ask unless a setting says otherwise."""


class Cooldown:
    """Counts questions by key over the last `rate.seconds` seconds.

    A key is forgotten when its questions are older than that. Of more than `remembered` keys, the latest stay.
    """

    def __init__(self, rate: Rate, *, clock: Callable[[], float] = time.monotonic, remembered: int = 10_000) -> None:
        self.rate = rate
        self._clock = clock
        self._asked: TTLCache[Hashable, deque[float]] = TTLCache(remembered, rate.seconds, clock=clock)

    def __len__(self) -> int:
        return len(self._asked)

    def wait(self, key: Hashable) -> float:
        """Return how many seconds `key` has to wait before its next question; 0.0 where it may ask now."""
        asked = self._asked.get(key)
        if not asked:
            return 0.0
        now = self._clock()
        while asked and now - asked[0] >= self.rate.seconds:
            asked.popleft()
        if len(asked) < self.rate.questions:
            return 0.0
        return max(0.0, self.rate.seconds - (now - asked[0]))

    def spend(self, key: Hashable) -> None:
        """Count a question of `key`."""
        asked = self._asked.get(key) or deque(maxlen=max(1, self.rate.questions))
        asked.append(self._clock())
        self._asked.keep(key, asked)

    def expire(self) -> None:
        """Forget the keys whose questions are all over."""
        self._asked.expire()

    def forget(self, key: Hashable) -> None:
        """Let `key` begin anew."""
        self._asked.forget(key)


class Cooldowns:
    """The cooldown of each person and of each channel, spent together."""

    def __init__(self, person: Rate, channel: Rate, *, clock: Callable[[], float] = time.monotonic) -> None:
        self.person = Cooldown(person, clock=clock)
        self.channel = Cooldown(channel, clock=clock)
        self.notices = Cooldown(Rate(1, person.seconds), clock=clock)
        """Who was told to wait."""

    def ask(self, user_id: int, channel_id: int | None) -> float:
        """Count a question and return 0.0; or count nothing and return the seconds until one may be asked."""
        wait = self.person.wait(user_id)
        if channel_id is not None:
            wait = max(wait, self.channel.wait(channel_id))
        if wait > 0:
            return wait
        self.person.spend(user_id)
        self.notices.forget(user_id)
        self.notices.expire()
        if channel_id is not None:
            self.channel.spend(channel_id)
        return 0.0

    def crowded(self, user_id: int, channel_id: int | None) -> bool:
        """Tell whether it is what others ask in a channel, too, that makes somebody wait."""
        return channel_id is not None and self.channel.wait(channel_id) > self.person.wait(user_id)

    def tell(self, user_id: int) -> bool:
        """Tell whether to tell somebody that they have to wait, and count that as done.

        That is once in the person's period, and once more after they have asked something that was answered.
        """
        if self.notices.wait(user_id) > 0:
            return False
        self.notices.spend(user_id)
        return True
