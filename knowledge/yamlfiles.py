"""Reading YAML written by people: strictly, with line numbers, and without surprises.

Every scalar is read as text (``no``, ``2024`` and ``2020-08`` stay what was typed); the schema decides what
is a number. Anchors, aliases, tags and duplicate keys are refused, so that a file means what it shows.
"""

from __future__ import annotations

import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

import yaml

from knowledge.problems import Problem

MAX_BYTES = 1_000_000
"""Largest accepted file; the shipped base's largest is under a tenth of it."""
MAX_DEPTH = 20

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Place: TypeAlias = tuple[str | int, ...]


@dataclass(slots=True)
class Document:
    """A parsed file: plain dicts, lists and strings, and the 1-based line of each place in it."""

    value: Any = None
    lines: dict[Place, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def line(self, place: Place) -> int:
        """Return the line of `place`, or of the nearest enclosing place that is known."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)


def read(path: Path, name: str) -> Document:
    """Read one YAML file; whatever is wrong with it is in the result's `problems`, never raised."""
    document = Document()

    def refuse(line: int, message: str) -> Document:
        document.value = None
        document.problems.append(Problem(name, line, message))
        return document

    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            return refuse(0, "this is no ordinary file; a base is made of plain files")
        size = status.st_size
        if size > MAX_BYTES:
            return refuse(0, f"the file has {size:,} bytes; split it into files of at most {MAX_BYTES:,}")
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return refuse(0, f"the file is not UTF-8 text (byte {error.start}); save it as UTF-8")
    except OSError as error:
        return refuse(0, f"the file cannot be read: {error.strerror}")
    try:
        _build(text, document, name)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        return refuse(mark.line + 1 if mark else 0, f"not valid YAML: {error.problem or error.context}")
    except yaml.reader.ReaderError as error:
        return refuse(0, f"not valid YAML: the character U+{_codepoint(error.character):04X} is not allowed")
    except yaml.YAMLError as error:
        return refuse(0, f"not valid YAML: {error}")
    return document


def _codepoint(character: Any) -> int:
    return character if isinstance(character, int) else ord(character)


class _Stop(yaml.MarkedYAMLError):
    """Raised for YAML features that a fact base does not need."""

    def __init__(self, message: str, mark: yaml.Mark) -> None:
        super().__init__(problem=message, problem_mark=mark)


def _build(text: str, document: Document, name: str) -> None:
    """Turn the stream of parse events into values, in one pass."""
    events = yaml.parse(text, Loader=_LOADER)
    seen_document = False

    def node(event: yaml.Event, place: Place) -> Any:
        line = event.start_mark.line + 1
        document.lines[place] = line
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _Stop("anchors and aliases (& and *) are not allowed; write the text out", event.start_mark)
        if getattr(event, "tag", None):
            raise _Stop(f"tags ({event.tag}) are not allowed; write plain YAML", event.start_mark)
        if len(place) > MAX_DEPTH:
            raise _Stop(f"nested deeper than {MAX_DEPTH} levels", event.start_mark)
        if isinstance(event, yaml.ScalarEvent):
            plain_null = event.style is None and event.value in ("", "~", "null")
            return None if plain_null else event.value
        if isinstance(event, yaml.SequenceStartEvent):
            items: list[Any] = []
            while not isinstance(event := next(events), yaml.SequenceEndEvent):
                items.append(node(event, (*place, len(items))))
            return items
        mapping: dict[str, Any] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                raise _Stop("a key has to be a plain word", event.start_mark)
            key = event.value
            key_line = event.start_mark.line + 1
            if key in mapping:
                document.problems.append(Problem(name, key_line, f"the key '{key}' stands twice"))
            mapping[key] = node(next(events), (*place, key))
            document.lines[(*place, key)] = key_line
        return mapping

    for event in events:
        if isinstance(event, (yaml.StreamStartEvent, yaml.StreamEndEvent, yaml.DocumentEndEvent)):
            continue
        if isinstance(event, yaml.DocumentStartEvent):
            if seen_document:
                raise _Stop("a second document ('---') in one file; use one file for each", event.start_mark)
            seen_document = True
            continue
        document.value = node(event, ())
