"""What goes wrong on purpose goes wrong as it does on Discord: proven with the smallest of bots."""

from __future__ import annotations

import aiohttp
import discord
import pytest

from tests.bounded import bounded
from tests.loopback import LoopbackDiscord, Message, pointed
from tests.loopback.echo import Echo, ShardedEcho, running


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


async def conversation(loopback: LoopbackDiscord, name: str) -> list[Message]:
    """Let somebody write three direct messages, and return them."""
    person = loopback.person(name)
    return [loopback.says(person, f"{name} {number}", loopback.direct(person)) for number in range(3)]


async def answered_once(loopback: LoopbackDiscord, messages: list[Message]) -> None:
    """Wait for a reply to each message, then to one more, and see that each has exactly one."""
    for message in messages:
        await loopback.reply(message)
    (last, *_) = await conversation(loopback, "Zoé")
    await loopback.reply(last)
    replied = [posted.reply_to for posted in loopback.posted.seen]
    assert [replied.count(message) for message in messages] == [1] * len(messages)


@bounded
async def test_a_cut_connection_is_resumed_and_nothing_lost() -> None:
    """What happens while the client is cut off reaches it on RESUME, once, in order."""
    async with LoopbackDiscord() as loopback:
        async with running(Echo(), loopback) as client:
            before = await conversation(loopback, "Alice")
            await loopback.reply(before[-1])
            async with loopback.gateway.unreachable():
                meanwhile = await conversation(loopback, "Bob")
            await loopback.gateway.resumed.first()
            after = await conversation(loopback, "Carla")
            await answered_once(loopback, [*before, *meanwhile, *after])
            people = [message.content for message in client.heard if not message.author.bot]
            assert people[:9] == [f"{name} {number}" for name in ("Alice", "Bob", "Carla") for number in range(3)]
        assert len(loopback.gateway.identified) == 1


@bounded
async def test_a_session_that_is_gone_is_begun_anew() -> None:
    """A RESUME that the gateway refuses with op 9 leads to a new IDENTIFY, and the bot goes on answering."""
    async with LoopbackDiscord() as loopback, running(Echo(), loopback):
        loopback.gateway.forget_sessions()
        loopback.gateway.cut()
        await loopback.gateway.refused.first()
        await loopback.gateway.identified.count(2)
        await answered_once(loopback, await conversation(loopback, "Alice"))


@bounded
async def test_op_7_makes_the_client_reconnect_and_resume() -> None:
    """A gateway that is about to restart is left at once and the session resumed."""
    async with LoopbackDiscord() as loopback, running(Echo(), loopback):
        loopback.gateway.ask_to_reconnect()
        await loopback.gateway.resumed.first()
        await answered_once(loopback, await conversation(loopback, "Alice"))
        assert len(loopback.gateway.identified) == 1


@bounded
@pytest.mark.parametrize("resumable", [True, False])
async def test_op_9_makes_the_client_resume_or_identify(*, resumable: bool) -> None:
    """An invalid session is resumed where it may be, and begun anew where not."""
    async with LoopbackDiscord() as loopback, running(Echo(), loopback):
        loopback.gateway.invalidate(resumable=resumable)
        if resumable:
            await loopback.gateway.resumed.first()
        else:
            await loopback.gateway.identified.count(2)
        await answered_once(loopback, await conversation(loopback, "Alice"))
        assert len(loopback.gateway.identified) == (1 if resumable else 2)


@bounded
@pytest.mark.parametrize("sharded", [False, True])
async def test_a_wrong_token_is_refused_at_both_doors(*, sharded: bool) -> None:
    """REST answers 401, which is a LoginFailure; a gateway that no longer knows the token closes with 4004."""
    async with LoopbackDiscord() as loopback:
        with pointed(loopback):
            client = (ShardedEcho if sharded else Echo)()
            with pytest.raises(discord.LoginFailure):
                await client.start("a.wrong.token")
            await client.close()
        loopback.gateway._token = "changed meanwhile"  # noqa: S105 - it opens nothing
        with pointed(loopback):
            client = (ShardedEcho if sharded else Echo)()
            with pytest.raises(discord.ConnectionClosed) as closed:
                await client.start(loopback.token)
            assert closed.value.code == 4004
            await client.close()


@bounded
@pytest.mark.parametrize("everywhere", [False, True])
async def test_a_rate_limit_is_waited_for(*, everywhere: bool) -> None:
    """A 429 of Discord's own is tried again after the time that it names; the person gets one reply."""
    async with LoopbackDiscord() as loopback, running(Echo(), loopback) as client:
        loopback.limit("POST", r"^/channels/\d+/messages$", 0.05, times=2, everywhere=everywhere)
        alice = loopback.person("Alice")
        said = loopback.says(alice, "bonjour", loopback.direct(alice))
        assert (await loopback.reply(said)).text == "« bonjour »"
        sent = [asked.status for asked in loopback.asked.seen if asked.path.endswith("/messages")]
        assert sent == [429, 429, 200]
        assert not client.errors


@bounded
async def test_a_server_error_is_tried_again() -> None:
    """A 502 is followed by another try, of a message and of a response to an interaction alike."""
    async with LoopbackDiscord() as loopback, running(Echo(), loopback) as client:
        await client.tree.sync()
        alice = loopback.person("Alice")
        loopback.fail("POST", r"^/channels/\d+/messages$", 502)
        loopback.fail("POST", r"/callback$", 502)
        said = loopback.says(alice, "bonjour", loopback.direct(alice))
        used = loopback.uses(alice, "echo", loopback.direct(alice), texte="bonsoir")
        assert (await loopback.reply(said)).text == "« bonjour »"
        assert (await used.answer()).text == "bonsoir"


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


@bounded
async def test_a_dropped_request_is_an_error_of_the_network() -> None:
    """A connection that is cut instead of an answer reaches the bot as an error, and the next request works."""
    async with LoopbackDiscord() as loopback, running(Echo(), loopback) as client:
        # aiohttp itself tries once more, on a new connection.
        loopback.drop("PUT", r"^/applications/", times=2)
        with pytest.raises(aiohttp.ClientError):
            await client.tree.sync()
        assert await client.tree.sync()
