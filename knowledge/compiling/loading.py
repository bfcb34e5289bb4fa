"""Getting a `KnowledgeBase` from a folder: from the cache where nothing has changed, else from its files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from knowledge.compiling import cache
from knowledge.compiling.collecting import gc_paused
from knowledge.compiling.folders import SHIPPED
from knowledge.compiling.problems import BaseProblemsError
from knowledge.model import KnowledgeBase


def load(
    folder: Path | None = None, *, use_cache: bool = True, compiling: Callable[[], None] | None = None
) -> KnowledgeBase:
    """Return the base in `folder` (default: the shipped one), whole or not at all.

    `compiling` is called before what takes longest: where the cache does not have it, and its files can be read.
    Raises BaseProblemsError, with every problem found, for a base that cannot be used.
    """
    folder = (folder or SHIPPED).absolute()
    version = cache.fingerprint(folder)

    return cache.found_or_built(version if use_cache else "", lambda: _compiled(folder, version, compiling))


def _compiled(folder: Path, version: str, compiling: Callable[[], None] | None) -> KnowledgeBase:
    """Compile the base in `folder`. Raises BaseProblemsError."""
    # Imported here: a cached start needs neither pydantic nor yaml.
    from knowledge.compiling.amounts import Numbers, unproved_numbers  # noqa: PLC0415
    from knowledge.compiling.building import build  # noqa: PLC0415
    from knowledge.compiling.sources import collect  # noqa: PLC0415

    with gc_paused():
        sources = collect(folder)
        read = cache.unchanged(folder, version)
        if compiling and not sources.problems:
            compiling()
        base = build(sources, read)
    if unproved := unproved_numbers(sources, Numbers.of(sources)):
        raise BaseProblemsError([*unproved.values()])
    return base
