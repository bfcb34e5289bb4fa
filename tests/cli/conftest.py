"""The command as a person starts it: a real process."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

import pytest

from tests import forking
from tests.conftest import MOULIN
from tests.forking import FORKS, ROOT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


SAGA: Final = [sys.executable, "-m", "bot"]
LIMIT: Final = 60.0
"""Seconds after which a process has failed, whatever it waits for."""


def interruptible() -> None:
    """Let a new process hear Ctrl-C, also where the tests run in the background, whose processes ignore it."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def environment(**more: str) -> dict[str, str]:
    """Return the environment of a terminal in UTF-8, with this project's code first."""
    kept = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "SAGA_BASE", "COLUMNS")}
    return {**kept, "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8", "TERM": "xterm", **more}


class Run(Protocol):
    """Runs the command and returns what it did; standard output and error as text."""

    def __call__(
        self,
        *arguments: str | bytes | Path,
        given: str | bytes = b"",
        base: Path | None = MOULIN,
        env: Mapping[str, str] | None = None,
        fresh: bool = not FORKS,
    ) -> subprocess.CompletedProcess[str]:
        """Run `saga --base BASE ARGUMENTS` with `given` on standard input; `fresh` where it is Python's own start."""


async def forked(arguments: Sequence[str], given: bytes, env: Mapping[str, str], cwd: Path) -> tuple[int, bytes, bytes]:
    """Return the status of a command, its standard output and error; its standard input is a file."""
    with tempfile.TemporaryFile() as file:
        file.write(given)
        file.seek(0)
        pipe = asyncio.subprocess.PIPE
        async with asyncio.timeout(LIMIT):
            process = await forking.start("bot", *arguments, env=env, cwd=cwd, out=pipe, err=pipe, given=file)
            out, err = await process.communicate()
            return await process.wait(), out, err


@pytest.fixture
def run(tmp_path: Path, compiled: Path) -> Run:
    """Return how to run the command; it never shows a traceback, and what it prints is UTF-8.

    The bases that no test changes are found compiled: the shipped one where the test asks for it.
    """

    def start(
        *arguments: str | bytes | Path,
        given: str | bytes = b"",
        base: Path | None = MOULIN,
        env: Mapping[str, str] | None = None,
        fresh: bool = not FORKS,
    ) -> subprocess.CompletedProcess[str]:
        command = [os.fsdecode(argument) for argument in (*(("--base", base) if base else ()), *arguments)]
        lasting = {"SAGA_CACHE": str(compiled)} if base in (MOULIN, None) else {}
        variables = environment(**{**lasting, **(env or {})})
        typed = given.encode() if isinstance(given, str) else given
        if fresh:
            done = subprocess.run(
                [*SAGA, *command],
                input=typed,
                capture_output=True,
                check=False,
                cwd=tmp_path,
                env=variables,
                timeout=LIMIT,
            )
            status, out, err = done.returncode, done.stdout, done.stderr
        else:
            status, out, err = asyncio.run(forked(command, typed, variables, tmp_path))
        assert b"Traceback" not in err, err.decode(errors="replace")
        return subprocess.CompletedProcess(command, status, out.decode("utf-8"), err.decode("utf-8"))

    return start
