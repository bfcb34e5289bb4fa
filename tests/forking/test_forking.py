"""The forked processes of the tests are what fresh ones would be, and end with whoever asked for them."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from pathlib import Path

import pytest

from tests.bounded import bounded
from tests.forking import FORKS, ROOT, start

pytestmark = pytest.mark.skipif(not FORKS, reason="nothing is forked on this system")
PIPE = asyncio.subprocess.PIPE
ENVIRONMENT = {"PATH": os.environ["PATH"], "SAGA_WORD": "mot", "LC_ALL": "C.UTF-8"}
ORPHAN = """
import asyncio, os, sys
from pathlib import Path
from tests.forking import start

async def leave():
    forked = await start("tests.forking.child", "wait", env=os.environ, cwd=Path(), out=-1, err=-1)
    print(forked.pid, flush=True)
    await asyncio.Event().wait()

asyncio.run(leave())
"""


@bounded
async def test_it_is_what_a_fresh_process_would_be(tmp_path: Path) -> None:
    """It has its own arguments, environment and folder, and no module of the tests; how it ends is told."""
    command = ("tests.forking.child", "tell", "é\udcff")
    forked = await start(*command, env=ENVIRONMENT, cwd=tmp_path, out=PIPE, err=PIPE)
    variables = {**ENVIRONMENT, "PYTHONPATH": str(ROOT)}
    fresh = await asyncio.create_subprocess_exec(
        sys.executable, "-m", *map(os.fsencode, command), env=variables, cwd=tmp_path, stdout=PIPE, stderr=PIPE
    )
    assert await forked.communicate() == await fresh.communicate()
    assert forked.returncode == fresh.returncode == 1


@bounded
async def test_a_signal_is_told_as_such() -> None:
    """The status is minus the signal, and whoever has ended gets no other one."""
    forked = await start("tests.forking.child", "wait", env=ENVIRONMENT, cwd=ROOT, out=PIPE, err=PIPE)
    assert forked.stdout is not None
    await forked.stdout.readline()
    forked.send_signal(signal.SIGTERM)
    assert await forked.wait() == -signal.SIGTERM
    with pytest.raises(ProcessLookupError):
        forked.kill()


@bounded
async def test_whoever_is_killed_leaves_nothing_behind() -> None:
    """What a killed process had forked ends as well."""
    caller = await asyncio.create_subprocess_exec(sys.executable, "-c", ORPHAN, cwd=ROOT, stdout=PIPE)
    assert caller.stdout is not None
    pid = int(await caller.stdout.readline())
    os.kill(pid, 0)
    caller.kill()
    await caller.wait()
    with contextlib.suppress(ProcessLookupError):
        while True:
            os.kill(pid, 0)
            await asyncio.sleep(0.05)
