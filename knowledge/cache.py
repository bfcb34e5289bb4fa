"""Compiled bases, remembered between runs: reading YAML takes a second, reading a compiled base a few milliseconds.

The cache is an optimisation only: whatever is wrong with it (missing, damaged, unwritable, somebody else's, no
place for it), the base is built from its files. An entry is found by a hash of every file it was built from and of the
engine's own code, so it is never stale. Entries are pickles: only files that belong to the user are read.
"""

from __future__ import annotations

import gc
import hashlib
import os
import pickle
import stat
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from knowledge.folders import all_files, expanded
from knowledge.model import KnowledgeBase

MAX_BYTES = 10_000_000
"""A base with a larger file is not cached (and will be refused anyway)."""
KEPT = 4
"""How many compiled bases are kept."""


def folder() -> Path:
    """Return the cache folder: `$SAGA_CACHE`, or `saga-bot` in the user's cache folder.

    Raises OSError where neither is set and the account has no home folder.
    """
    named = os.environ.get("SAGA_CACHE")
    if named:
        return expanded(named)
    try:
        return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "saga-bot"
    except RuntimeError as error:
        raise FileNotFoundError(str(error)) from error


def fingerprint(base: Path) -> str:
    """Return a hash of all files of a base and of the engine's code; the empty string where they cannot be read."""
    try:
        files = all_files(base)
    except OSError:
        return ""
    return hashed([*code(), *files])


def code() -> list[Path]:
    """Return the files of the engine's code."""
    return sorted(Path(__file__).parent.glob("*.py"))


def hashed(files: Iterable[Path]) -> str:
    """Return a hash of files and of the Python that reads them; the empty string where one cannot be read."""
    digest = hashlib.sha256(sys.version.encode())
    try:
        for path in files:
            status = path.stat()
            if not stat.S_ISREG(status.st_mode) or status.st_size > MAX_BYTES:
                return ""
            data = path.read_bytes()
            digest.update(f"{path.name}\0{len(data)}\0".encode())
            digest.update(data)
    except OSError:
        return ""
    return digest.hexdigest()


def get(version: str) -> KnowledgeBase | None:
    """Return the compiled base of that version, or None."""
    try:
        path = folder() / f"{version}.pickle"
        if hasattr(os, "getuid") and path.stat().st_uid != os.getuid():
            return None
        with uncollected(), path.open("rb") as file:
            base = pickle.load(file)  # noqa: S301 - the user's own file
    except Exception:  # noqa: BLE001 - a damaged entry is no entry
        return None
    return base if isinstance(base, KnowledgeBase) else None


@contextmanager
def uncollected() -> Iterator[None]:
    """Keep the garbage collector from walking a growing base again and again: it would take most of the time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def put(base: KnowledgeBase) -> None:
    """Keep a compiled base; a cache that cannot be written is left alone."""
    try:
        target = folder()
        target.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=target, suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                pickle.dump(base, file, protocol=pickle.HIGHEST_PROTOCOL)
            Path(temporary).replace(target / f"{base.version}.pickle")
        finally:
            Path(temporary).unlink(missing_ok=True)
        entries = sorted(target.glob("*.pickle"), key=lambda path: path.stat().st_mtime, reverse=True)
        for old in entries[KEPT:]:
            old.unlink(missing_ok=True)
    except OSError:
        return
