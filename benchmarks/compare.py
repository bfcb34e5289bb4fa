"""The engine against what people would pick instead, on the same phrasings and the same questions.

    python -m benchmarks.compare                     # a table: right, wrong, silent, scope, speed
    python -m benchmarks.compare --json              # the same as one JSON object
    python -m benchmarks.compare --blind             # on the blind questions instead: figures only
    python -m benchmarks.compare --only TF-IDF       # only rivals with that in their name
    python -m benchmarks.compare --node-modules DIR  # with nlp.js from there (default: node_modules of the project)

Every engine gets the phrasings of the shipped base, smalltalk included, and the questions of tests/dialogues that
stand alone. A rival's answer is composed from all facts of the intent that it picks, and judged by the function that
judges ours. Below a threshold it is silent: the one with the most right minus wrong on one half of the questions
(by a hash of the id) is used on the other half, and the reverse, so that each question is judged and none chose its
own threshold. Ours runs as it is; one row says nothing, and has right what silence has. Time is CPU time of one thread,
from the text typed to the reply composed, in one pass over questions that no engine has seen before.
"""

from __future__ import annotations

import argparse
import time
import zlib
from contextlib import closing, nullcontext
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks.measuring import (
    DIALOGUES,
    ROOT,
    VERSION,
    MissingError,
    decisive,
    described,
    library,
    machine,
    settled,
    show,
    show_json,
)
from benchmarks.rivals import RIVALS, SILENCE, Found, NlpJs, Phrasing
from knowledge.checks.evaluating import judge, percentile, questions
from knowledge.compiling.building import utterances
from knowledge.compiling.folders import SHIPPED
from knowledge.compiling.loading import load
from knowledge.compiling.sources import collect
from knowledge.composing import cite, compose
from knowledge.conversation import Conversation
from knowledge.engine import answer
from knowledge.language.normalising import words
from knowledge.language.reading import read
from knowledge.language.typography import typeset
from knowledge.model import IntentKind
from knowledge.reply import Outcome, Part, Reply, Rule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from contextlib import AbstractContextManager

    from benchmarks.rivals import Rival
    from knowledge.checks.evaluating import Question
    from knowledge.language.reading import Reading
    from knowledge.model import KnowledgeBase

OURS: Final = "saga"
HALVES: Final = (0, 1)
NEAR: Final = 15.0
"""Points of right answers within which an engine counts as about as good as ours."""
RULES: Final = {IntentKind.SMALLTALK: Rule.SMALLTALK, IntentKind.GAP: Rule.GAP}
"""What comes of an intent of these kinds; the others are answered."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What became of one question: the verdict if the engine speaks, and the one if it keeps silent."""

    question: Question
    score: float
    spoken: str
    unspoken: str
    scope: float
    """How strongly the engine holds that the base can answer: above 0 it would, below 0 it denies it."""
    milliseconds: float

    @property
    def half(self) -> int:
        """Which half of the questions it belongs to."""
        return zlib.crc32(self.question.id.encode()) % len(HALVES)


@dataclass(frozen=True, slots=True)
class Row:
    """The figures of one engine."""

    engine: str
    right: float
    wrong: float
    silent: float
    area: float
    """Under the curve for in and out of scope."""
    per_second: float
    median: float
    slow: float
    """99th percentile of the latency."""
    build: float
    thresholds: tuple[float, ...]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Compare the engine with what people would pick instead.")
    parser.add_argument("--json", action="store_true", dest="as_json", help="print one JSON object")
    parser.add_argument("--blind", action="store_true", help="the blind questions instead of the open ones")
    parser.add_argument("--only", default="", metavar="NAME", help="only rivals with this in their name")
    parser.add_argument("--node-modules", type=Path, default=ROOT / "node_modules", help="where nlp.js is")
    options = parser.parse_args()

    base = load()
    asked = [one for one in questions([DIALOGUES]) if one.blind is options.blind and not one.before]
    given = phrasings(base)
    makers: dict[str, Callable[[Sequence[Phrasing]], Rival]] = {
        **RIVALS,
        "nlp.js, French": partial(NlpJs, modules=options.node_modules),
    }
    rows, skipped = [ours(asked, base)], {}
    for name, make in makers.items():
        if options.only.lower() not in name.lower():
            continue
        try:
            rows.append(measured(name, make, given, asked, base))
        except MissingError as missing:
            skipped[name] = str(missing)
    rows.sort(key=lambda one: (-one.right, one.wrong))
    if options.as_json:
        show_json(
            {
                "machine": machine(),
                "questions": {"number": len(asked), "blind": options.blind},
                "base": {"version": base.version[:VERSION], "phrasings": len(given), "intents": len(base.intents)},
                "engines": [asdict(one) for one in rows],
                "skipped": skipped,
                "findings": list(findings(rows)),
            }
        )
        return
    part = "blind" if options.blind else "open"
    show(f"{len(asked)} {part} questions, {len(given)} phrasings, version {base.version[:VERSION]}, {described()}")
    table(rows)
    for name, reason in skipped.items():
        show(f"skipped: {name}: {reason}")
    for line in findings(rows):
        show(line)


def plain(text: str) -> str:
    """Return a text as the rivals get it: normalised, without punctuation."""
    return " ".join(words(text))


def phrasings(base: KnowledgeBase) -> list[Phrasing]:
    """Return all phrasings of the shipped base, those of generated intents and of smalltalk included."""
    said = utterances(collect(SHIPPED), lambda text: read(text, base.lexicon))
    found = {Phrasing(plain(one.reading.text), one.intent, one.truth): None for one in said}
    return [*found, *(Phrasing(text, intent, None) for text, intent in base.index.smalltalk.items())]


# ---------------------------------------------------------------------- engines


def ours(asked: Sequence[Question], base: KnowledgeBase) -> Row:
    """Return the figures of the project's own engine, which decides itself when to be silent."""
    found = []
    with settled():
        answer("bonjour", base)
        for question in asked:
            started = time.process_time()
            reply = answer(question.text, base)
            spent = (time.process_time() - started) * 1_000
            result, _ = judge(question, reply)
            found.append(Asked(question, reply.confidence, result, result, scope(reply), spent))
    started = time.process_time()
    load(use_cache=False)
    return row(OURS, found, time.process_time() - started)


def scope(reply: Reply) -> float:
    """Return how strongly our engine holds that the base can answer, on one scale from -1 to 1.

    Where it answers, the strength of the decision; where it is sure of a gap or of smalltalk, the opposite; where it
    found nothing that is near enough, the less near the lower.
    """
    part = decisive(reply)
    if part.outcome in (Outcome.ANSWERED, Outcome.CLARIFY):
        return part.strength
    sure = part.outcome is Outcome.SMALLTALK or part.admits
    return -part.strength if sure else part.strength - 1.0


def measured(
    name: str,
    make: Callable[[Sequence[Phrasing]], Rival],
    given: Sequence[Phrasing],
    asked: Sequence[Question],
    base: KnowledgeBase,
) -> Row:
    """Build a rival from the phrasings, ask it everything, and return its figures."""
    with one_thread():
        started = time.process_time()
        rival = make(given)
        build = time.process_time() - started
        if isinstance(rival, NlpJs):
            with closing(rival):
                return row(name, every(rival, asked, base), rival.seconds)
        return row(name, every(rival, asked, base), build)


def every(rival: Rival, asked: Sequence[Question], base: KnowledgeBase) -> list[Asked]:
    """Ask a rival every question."""
    empty = read("", base.lexicon)
    silence = Reply("", Outcome.UNKNOWN, "", (), (), None, 0.0, None, (), Conversation())
    found = []
    with settled():
        rival.find("bonjour")
        for question in asked:
            started = time.process_time()
            text = plain(question.text)
            picked = rival.find(text) if text else Found("", float("-inf"))
            reply = composed(picked, empty, base) if picked.intent in base.intents else silence
            spent = (time.process_time() - started) * 1_000 + picked.milliseconds
            would = reply.outcome is Outcome.ANSWERED
            found.append(
                Asked(
                    question,
                    picked.score,
                    judge(question, reply)[0],
                    judge(question, silence)[0],
                    picked.score if would else -abs(picked.score),
                    spent,
                )
            )
    return found


def composed(picked: Found, reading: Reading, base: KnowledgeBase) -> Reply:
    """Return the answer that our engine gives for an intent, with the yes or no of the phrasing picked."""
    intent = base.intents[picked.intent]
    rule = RULES.get(intent.kind, Rule.MATCH)
    facts = intent.told if rule is Rule.MATCH else ()
    said = (phrase for phrase in base.index.of(intent.id) if phrase.truth is picked.truth)
    statement = None if picked.truth is None else next(said)
    part = Part(reading, (), rule, intent=intent.id, strength=picked.score, facts=facts, statement=statement)
    sources = cite(facts, base)
    text = intent.text if rule is Rule.SMALLTALK else compose(part, base, sources)
    return Reply("", rule.outcome, typeset(text), sources, facts, intent.id, picked.score, None, (), Conversation())


def one_thread() -> AbstractContextManager[object]:
    """Keep numeric libraries to one thread."""
    try:
        limits: AbstractContextManager[object] = library("threadpoolctl").threadpool_limits(1)
    except MissingError:
        return nullcontext()  # it comes with those that it limits
    return limits


# ---------------------------------------------------------------------- figures


def row(name: str, found: Sequence[Asked], build: float) -> Row:
    """Return the figures of an engine; each half of the questions is judged by the threshold of the other."""
    results: list[str] = []
    thresholds = [threshold([one for one in found if one.half != half]) for half in HALVES]
    for half, least in zip(HALVES, thresholds, strict=True):
        results += [one.spoken if one.score >= least else one.unspoken for one in found if one.half == half]
    times = [one.milliseconds for one in found]
    share = {result: round(100 * results.count(result) / len(results), 1) for result in ("right", "wrong", "silent")}
    return Row(
        engine=name,
        **share,
        area=round(area(found), 3),
        per_second=round(1_000 * len(times) / sum(times), 1),
        median=round(percentile(times, 0.5), 2),
        slow=round(percentile(times, 0.99), 2),
        build=round(build, 1),
        thresholds=() if name == OURS else tuple(round(least, 3) for least in thresholds),
    )


def threshold(found: Sequence[Asked]) -> float:
    """Return the score from which speaking gives the most right minus wrong answers."""
    worth = {"right": 1, "wrong": -1, "silent": 0}
    ordered = sorted(found, key=lambda one: one.score)
    total = sum(worth[one.spoken] for one in ordered)
    best, at = total, float("-inf")
    for number, one in enumerate(ordered, 1):
        total += worth[one.unspoken] - worth[one.spoken]
        following = ordered[number].score if number < len(ordered) else float("inf")
        if total > best and following > one.score:
            best, at = total, following
    return at


def area(found: Sequence[Asked]) -> float:
    """Return the area under the curve for telling questions that the base answers from those that it does not.

    Questions that may get either, and those that are only smalltalk, do not count.
    """
    inside = [one.scope for one in found if _both(one) == (True, False)]
    outside = [one.scope for one in found if _both(one) == (False, True)]
    if not inside or not outside:
        return 0.0
    wins = sum((high > low) + (high == low) / 2 for high in inside for low in outside)
    return wins / (len(inside) * len(outside))


def _both(one: Asked) -> tuple[bool, bool]:
    accept = one.question.accept
    return Outcome.ANSWERED in accept, Outcome.UNKNOWN in accept


def findings(rows: Sequence[Row]) -> Iterator[str]:
    """Say in words who is ahead, and by how much."""
    mine = next(one for one in rows if one.engine == OURS)
    rivals = [one for one in rows if one.engine not in (OURS, SILENCE)]
    if not rivals:
        return
    best = max(rivals, key=lambda one: one.right)
    yield f"right: {mine.right} %; the best rival, {best.engine}: {best.right} %"
    both = max(rivals, key=lambda one: one.right - one.wrong)
    yield (
        f"right minus wrong: {mine.right - mine.wrong:.1f}; "
        f"the best rival, {both.engine}: {both.right - both.wrong:.1f}"
    )
    careful = min(rivals, key=lambda one: one.wrong)
    yield (
        f"wrong: {mine.wrong} %; the rival with the fewest, {careful.engine}: {careful.wrong} %, "
        f"and {careful.silent} % silent"
    )
    near = [one for one in rivals if one.right >= mine.right - NEAR]
    if near:
        fast = max(near, key=lambda one: one.per_second)
        ratio = mine.per_second / fast.per_second
        yield f"speed: {ratio:.2f} times that of {fast.engine}, the fastest within {NEAR:g} points of right answers"
    else:
        yield f"speed: no rival is within {NEAR:g} points of right answers"


def table(rows: Sequence[Row]) -> None:
    """Print the table."""
    from rich.table import Table  # noqa: PLC0415 - only for the table

    found = Table("engine", "right %", "wrong %", "silent %", "area", "questions/s", "median ms", "99 % ms", "build s")
    cells: list[Callable[[Row], object]] = [
        lambda one: one.engine,
        lambda one: one.right,
        lambda one: one.wrong,
        lambda one: one.silent,
        lambda one: f"{one.area:.3f}",
        lambda one: f"{one.per_second:,.0f}",
        lambda one: f"{one.median:.2f}",
        lambda one: f"{one.slow:.2f}",
        lambda one: one.build,
    ]
    for one in rows:
        found.add_row(*(str(cell(one)) for cell in cells))
    show(found)


if __name__ == "__main__":
    main()
