"""Where a phrasing stands in the files of a base: a compiled base does not know, and only `--explain` asks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from knowledge.compiling.folders import all_files
from knowledge.compiling.problems import shown
from knowledge.compiling.schema import WORDED
from knowledge.compiling.yamlfiles import Place, read


def located(folder: Path, intent: str, phrasing: str) -> str | None:
    """Return the `path:line` of an intent's phrasing, or of the intent, where it came from a phrasing with a slot.

    None where no file has the intent: those of actors are generated.
    """
    for path in all_files(folder).values():
        if intent.encode() not in path.read_bytes():
            continue  # reading every file as YAML would take a second
        document = read(path, shown(path, folder))
        for number, entry in enumerate(document.value if isinstance(document.value, list) else ()):
            if entry.get("id") == intent and "question" in entry:  # a fact may have the same id
                inside = next((place for place, text in _phrasings(entry) if text.strip() == phrasing), ())
                return f"{shown(path, folder)}:{document.line((number, *inside))}"
    return None


def _phrasings(entry: dict[str, Any]) -> Iterator[tuple[Place, str]]:
    """Yield all that an intent is asked by, with its place in the entry."""
    yield ("question",), entry["question"]
    for key in WORDED:
        for number, text in enumerate(entry.get(key, ())):
            yield (key, number), text
