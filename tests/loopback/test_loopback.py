"""The loopback Discord is proven here with the smallest of bots, on the unmodified discord.py."""

from __future__ import annotations

import asyncio
import json
import sys
import zlib

import aiohttp
import discord
import pytest

from tests.bounded import bounded
from tests.loopback import Callback, Kind, LoopbackDiscord, Used
from tests.loopback.echo import Echo, ShardedEcho, running


@bounded
async def test_the_library_logs_in_and_sees_its_servers() -> None:
    """Login, application, identify, READY and GUILD_CREATE arrive, over compressed frames that come in pieces."""
    async with LoopbackDiscord() as loopback:
        guild = loopback.guild("Rédaction", "général", "brèves")
        async with running(Echo(), loopback) as client:
            await client.wait_until_ready()
            assert client.user is not None
            assert (client.user.id, client.user.name) == (loopback.bot.id, "saga")
            seen = client.get_guild(guild.id)
            assert seen is not None
            assert [channel.name for channel in seen.text_channels] == ["général", "brèves"]
            assert client.application is not None
            assert client.application.owner.id == loopback.owner.id
        assert loopback.gateway.hellos.seen == [{"v": "10", "encoding": "json", "compress": "zlib-stream"}]
        assert await loopback.gateway.closed.first() in (1000, 4000)
        asked = [(asked.method, asked.path, asked.status) for asked in loopback.asked.seen]
        assert asked == [("GET", "/users/@me", 200), ("GET", "/oauth2/applications/@me", 200)]
        assert loopback.asked.seen[0].user_agent.startswith("DiscordBot (")


@bounded
@pytest.mark.parametrize("compress", [False, True])
async def test_the_gateway_speaks_with_and_without_compression(*, compress: bool) -> None:
    """A client that asks for no compression gets text frames, any other a zlib stream whose messages end flushed."""
    async with LoopbackDiscord() as loopback, aiohttp.ClientSession() as session:
        url = f"{loopback.gateway_url}?v=10&encoding=json" + ("&compress=zlib-stream" if compress else "")
        async with session.ws_connect(url) as socket:
            first = await socket.receive()
            if not compress:
                assert json.loads(first.data)["op"] == 10
                return
            assert first.data.endswith(b"\x00\x00\xff\xff")
            identify = {"token": loopback.token, "intents": 1, "properties": {}}
            await socket.send_json({"op": 2, "d": identify})
            stream = zlib.decompressobj()
            assert json.loads(stream.decompress(first.data))["op"] == 10
            frames = [(await socket.receive()).data]
            while not frames[-1].endswith(b"\x00\x00\xff\xff"):
                frames.append((await socket.receive()).data)
            assert len(frames) > 1
            assert json.loads(stream.decompress(b"".join(frames)))["t"] == "READY"


@bounded
async def test_two_shards_each_see_their_servers() -> None:
    """A sharded client asks where the gateway is and identifies once a shard; each event goes to the right one."""
    async with LoopbackDiscord(shards=2) as loopback:
        alice = loopback.person("Alice")
        guilds = [loopback.guild(f"numéro {number}") for number in range(4)]
        async with running(ShardedEcho(), loopback) as client:
            await client.wait_until_ready()
            assert {guild.id for guild in client.guilds} == {guild.id for guild in guilds}
            for guild in guilds:
                said = loopback.says(alice, "bonjour", guild.channels[0], mention=True)
                assert (await loopback.reply(said)).text == f"« {loopback.bot.mention} bonjour »"
        assert sorted(data["shard"] for data in loopback.gateway.identified.seen) == [[0, 2], [1, 2]]


@bounded
async def test_messages_are_heard_as_the_intents_allow() -> None:
    """A direct message and a mention carry their text, any other message comes empty, and the bot hears itself."""
    async with LoopbackDiscord() as loopback:
        channel = loopback.guild("Rédaction").channels[0]
        alice = loopback.person("Alice")
        async with running(Echo(), loopback) as client:
            direct = loopback.says(alice, "un secret", loopback.direct(alice))
            reply = await loopback.reply(direct)
            assert reply.text == "« un secret »"
            assert reply.channel is loopback.direct(alice)
            loopback.says(alice, "pas pour le bot", channel)
            called = loopback.says(alice, "et toi ?", channel, mention=True)
            answer = await loopback.reply(called)
            again = loopback.says(alice, "encore", channel, reply_to=answer)
            assert (await loopback.reply(again)).text == "« encore »"
            heard = [(message.author.bot, message.content) for message in client.heard]
            assert (False, "") in heard
            assert (False, "pas pour le bot") not in heard
            assert (True, "« un secret »") in heard
            replied = next(message for message in client.heard if message.content == "encore")
            assert replied.reference is not None
            assert isinstance(replied.reference.resolved, discord.Message)
            assert replied.reference.resolved.content == answer.text


@bounded
async def test_commands_are_registered_used_and_answered() -> None:
    """A sync gives ids that stay; a slash command, its proposals, a subcommand with a file and a menu command work."""
    async with LoopbackDiscord() as loopback:
        channel = loopback.guild("Rédaction").channels[0]
        alice = loopback.person("Alice")
        async with running(Echo(), loopback) as client:
            with pytest.raises(LookupError, match="no command 'echo' is registered"):
                loopback.uses(alice, "echo", channel, texte="a")
            first = await client.tree.sync()
            assert {command.name for command in first} == {"echo", "deux", "Dire", "admin"}
            assert [command.id for command in await client.tree.sync()] == [command.id for command in first]
            assert loopback.synced.seen == [0, 0]

            used = loopback.uses(alice, "echo", channel, texte="bonjour")
            callback = await used.callback()
            assert (callback.kind, callback.text, callback.ephemeral) == (Kind.MESSAGE, "bonjour", False)
            assert callback.seconds > 0
            assert callback.message is not None
            assert callback.message.custom_ids == ["again", "form", "menu"]

            typing = loopback.types(alice, "echo", channel, "texte", texte="bon")
            assert (await typing.callback()).choices == ["bon un", "bon deux"]

            filed = await loopback.uses(alice, "admin fichier", channel).answer()
            assert [loopback.files[int(file["id"])] for file in filed.attachments] == ["accentué".encode()]

            said = loopback.says(alice, "à relire", channel)
            picked = loopback.picks(alice, "Dire", said)
            assert (await picked.callback()).kind is Kind.THINKING
            assert (await picked.answer()).text == "dit : à relire"
            with pytest.raises(LookupError, match="are required"):
                loopback.uses(alice, "echo", channel)
        assert not client.errors


@bounded
async def test_buttons_menus_and_forms_work() -> None:
    """A button changes its message, a menu is answered after thinking, a form comes back with what was written."""
    async with LoopbackDiscord() as loopback:
        alice = loopback.person("Alice")
        for place in (loopback.guild("Rédaction").channels[0], loopback.direct(alice), loopback.group(alice)):
            async with running(Echo(), loopback) as client:
                await client.tree.sync()
                card = await loopback.uses(alice, "echo", place, texte="bonjour").answer()
                pressed = loopback.presses(alice, card, "Encore")
                assert (await pressed.callback()).kind is Kind.UPDATE
                assert card.text == "encore"
                assert card.edited

                chosen = loopback.chooses(alice, card, "menu", "deux")
                answer = await chosen.answer()
                assert (answer.text, answer.ephemeral) == ("choisi : deux", True)

                opened = loopback.presses(alice, card, "form")
                assert (await opened.callback()).kind is Kind.FORM
                written = loopback.submits(opened, words="tout")
                assert (await written.answer()).text == "écrit : tout"
                opened = loopback.presses(alice, card, "Écrire")
                await opened.callback()
                assert (await loopback.submits(opened).answer()).text == "écrit : rien"
                with pytest.raises(LookupError, match="has no 'Absent'"):
                    loopback.presses(alice, card, "Absent")
            assert not client.errors


@bounded
async def test_answering_twice_or_too_late_is_refused() -> None:
    """The second response to an interaction gets code 40060, one after three seconds 10062."""
    async with LoopbackDiscord() as loopback:
        channel = loopback.guild("Rédaction").channels[0]
        alice = loopback.person("Alice")
        async with running(Echo(), loopback) as client:
            await client.tree.sync()
            used = loopback.uses(alice, "deux", channel)
            await used.callback()
            path = f"/interactions/{used.id}/{used.token}/callback"
            await loopback.asked.first(lambda asked: asked.path == path and asked.status == 400)
            late = loopback.uses(alice, "echo", channel, texte="tard")
            late.expired = True
            await loopback.asked.first(lambda asked: asked.path.endswith("/callback") and asked.status == 404)
            assert not late.callbacks.seen
        codes = [getattr(getattr(error, "original", error), "code", None) for error in client.errors]
        assert codes == [40060, 10062]


@bounded
@pytest.mark.parametrize(
    "body",
    [
        {},
        {"content": "x" * 2_001},
        {"content": "x", "components": [{"type": 10, "content": "x"}], "flags": 1 << 15},
        {"components": [{"type": 10, "content": "x"}]},
        {"components": [{"type": 10, "content": "x" * 4_001}], "flags": 1 << 15},
        {"components": [{"type": 10, "content": "x"}] * 41, "flags": 1 << 15},
        {"components": [{"type": 1, "components": [{"type": 2, "style": 1, "label": "x", "custom_id": "a"}] * 2}]},
        {"components": [{"type": 1, "components": [{"type": 2, "style": 1, "label": "x" * 81, "custom_id": "a"}]}]},
        {"components": [{"type": 1, "components": [{"type": 2, "style": 1, "label": "x", "custom_id": "a" * 101}]}]},
        {"components": [{"type": 1, "components": [{"type": 3, "custom_id": "a", "options": []}]}]},
    ],
)
async def test_what_discord_refuses_is_refused(body: dict[str, object]) -> None:
    """A message that is empty, too long or ill-built is a 400 with Discord's code, not a surprise in production."""
    async with LoopbackDiscord() as loopback, aiohttp.ClientSession() as session:
        channel = loopback.guild("Rédaction").channels[0]
        url = f"{loopback.api}/channels/{channel.id}/messages"
        headers = {"Authorization": f"Bot {loopback.token}"}
        async with session.post(url, json=body, headers=headers) as response:
            assert response.status == 400
            assert (await response.json())["code"] == (50_035 if body else 50_006)
        async with session.post(url, json={"content": "x"}, headers=headers) as response:
            assert response.status == 200
        async with session.post(url, json={"content": "x"}) as response:
            assert response.status == 401


@bounded
async def test_a_request_that_nobody_serves_is_said() -> None:
    """An address that the loopback does not know is a 404 that stands in the list of requests."""
    async with LoopbackDiscord() as loopback, running(Echo(), loopback) as client:
        with pytest.raises(discord.NotFound):
            await client.fetch_guild(1)
        assert loopback.asked.seen[-1].path == "/guilds/1"
        assert loopback.asked.seen[-1].status == 404


@bounded
async def test_another_process_can_be_pointed_here() -> None:
    """The server is a real one on 127.0.0.1: a process that knows nothing of the test reaches it by its address."""
    async with LoopbackDiscord() as loopback:
        assert loopback.api.startswith("http://127.0.0.1:")
        code = f"import urllib.request as u; u.urlopen({loopback.api + '/users/@me'!r})"
        process = await asyncio.create_subprocess_exec(sys.executable, "-c", code, stderr=asyncio.subprocess.PIPE)
        _, errors = await process.communicate()
        assert b"401" in errors


@bounded
async def test_a_used_interaction_explains_itself() -> None:
    """Asking for the message of a response that is none says what it is instead."""
    async with LoopbackDiscord() as loopback:
        used = Used(4, loopback.owner, loopback.direct(loopback.owner), {})
        used.callbacks.add(Callback(Kind.CHOICES, {"choices": []}, None, 0.0))
        with pytest.raises(AssertionError, match="CHOICES"):
            await used.answer()
