"""bot.asking.caching: a bounded number of things, each for a while."""

from __future__ import annotations

import weakref

from bot.asking.caching import TTLCache


class Value:
    """Something of which can be told whether anybody holds it."""


def test_what_expired_is_let_go_with_the_next_thing_that_is_kept() -> None:
    """Nothing stays in memory until it is asked for again, which nobody may ever do."""
    moment = 0.0
    cache: TTLCache[str, Value] = TTLCache(10, 5.0, clock=lambda: moment)
    first, later = Value(), Value()
    gone, there = weakref.ref(first), weakref.ref(later)
    cache.keep("a", first)
    moment = 4.0
    cache.keep("b", later)
    del first, later
    assert gone() is not None
    moment = 5.0
    cache.keep("c", Value())
    assert gone() is None
    assert there() is not None


def test_of_too_many_the_oldest_is_let_go() -> None:
    """A flood of new keys costs no memory; what was kept again is young."""
    cache: TTLCache[str, int] = TTLCache(2)
    for number, key in enumerate("abac"):
        cache.keep(key, number)
    assert list(cache) == ["a", "c"]
    assert [cache.get(key) for key in "abc"] == [2, None, 3]
