"""The files of a base: finding them, checking their shape, and knowing where each entry stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from operator import attrgetter
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError
from rapidfuzz import fuzz, process

from knowledge.compiling import schema
from knowledge.compiling.folders import ENDINGS, all_files
from knowledge.compiling.problems import Problem, shown
from knowledge.compiling.yamlfiles import Document, Place, read

Entry = TypeVar("Entry")
Inner = TypeVar("Inner")


@dataclass(frozen=True, slots=True)
class Placed(Generic[Entry]):
    """An entry and where it stands."""

    value: Entry
    path: str
    document: Document
    place: Place

    def where(self, *inside: str | int) -> str:
        """Return the `path:line` of the entry, or of a place inside it."""
        return f"{self.path}:{self.document.line((*self.place, *inside))}"

    def problem(self, message: str, *inside: str | int) -> Problem:
        """Return a problem at the entry, or at a place inside it."""
        return Problem(self.path, self.document.line((*self.place, *inside)), message)

    def part(self, value: Inner, *inside: str | int) -> Placed[Inner]:
        """Return what stands at a place inside the entry, with that place."""
        return Placed(value, self.path, self.document, (*self.place, *inside))


def repeated(
    entries: Iterable[Placed[Entry]], key: Callable[[Entry], Hashable]
) -> Iterator[tuple[Placed[Entry], Placed[Entry]]]:
    """Yield each entry whose key an earlier one has, with the first that has it."""
    first: dict[Hashable, Placed[Entry]] = {}
    for entry in entries:
        earlier = first.setdefault(key(entry.value), entry)
        if earlier is not entry:
            yield entry, earlier


@dataclass(slots=True)
class Sources:
    """All entries of a base, as written, with every problem of shape."""

    folder: Path
    problems: list[Problem] = field(default_factory=list)
    saga: Placed[schema.SagaEntry] | None = None
    articles: list[Placed[schema.ArticleCard]] = field(default_factory=list)
    facts: list[Placed[schema.FactEntry]] = field(default_factory=list)
    intents: list[Placed[schema.IntentEntry]] = field(default_factory=list)
    actors: list[Placed[schema.ActorEntry]] = field(default_factory=list)
    concepts: list[Placed[schema.Words]] = field(default_factory=list)
    """Those of everyday French."""
    vocabulary: list[Placed[schema.Words]] = field(default_factory=list)
    """Those of the saga."""
    spelling: schema.Words = field(default_factory=dict)
    question_words: schema.QuestionWords = field(default_factory=dict)
    actor_questions: schema.Words = field(default_factory=dict)
    exclusives: schema.Words = field(default_factory=dict)
    names: schema.Words = field(default_factory=dict)
    strangers: schema.Words = field(default_factory=dict)
    manner: schema.Words = field(default_factory=dict)
    fillers: list[schema.FillersEntry] = field(default_factory=list)
    joints: schema.Joints = field(default_factory=dict)
    numbers: list[schema.NumbersEntry] = field(default_factory=list)
    texts: Placed[dict[str, str]] | None = None
    """Those of everyday French."""
    ids: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """Ids by kind, those of refused entries too: a reference to one of these is not reported as one to nothing."""
    unread: set[str] = field(default_factory=set)
    """Kinds of which something could not be read, or has a refused id: what seems to be missing may be that."""

    def said(self) -> dict[str, Placed[str]]:
        """Return what the engine says itself, by name: a text of the saga takes the place of the French one."""
        found: dict[str, Placed[str]] = {}
        if self.texts is not None:
            found |= {name: self.texts.part(text, name) for name, text in self.texts.value.items()}
        if self.saga is not None:
            found |= {name: self.saga.part(text, "texts", name) for name, text in self.saga.value.texts.items()}
        return found

    def told(self) -> Iterator[tuple[Placed[Any], str, str]]:
        """Yield every text of an entry that members may read: the entry, the field, and the text."""
        holders: list[Placed[Any]] = [*self.intents, *self.facts, *self.actors]
        for placed in holders:
            for key in ("question", "lead", "gap", "reply", "text", "description"):
                if text := getattr(placed.value, key, None):
                    yield placed, key, text


_BY = "with --base or SAGA_BASE"
"""How somebody names the folder of a base, who may have typed neither today."""


def collect(folder: Path) -> Sources:
    """Read every file of a base; problems of shape are collected, never raised."""
    sources = Sources(folder)
    try:
        if not folder.is_dir():
            found = "this is a file" if folder.exists() else "there is no such folder"
            sources.problems.append(Problem(str(folder), 0, f"{found}; name the folder of a fact base {_BY}"))
            return sources
        files = all_files(folder)
        if not (folder / "saga.yaml").exists():
            message = f"the folder has no saga.yaml, so it is no fact base; name one {_BY}"
            sources.problems.append(Problem(str(folder), 0, message))
            return sources
    except OSError as error:
        message = f"the folder cannot be read: {error.strerror}; mend that, or name another base {_BY}"
        sources.problems.append(Problem(str(error.filename), 0, message))
        return sources
    for place, path in files.items():
        parts = place.split("/")
        group = "/".join(parts[:2]) if parts[0] == "french" else parts[0]
        _file(path, group, sources)
    for kind in ("articles", "facts", "intents", "actors"):
        # What stands twice is one problem, whatever the second entry holds.
        named: list[Placed[Any]] = getattr(sources, kind)
        for twin, first in [*repeated(named, attrgetter("id"))]:
            message = f"the {kind.removesuffix('s')} '{twin.value.id}' already stands at {first.where()}"
            sources.problems.append(twin.problem(message, "id"))
            named.remove(twin)
            sources.unread.add(kind)  # it may have to be called otherwise, as others name it
    return sources


def _file(path: Path, group: str, sources: Sources) -> None:
    name = shown(path, sources.folder)
    key, shape = _SHAPES.get(group, ("", None))
    if path.suffix not in ENDINGS:
        sources.problems.append(Problem(name, 0, "a file of a base ends in .yaml or .yml; rename this one or move it"))
        sources.unread.add(key)
        return
    document = read(path, name)
    if document.value is None and not document.problems and group in _FILLED:
        document.problems.append(Problem(name, 0, "there is nothing in this file; fill it or delete it"))
    sources.problems += document.problems
    if document.problems:
        sources.unread.add(key)
    if document.value is None and document.problems:
        return
    if group in _LISTS:
        getattr(sources, key).extend(entries(shape, document, name, sources.problems))
        _name(document.value, key, sources)
    elif group in _WHOLES:
        written = {} if document.value is None else document.value
        value = _validated(shape, written, (), document, name, sources.problems)
        if value is not None:
            _keep(sources, key, value, Placed(value, name, document, ()))
        else:
            _name(document.value, key, sources)
    else:
        message = f"'{group}' is no place for a YAML file; use saga.yaml, actors/, facts/, intents/ or vocabulary/"
        sources.problems.append(Problem(group, 0, message))  # once for all files of a folder
        sources.unread.update(_LISTS)


_LISTS: dict[str, tuple[str, type[BaseModel]]] = {
    "facts": ("facts", schema.FactEntry),
    "intents": ("intents", schema.IntentEntry),
    "french/smalltalk": ("intents", schema.IntentEntry),
    "actors": ("actors", schema.ActorEntry),
}
"""Files that hold a list of entries: where these go, and their shape."""
_WHOLES: dict[str, tuple[str, Any]] = {
    "saga.yaml": ("saga", schema.SagaEntry),
    "seeds": ("articles", schema.ArticleCard),
    "vocabulary": ("vocabulary", schema.Words),
    "french/concepts": ("concepts", schema.Words),
    "french/fillers": ("fillers", schema.FillersEntry),
    "french/joints.yaml": ("joints", schema.Joints),
    "french/numbers.yaml": ("numbers", schema.NumbersEntry),
    "french/spelling.yaml": ("spelling", schema.Words),
    "french/question-words.yaml": ("question_words", schema.QuestionWords),
    "french/actor-questions.yaml": ("actor_questions", schema.ActorQuestions),
    "french/names.yaml": ("names", schema.Words),
    "french/strangers.yaml": ("strangers", schema.Words),
    "french/manner.yaml": ("manner", schema.Words),
    "french/exclusives.yaml": ("exclusives", schema.Words),
    "french/texts.yaml": ("texts", schema.Texts),
}
"""Files that hold one thing: where it goes, and its shape."""
_SHAPES: dict[str, tuple[str, Any]] = {**_LISTS, **_WHOLES}
_FILLED = frozenset(["saga.yaml", "seeds", "facts", "intents", "actors"])
"""Files that are not left empty, as those of the French may be to do without them."""
_PLACED = frozenset(["saga", "articles", "concepts", "vocabulary", "texts"])
"""What keeps its place, because a check may speak of it."""


def _keep(sources: Sources, key: str, value: Any, placed: Placed[Any]) -> None:
    kept = placed if key in _PLACED else value
    if isinstance(getattr(sources, key), list):
        getattr(sources, key).append(kept)
    else:
        setattr(sources, key, kept)


def _name(value: Any, key: str, sources: Sources) -> None:
    """Note what the entries of a file are called, whatever else is wrong with them."""
    for entry in value if isinstance(value, list) else [value]:
        if name := schema.named(entry):
            sources.ids[key].add(name)
        elif value is not None:
            sources.unread.add(key)


def entries(shape: type[BaseModel], document: Document, name: str, problems: list[Problem]) -> Iterator[Placed[Any]]:
    """Yield the entries of a file that holds a list of them; what is wrong with the others goes to `problems`."""
    if document.value is None:
        return
    if not isinstance(document.value, list):
        problems.append(Problem(name, 1, "the file has to be a list ('- id: …')"))
        return
    for number, value in enumerate(document.value):
        entry = _validated(shape, value, (number,), document, name, problems)
        if entry is not None:
            yield Placed(entry, name, document, (number,))


def _validated(shape: Any, value: Any, place: Place, document: Document, name: str, problems: list[Problem]) -> Any:
    try:
        return TypeAdapter(shape).validate_python(value)
    except ValidationError as error:
        fields = list(shape.model_fields) if isinstance(shape, type) and issubclass(shape, BaseModel) else []
        rows = error.errors(include_url=False)
        # A field that is only misspelt is not missing, too.
        meant = {_nearest(str(row["loc"][-1]), fields) for row in rows if row["type"] == "extra_forbidden"}
        for row in rows:
            if row["type"] != "missing" or row["loc"][-1] not in meant:
                inner = tuple(part for part in row["loc"] if part != "[key]")
                problems.append(Problem(name, document.line((*place, *inner)), _said(row, fields)))
        return None


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return "; did you mean '...'?" with the known name nearest to an unknown one; "" where none is near."""
    near = _nearest(name, known)
    return f"; did you mean '{near}'?" if near else ""


def _nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the known name that an unknown one is most like; None where none is near."""
    near = process.extractOne(name, sorted(known), scorer=fuzz.ratio, score_cutoff=60)
    return near[0] if near else None


_SENTENCES = {
    "missing": "the field {subject} is missing",
    "string_type": "{subject} has to be a text{given}",
    "int_parsing": "{subject} has to be a whole number{given}",
    "bool_parsing": "{subject} has to be true or false{given}",
    "list_type": "{subject} has to be a list{given}; begin each item with '- '",
    "dict_type": "{subject} has to be a mapping ('key: value'){given}",
    "model_type": "{subject} has to be a mapping ('key: value'){given}",
    "literal_error": "{subject} has to be {expected}{given}",
    "enum": "{subject} has to be {expected}{given}",
    "too_short": "{subject} is empty",
    "string_too_short": "{subject} is too short (characters: at least {min_length})",
    "string_too_long": "{subject} is too long (characters: at most {max_length})",
    "greater_than_equal": "{subject} has to be at least {ge}{given}",
}
"""What pydantic's errors mean, by their types."""


def _said(row: Any, fields: list[str]) -> str:
    """Say one pydantic error to somebody who knows YAML but no Python."""
    # People count from 1.
    where = ".".join(str(part + 1 if isinstance(part, int) else part) for part in row["loc"] if part != "[key]")
    subject = f"'{where}'" if where else "this"
    last = str(row["loc"][-1]) if row["loc"] else ""
    details = row.get("ctx", {})
    match row["type"]:
        case "extra_forbidden":
            hint = did_you_mean(last, fields) or (f"; known are {', '.join(fields)}" if fields else "")
            return f"unknown field '{where}'{hint}"
        case "literal_error" if last == "[key]":
            return f"unknown name '{where}'; known are {details['expected']}"
        case "string_pattern_mismatch":
            apart = "; a comma separates two" if " " in row["input"] and isinstance(row["loc"][-1], int) else ""
            return f"'{row['input']}' is no {schema.FORMS[details['pattern']]}{apart}"
        case "value_error":
            return f"{where}: {details['error']}" if where else str(details["error"])
        case kind if kind in _SENTENCES and row["input"] is None:
            return f"{subject} is empty; fill it or delete its line"
        case kind if kind in _SENTENCES:
            given = f", not '{row['input']}'" if isinstance(row["input"], str) else ""
            if kind == "string_type" and isinstance(row["input"], dict):
                given = "; one with ': ' in it needs quotes"
            return _SENTENCES[kind].format(subject=subject, given=given, **details)
        case _:
            return f"{subject}: {row['msg'][0].lower()}{row['msg'][1:]}"
