"""Coming back after a cut."""

from __future__ import annotations

import pytest
from discord import shard
from discord.backoff import ExponentialBackoff

from bot.connection import resuming
from tests.bounded import bounded
from tests.loopback import LoopbackDiscord
from tests.loopback.echo import ShardedEcho, running


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Use our shards, and wait for nothing between attempts."""
    monkeypatch.setattr(shard, "Shard", shard.Shard)
    monkeypatch.setattr(ExponentialBackoff, "delay", lambda _: 0.0)
    resuming.install()


@bounded
@pytest.mark.parametrize("refusals", [1, resuming.ATTEMPTS])
async def test_a_session_is_asked_for_again(refusals: int) -> None:
    """However often a shard is turned away, it resumes when it is let in, and identifies no second time."""
    async with LoopbackDiscord() as loopback, running(ShardedEcho(), loopback):
        for _ in range(2):
            loopback.gateway.refusing = True
            before = len(loopback.gateway.turned_away)
            loopback.gateway.cut()
            await loopback.gateway.turned_away.count(before + refusals)
            loopback.gateway.refusing = False
            await loopback.gateway.resumed.count(len(loopback.gateway.resumed) + 1)
        assert len(loopback.gateway.identified) == 1


@bounded
async def test_after_too_many_refusals_a_shard_begins_anew() -> None:
    """A gateway that never takes the session back does not keep the bot away for ever."""
    async with LoopbackDiscord() as loopback, running(ShardedEcho(), loopback):
        loopback.gateway.refusing = True
        loopback.gateway.cut()
        await loopback.gateway.turned_away.count(resuming.ATTEMPTS + 2)
        loopback.gateway.refusing = False
        await loopback.gateway.identified.count(2)
        assert len(loopback.gateway.resumed) == 0
