"""What goes wrong on purpose goes wrong as it does on Discord, where tests/bot/running does not show it."""

from __future__ import annotations

from tests.bounded import bounded
from tests.loopback import LoopbackDiscord
from tests.loopback.echo import Echo, running


@bounded
async def test_heartbeats_are_sent_and_answered() -> None:
    """The client sends a heartbeat at once and then at the interval it was told, and measures the latency."""
    async with LoopbackDiscord() as loopback:
        loopback.gateway.heartbeat_interval = 20
        async with running(Echo(), loopback) as client:
            beats = await loopback.gateway.heartbeats.count(5)
            assert beats[0] is None
            assert beats[-1] is not None
            assert client.latency < float("inf")


@bounded
async def test_a_gateway_that_fell_silent_is_left_and_resumed() -> None:
    """Without any sign of life the client hangs up by itself and resumes its session on a new connection."""
    async with LoopbackDiscord() as loopback:
        loopback.gateway.heartbeat_interval = 20
        async with running(Echo(heartbeat_timeout=0.3), loopback):
            await loopback.gateway.heartbeats.count(2)
            loopback.gateway.silent = True
            await loopback.gateway.resumed.first()
            assert loopback.gateway.closed.seen[0] == 4000


@bounded
async def test_a_session_that_is_gone_is_begun_anew() -> None:
    """A RESUME that the gateway refuses with op 9 leads to a new IDENTIFY, and the bot goes on answering."""
    async with LoopbackDiscord() as loopback, running(Echo(), loopback):
        loopback.gateway.forget_sessions()
        loopback.gateway.cut()
        await loopback.gateway.refused.first()
        await loopback.gateway.identified.count(2)
        alice = loopback.person("Alice")
        await loopback.reply(loopback.says(alice, "bonjour", loopback.direct(alice)))


@bounded
async def test_an_answer_that_got_lost_is_not_given_twice() -> None:
    """Where Discord took a response but failed to say so, the second try is refused and there is one message."""
    async with LoopbackDiscord() as loopback, running(Echo(), loopback) as client:
        await client.tree.sync()
        alice = loopback.person("Alice")
        loopback.fail("POST", r"/callback$", 500, after=True)
        used = loopback.uses(alice, "echo", loopback.direct(alice), texte="bonsoir")
        await used.answer()
        await loopback.asked.first(lambda asked: asked.path.endswith("/callback") and asked.status == 400)
        assert len(loopback.posted) == 1
        assert len(used.callbacks) == 1


@bounded
async def test_a_message_that_got_lost_is_not_written_twice() -> None:
    """Where Discord took a message but failed to say so, the second try has the same nonce and makes no second one."""
    async with LoopbackDiscord() as loopback, running(Echo(), loopback):
        alice = loopback.person("Alice")
        loopback.fail("POST", r"^/channels/\d+/messages$", 500, after=True)
        loopback.says(alice, "bonjour", loopback.direct(alice))
        await loopback.asked.first(lambda asked: asked.path.endswith("/messages") and asked.status == 200)
        assert len(loopback.posted) == 1
