"""`python -m bot …` as a real process, pointed at a loopback Discord, with its log read as it comes."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, TypeAlias

from tests import forking
from tests.forking import FORKS, ROOT, Forked
from tests.loopback import Happening, LoopbackDiscord

MOULIN: Final = ROOT / "tests" / "bases" / "moulin"
QUESTION: Final = "Qui voulait racheter le moulin ?"
ANSWER: Final = "la coopérative Azur"
Process: TypeAlias = asyncio.subprocess.Process | Forked


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the log, or of what else was said on standard error."""

    text: str
    entry: dict[str, Any]

    @classmethod
    def of(cls, raw: bytes) -> Line:
        """Read a line; its entry is empty where it is no JSON."""
        text = raw.decode().rstrip("\n")
        try:
            return cls(text, json.loads(text))
        except ValueError:
            return cls(text, {})


@dataclass(frozen=True, slots=True)
class Ended:
    """What a process that has ended said and returned."""

    status: int
    out: str
    err: str


@dataclass(slots=True)
class Saga:
    """A process that runs the bot."""

    process: Process
    log: Happening[Line] = field(default_factory=Happening)

    async def logged(self, message: str, *, after: int = 0) -> Line:
        """Return the line of the log whose message begins so, when it is there; `after` so many lines."""
        return await self.log.first(lambda line: str(line.entry.get("message", "")).startswith(message), after=after)

    async def ended(self) -> int:
        """Return the exit status, when there is one."""
        return await self.process.wait()

    async def read(self) -> None:
        """Read the log to its end."""
        assert self.process.stderr is not None
        async for raw in self.process.stderr:
            self.log.add(Line.of(raw))

    @property
    def said(self) -> str:
        """Everything that was written to standard error so far."""
        return "\n".join(line.text for line in self.log.seen)


def environment(folder: Path, loopback: LoopbackDiscord | None, **more: str) -> dict[str, str]:
    """Return an environment whose only settings are ours."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SAGA_")}
    cache = "cache-processes" if "SAGA_BASE" in more else "cache-lasting"
    ours = {
        "SAGA_BASE": str(MOULIN),
        "SAGA_CACHE": str(Path(os.environ.get("SAGA_CACHE", folder / "cache")).with_name(cache)),
        "SAGA_DATABASE": str(folder / "saga.sqlite3"),
        "SAGA_LOG_FORMAT": "json",
        "SAGA_DISCORD_API": "http://127.0.0.1:9/api/v10",
    }
    if loopback is not None:
        ours["SAGA_DISCORD_API"] = loopback.api
        ours["SAGA_DISCORD_TOKEN"] = loopback.token
    return {**kept, **ours, **more}


async def start(variables: dict[str, str], module: str, *arguments: str, out: int, fresh: bool = not FORKS) -> Process:
    """Start `python -m module …` with these arguments; it is forked, unless Python has to start afresh."""
    err = asyncio.subprocess.PIPE
    if not fresh:
        return await forking.start(module, *arguments, env=variables, cwd=ROOT, out=out, err=err)
    command = [sys.executable, "-m", module, *arguments]
    return await asyncio.create_subprocess_exec(*command, cwd=ROOT, env=variables, stdout=out, stderr=err)


async def saga(variables: dict[str, str], *arguments: str) -> Ended:
    """Run a command to its end."""
    process = await start(variables, "bot", *arguments, out=asyncio.subprocess.PIPE)
    out, err = await process.communicate()
    return Ended(process.returncode or 0, out.decode(), err.decode())


@contextlib.asynccontextmanager
async def running(
    variables: dict[str, str], loopback: LoopbackDiscord, module: str = "", *, fresh: bool = not FORKS
) -> AsyncIterator[Saga]:
    """Start `saga run` (or another module), wait until it has identified, and kill what is left of it at the end."""
    before = len(loopback.gateway.identified)
    command = [module] if module else ["bot", "run"]
    one = Saga(await start(variables, *command, out=asyncio.subprocess.DEVNULL, fresh=fresh))
    reading = asyncio.create_task(one.read())
    try:
        identified = asyncio.create_task(loopback.gateway.identified.count(before + 1))
        await asyncio.wait({identified, reading}, return_when=asyncio.FIRST_COMPLETED)
        identified.cancel()
        assert not reading.done(), f"it ended early: {one.said}"
        yield one
    finally:
        with contextlib.suppress(ProcessLookupError):
            one.process.kill()
        await reading
        await one.process.wait()
