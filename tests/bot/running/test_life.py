"""A bot that runs: it answers, keeps what it was told, reloads, and ends when it is asked to, or is killed."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path
from typing import Final

import pytest

from bot.failures import Status
from bot.store import Store
from tests.bot.running.process import ANSWER, QUESTION, environment, running, saga, start
from tests.bounded import bounded
from tests.loopback import LoopbackDiscord, Message

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the signals are POSIX")
ENDS_WITHIN: Final = 5.0
"""The promise: a stopped bot is gone after so many seconds."""


async def voted(loopback: LoopbackDiscord, card: Message) -> None:
    """Let somebody vote an answer down, and wait until that was acknowledged."""
    used = loopback.presses(loopback.person("Alice"), card, "Pas utile")
    assert "noté" in (await used.answer()).text


@bounded
async def test_a_stopped_bot_answered_and_lost_nothing(tmp_path: Path) -> None:
    """The commands are registered, a question answered, a vote kept; SIGTERM ends it cleanly with all of it counted.

    This one is a Python of its own from its very start.
    """
    async with LoopbackDiscord() as loopback:
        variables = environment(tmp_path, loopback)
        registered = await saga(variables, "commands", "sync")
        assert registered.status == 0, registered.err
        assert "commands are registered everywhere: /question, " in registered.out
        channel = loopback.guild("Rédaction").channels[0]
        alice = loopback.person("Alice")
        async with running(variables, loopback, fresh=True) as bot:
            await bot.logged("ready as saga")
            card = await loopback.uses(alice, "question", channel, texte=QUESTION).answer()
            assert ANSWER in card.text
            direct = loopback.says(alice, QUESTION, loopback.direct(alice))
            assert ANSWER in (await loopback.reply(direct)).text
            await voted(loopback, card)
            bot.process.send_signal(signal.SIGTERM)
            async with asyncio.timeout(ENDS_WITHIN):
                assert await bot.ended() == 0
            assert await loopback.gateway.closed.first() == 1000
        assert [line.entry["level"] for line in bot.log.seen if line.entry["level"] != "INFO"] == []
        assert QUESTION not in bot.said
        assert loopback.token not in bot.said
        assert len(loopback.synced) == 1
    store = await Store.open(tmp_path / "saga.sqlite3")
    assert [(vote.intent, vote.down) for vote in await store.votes_down(5)] == [("acheteurs", 1)]
    assert sum(entry.count for entry in await store.daily(2)) == 2
    await store.close()


@bounded
async def test_group_messages_are_served_by_commands(tmp_path: Path) -> None:
    """In a group, a command is answered for all to see; what is not known, to its asker alone."""
    async with LoopbackDiscord() as loopback:
        variables = environment(tmp_path, loopback)
        assert (await saga(variables, "commands", "sync")).status == 0
        alice = loopback.person("Alice")
        group = loopback.group(alice, loopback.person("Bob"))
        async with running(variables, loopback):
            answered = await loopback.uses(alice, "question", group, texte=QUESTION).callback()
            assert ANSWER in answered.text
            assert not answered.ephemeral
            unknown = await loopback.uses(alice, "question", group, texte="quel temps fait-il à Paris ?").callback()
            assert unknown.ephemeral


@bounded
async def test_a_killed_bot_kept_what_it_acknowledged(tmp_path: Path) -> None:
    """After SIGKILL the database opens and holds each vote that somebody was thanked for; the bot starts again."""
    async with LoopbackDiscord() as loopback:
        variables = environment(tmp_path, loopback)
        alice = loopback.person("Alice")
        async with running(variables, loopback) as bot:
            card = await loopback.reply(loopback.says(alice, QUESTION, loopback.direct(alice)))
            for _ in range(20):
                await voted(loopback, card)
            bot.process.kill()
            assert await bot.ended() == -signal.SIGKILL
        store = await Store.open(tmp_path / "saga.sqlite3")
        assert [vote.down for vote in await store.votes_down(5)] == [20]
        await store.close()
        async with running(variables, loopback):
            await voted(loopback, card)


@bounded
async def test_what_is_old_is_deleted_after_the_login(tmp_path: Path) -> None:
    """Who cannot log in may have a clock that is wrong: nothing is deleted before."""
    path = tmp_path / "saga.sqlite3"
    store = await Store.open(path, clock=lambda: 0.0)
    await store.vote(1, "a", "acheteurs", useful=True)
    await store.close()
    async with LoopbackDiscord() as loopback:
        variables = environment(tmp_path, loopback)
        assert (await saga({**variables, "SAGA_DISCORD_TOKEN": "wrong"}, "run")).status == Status.REFUSED
        store = await Store.open(path)
        assert len(await store.personal(1)) == 1
        await store.close()
        async with running(variables, loopback) as bot:
            assert (await bot.logged("pruned")).entry["deleted"] == 1


@bounded
async def test_a_database_has_one_bot(tmp_path: Path) -> None:
    """A second bot is refused while the first one lives, and the check says so; SIGKILL leaves nothing in the way."""
    async with LoopbackDiscord() as loopback:
        variables = environment(tmp_path, loopback)
        async with running(variables, loopback) as bot:
            second = await saga(variables, "run")
            assert second.status == Status.DATABASE
            assert "Another bot runs on" in second.err
            checked = await saga(variables, "run", "--check")
            assert (checked.status, checked.err) == (0, "")
            assert "note: a bot runs on" in checked.out
            bot.process.kill()
            await bot.ended()
        assert "note" not in (await saga(variables, "run", "--check")).out
        async with running(variables, loopback):
            assert len(loopback.gateway.identified) == 2


@bounded
async def test_sighup_reloads_or_says_what_is_wrong(tmp_path: Path, small: Path) -> None:
    """SIGHUP puts an edited base to use; a broken one is refused with its problems in the log and the old one stays."""
    facts = small / "facts" / "chiffres.yaml"
    good = facts.read_text()
    async with LoopbackDiscord() as loopback:
        alice = loopback.person("Alice")
        direct = loopback.direct(alice)
        async with running(environment(tmp_path, loopback, SAGA_BASE=str(small)), loopback) as bot:
            question = "Combien de salariés le moulin emploie-t-il ?"
            first = (await loopback.reply(loopback.says(alice, question, direct))).text
            facts.write_text(good.replace("salariés", "personnes salariées"))
            bot.process.send_signal(signal.SIGHUP)
            reloaded = await bot.logged("reloaded: facts +0 ~")
            changed = await bot.logged("base: facts changed: effectifs")
            assert changed.entry["request"] == reloaded.entry["request"]
            second = (await loopback.reply(loopback.says(alice, question, direct))).text
            assert "personnes salariées" in second
            assert "personnes salariées" not in first

            facts.write_text("- id: [")
            bot.process.send_signal(signal.SIGHUP)
            refused = await bot.logged("reload refused")
            problem = await bot.logged("base: facts/chiffres.yaml:")
            assert problem.entry["request"] == refused.entry["request"]
            assert (await loopback.reply(loopback.says(alice, question, direct))).text == second

            facts.write_text(good)
            bot.process.send_signal(signal.SIGHUP)
            await bot.logged("reloaded", after=bot.log.seen.index(problem))
            assert (await loopback.reply(loopback.says(alice, question, direct))).text == first
            bot.process.send_signal(signal.SIGTERM)
            assert await bot.ended() == 0
    store = await Store.open(tmp_path / "saga.sqlite3")
    assert [(entry.by, entry.ok) for entry in await store.reloads(5)] == [(0, True), (0, False), (0, True)]
    await store.close()


@bounded
@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
async def test_a_bot_that_is_still_connecting_can_be_stopped(tmp_path: Path, stop: signal.Signals) -> None:
    """A signal ends the bot also while it waits for a gateway that does not answer."""
    async with (
        LoopbackDiscord() as loopback,
        running(environment(tmp_path, loopback), loopback) as bot,
        loopback.gateway.unreachable(),
    ):
        bot.process.send_signal(stop)
        async with asyncio.timeout(ENDS_WITHIN):
            assert await bot.ended() == 0


@bounded
@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
async def test_a_bot_that_is_still_starting_can_be_stopped(tmp_path: Path, stop: signal.Signals) -> None:
    """A signal ends the bot also before there is a base, as one that was asked to end; SIGHUP does not end it."""
    token = tmp_path / "token"
    os.mkfifo(token)
    variables = environment(tmp_path, None, SAGA_DISCORD_TOKEN_FILE=str(token))
    process = await start(variables, "bot", "run", out=asyncio.subprocess.DEVNULL, fresh=True)
    pipe = await asyncio.to_thread(os.open, token, os.O_WRONLY)  # done when the bot waits for its token
    process.send_signal(signal.SIGHUP)
    process.send_signal(stop)
    _, said = await process.communicate()
    os.close(pipe)
    assert (process.returncode, said) == (0, b"")


@bounded
async def test_a_reload_that_never_ends_does_not_keep_the_process(tmp_path: Path) -> None:
    """A signal ends the bot in time although a thread is deep in a reload, and what was counted is in the database."""
    async with LoopbackDiscord() as loopback:
        alice = loopback.person("Alice")
        async with running(environment(tmp_path, loopback), loopback, "tests.bot.running.stuck") as bot:
            await loopback.reply(loopback.says(alice, QUESTION, loopback.direct(alice)))
            bot.process.send_signal(signal.SIGHUP)
            await bot.log.first(lambda line: line.text == "stuck")
            bot.process.send_signal(signal.SIGTERM)
            async with asyncio.timeout(ENDS_WITHIN):
                assert await bot.ended() == 0
    store = await Store.open(tmp_path / "saga.sqlite3")
    assert sum(entry.count for entry in await store.daily(2)) == 1
    await store.close()
