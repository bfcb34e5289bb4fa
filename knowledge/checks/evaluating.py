"""Grading the engine on questions whose right answers are known: right, wrong or silent, by kind."""

from __future__ import annotations

import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from knowledge.checks.noise import disturb
from knowledge.checks.questionnaire import Question, handles, questions
from knowledge.conversation import Conversation
from knowledge.engine import answer
from knowledge.language.normalising import fold
from knowledge.model import KnowledgeBase
from knowledge.reply import Outcome, Reply

__all__ = [
    "Figures",
    "Question",
    "Verdict",
    "bins",
    "calibration_error",
    "disturbed",
    "grade",
    "judge",
    "percentile",
    "questions",
]

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
"""Of the noise: each run disturbs the same questions in the same way."""
BINS = 10
"""Ranges of confidence, equally wide, in which confidence and share right are compared."""


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


def grade(asked: Iterable[Question], base: KnowledgeBase) -> Figures:
    """Ask every question, each in a conversation of its own, and judge the replies."""
    figures = Figures()
    for question in asked:
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
    cited = {name for source in reply.sources for name in handles(source.article, source.document)}
    if not cited:
        yield "cites no source"
    elif question.sources and not cited & set(question.sources):
        yield f"cites {', '.join(sorted(cited))}, wanted one of {', '.join(question.sources)}"
