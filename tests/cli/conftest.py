"""The command as a person starts it: a real process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

import pytest

from tests.conftest import MOULIN

if TYPE_CHECKING:
    from collections.abc import Mapping

    from knowledge.model import KnowledgeBase

ROOT: Final = Path(__file__).parent.parent.parent
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
    ) -> subprocess.CompletedProcess[str]:
        """Run `saga --base BASE ARGUMENTS` with `given` on standard input."""


@pytest.fixture
def run(tmp_path: Path, moulin: KnowledgeBase, lasting_cache: Path) -> Run:  # noqa: ARG001 - compiled for all
    """Return how to run the command; it never shows a traceback, and what it prints is UTF-8.

    The bases that no test changes are found compiled: the shipped one where the test asks for it.
    """

    def start(
        *arguments: str | bytes | Path,
        given: str | bytes = b"",
        base: Path | None = MOULIN,
        env: Mapping[str, str] | None = None,
    ) -> subprocess.CompletedProcess[str]:
        options: list[str | bytes | Path] = ["--base", base] if base else []
        lasting = {"SAGA_CACHE": str(lasting_cache)} if base in (MOULIN, None) else {}
        done = subprocess.run(
            [*SAGA, *options, *arguments],
            input=given.encode() if isinstance(given, str) else given,
            capture_output=True,
            check=False,
            cwd=tmp_path,
            env=environment(**{**lasting, **(env or {})}),
            timeout=LIMIT,
        )
        assert b"Traceback" not in done.stderr, done.stderr.decode(errors="replace")
        return subprocess.CompletedProcess(
            done.args, done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
        )

    return start
