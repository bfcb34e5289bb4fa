"""A second process for the tests: opens a store and does what its first argument says, one line for each thing done."""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from pathlib import Path

from bot.store import Store, StoreError


async def keep_on(path: Path) -> None:
    """Write for ever; say each number once it was acknowledged."""
    store = await Store.open(path)
    number = 0
    while True:
        number += 1
        store.count("answered", "question")
        await store.report(number, "a", "prix", "combien", f"comment {number}")
        print(number, flush=True)  # noqa: T201 - the parent reads it


async def count(path: Path) -> None:
    """Open, count a hundred times, close."""
    store = await Store.open(path)
    for _ in range(100):
        store.count("answered", "question")
    await store.close()


async def without_rights(path: Path) -> None:
    """Try to open a store as somebody who owns nothing; say the sentences that this gives."""
    # Once as ourselves first: whatever is imported late is then there.
    with tempfile.TemporaryDirectory() as own:
        await (await Store.open(Path(own) / "saga.sqlite3")).close()
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(65_534)
        os.setuid(65_534)
    for attempt in ("check", "open"):
        try:
            if attempt == "check":
                Store.check(path)
            else:
                await Store.open(path)
        except StoreError as error:
            print(error, flush=True)  # noqa: T201 - the parent reads it


if __name__ == "__main__":
    asyncio.run({"keep_on": keep_on, "count": count, "without_rights": without_rights}[sys.argv[1]](Path(sys.argv[2])))
