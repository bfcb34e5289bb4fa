"""Asynchronous tests, each on an event loop of its own, and none of them endless."""

from __future__ import annotations

import asyncio
import functools
from typing import TYPE_CHECKING, Any, Final, ParamSpec

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

P = ParamSpec("P")

LIMIT: Final = 60.0
"""Seconds after which a test has failed, whatever it waits for."""


def bounded(scenario: Callable[P, Coroutine[Any, Any, None]]) -> Callable[P, None]:
    """Make a test of a coroutine function: it ends by itself, or fails after `LIMIT` seconds."""

    @functools.wraps(scenario)
    def test(*args: P.args, **kwargs: P.kwargs) -> None:
        async def run() -> None:
            async with asyncio.timeout(LIMIT):
                await scenario(*args, **kwargs)

        asyncio.run(run())

    return test
