"""Fitting what the signals of a candidate are worth: `SIGNALS` and `NO_ANSWER` of knowledge/tuning.py.

    python -m benchmarks.fit                # on the open questions of tests/dialogues
    python -m benchmarks.fit FILE...        # on other questions: YAML or JSON Lines

A conditional logit: of all candidates that the engine considers for a question, and of there being no answer, those
that would be judged right are to be probable. Small weights are preferred (`RIDGE`). The questions of a small invented
base (`SMALL`) are weighed with the others: what is likely there is not what is likely in a large base. Those that are
to stay unanswered count `UNKNOWN` times: a wrong answer is worse than none. Prints how often the most probable is
right, on questions left out in turn (five folds) and on those it was fitted on, and the weights; a person takes them
over. Every question is asked as it is and mistyped. Blind questions are never looked at.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.measuring import DIALOGUES, MissingError, library, show
from knowledge.checks.evaluating import Question, judge, questions
from knowledge.checks.noise import disturb
from knowledge.compiling.loading import load
from knowledge.conversation import Conversation
from knowledge.decision.deciding import taken
from knowledge.decision.following import candidates_amid
from knowledge.decision.smalltalk import talk, wording_of
from knowledge.engine import answer, replied
from knowledge.language.reading import read
from knowledge.model import KnowledgeBase
from knowledge.reply import Outcome, Part, Rule

RIDGE: Final = 3.0
"""How much the square of a weight costs, its signal scaled to a standard deviation of one."""
EVERY: Final = 7
"""Each question is also asked with one typing disturbance in so many characters: people mistype what they ask."""
SEED: Final = 7
"""Another one than that of `saga evaluate --noise`, which is to measure on noise that nothing was fitted on."""
UNKNOWN: Final = 2.0
"""How many times a question counts that no answer is right for."""
FOLDS: Final = 5
SMALL: Final = Path(__file__).parents[1] / "tests" / "bases" / "moulin"
"""Its questions stand in the file beside it."""
TINY: Final = 1e-300
"""Keeps what is as improbable as a number can be from being divided by."""

Reals = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Choice:
    """What may be said to a question: a row of signals for each option, the last one nothing; and which are right."""

    rows: list[dict[str, float]]
    right: list[bool]
    worth: float
    """How many times it counts."""


def main() -> None:
    """Fit and print."""
    parser = argparse.ArgumentParser(description="Fit what the signals of a candidate are worth.")
    parser.add_argument("questions", nargs="*", type=Path, default=[DIALOGUES])
    parser.add_argument("--ridge", type=float, default=RIDGE)
    parser.add_argument("--unknown", type=float, default=UNKNOWN)
    parser.add_argument("--all", action="store_true", help="also those that are blind by their id (for other files)")
    options = parser.parse_args()
    try:
        library("scipy.optimize")  # at once: the questions take minutes
    except MissingError as missing:
        raise SystemExit(str(missing)) from missing

    asked = [question for question in questions(options.questions) if options.all or not question.blind]
    small = questions([SMALL.with_name("moulin-questions.yaml")])
    choices = [*_choices(asked, load(), options.unknown), *_choices(small, load(SMALL), options.unknown)]
    names = sorted({name for choice in choices for row in choice.rows for name in row})
    matrices = [(_matrix(choice.rows, names), np.array(choice.right), choice.worth) for choice in choices]
    bounds = [_bounds(name) for name in names]
    fold = np.random.default_rng(0).integers(0, FOLDS, len(matrices))
    left_out = []
    for number in range(FOLDS):
        others = [rows for rows, part in zip(matrices, fold, strict=True) if part != number]
        learned = _fit(others, options.ridge, bounds)
        left_out += [_right(learned, rows) for rows, part in zip(matrices, fold, strict=True) if part == number]
    weights = _fit(matrices, options.ridge, bounds)
    fitted = [_right(weights, rows) for rows in matrices]
    show(f"{len(choices)} questions; right {np.mean(left_out):.3f} left out, {np.mean(fitted):.3f} fitted")
    for title, mine in (("SIGNALS", False), ("NO_ANSWER", True)):
        show(f"{title}: Final[dict[str, float]] = {{")
        for name, weight in zip(names, weights, strict=True):
            if name.startswith(_NO_ANSWER) is mine:
                show(f'    "{name.removeprefix(_NO_ANSWER)}": {weight:.3f},')
        show("}")


_NO_ANSWER = "no answer: "
_FOR = ("fit", "explained", "exact", "likely", "likely, beside others", "alone, jaccard", "followed, jaccard")
"""Signals that can only speak for a candidate, however few questions say otherwise; so does each "asked"."""
_AGAINST = ("asks something else", "asks nothing", "actors missed")
"""Signals that can only speak against one; so does all that is left unexplained."""


def _bounds(name: str) -> tuple[float | None, float | None]:
    """Return the least and the greatest weight of a signal."""
    return (
        0.0 if name in _FOR or name.startswith("asked") else None,
        0.0 if name in _AGAINST or name.endswith(" left") or "best" in name else None,
    )


def _choices(asked: Sequence[Question], base: KnowledgeBase, unknown: float) -> list[Choice]:
    """Return the options for questions, as they are and mistyped; those without an answer count `unknown` times."""
    mistyped = [replace(question, text=disturb(question.text, EVERY, SEED)) for question in asked]
    return [choice for question in (*asked, *mistyped) if (choice := _choice(question, base, unknown))]


def _choice(question: Question, base: KnowledgeBase, unknown: float) -> Choice | None:
    """Return the options for a question; None where the engine does not weigh them, or none would be right."""
    conversation = Conversation()
    for earlier in question.before:
        conversation = answer(earlier, base, conversation).conversation
    reading = read(question.text, base.lexicon)
    likely = base.index.likely(reading)
    if talk(reading, wording_of(reading, base), likely, base, conversation):
        return None
    whole, candidates, no_answer = candidates_amid(reading, likely, base, conversation)
    right = []
    for candidate in candidates:
        part = Part(whole if candidate.followed else reading, (), Rule.EMPTY, strength=1.0)
        reply = replied(question.text, [taken(part, candidate, base)], base, conversation)
        right.append(judge(question, reply)[0] == "right")
    rows = [*(dict(candidate.signals) for candidate in candidates), {_NO_ANSWER + k: v for k, v in no_answer.items()}]
    right.append(Outcome.UNKNOWN in question.accept)
    worth = 1.0 if Outcome.ANSWERED in question.accept else unknown
    return Choice(rows, right, worth) if any(right) and len(rows) > 1 else None


def _matrix(rows: Sequence[dict[str, float]], names: Sequence[str]) -> Reals:
    return np.array([[float(row.get(name, 0.0)) for name in names] for row in rows])


def _fit(choices: Sequence[Any], ridge: float, bounds: Sequence[tuple[float | None, float | None]]) -> Reals:
    """Return the weights under which what is right is most probable."""
    every = np.vstack([rows for rows, *_ in choices])
    scale = every.std(0) + 1e-9
    every = every / scale
    right = np.concatenate([right for _, right, _ in choices]).astype(float)
    sizes = [len(right) for _, right, _ in choices]
    worths = np.array([worth for *_, worth in choices])
    starts = np.cumsum([0, *sizes[:-1]])
    which = np.repeat(np.arange(len(sizes)), sizes)

    def cost(weights: Reals) -> tuple[float, Reals]:
        worth = every @ weights
        powers = np.exp(worth - np.maximum.reduceat(worth, starts)[which])
        total = np.add.reduceat(powers, starts)
        good = np.add.reduceat(powers * right, starts)
        slope = every.T @ ((powers / total[which] - powers * right / (good + TINY)[which]) * worths[which])
        unlikely = -float(worths @ np.log((good + TINY) / total))
        return unlikely + ridge * float(weights @ weights), slope + 2 * ridge * weights

    found = library("scipy.optimize").minimize(
        cost, np.zeros(every.shape[1]), jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 1000}
    )
    weights: Reals = found.x / scale
    return weights


def _right(weights: Reals, choice: tuple[Reals, NDArray[np.bool_], float]) -> bool:
    rows, right, _ = choice
    return bool(right[int(np.argmax(rows @ weights))])


if __name__ == "__main__":
    main()
