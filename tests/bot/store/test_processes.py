"""Other processes: several at one file, one that is killed, one that has no rights."""

# ruff: noqa: ASYNC240 - nothing else is waiting on the loops of these tests

from __future__ import annotations

import asyncio
import os
import re
import shutil
import sqlite3
import stat
import sys
import tempfile
from contextlib import closing
from pathlib import Path

import pytest

from bot.store import Store
from tests.bot.running.process import Process, start
from tests.bounded import bounded

ROOT = Path(__file__).parents[3]
DOCUMENT = (ROOT / "docs" / "running.md").read_text(encoding="utf-8")


async def child(task: str, path: Path) -> Process:
    """Start a process that does `task` with the database at `path`."""
    pipe = asyncio.subprocess.PIPE
    return await start({**os.environ}, "tests.bot.store.child", task, str(path), out=pipe)


@bounded
async def test_what_was_acknowledged_survives_a_kill(path: Path) -> None:
    """After SIGKILL in the midst of writing, the file opens at once and holds every acknowledged write."""
    for _ in range(3):
        process = await child("keep_on", path)
        assert process.stdout is not None
        for _ in range(50):
            assert await process.stdout.readline()
        process.kill()
        said = (await process.stdout.read()).split(b"\n")
        await process.wait()
        acknowledged = max([50, *(int(line) for line in said[:-1] if line)])
        store = await Store.open(path)
        reports = await store.reports(1_000_000)
        assert {f"comment {number}" for number in range(1, acknowledged + 1)} <= {report.comment for report in reports}
        assert (await store.daily(1))[0].count >= acknowledged
        await store.close()
        path.unlink()


@pytest.mark.skipif(sys.platform == "win32", reason="the commands are for sh")
@bounded
async def test_a_backup_is_restored_as_documented(path: Path) -> None:
    """What docs/running.md says brings back the copy and nothing of the log that a killed bot has left."""
    copy = path.with_name("copy.sqlite3")
    store = await Store.open(path)
    await store.report(1, "a", "prix", "combien", "in the copy")
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    await store.close()
    process = await child("keep_on", path)
    assert process.stdout is not None
    for _ in range(5):
        assert await process.stdout.readline()
    process.kill()
    await process.communicate()
    assert path.with_name(f"{path.name}-wal").stat().st_size
    told = re.findall(r"^    ((?:rm|cp) .*saga\.sqlite3.*)$", DOCUMENT, re.MULTILINE)
    for command in told:
        await (await asyncio.create_subprocess_shell(command, cwd=path.parent)).wait()
    store = await Store.open(path)
    assert [report.comment for report in await store.reports(9)] == ["in the copy"]
    await store.close()


@pytest.mark.skipif(shutil.which("sqlite3") is None, reason="the command sqlite3 is not installed")
@bounded
async def test_a_backup_is_for_its_account_alone(path: Path) -> None:
    """What docs/running.md says makes a copy that other accounts cannot read, whatever they may read else."""
    await (await Store.open(path)).close()
    (command,) = re.findall(r"^    (.*sqlite3 .*\.backup.*)$", DOCUMENT, re.MULTILINE)
    await (await asyncio.create_subprocess_shell(f"umask 022; {command}", cwd=path.parent)).wait()
    assert stat.S_IMODE(path.with_name("copy.sqlite3").stat().st_mode) == 0o600


@bounded
async def test_several_processes_share_a_new_file(path: Path) -> None:
    """Processes that all find no file and start at once make one, and no count is lost between them."""
    processes = [await child("count", path) for _ in range(4)]
    await asyncio.gather(*(process.communicate() for process in processes))
    assert [process.returncode for process in processes] == [0, 0, 0, 0]
    store = await Store.open(path)
    assert sum(entry.count for entry in await store.daily(2)) == 400
    await store.close()


@pytest.mark.skipif(sys.platform == "win32", reason="the rights of folders are POSIX")
@pytest.mark.parametrize("existing", [False, True])
@bounded
async def test_a_closed_folder_is_said(existing: bool) -> None:  # noqa: FBT001 - a parameter of the test
    """Where this account may not write, that is said of the file, for one that is there and one without its folder."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / ("saga.sqlite3" if existing else "deeper/saga.sqlite3")
        if existing:
            await (await Store.open(path)).close()
            path.chmod(0o666)
        folder.chmod(0o755 if os.geteuid() == 0 else 0o555)
        process = await child("without_rights", path)
        out, _ = await process.communicate()
        sentences = out.decode().splitlines()
        assert len(sentences) == 2
        for sentence in sentences:
            assert sentence.startswith(f"{path} cannot be ")
            assert sentence.endswith(("this account has no permission there.", "or closed to this account."))
