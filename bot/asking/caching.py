"""What is remembered for a while only: a bounded number of things, each until nobody has spoken of it for a time."""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

KeyT = TypeVar("KeyT")
ValueT = TypeVar("ValueT")


class TTLCache(Generic[KeyT, ValueT]):
    """Holds at most `remembered` values by key, each for `seconds` after it was kept last; the oldest goes first."""

    def __init__(
        self, remembered: int, seconds: float = math.inf, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._remembered = remembered
        self._seconds = seconds
        self._clock = clock
        self._held: OrderedDict[KeyT, tuple[float, ValueT]] = OrderedDict()

    def __iter__(self) -> Iterator[KeyT]:
        """Yield the keys, in the order in which they were kept; any may be forgotten meanwhile."""
        self.expire()
        return iter(list(self._held))

    def __len__(self) -> int:
        self.expire()
        return len(self._held)

    def get(self, key: KeyT) -> ValueT | None:
        """Return what is held under a key, if anything."""
        self.expire()
        held = self._held.get(key)
        return held[1] if held else None

    def keep(self, key: KeyT, value: ValueT) -> None:
        """Hold a value from now on."""
        self._held[key] = (self._clock(), value)
        self._held.move_to_end(key)
        self.expire()

    def forget(self, key: KeyT) -> None:
        """Hold nothing under a key any more."""
        self._held.pop(key, None)

    def expire(self) -> None:
        """Let go of what is too much or too old, whoever's it is: what was kept first comes first."""
        now = self._clock()
        while self._held and (
            len(self._held) > self._remembered or now - next(iter(self._held.values()))[0] >= self._seconds
        ):
            self._held.popitem(last=False)
