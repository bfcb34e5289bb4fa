"""What the benchmarks share: libraries that may be missing, the machine, what decided a reply, printing."""

from __future__ import annotations

import gc
import json
import os
import platform
import sys
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knowledge.reply import Part, Reply

ROOT: Final = Path(__file__).parent.parent
DIALOGUES: Final = ROOT / "tests" / "dialogues"
VERSION: Final = 12
"""Characters shown of the hash that tells which base and which engine were measured."""
INSTALL: Final = "pip install -e '.[bench]'"


class MissingError(Exception):
    """Something that a measurement needs is not installed."""


def library(name: str) -> Any:
    """Return a module of the extra `bench`, which ships no types of its own."""
    try:
        return import_module(name)
    except ImportError as error:
        raise MissingError(f"{name.split('.', maxsplit=1)[0]} is not installed ({INSTALL})") from error


def decisive(reply: Reply) -> Part:
    """Return the part of an engine's reply that its outcome and its confidence come from."""
    return next(part for part in reply.parts if (part.intent, part.outcome) == (reply.intent, reply.outcome))


def machine() -> dict[str, str | int | None]:
    """Return what the figures depend on besides the code."""
    return {
        "cores": os.cpu_count(),
        "architecture": platform.machine(),
        "system": platform.system(),
        "python": platform.python_version(),
    }


def described() -> str:
    """Return the machine in a few words."""
    return ", ".join(f"{value} {name}" if name == "cores" else str(value) for name, value in machine().items())


@contextmanager
def settled() -> Iterator[None]:
    """Keep the garbage collector from what is loaded already, as a process that answers for weeks does."""
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def show(renderable: object, *, error: bool = False) -> None:
    """Print a line or a table."""
    from rich.console import Console  # noqa: PLC0415 - not in the processes that are measured

    # Piped output is as wide as the table: no terminal decides where a line breaks.
    stream = sys.stderr if error else sys.stdout
    Console(file=stream, width=None if stream.isatty() else 120).print(renderable, highlight=False, markup=False)


def show_json(found: object) -> None:
    """Print one JSON object."""
    sys.stdout.write(json.dumps(found, ensure_ascii=False, indent=2) + "\n")
