"""`saga preview`: the real bot on a page of this machine."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import sys
import urllib.request
from typing import TYPE_CHECKING, Any
from unittest.mock import AsyncMock
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner

from bot.cli import saga
from bot.client import SagaBot
from bot.editions.holder import Holder
from bot.running import preview
from bot.store import Store, StoreError
from tests.bot.running.process import start

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(bool(preview.missing()), reason="the extra “preview” is not installed")


def page(address: str) -> dict[str, Any]:
    """Open a page as a browser does; return what it shows."""
    parts = urlsplit(address)
    request = urllib.request.Request(
        f"http://{parts.netloc}/api/pages",
        data=b"{}",
        method="POST",
        headers={"X-Simcord-Capability": parts.fragment, "Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request) as answer:  # noqa: S310 - the same
        shown: dict[str, Any] = json.load(answer)
        return shown


def left_behind(folder: Path) -> list[Path]:
    """Return the preview's temporary files that are still there."""
    return list(folder.glob("saga-preview-*"))


def test_without_the_extra_one_sentence_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is missing, and how to get it; no traceback."""
    monkeypatch.setattr(preview, "missing", lambda: ["simcord"])
    result = CliRunner().invoke(saga, ["preview"])
    assert result.exit_code == 1
    said = "The preview needs its extra (simcord is missing): in the clone, .venv/bin/pip install -e '.[preview]'"
    assert result.output == f"Error: {said}\n"


def test_a_bad_base_is_told_before_anything_starts(small: Path) -> None:
    """Every problem by path and line, and status 1."""
    (small / "saga.yaml").unlink()
    result = CliRunner().invoke(saga, ["--base", str(small), "preview"])
    assert result.exit_code == 1
    assert "saga.yaml" in result.output


def test_a_port_in_use_is_told(small: Path) -> None:
    """A port that somebody else has is a sentence, not a traceback."""
    import socket  # noqa: PLC0415

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        result = CliRunner().invoke(saga, ["--base", str(small), "preview", "--port", str(port)])
    assert result.exit_code == 1
    assert result.output.startswith("Error: The preview cannot start:")


def test_a_database_that_cannot_be_made_is_told(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk for temporary files is the sentence of the store, not a traceback."""
    monkeypatch.setattr(Store, "open", AsyncMock(side_effect=StoreError("The disk is full.")))
    result = CliRunner().invoke(saga, ["--base", str(small), "preview"])
    assert (result.exit_code, result.output) == (1, "Error: The disk is full.\n")


async def test_both_pages_show_the_same_bot(small: Path, tmp_path: Path) -> None:
    """A channel and a direct message, each with an answer of the real bot, and the commands of the real tree."""
    holder = Holder.open(small)
    async with preview.world(holder, tmp_path / "preview.sqlite3", 0, greet=True) as (pages, _):
        channel = await asyncio.to_thread(page, pages.channel)
        direct = await asyncio.to_thread(page, pages.direct)
    assert "45 salariés" in json.dumps(channel, ensure_ascii=False).replace("\u00a0", " ")
    assert "la coopérative Azur serait prête" in json.dumps(direct, ensure_ascii=False)
    assert [viewer["name"] for viewer in channel["viewers"]] == ["Ada", "Camille"]


async def test_nobody_there_has_to_wait(small: Path, tmp_path: Path) -> None:
    """Whoever tries the bot out asks one thing after another, without running into the real limits."""
    bots: list[SagaBot] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SagaBot, "setup_hook", _kept(SagaBot.setup_hook, bots))
        async with preview.world(Holder.open(small), tmp_path / "preview.sqlite3", 0, greet=False):
            assert [bots[0].cooldowns.ask(1, 2) for _ in range(100)] == [0.0] * 100


def _kept(original: Any, bots: list[SagaBot]) -> Any:
    def setup_hook(bot: SagaBot) -> Any:
        bots.append(bot)
        return original(bot)

    return setup_hook


async def test_everybody_there_has_a_french_discord(small: Path, tmp_path: Path) -> None:
    """What the bot says in the reader's language is French, as its answers are."""
    spoken: list[str] = []
    original = SagaBot.dispatch

    def dispatch(bot: SagaBot, event: str, /, *about: Any, **rest: Any) -> None:
        if event == "interaction":
            spoken.append(str(about[0].locale))
        original(bot, event, *about, **rest)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SagaBot, "dispatch", dispatch)
        async with preview.world(Holder.open(small), tmp_path / "preview.sqlite3", 0, greet=True):
            pass
    assert spoken == ["fr"]


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "SIGTERM"])
async def test_it_starts_says_how_to_stop_and_ends_cleanly(small: Path, tmp_path: Path, how: signal.Signals) -> None:
    """As a process of its own: one line that says what it is, two addresses, status 0, and nothing left behind."""
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    process = await start(environment, "bot", "--base", str(small), "preview", out=asyncio.subprocess.PIPE)
    assert process.stdout is not None
    lines = [(await process.stdout.readline()).decode() for _ in range(3)]
    assert "Stop it with Ctrl-C" in lines[0]
    addresses = [found[0] for line in lines[1:] if (found := re.search(r"http://127\.0\.0\.1:\d+/#\S+", line))]
    assert len(addresses) == 2
    assert (await asyncio.to_thread(page, addresses[0]))["viewers"]
    process.send_signal(how)
    _, errors = await process.communicate()
    assert process.returncode == 0
    assert errors == b""
    assert left_behind(tmp_path) == []


STUCK = """
import asyncio, os, signal, sys, threading
from pathlib import Path
from bot.editions.holder import Holder
from bot.running.preview import serve

def announce(_):
    asyncio.get_running_loop().run_in_executor(None, threading.Event().wait)
    os.kill(os.getpid(), signal.SIGINT)

asyncio.run(serve(Holder.open(Path(sys.argv[1])), 0, announce))
"""


async def test_a_reload_that_goes_on_does_not_keep_the_process(small: Path, tmp_path: Path) -> None:
    """Ctrl-C ends it in time, with nothing left behind, also where a thread is deep in work."""
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", STUCK, str(small), env=environment)
    assert await process.wait() == 0
    assert left_behind(tmp_path) == []
