"""The files of a base: finding them, checking their shape, and knowing where each entry stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError
from rapidfuzz import process

from knowledge import schema
from knowledge.folders import all_files, french_folder, seeds_folder
from knowledge.problems import Problem, shown
from knowledge.yamlfiles import Document, Place, read

Entry = TypeVar("Entry")


@dataclass(frozen=True, slots=True)
class Placed(Generic[Entry]):
    """An entry and where it stands."""

    value: Entry
    path: str
    document: Document
    place: Place

    @property
    def line(self) -> int:
        """The 1-based line where the entry begins."""
        return self.document.line(self.place)

    def problem(self, message: str, *inside: str | int) -> Problem:
        """Return a problem at the entry, or at a place inside it."""
        return Problem(self.path, self.document.line((*self.place, *inside)), message)


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
    spelling: schema.Words = field(default_factory=dict)
    question_words: schema.Words = field(default_factory=dict)
    actor_questions: schema.Words = field(default_factory=dict)
    names: schema.Words = field(default_factory=dict)
    fillers: list[schema.FillersEntry] = field(default_factory=list)
    numbers: list[schema.NumbersEntry] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)


def collect(folder: Path) -> Sources:
    """Read every file of a base; problems of shape are collected, never raised."""
    sources = Sources(folder)
    if not folder.is_dir():
        sources.problems.append(Problem(str(folder), 0, "there is no such folder; name the folder of a fact base"))
        return sources
    try:
        paths = all_files(folder)
    except OSError as error:
        sources.problems.append(Problem(str(error.filename), 0, f"the folder cannot be read: {error.strerror}"))
        return sources
    if not (folder / "saga.yaml").exists():
        message = "the folder has no saga.yaml, so it is no fact base"
        sources.problems.append(Problem(str(folder), 0, message))
        return sources
    french, seeds = french_folder(folder), seeds_folder(folder)
    for path in paths:
        if french in path.parents:
            group = f"french/{path.relative_to(french).parts[0]}"
        elif seeds in path.parents:
            group = "seeds"
        else:
            group = path.relative_to(folder).parts[0]
        _file(path, group, sources)
    return sources


def _file(path: Path, group: str, sources: Sources) -> None:
    name = shown(path, sources.folder)
    document = read(path, name)
    sources.problems += document.problems
    if any(not problem.line or document.value is None for problem in document.problems):
        return

    def whole(shape: Any) -> Any:
        return _validated(shape, document.value, (), document, name, sources.problems)

    def each(shape: type[Entry]) -> Iterator[Placed[Entry]]:
        if document.value is None:
            return
        if not isinstance(document.value, list):
            sources.problems.append(Problem(name, 1, "the file has to be a list ('- id: …')"))
            return
        for number, value in enumerate(document.value):
            entry = _validated(shape, value, (number,), document, name, sources.problems)
            if entry is not None:
                yield Placed(entry, name, document, (number,))

    match group:
        case "saga.yaml":
            saga = whole(schema.SagaEntry)
            sources.saga = Placed(saga, name, document, ()) if saga else None
        case "seeds":
            card = whole(schema.ArticleCard)
            if card:
                sources.articles.append(Placed(card, name, document, ()))
        case "facts":
            sources.facts += each(schema.FactEntry)
        case "intents" | "french/smalltalk.yaml":
            sources.intents += each(schema.IntentEntry)
        case "actors":
            sources.actors += each(schema.ActorEntry)
        case "vocabulary" | "french/concepts":
            concepts = whole(schema.Words)
            if concepts:
                sources.concepts.append(Placed(concepts, name, document, ()))
        case "french/spelling.yaml":
            sources.spelling = whole(schema.Words) or {}
        case "french/question-words.yaml":
            sources.question_words = whole(schema.Words) or {}
        case "french/actor-questions.yaml":
            sources.actor_questions = whole(schema.Words) or {}
        case "french/names.yaml":
            sources.names = whole(schema.Words) or {}
        case "french/fillers.yaml":
            sources.fillers += filter(None, [whole(schema.FillersEntry)])
        case "french/numbers.yaml":
            sources.numbers += filter(None, [whole(schema.NumbersEntry)])
        case "french/texts.yaml":
            sources.texts = whole(dict[schema.Id, schema.Text]) or {}
        case _:
            message = f"'{group}' is no place for a YAML file; use saga.yaml, actors/, facts/, intents/ or vocabulary/"
            sources.problems.append(Problem(name, 0, message))


def _validated(
    shape: Any, value: Any, place: Place, document: Document, name: str, problems: list[Problem]
) -> Any:
    try:
        return TypeAdapter(shape).validate_python(value)
    except ValidationError as error:
        fields = list(shape.model_fields) if isinstance(shape, type) and issubclass(shape, BaseModel) else []
        for row in error.errors(include_url=False):
            inner = tuple(part for part in row["loc"] if part != "[key]")
            problems.append(Problem(name, document.line((*place, *inner)), _said(row, fields)))
        return None


def _said(row: Any, fields: list[str]) -> str:
    """Say one pydantic error to somebody who knows YAML but no Python."""
    where = ".".join(str(part) for part in row["loc"])
    last = str(row["loc"][-1]) if row["loc"] else ""
    match row["type"]:
        case "missing":
            return f"the field '{where}' is missing"
        case "extra_forbidden":
            near = process.extractOne(last, fields, score_cutoff=60)
            hint = f"; did you mean '{near[0]}'?" if near else f"; known are {', '.join(fields)}" if fields else ""
            return f"unknown field '{where}'{hint}"
        case "string_type":
            return f"'{where}' has to be a text"
        case "list_type":
            return f"'{where}' has to be a list"
        case "dict_type" | "model_type":
            return f"'{where or 'the file'}' has to be a mapping ('key: value')"
        case "string_pattern_mismatch" if row["ctx"]["pattern"].startswith("^[a-z0-9]+("):
            return f"'{row['input']}' is no id: use lower-case letters a-z, digits and hyphens"
        case "value_error":
            return f"{where}: {row['ctx']['error']}" if where else str(row["ctx"]["error"])
        case _:
            return f"'{where}': {row['msg'][0].lower()}{row['msg'][1:]}"
