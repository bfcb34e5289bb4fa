"""Reading YAML written by people: strictly, with line numbers, and without surprises.

Every scalar is read as text (``no``, ``2024`` and ``2020-08`` stay what was typed); the schema decides what
is a number. Anchors, aliases, tags and duplicate keys are refused, so that a file means what it shows.
"""

from __future__ import annotations

import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

import yaml

from knowledge.compiling.problems import Problem

MAX_BYTES = 1_000_000
"""Largest accepted file; the shipped base's largest is under a tenth of it."""
MAX_DEPTH = 20

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_NO_TABS = "indent with spaces, not tabs"
_LINED_UP = "does this line begin where those beside it do, and has each quote above its other one?"
_IN_BRACKETS = "does a text here need quotes, or a comma behind it, or is a bracket left open?"
_HINTS = {
    "found a tab character that violates indentation": _NO_TABS,
    "found character that cannot start any token": "what begins with @, % or ` needs quotes",
    "mapping values are not allowed in this context": "a text with ': ' needs quotes; or is the line indented too far?",
    "did not find expected key": _LINED_UP,
    "did not find expected '-' indicator": _LINED_UP,
    "did not find expected <document start>": _LINED_UP,
    "did not find expected ',' or ']'": _IN_BRACKETS,
    "did not find expected ',' or '}'": _IN_BRACKETS,
    "did not find expected node content": _IN_BRACKETS,
    "could not find expected ':'": "a key is followed by ': '; a text of several lines needs quotes",
    "found unexpected end of stream": "a quote is opened here and never closed",
}
"""What to do about libyaml's errors, whose own words say little to somebody who knows no parser."""
_NOTICED_LATE = frozenset(["could not find expected ':'", "found unexpected end of stream"])
"""Those that lie where their context begins, lines before they are noticed."""

_QUOTES = ("'", '"')

_KEY = re.compile(r"\s*(?:- )?[\w-]+:(?:\s|$)")
"""What a line begins with that belongs to no list in brackets."""
_UNRESOLVED = re.compile(r"^(?:<{7} |>{7} )", re.MULTILINE)
"""What Git leaves at both ends of lines that two curators changed."""

Place: TypeAlias = tuple[str | int, ...]


@dataclass(slots=True)
class Document:
    """A parsed file: plain dicts, lists and strings, and the 1-based line of each place in it."""

    value: Any = None
    lines: dict[Place, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    quoted: tuple[int, int] = (0, 0)
    """The lines in which the text in quotes that was read last begins and ends."""

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
        line = error.object.count(b"\n", 0, error.start) + 1
        return refuse(line, f"the file is not UTF-8 text (byte {error.start}); save it as UTF-8")
    except OSError as error:
        return refuse(0, f"the file cannot be read: {error.strerror}")
    try:
        _build(text, document, name)
    except yaml.MarkedYAMLError as error:
        line, said = _explained(error, text, document)
        return refuse(line, f"not valid YAML: {said}")
    except yaml.reader.ReaderError as error:
        return refuse(0, f"not valid YAML: the character U+{_codepoint(error.character):04X} is not allowed")
    except yaml.YAMLError as error:
        return refuse(0, f"not valid YAML: {error}")
    return document


def _explained(error: yaml.MarkedYAMLError, text: str, document: Document) -> tuple[int, str]:
    """Return the line in which an error lies, and what is wrong there or usually is."""
    begun = error.context_mark if error.problem in _NOTICED_LATE else None
    mark = begun or error.problem_mark or error.context_mark
    said = _HINTS.get(error.problem or "", error.problem or str(error.context))
    if mark is None:
        return 0, said
    line = mark.line + 1
    typed = [*text.split("\n"), ""][mark.line]
    indent = typed[: len(typed) - len(typed.lstrip())]
    opened, closed = document.quoted
    within = error.context_mark
    if said == _IN_BRACKETS and within is not None and within.line < mark.line and _KEY.match(typed):
        return within.line + 1, f"the bracket that is opened here is not closed before line {line}; close it"
    before, behind = typed[: mark.column].rstrip(), typed[mark.column :].strip()
    if said == _LINED_UP and behind == ",":
        return line, "a comma stands behind all that it could separate; delete it"
    if said == _LINED_UP and before.endswith(("}", "]")):
        return line, "a text that begins with a bracket needs quotes around all of it"
    if said == _LINED_UP and closed == line:
        if opened < closed:
            return opened, f"the quote that is opened here is closed only in line {closed}; close it behind its text"
        return line, "the text in quotes ends too early; write « » for the quotes in it, or '' for an apostrophe"
    if "\u00a0" in indent:
        return line, "the line begins with a no-break space; indent with plain spaces"
    return line, _NO_TABS if "\t" in indent else said


def _codepoint(character: Any) -> int:
    return character if isinstance(character, int) else ord(character)


class _Stop(yaml.MarkedYAMLError):
    """Raised for YAML features that a fact base does not need."""

    def __init__(self, message: str, event: yaml.Event) -> None:
        super().__init__(problem=message, problem_mark=event.start_mark)  # type: ignore[arg-type] # the C parser's marks are as good


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def _build(text: str, document: Document, name: str) -> None:
    """Turn the stream of parse events into values, in one pass."""
    if merge := _UNRESOLVED.search(text):
        message = "an unresolved merge; keep what is right of both sides, and delete the lines of its marks"
        mark = yaml.Mark(name, merge.start(), text.count("\n", 0, merge.start()), 0, None, 0)
        raise yaml.MarkedYAMLError(problem=message, problem_mark=mark)
    builder = _Builder(yaml.parse(text, Loader=_LOADER), document, name)
    seen = False
    for event in builder.events:
        if isinstance(event, yaml.DocumentStartEvent):
            if seen:
                raise _Stop("a second document ('---') in one file; use one file for each", event)
            seen = True
        elif isinstance(event, yaml.NodeEvent):
            document.value = builder.node(event, ())


def _refuse_extras(event: yaml.Event) -> None:
    """Refuse what makes a value or a key mean something else than what it shows."""
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        raise _Stop("anchors and aliases (& and *) are not allowed; write the text out", event)
    if tag := getattr(event, "tag", None):
        typed = tag.replace("tag:yaml.org,2002:", "!!")
        raise _Stop(f"tags ({typed}) are not allowed; write plain YAML", event)


def _whole(before: yaml.Event | None, event: yaml.Event) -> str | None:
    """Return what two items of a list were typed as, where that is one number with a comma ("6,4")."""
    if not (isinstance(before, yaml.ScalarEvent) and isinstance(event, yaml.ScalarEvent)):
        return None
    if before.style or event.style or not before.end_mark or not event.start_mark:
        return None
    number = before.value[-1:].isdecimal() and event.value[:1].isdecimal()
    beside = event.start_mark.index == before.end_mark.index + 1
    return f"{before.value},{event.value}" if number and beside else None


@dataclass(slots=True)
class _Builder:
    """Builds plain values from parse events, and notes the line of each place."""

    events: Iterator[yaml.Event]
    document: Document
    name: str

    def node(self, event: yaml.Event, place: Place) -> Any:
        """Return the value that begins with `event`."""
        self.document.lines[place] = _line(event)
        _refuse_extras(event)
        if len(place) > MAX_DEPTH:
            raise _Stop(f"nested deeper than {MAX_DEPTH} levels", event)
        if isinstance(event, yaml.ScalarEvent):
            if event.style in _QUOTES and event.end_mark:
                self.document.quoted = (_line(event), event.end_mark.line + 1)
            plain_null = not event.style and event.value in ("", "~", "null")
            return None if plain_null else event.value
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(place)
        return self._mapping(place)

    def _sequence(self, place: Place) -> list[Any]:
        items: list[Any] = []
        before: yaml.Event | None = None
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            if whole := _whole(before, event):
                message = f"'{whole}' is cut in two by its comma; put it in quotes"
                self.document.problems.append(Problem(self.name, _line(event), message))
            items.append(self.node(event, (*place, len(items))))
            before = event
        return items

    def _mapping(self, place: Place) -> dict[str, Any]:
        mapping: dict[str, Any] = {}
        merged = False
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                raise _Stop("a key has to be a plain word", event)
            _refuse_extras(event)
            key = event.value
            if key in mapping and not merged:
                # Where the first key of an entry comes again, all the others of a second one follow.
                merged = bool(place) and isinstance(place[-1], int) and key == next(iter(mapping))
                hint = "; a new entry begins with '- '" if merged else ""
                self.document.problems.append(Problem(self.name, _line(event), f"the key '{key}' stands twice{hint}"))
            mapping[key] = self.node(next(self.events), (*place, key))
            self.document.lines[(*place, key)] = _line(event)
        return mapping
