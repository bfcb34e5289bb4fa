"""The real bot when the connection is cut, the gateway restarts, and Discord limits or fails."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.asking.answering import Door
from bot.store import Store
from tests.bot.running.process import ANSWER, QUESTION, Saga, environment, running, saga
from tests.bounded import bounded
from tests.loopback import LoopbackDiscord, Message


@contextlib.asynccontextmanager
async def bot_at(folder: Path) -> AsyncIterator[tuple[LoopbackDiscord, Saga]]:
    """Run the bot at a loopback Discord."""
    async with (
        LoopbackDiscord() as loopback,
        running(environment(folder, loopback, SAGA_COOLDOWN_PERSON="100/1"), loopback) as bot,
    ):
        yield loopback, bot


def ask(loopback: LoopbackDiscord, *names: str) -> list[Message]:
    """Let people ask the same question in direct messages."""
    people = [loopback.person(name) for name in names]
    return [loopback.says(person, QUESTION, loopback.direct(person)) for person in people]


async def answered_once(loopback: LoopbackDiscord, asked: list[Message]) -> None:
    """Wait for the reply to each, then for one to a last message, and see that each got exactly one."""
    for message in asked:
        assert ANSWER in (await loopback.reply(message)).text
    await loopback.reply(ask(loopback, "Zoé")[0])
    replied = [posted.reply_to for posted in loopback.posted.seen]
    assert [replied.count(message) for message in asked] == [1] * len(asked)


@bounded
async def test_a_cut_connection_loses_no_question_and_repeats_no_answer(tmp_path: Path) -> None:
    """What was asked while the bot was cut off is answered after RESUME, once; what was answered before, not again."""
    async with bot_at(tmp_path) as (loopback, _):
        before = ask(loopback, "Alice", "Bob")
        await loopback.reply(before[-1])
        async with loopback.gateway.unreachable():
            meanwhile = ask(loopback, "Carla", "David")
        await loopback.gateway.resumed.first()
        await answered_once(loopback, [*before, *meanwhile, *ask(loopback, "Emma")])
        assert len(loopback.gateway.identified) == 1


@bounded
async def test_a_refused_attempt_to_come_back_loses_nothing(tmp_path: Path) -> None:
    """A gateway that is down for a moment is tried again, and what was asked meanwhile is answered once.

    The log has a line for each attempt, with its reason, and no traceback.
    """
    async with bot_at(tmp_path) as (loopback, bot):
        loopback.gateway.refusing = True
        loopback.gateway.cut()
        asked = ask(loopback, "Alice")
        await loopback.gateway.turned_away.first()
        loopback.gateway.refusing = False
        await loopback.gateway.resumed.first()
        await answered_once(loopback, asked)
        assert len(loopback.gateway.identified) == 1
        tries = [line.entry for line in bot.log.seen if line.entry["logger"] == "discord.shard"]
        assert any("503" in entry["message"] for entry in tries)
        assert not any("exception" in entry for entry in tries)


@bounded
async def test_op_7_and_a_resumable_op_9_lose_nothing(tmp_path: Path) -> None:
    """A gateway that wants to be left, or to be resumed, is, and every question is answered once."""
    async with bot_at(tmp_path) as (loopback, _):
        loopback.gateway.ask_to_reconnect()
        asked = ask(loopback, "Alice")
        await loopback.gateway.resumed.count(1)
        loopback.gateway.invalidate(resumable=True)
        asked += ask(loopback, "Bob")
        await loopback.gateway.resumed.count(2)
        await answered_once(loopback, asked)


@bounded
async def test_an_invalid_session_is_begun_anew(tmp_path: Path) -> None:
    """After op 9 the bot identifies again, at the gateway that the REST side had named, and answers on."""
    async with bot_at(tmp_path) as (loopback, _):
        loopback.gateway.invalidate(resumable=False)
        await loopback.gateway.identified.count(2)
        await answered_once(loopback, ask(loopback, "Alice"))


@bounded
async def test_a_rate_limit_delays_an_answer_and_repeats_none(tmp_path: Path) -> None:
    """A 429 is waited for as it says."""
    async with bot_at(tmp_path) as (loopback, _):
        limit = loopback.limit("POST", r"^/channels/\d+/messages$", 0.05, times=3)
        await answered_once(loopback, ask(loopback, "Alice", "Bob"))
        assert limit.times == 0


@bounded
@pytest.mark.parametrize("status", [500, 502, 503])
async def test_a_server_error_is_tried_again_and_logged(tmp_path: Path, status: int) -> None:
    """Discord's own trouble delays an answer; the log says so, without the secret that is part of the address."""
    async with bot_at(tmp_path) as (loopback, bot):
        loopback.fail("POST", r"^/channels/\d+/messages$", status)
        await answered_once(loopback, ask(loopback, "Alice"))
        line = await bot.logged(f"Discord has trouble: HTTP {status} to POST ")
        assert line.entry["level"] == "WARNING"


@bounded
async def test_a_response_that_discord_took_before_it_failed_is_sent(tmp_path: Path) -> None:
    """Tried again, it is "already acknowledged": no incident, nothing more said, and the answer counts."""
    async with bot_at(tmp_path) as (loopback, bot):
        await saga(environment(tmp_path, loopback), "commands", "sync")
        channel = loopback.guild("Village").channels[0]
        loopback.fail("POST", "^/interactions/", 500, after=True)
        used = loopback.uses(loopback.person("Alice"), "question", channel, texte=QUESTION)
        await bot.logged("already answered")
        await answered_once(loopback, ask(loopback, "Bob"))
        assert ANSWER in used.callbacks.seen[0].text
        assert not used.followups.seen
        assert not [line for line in bot.log.seen if line.entry.get("level") == "ERROR"]
        bot.process.send_signal(signal.SIGTERM)
        await bot.ended()
    store = await Store.open(tmp_path / "saga.sqlite3")
    assert {(count.door, count.outcome) for count in await store.daily(2)} >= {(Door.COMMAND, "answered")}
    await store.close()


@bounded
async def test_an_answer_that_discord_refuses_is_an_incident_in_the_log(tmp_path: Path) -> None:
    """Where a reply is refused, its asker is told the number of an incident, once, and the bot answers the next one."""
    async with bot_at(tmp_path) as (loopback, bot):
        loopback.fail("POST", r"^/channels/\d+/messages$", 400)
        asked = ask(loopback, "Alice")
        line = await bot.log.first(lambda line: line.entry.get("level") == "ERROR")
        assert line.entry["incident"] in (await loopback.reply(asked[0])).text
        await answered_once(loopback, ask(loopback, "Bob"))
        assert [posted.reply_to for posted in loopback.posted.seen].count(asked[0]) == 1
        assert QUESTION not in bot.said
