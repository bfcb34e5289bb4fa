"""What keeps the bot from running is one clear sentence, in the log or before there is one, with an exit status."""

from __future__ import annotations

import asyncio
import json
import shutil
import sys
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Final

import pytest

from bot.client import ATTEMPTS
from bot.failures import Status
from bot.running.explaining import explain
from tests.bot.running.process import MOULIN, Ended, Line, environment, saga, start
from tests.bounded import bounded
from tests.forking import ROOT
from tests.loopback import LoopbackDiscord
from tests.loopback.faults import Fault

COMMANDS: Final = (("run",), ("commands", "sync"), ("invite",))
SECRET: Final = "MTA.wrong.token-that-nobody-may-read"  # noqa: S105 - it opens nothing


def one_sentence(ended: Ended) -> str:
    """Return why it ended: the last line on standard error, which belongs to the log where there is one by then."""
    assert "Traceback" not in ended.err
    *before, last = [Line.of(raw) for raw in ended.err.encode().splitlines()]
    assert all(line.entry and line.entry["level"] != "CRITICAL" for line in before), ended.err
    if before or last.entry:
        assert (last.entry["level"], last.entry["status"]) == ("CRITICAL", ended.status)
    sentence = str(last.entry.get("message", last.text))
    assert sentence.endswith(".")
    return sentence


@bounded
@pytest.mark.parametrize("command", COMMANDS)
async def test_a_missing_token(tmp_path: Path, command: tuple[str, ...]) -> None:
    """Without a token it is said where one belongs."""
    ended = await saga(environment(tmp_path, None), *command)
    assert ended.status == Status.SETTINGS
    assert one_sentence(ended).startswith("There is no token: set SAGA_DISCORD_TOKEN, or SAGA_DISCORD_TOKEN_FILE")


@bounded
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full device")
@pytest.mark.parametrize("more", [{}, {"SAGA_DISCORD_TOKEN": SECRET}], ids=["before the log", "in the log"])
async def test_a_log_that_cannot_be_written(tmp_path: Path, more: dict[str, str]) -> None:
    """The exit status tells a supervisor why, also where standard error is on a full disk."""
    process = await asyncio.create_subprocess_exec(
        *("/bin/sh", "-c", 'exec "$@" 2>/dev/full', "sh", sys.executable, "-m", "bot", "run"),
        cwd=ROOT,
        env=environment(tmp_path, None, **more),
    )
    assert await process.wait() == (Status.UNAVAILABLE if more else Status.SETTINGS)


@bounded
@pytest.mark.parametrize("command", COMMANDS)
async def test_a_wrong_token(tmp_path: Path, command: tuple[str, ...]) -> None:
    """A token that Discord refuses is said, and never shown, not even at DEBUG."""
    async with LoopbackDiscord() as loopback:
        variables = environment(tmp_path, loopback, SAGA_DISCORD_TOKEN=SECRET, SAGA_LOG_LEVEL="DEBUG")
        ended = await saga(variables, *command)
    assert ended.status == Status.REFUSED
    assert one_sentence(ended).startswith("Discord refuses the token")
    assert SECRET not in ended.err + ended.out


@bounded
async def test_a_token_that_was_revoked_meanwhile(tmp_path: Path) -> None:
    """A gateway that refuses the token, when REST has still taken it, ends the bot with the same sentence."""
    async with LoopbackDiscord() as loopback:
        loopback.gateway._token = "another"  # noqa: S105 - it opens nothing
        ended = await saga(environment(tmp_path, loopback), "run")
    assert ended.status == Status.REFUSED
    assert one_sentence(ended).startswith("Discord refuses the token")


@bounded
@pytest.mark.parametrize("command", COMMANDS)
async def test_a_network_that_leads_nowhere(tmp_path: Path, command: tuple[str, ...]) -> None:
    """Where nobody answers, it is said where Discord was looked for."""
    ended = await saga(environment(tmp_path, None, SAGA_DISCORD_TOKEN=SECRET), *command)
    assert ended.status == Status.UNAVAILABLE
    sentence = one_sentence(ended)
    assert sentence.startswith("Discord cannot be reached at http://127.0.0.1:9/api/v10: check the network")


@pytest.mark.parametrize(
    "error",
    [
        PermissionError(13, "Permission denied", "names.txt"),
        OSError(28, "No space left on device", "names.txt"),
        FileNotFoundError(2, "No usable temporary directory found"),
    ],
)
def test_a_file_is_not_the_network(error: OSError) -> None:
    """An error that names a file, or that only a file or a folder has, is none of Discord's."""
    assert explain(error, "its address") is None


@bounded
@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        (Fault("GET", "^/users/@me", 503), "Discord has trouble (HTTP 503): try again later."),
        (
            Fault("GET", "^/users/@me", 429, "<html>"),
            "Discord limits this address for now (HTTP 429): try again later.",
        ),
        (Fault("GET", "^/gateway/bot", 503), "Discord has trouble (it names no gateway): try again later."),
        (Fault("GET", "^/users/@me", drop=True, times=9), "Discord cannot be reached at "),
    ],
)
async def test_a_discord_in_trouble(tmp_path: Path, fault: Fault, sentence: str) -> None:
    """Trouble on Discord's side is told as such, and worth another try."""
    async with LoopbackDiscord() as loopback:
        loopback.faults.append(fault)
        ended = await saga(environment(tmp_path, loopback), "run")
    assert ended.status == Status.UNAVAILABLE
    assert one_sentence(ended).startswith(sentence)


@bounded
@pytest.mark.parametrize(("silent", "reason"), [(False, "503"), (True, "TimeoutError")])
async def test_a_gateway_that_lets_nobody_in(tmp_path: Path, *, silent: bool, reason: str) -> None:
    """Each attempt to connect is one line in the log, with its reason; after so many the bot ends, for another try.

    It makes no difference whether the gateway refuses, or takes the connection and then says nothing.
    """
    async with LoopbackDiscord() as loopback, AsyncExitStack() as stack:
        loopback.gateway.refusing = not silent
        if silent:
            await stack.enter_async_context(loopback.gateway.unreachable())
        arguments = ("tests.bot.running.impatient", *(["0.01"] if silent else []))
        process = await start(environment(tmp_path, loopback), *arguments, out=asyncio.subprocess.DEVNULL)
        _, raw = await process.communicate()
        assert silent or len(loopback.gateway.turned_away) == ATTEMPTS
    ended = Ended(process.returncode or 0, "", raw.decode())
    assert ended.status == Status.UNAVAILABLE
    assert one_sentence(ended) == "Discord has trouble (its gateway lets nobody in): try again later."
    entries = [json.loads(line) for line in ended.err.splitlines() if line.startswith("{")]
    attempts = [
        entry
        for entry in entries
        if entry["level"] in ("WARNING", "ERROR") and entry["logger"] != "bot.running.serving"
    ]
    assert len(attempts) == ATTEMPTS
    assert all(entry["logger"] == "discord.shard" and reason in entry["message"] for entry in attempts)
    assert not any("exception" in entry for entry in entries)


@bounded
async def test_commands_that_a_server_refuses(tmp_path: Path) -> None:
    """Where the application may not register commands, Discord's reason is passed on."""
    async with LoopbackDiscord() as loopback:
        body = {"message": "Missing Access", "code": 50_001}
        loopback.faults.append(Fault("PUT", "^/applications/", 403, body))
        ended = await saga(environment(tmp_path, loopback), "commands", "sync", "--guild", "42")
    assert ended.status == Status.REFUSED
    assert one_sentence(ended) == (
        "Discord refuses this (HTTP 403, code 50001): Missing Access. "
        "Is the bot on that server? `saga invite` prints the link that puts it there."
    )


@bounded
async def test_a_database_that_is_none(tmp_path: Path) -> None:
    """A file that is no database is left alone."""
    (tmp_path / "saga.sqlite3").write_text("des notes, pas une base\n" * 200)
    async with LoopbackDiscord() as loopback:
        ended = await saga(environment(tmp_path, loopback), "run")
        assert not loopback.asked.seen
    assert ended.status == Status.DATABASE
    assert "is not a database" in one_sentence(ended)


@bounded
async def test_a_base_with_problems(tmp_path: Path) -> None:
    """Every problem of the base is a line with path and line number, and Discord is not bothered."""
    shutil.copytree(MOULIN, tmp_path / "base")
    (tmp_path / "base" / "facts" / "chiffres.yaml").write_text("- id: [")
    async with LoopbackDiscord() as loopback:
        ended = await saga(environment(tmp_path, loopback, SAGA_BASE=str(tmp_path / "base")), "run")
        assert not loopback.asked.seen
    assert ended.status == Status.BASE
    assert any(json.loads(line)["message"].startswith("facts/chiffres.yaml:2: ") for line in ended.err.splitlines())


@bounded
async def test_settings_with_mistakes(tmp_path: Path) -> None:
    """All mistakes are told at once, a line each."""
    variables = environment(tmp_path, None, SAGA_RETENTION_DAYS="x", SAGA_LOG_LEVEL="loud", SAGA_TOKEN="x")  # noqa: S106
    for arguments in (("run",), ("run", "--check")):
        ended = await saga(variables, *arguments)
        assert ended.status == Status.SETTINGS
        assert ended.err.splitlines() == [
            "SAGA_RETENTION_DAYS has to be a whole number.",
            "SAGA_LOG_LEVEL has to be 'DEBUG', 'INFO', 'WARNING' or 'ERROR'.",
            "SAGA_TOKEN is no setting; did you mean SAGA_DISCORD_TOKEN?",
        ]
