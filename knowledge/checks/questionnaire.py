"""Reading question files: questions whose right answers are known, for `evaluating` and for the tests."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path, PurePath
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from knowledge.compiling.folders import ENDINGS
from knowledge.compiling.problems import BaseProblemsError, Problem
from knowledge.compiling.sources import Placed, entries, repeated
from knowledge.compiling.yamlfiles import Document, read
from knowledge.language.normalising import fold
from knowledge.model import KnowledgeBase
from knowledge.reply import Outcome

BLIND_SHARE = 5
"""One question in so many is blind: counted, but its failures are only shown on demand."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question with what a right reply has to be.

    `must` and `must_not` are regular expressions on the folded answer; `facts` (any of them has to be told) and
    `sources` (articles, by any of their `handles`; one of them has to be cited) may be empty.
    """

    id: str
    text: str
    before: tuple[str, ...]
    kind: str
    accept: tuple[str, ...]
    must: tuple[str, ...] = ()
    must_not: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    answer: str | None = None
    """The exact answer, where it matters."""

    @property
    def blind(self) -> bool:
        """Whether the question belongs to the part that nothing is tuned on; decided by a hash of the id."""
        return int(hashlib.sha256(self.id.encode()).hexdigest(), 16) % BLIND_SHARE == 0


class QuestionEntry(BaseModel):
    """A question as it stands in a file; what the fields mean is in CONTRIBUTING.md."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Annotated[str, Field(min_length=1)]
    q: str
    before: list[str] = []
    kind: str
    accept: Annotated[list[Outcome], Field(min_length=1)]
    must: list[re.Pattern[str]] = []
    must_not: list[re.Pattern[str]] = []
    facts: list[str] = []
    sources: list[str] = []
    answer: str | None = None
    why: str | None = None


def questions(paths: Sequence[Path], base: KnowledgeBase | None = None) -> list[Question]:
    """Read question files: JSON Lines, or YAML lists; folders are searched for both.

    Raises BaseProblemsError with every entry that is no question, every id that stands twice, everything that is wanted
    of an answer where none is accepted, every pattern that no folded answer matches, and everything that is wanted of
    the `base` and that it does not have.
    """
    problems: list[Problem] = []
    asked: list[Placed[QuestionEntry]] = []
    for path in _files(paths):
        document = _json_lines(path) if path.suffix == ".jsonl" else read(path, str(path))
        problems += document.problems
        asked += entries(QuestionEntry, document, str(path), problems)
    for twin, first in repeated(asked, attrgetter("id")):
        problems.append(twin.problem(f"the question '{twin.value.id}' already stands at {first.where()}", "id"))
    problems += [problem for placed in asked for problem in (*_never_looked_at(placed), *_never_found(placed))]
    if base is not None:
        problems += [problem for placed in asked for problem in _unknown(placed, base)]
    if problems:
        raise BaseProblemsError(problems)
    return [_question(placed.value) for placed in asked]


def _never_looked_at(question: Placed[QuestionEntry]) -> Iterator[Problem]:
    """Find what is wanted of an answer where no answer is accepted: it would hold nothing, and look as if it did."""
    if Outcome.ANSWERED not in question.value.accept:
        for key in ("must", "must_not", "facts", "sources"):
            if getattr(question.value, key):
                yield question.problem(f"'{key}' is about an answer: accept 'answered', too, or leave it out", key)


_ESCAPED = re.compile(r"\\.|\{admission\}|[ $]")
"""What of a pattern is no letter of the answer, whatever it looks like, and the blank."""


def _never_found(question: Placed[QuestionEntry]) -> Iterator[Problem]:
    """Find patterns with characters that no folded answer has: what they are in is never found."""
    for key in ("must", "must_not"):
        for number, pattern in enumerate(getattr(question.value, key)):
            strange = dict.fromkeys(one for one in _ESCAPED.sub("", pattern.pattern) if fold(one) != one)
            if strange:
                found = " and ".join(f"'{one}'" for one in strange)
                message = f"no answer has {found}: patterns are found in lower case, without accents and such signs"
                yield question.problem(message, key, number)


def _unknown(question: Placed[QuestionEntry], base: KnowledgeBase) -> Iterator[Problem]:
    """Find what no answer could tell or cite, because the base does not have it."""
    for number, name in enumerate(question.value.facts):
        if name not in base.facts:
            yield question.problem(f"there is no fact '{name}'", "facts", number)
    citable = {name for card in base.articles.values() for name in handles(card.id, card.document)}
    for number, name in enumerate(question.value.sources):
        if name not in citable:
            yield question.problem(f"there is no article '{name}'", "sources", number)


def handles(article: str, document: str) -> set[str]:
    """Return what a question may cite an article by: its id, the name of its document, or the number of that.

    The name goes without its extension, and the number is the digits that it begins with: "003" of "003_gazette.txt".
    """
    name = PurePath(document).stem
    return {article, name, *_NUMBER.findall(name)}


_NUMBER = re.compile(r"^\d+")


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(p for p in path.rglob("*") if p.suffix in (".jsonl", *ENDINGS))
        else:
            yield path


def _json_lines(path: Path) -> Document:
    """Read a file of JSON Lines as the list that it is; whatever is wrong with it is in the result's `problems`."""
    document = Document([])
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        document.problems.append(Problem(str(path), 0, f"the file cannot be read: {error}"))
        return document
    for number, line in enumerate(lines, 1):
        if line.strip():
            document.lines[len(document.value),] = number
            try:
                document.value.append(json.loads(line))
            except (ValueError, RecursionError) as error:
                document.problems.append(Problem(str(path), number, f"not valid JSON: {error}"))
    return document


def _question(entry: QuestionEntry) -> Question:
    return Question(
        id=entry.id,
        text=entry.q,
        before=tuple(entry.before),
        kind=entry.kind,
        accept=tuple(entry.accept),
        must=tuple(pattern.pattern for pattern in entry.must),
        must_not=tuple(pattern.pattern for pattern in entry.must_not),
        facts=tuple(entry.facts),
        sources=tuple(entry.sources),
        answer=entry.answer,
    )
