"""Grading the engine on questions whose right answers are known: right, wrong or silent, by kind."""

from __future__ import annotations

import hashlib
import json
import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from operator import attrgetter
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from knowledge.checks.noise import disturb
from knowledge.compiling.problems import BaseProblemsError, Problem
from knowledge.compiling.sources import Placed, entries, repeated
from knowledge.compiling.yamlfiles import Document, read
from knowledge.conversation import Conversation
from knowledge.engine import answer
from knowledge.language.normalising import fold
from knowledge.model import KnowledgeBase
from knowledge.reply import Outcome, Reply

BLIND_SHARE = 5
"""One question in so many is blind: counted, but its failures are only shown on demand."""
_TELLING = (
    "dit|dis|precis|donn|mentionn|indiqu|parl|nomm|cit|chiffr|fourni|contien|evoqu|revel|permet|rapport|figur|detaill|"
    "connai|sai|raconte|expliqu|quantifi|identifi|est pas|y a"
)
ADMISSION = (
    rf"\b(ne|n')\s?(le |la |les |l'|nous |s'en |en |lui )?({_TELLING})|\baucun|\binconnu|\bnon nomm|\bne trouve pas"
    r"|\bpas (ete )?(precis|indiqu|mentionn|dit|donn|connu|nomm|chiffr|cit|revel|detaill)|\brien (sur|n'|la-dessus)"
    r"|\bsans (le |la |les |en |qu'il )?(precis|donn|dire|nomm|chiffr|cit|indiqu|detail|montant|nom\b)"
)
"""What a `must` of "{admission}" stands for: the answer says that the articles do not say."""
SEED = 2026
BINS = 10
"""Ranges of confidence, equally wide, in which confidence and share right are compared."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question with what a right reply has to be.

    `must` and `must_not` are regular expressions on the folded answer; `facts` (any of them has to be told) and
    `sources` (document prefixes or article ids, any of them has to be cited) may be empty.
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


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one question: "right", "wrong" (said something false or off) or "silent" (could have said)."""

    question: Question
    reply: Reply
    result: str
    reason: str
    milliseconds: float


@dataclass(slots=True)
class Figures:
    """The figures of a run."""

    verdicts: list[Verdict] = field(default_factory=list)

    def share(self, result: str) -> float:
        """Return the percentage of verdicts with that result."""
        found = sum(verdict.result == result for verdict in self.verdicts)
        return round(100 * found / max(len(self.verdicts), 1), 1)

    def kinds(self) -> dict[str, Counter[str]]:
        """Return the results by kind of question."""
        found: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for verdict in self.verdicts:
            found[verdict.question.kind][verdict.result] += 1
        return dict(sorted(found.items()))

    def latency(self, share: float) -> float:
        """Return a percentile (0..1) of the latency in milliseconds."""
        return round(percentile([verdict.milliseconds for verdict in self.verdicts], share), 3)

    def calibration_error(self) -> float:
        """Return the expected calibration error of the confidence of what was answered."""
        answered = [v for v in self.verdicts if v.reply.outcome is Outcome.ANSWERED]
        return calibration_error((v.reply.confidence, v.result == "right") for v in answered)

    def length(self, share: float) -> int:
        """Return a percentile (0..1) of the length of the answers in characters."""
        return int(percentile([len(v.reply.text) for v in self.verdicts if v.reply.outcome is Outcome.ANSWERED], share))

    def as_object(self) -> dict[str, Any]:
        """Return the figures as one JSON-ready object."""
        return {
            "questions": len(self.verdicts),
            "right %": self.share("right"),
            "wrong %": self.share("wrong"),
            "silent %": self.share("silent"),
            "calibration error": self.calibration_error(),
            "answer characters, median": self.length(0.5),
            "answer characters, 95th percentile": self.length(0.95),
            "milliseconds, median": self.latency(0.5),
            "milliseconds, 99th percentile": self.latency(0.99),
            "kinds": {kind: dict(counts) for kind, counts in self.kinds().items()},
        }


def bins(answers: Iterable[tuple[float, bool]]) -> Iterator[tuple[float, float, int]]:
    """Yield mean confidence, share right and number of the answers in each of `BINS` ranges of confidence, rising.

    An answer is given as its confidence (0..1) and whether it is right; a range without answers is left out.
    """
    found: defaultdict[int, list[tuple[float, bool]]] = defaultdict(list)
    for confidence, right in answers:
        found[min(int(confidence * BINS), BINS - 1)].append((confidence, right))
    for _, rows in sorted(found.items()):
        sums = sum(confidence for confidence, _ in rows), sum(right for _, right in rows)
        yield sums[0] / len(rows), sums[1] / len(rows), len(rows)


def calibration_error(answers: Iterable[tuple[float, bool]]) -> float:
    """Return how far confidence and share right lie apart, on average over all answers (Guo et al. 2017)."""
    rows = [*bins(answers)]
    total = sum(number for _, _, number in rows)
    return round(sum(number * abs(mean - share) for mean, share, number in rows) / total, 3) if rows else 0.0


def percentile(values: Iterable[float], share: float) -> float:
    """Return a percentile (0..1) of values: one of them; 0 where there are none."""
    ascending = sorted(values) or [0.0]
    return ascending[min(len(ascending) - 1, int(len(ascending) * share))]


def grade(questions: Iterable[Question], base: KnowledgeBase) -> Figures:
    """Ask every question, each in a conversation of its own, and judge the replies."""
    figures = Figures()
    for question in questions:
        conversation = Conversation()
        for earlier in question.before:
            conversation = answer(earlier, base, conversation).conversation
        started = time.perf_counter()
        reply = answer(question.text, base, conversation)
        milliseconds = (time.perf_counter() - started) * 1000
        result, reason = judge(question, reply)
        figures.verdicts.append(Verdict(question, reply, result, reason, milliseconds))
    return figures


def disturbed(figures: Figures, every: int) -> list[Question]:
    """Return the questions that were answered right, with one typing disturbance in `every` characters."""
    return [
        replace(verdict.question, text=disturb(verdict.question.text, every, SEED))
        for verdict in figures.verdicts
        if verdict.result == "right" and verdict.reply.outcome is Outcome.ANSWERED
    ]


def judge(question: Question, reply: Reply) -> tuple[str, str]:
    """Return the result and, where it is not right, the reason."""
    if reply.outcome not in question.accept:
        result = "wrong" if reply.outcome is Outcome.ANSWERED else "silent"
        return result, f"{reply.outcome}, wanted {' or '.join(question.accept)}"
    if question.answer is not None and reply.text != question.answer:
        return "wrong", f"said {reply.text!r}"
    if reply.outcome is not Outcome.ANSWERED:
        return "right", ""
    reason = next(_faults(question, reply), "")
    return ("wrong" if reason else "right"), reason


def _faults(question: Question, reply: Reply) -> Iterator[str]:
    """Yield what is wrong with an answer's text, facts and sources."""
    said = fold(reply.text)
    for pattern in question.must:
        if not re.search(pattern.replace("{admission}", ADMISSION), said):
            yield f"lacks /{pattern}/"
    for pattern in question.must_not:
        if re.search(pattern, said):
            yield f"says /{pattern}/"
    if question.facts and not set(question.facts) & set(reply.facts):
        yield f"tells {', '.join(reply.facts)}, wanted one of {', '.join(question.facts)}"
    cited = {name for source in reply.sources for name in (source.article, source.document[:3])}
    if not cited:
        yield "cites no source"
    elif question.sources and not cited & set(question.sources):
        yield f"cites {', '.join(sorted(cited))}, wanted one of {', '.join(question.sources)}"


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

    Raises BaseProblemsError with every entry that is no question, every id that stands twice, and everything that is
    wanted of the `base` and that it does not have.
    """
    problems: list[Problem] = []
    asked: list[Placed[QuestionEntry]] = []
    for path in _files(paths):
        document = _json_lines(path) if path.suffix == ".jsonl" else read(path, str(path))
        problems += document.problems
        asked += entries(QuestionEntry, document, str(path), problems)
    for twin, first in repeated(asked, attrgetter("id")):
        problems.append(twin.problem(f"the question '{twin.value.id}' already stands at {first.where()}", "id"))
    if base is not None:
        problems += [problem for placed in asked for problem in _unknown(placed, base)]
    if problems:
        raise BaseProblemsError(problems)
    return [_question(placed.value) for placed in asked]


def _unknown(question: Placed[QuestionEntry], base: KnowledgeBase) -> Iterator[Problem]:
    """Find what no answer could tell or cite, because the base does not have it."""
    for number, name in enumerate(question.value.facts):
        if name not in base.facts:
            yield question.problem(f"there is no fact '{name}'", "facts", number)
    citable = {name for article in base.articles.values() for name in (article.id, article.document[:3])}
    for number, name in enumerate(question.value.sources):
        if name not in citable:
            yield question.problem(f"there is no article '{name}'", "sources", number)


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(p for p in path.rglob("*") if p.suffix in (".jsonl", ".yaml"))
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
