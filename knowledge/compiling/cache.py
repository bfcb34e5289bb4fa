"""Compiled bases, remembered between runs: compiling takes many seconds, reading a compiled base a fraction of one.

The cache is an optimisation only: whatever is wrong with it (missing, damaged, unwritable, somebody else's, no
place for it), the base is built from its files. An entry is found by a hash of every file it was built from and where
it stood, of the engine's own code and of its libraries' versions, so it is never stale. Entries are pickles: only files
that belong to the user are read.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import stat
import sys
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from knowledge.compiling.collecting import gc_paused
from knowledge.compiling.folders import all_files, expanded
from knowledge.model import KnowledgeBase

MAX_BYTES = 10_000_000
"""A base with a larger file is not cached (and will be refused anyway)."""
LIBRARIES = ("numpy", "pydantic", "pyspellchecker", "PyStemmer", "PyYAML", "rapidfuzz", "snowballstemmer")
"""What reads, stems, spells, repairs and counts while a base is compiled: another version may do it differently."""
KEPT = 4
"""How many compiled bases are kept."""
ABANDONED = 3_600.0
"""Seconds after which nobody writes on at an entry: whoever began it was killed."""


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
    """Return a hash of all that a compiled base comes of; the empty string where it cannot be read."""
    try:
        files = all_files(base)
    except OSError:
        return ""
    return hashed(code() | files)


def unchanged(base: Path, version: str) -> str:
    """Return the version that a base had before it was read; the empty string where somebody has saved meanwhile.

    What was read is then neither what stood there nor what stands there now, and no hash may stand for it.
    """
    return version if fingerprint(base) == version else ""


def code() -> dict[str, Path]:
    """Return the files of the engine's code, by their places in it."""
    top = Path(__file__).parents[1]
    return {path.relative_to(top).as_posix(): path for path in sorted(top.rglob("*.py"))}


def hashed(files: Mapping[str, Path]) -> str:
    """Return a hash of files and where they stand, of Python and the libraries; the empty string where it has none."""
    try:
        versions = [sys.version, *(version(name) for name in LIBRARIES)]
        digest = hashlib.sha256("\0".join(versions).encode())
        for place, path in files.items():
            status = path.stat()
            if not stat.S_ISREG(status.st_mode) or status.st_size > MAX_BYTES:
                return ""
            data = path.read_bytes()
            digest.update(f"{place}\0{len(data)}\0".encode())
            digest.update(data)
    except (OSError, PackageNotFoundError):
        return ""
    return digest.hexdigest()


def _entry(version: str) -> Path:
    """Return the file of a compiled base. Raises OSError where there is none, or it is somebody else's."""
    path = folder() / f"{version}.pickle"
    owner = path.stat().st_uid
    if hasattr(os, "getuid") and owner != os.getuid():
        raise PermissionError(f"{path} is another account's")
    return path


def unkept(version: str) -> str:
    """Return a note on a base that has just been loaded and could not be kept; the empty string where it was."""
    with suppress(OSError):
        _entry(version)
        return ""
    try:
        where = f"in {folder()}"
    except OSError:
        where = "as this account has no home folder"
    return (
        f"note: the compiled base cannot be kept, {where}, and each start compiles it anew; "
        "name a folder that can be written with SAGA_CACHE"
    )


def get(version: str) -> KnowledgeBase | None:
    """Return the compiled base of that version, or None."""
    try:
        with gc_paused(), _entry(version).open("rb") as file:
            base = pickle.load(file)  # noqa: S301 - the user's own file
    except Exception:  # noqa: BLE001 - a damaged entry is no entry
        return None
    return base if isinstance(base, KnowledgeBase) else None


def found_or_built(version: str, build: Callable[[], KnowledgeBase], *, keep: bool = True) -> KnowledgeBase:
    """Return the compiled base of that version; where there is none, what `build` makes, kept for the next time.

    With `keep` false, where there is no version (the empty string), and where what was built has none, it is not kept.
    Raises what `build` raises.
    """
    base = get(version) if version else None
    if base is None:
        base = build()
        if version and base.version == version and keep:
            put(base)
    return base


def _written(path: Path) -> float:
    return path.stat().st_mtime


def put(base: KnowledgeBase) -> None:
    """Keep a compiled base; a cache that cannot be written is left alone."""
    try:
        target = folder()
        target.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=target, suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                pickle.dump(base, file, protocol=pickle.HIGHEST_PROTOCOL)
            entry = Path(temporary).replace(target / f"{base.version}.pickle")
        finally:
            Path(temporary).unlink(missing_ok=True)
        # By a clock that was set back, the others are the newer ones: the new one is none of those that go.
        others = sorted({*target.glob("*.pickle")} - {entry}, key=_written, reverse=True)
        scraps = [path for path in target.glob("*.part") if _written(path) < _written(entry) - ABANDONED]
        for old in (*others[KEPT - 1 :], *scraps):
            old.unlink(missing_ok=True)
    except OSError:
        return
