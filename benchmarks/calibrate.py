"""What the confidence of an answer is worth: wrong against silent, the reliability diagram, and a calibration map.

    python -m benchmarks.calibrate                 # the tables, and the picture into docs/pictures/confidence.png
    python -m benchmarks.calibrate --json          # the same as one JSON object
    python -m benchmarks.calibrate --output FILE   # the picture somewhere else
    python -m benchmarks.calibrate --blind         # on the blind questions instead: figures only

Over the open questions of tests/dialogues, conversations included. The curve shows what would come of answering only
from a confidence on: each answer below it is taken as "the articles do not say", and judged as that.

The calibration map leads from the strength of a decision, which the engine computes, to the share of right answers,
which is what a confidence should be. It is isotonic: answers ordered by strength, in as many groups of the same size
as it has knots, the share of right ones in each, neighbours joined where the share would fall; between knots it is
linear, outside them level. How good it is, is measured on questions that it was not made from: five parts, each mapped
by the other four.
"""

from __future__ import annotations

import argparse
import math
import zlib
from bisect import bisect_right
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

from benchmarks.measuring import (
    DIALOGUES,
    ROOT,
    VERSION,
    MissingError,
    decisive,
    described,
    library,
    machine,
    show,
    show_json,
)
from knowledge.checks.evaluating import Figures, bins, calibration_error, grade, judge, questions
from knowledge.compiling.loading import load
from knowledge.reply import Outcome, Reply

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from knowledge.checks.evaluating import Verdict

KNOTS: Final = 8
PARTS: Final = 5
PICTURE: Final = ROOT / "docs" / "pictures" / "confidence.png"
MARKED: Final = (0.0, 0.8, 0.85, 0.9, 0.94)
"""Thresholds that are marked on the curve, and printed, where they change something."""

Knots: TypeAlias = "list[tuple[float, float]]"
"""Strength and share right, both rising."""


@dataclass(frozen=True, slots=True)
class Answer:
    """How strongly an answer was decided, the confidence that it was given with, and whether it is right."""

    id: str
    strength: float
    confidence: float
    right: bool


@dataclass(frozen=True, slots=True)
class Point:
    """What comes of answering only from a confidence on, in percent of all questions."""

    threshold: float
    right: float
    wrong: float
    silent: float


def main() -> None:
    """Measure, print and draw."""
    parser = argparse.ArgumentParser(description="Measure what the confidence of an answer is worth.")
    parser.add_argument("--json", action="store_true", dest="as_json", help="print one JSON object")
    parser.add_argument("--output", type=Path, default=PICTURE, help="where the picture goes")
    parser.add_argument("--blind", action="store_true", help="the blind questions instead: no curve, map or picture")
    options = parser.parse_args()

    base = load()
    figures = grade([question for question in questions([DIALOGUES]) if question.blind is options.blind], base)
    answers = [
        Answer(one.question.id, strength(one.reply), one.reply.confidence, one.result == "right")
        for one in figures.verdicts
        if answered(one)
    ]
    errors = {"as it is": calibration_error(pairs(answers))}
    points: list[Point] = []
    knots: Knots = []
    # Nothing is read off the blind questions by which the confidence could be chosen.
    if not options.blind:
        points, knots = curve(figures), calibration(answers)
        errors["mapped, cross-validated"] = calibration_error(pairs(crossed(answers)))
    if options.as_json:
        show_json(
            {
                "machine": machine(),
                "version": base.version[:VERSION],
                "questions": len(figures.verdicts),
                "answers": len(answers),
                "calibration error": errors,
                "map": knots,
                "bins": [(round(mean, 3), round(share, 3), number) for mean, share, number in bins(pairs(answers))],
                "curve": [[one.threshold, one.right, one.wrong, one.silent] for one in points],
            }
        )
    else:
        show(
            f"{len(figures.verdicts)} {'blind' if options.blind else 'open'} questions, {len(answers)} answered, "
            f"version {base.version[:VERSION]}, {described()}"
        )
        tables(points, answers, knots)
        show("calibration error: " + ", ".join(f"{name} {value:.3f}" for name, value in errors.items()))
    if not options.blind:
        try:
            picture(points, answers, knots, options.output)
        except MissingError as missing:
            show(f"skipped: the picture: {missing}", error=True)


# ---------------------------------------------------------------------- figures


def curve(figures: Figures) -> list[Point]:
    """Return the outcome for every threshold that changes something, from none on."""
    spoken = [(one.reply.confidence, one.result, unspoken(one)) for one in figures.verdicts if answered(one)]
    others = [one.result for one in figures.verdicts if not answered(one)]
    found = []
    for least in sorted({0.0, *MARKED, *(confidence for confidence, _, _ in spoken)}):
        results = others + [said if confidence >= least else kept for confidence, said, kept in spoken]
        right, wrong, silent = (100 * results.count(name) / len(results) for name in ("right", "wrong", "silent"))
        found.append(Point(least, round(right, 2), round(wrong, 2), round(silent, 2)))
    return found


def answered(verdict: Verdict) -> bool:
    """Tell whether a verdict is about an answer, which has a confidence."""
    return verdict.reply.outcome is Outcome.ANSWERED


def strength(reply: Reply) -> float:
    """Return how strongly an answer was decided, before that was made a confidence."""
    return decisive(reply).strength


def unspoken(verdict: Verdict) -> str:
    """Return the result if the engine had said instead that the articles do not say."""
    old = verdict.reply
    silence = Reply(old.question, Outcome.UNKNOWN, "", (), (), None, 0.0, None, (), old.conversation)
    return judge(verdict.question, silence)[0]


def calibration(answers: Sequence[Answer]) -> Knots:
    """Return the isotonic map from strength to the share of right answers."""
    ordered = sorted(answers, key=lambda one: one.strength)
    size = len(ordered) / KNOTS
    groups = [ordered[round(size * number) : round(size * (number + 1))] for number in range(KNOTS)]
    groups = [group for group in groups if group]
    blocks: list[tuple[float, int, int]] = []
    """Answers right, answers, groups: of neighbours joined so that the share never falls."""
    for group in groups:
        block = (float(sum(one.right for one in group)), len(group), 1)
        while blocks and blocks[-1][0] / blocks[-1][1] >= block[0] / block[1]:
            before = blocks.pop()
            block = (block[0] + before[0], block[1] + before[1], block[2] + before[2])
        blocks.append(block)
    shares = [right / number for right, number, joined in blocks for _ in range(joined)]
    places = [sum(one.strength for one in group) / len(group) for group in groups]
    return [(round(place, 3), round(share, 3)) for place, share in zip(places, shares, strict=True)]


def mapped(at: float, knots: Knots) -> float:
    """Return the share right that the map gives for a strength."""
    place = bisect_right(knots, at, key=lambda knot: knot[0])
    if place in (0, len(knots)):
        return knots[0][1] if place == 0 else knots[-1][1]
    (left, low), (right, high) = knots[place - 1], knots[place]
    return low + (high - low) * (at - left) / (right - left)


def crossed(answers: Sequence[Answer]) -> list[Answer]:
    """Return the answers with the confidence of a map, each of one that was made without it."""
    part = {one.id: zlib.crc32(one.id.encode()) % PARTS for one in answers}
    maps = [calibration([one for one in answers if part[one.id] != number]) for number in range(PARTS)]
    return [replace(one, confidence=mapped(one.strength, maps[part[one.id]])) for one in answers]


def pairs(answers: Iterable[Answer]) -> list[tuple[float, bool]]:
    """Return answers as `bins` and `calibration_error` take them: confidence, and whether it is right."""
    return [(one.confidence, one.right) for one in answers]


# ---------------------------------------------------------------------- showing


def picture(points: Sequence[Point], answers: Sequence[Answer], knots: Knots, path: Path) -> None:
    """Draw the curve, the reliability diagram, and the map, side by side."""
    library("matplotlib").use("Agg")
    pyplot = library("matplotlib.pyplot")
    figure, (left, middle, right) = pyplot.subplots(1, 3, figsize=(14, 4.4), layout="constrained")

    left.plot([one.silent for one in points], [one.wrong for one in points], color="tab:blue", drawstyle="steps-post")
    for one in marked(points):
        label = f"{one.threshold:g}" if one.threshold else "every answer"
        left.plot(one.silent, one.wrong, "o", color="tab:blue")
        left.annotate(label, (one.silent, one.wrong), textcoords="offset points", xytext=(7, 4), fontsize=9)
    left.set(
        title="Answering only above a confidence",
        xlabel="silent though the articles say it, % of the questions",
        ylabel="wrong, % of the questions",
        xlim=(0, None),
        ylim=(0, 1.12 * max(one.wrong for one in points)),
    )

    rows = list(bins(pairs(answers)))
    least = math.floor(10 * min(min(confident, share) for confident, share, _ in rows)) / 10
    most = max(number for _, _, number in rows)
    middle.plot([0, 1], [0, 1], linestyle=":", color="grey", label="as confident as right")
    middle.scatter(
        [confident for confident, _, _ in rows],
        [share for _, share, _ in rows],
        s=[20 + 280 * number / most for _, _, number in rows],
        color="tab:blue",
        alpha=0.6,
    )
    for confident, share, number in rows:
        place = {"textcoords": "offset points", "xytext": (0, -19), "ha": "center", "fontsize": 9}
        middle.annotate(f"{number} answers" if number > 1 else "1 answer", (confident, share), **place)
    middle.set(title="Reliability", xlabel="confidence", ylabel="share right", xlim=(least, 1), ylim=(least, 1.02))
    middle.legend(loc="lower right", fontsize=9)

    used = sorted({(one.strength, one.confidence) for one in answers})
    right.plot(*zip(*used, strict=True), color="tab:blue", label="confidence, as it is")
    right.plot(*zip(*knots, strict=True), color="tab:orange", marker=".", label=f"isotonic map, {len(knots)} knots")
    right.set(title="Calibration", xlabel="strength of the decision", ylabel="share right", ylim=(least, 1.02))
    right.legend(loc="lower right", fontsize=9)

    for one_of in (left, middle, right):
        one_of.grid(alpha=0.3)
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, dpi=100, metadata={"Software": None})
    pyplot.close(figure)


def marked(points: Sequence[Point]) -> list[Point]:
    """Return the marked points, those that change nothing left out."""
    found: list[Point] = []
    for one in points:
        if one.threshold in MARKED and (not found or (one.silent, one.wrong) != (found[-1].silent, found[-1].wrong)):
            found.append(one)
    return found


def tables(points: Sequence[Point], answers: Sequence[Answer], knots: Knots) -> None:
    """Print the curve at the marked thresholds, the bins, and the map; what has no row is left out."""
    from rich.table import Table  # noqa: PLC0415 - only for the tables

    thresholds = Table("from confidence", "right %", "wrong %", "silent %")
    for one in marked(points):
        thresholds.add_row(f"{one.threshold:g}", *(f"{value:.1f}" for value in (one.right, one.wrong, one.silent)))
    shares = Table("confidence (bin)", "share right", "answers")
    for confident, share, number in bins(pairs(answers)):
        shares.add_row(f"{confident:.3f}", f"{share:.3f}", str(number))
    mapped = Table("strength (knot)", "share right")
    for place, share in knots:
        mapped.add_row(f"{place:.3f}", f"{share:.3f}")
    for table in (thresholds, shares, mapped):
        if table.row_count:
            show(table)


if __name__ == "__main__":
    main()
