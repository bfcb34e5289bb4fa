"""Commands as real processes that need not import first: forked from one process that has imported the program.

Arguments, environment, folder, standard streams, signals and the way each ends are its own. A test of how Python itself
starts (what it imports, encodings, terminals, closed streams) starts it afresh, and so does every test where FORKS is
false.
"""

from __future__ import annotations

import asyncio
import functools
import json
import os
import signal
import socket
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT: Final = Path(__file__).parents[2]
FORKS: Final = sys.platform == "linux"
"""Elsewhere, what the system's own libraries hold may not outlive a fork."""


@functools.cache
def _server() -> tuple[subprocess.Popen[bytes], socket.socket]:
    """Start the process that the others are forked from; give the line to it, with which it ends."""
    ours, theirs = socket.socketpair()
    with theirs:
        server = subprocess.Popen(
            [sys.executable, "-m", "tests.forking.server", str(theirs.fileno())],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8", "OPENBLAS_NUM_THREADS": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            pass_fds=[theirs.fileno()],
            start_new_session=True,
        )
    return server, ours


def end() -> None:
    """End the server, if one was needed, and with it whatever it has forked."""
    if _server.cache_info().currsize:
        server, line = _server()
        line.close()
        server.wait()
        _server.cache_clear()


class Forked:
    """A forked process, with what tests use of asyncio.subprocess.Process."""

    def __init__(
        self, pid: int, ended: asyncio.Task[int], out: asyncio.StreamReader | None, err: asyncio.StreamReader | None
    ) -> None:
        self.pid = pid
        self.stdout = out
        self.stderr = err
        self._ended = ended

    @property
    def returncode(self) -> int | None:
        """The exit status, once it has ended; minus the signal that ended it."""
        return self._ended.result() if self._ended.done() else None

    async def wait(self) -> int:
        """Return the exit status, when there is one."""
        return await asyncio.shield(self._ended)

    async def communicate(self) -> tuple[bytes, bytes]:
        """Return what it says on standard output and error until it has ended."""
        out, err = await asyncio.gather(_all(self.stdout), _all(self.stderr))
        await self.wait()
        return out, err

    def send_signal(self, number: int) -> None:
        """Send it a signal."""
        if self._ended.done():
            raise ProcessLookupError
        os.kill(self.pid, number)

    def kill(self) -> None:
        """Send it SIGKILL."""
        self.send_signal(signal.SIGKILL)


async def _all(stream: asyncio.StreamReader | None) -> bytes:
    return await stream.read() if stream else b""


async def _pipe(kind: int, given: ExitStack) -> tuple[int, asyncio.StreamReader | None]:
    """Return where to write, to be closed with `given`, and what reads it; for PIPE or DEVNULL."""
    if kind == asyncio.subprocess.DEVNULL:
        return given.enter_context(open(os.devnull, "wb")).fileno(), None  # noqa: ASYNC230, PTH123 - is there at once
    reading, writing = os.pipe()
    given.callback(os.close, writing)
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), os.fdopen(reading, "rb")
    )
    return writing, reader


async def start(
    module: str, *arguments: str, env: Mapping[str, str], cwd: Path, out: int, err: int, given: IO[bytes] | None = None
) -> Forked:
    """Start `python -m module arguments`, with a file on standard input; `out` and `err` are PIPE or DEVNULL."""
    _, server = _server()
    ours, theirs = socket.socketpair()
    with ExitStack() as stack:
        stdin = given or stack.enter_context(open(os.devnull, "rb"))  # noqa: ASYNC230, PTH123 - is there at once
        (stdout, said), (stderr, complained) = await _pipe(out, stack), await _pipe(err, stack)
        socket.send_fds(server, [b"."], [stack.enter_context(theirs).fileno(), stdin.fileno(), stdout, stderr])
    reader, writer = await asyncio.open_connection(sock=ours)
    writer.write(json.dumps([module, arguments, dict(env), str(cwd)]).encode() + b"\n")
    pid = int(await reader.readline())

    async def status() -> int:
        try:
            return int(await reader.readline())
        finally:
            writer.close()

    return Forked(pid, asyncio.create_task(status()), said, complained)
