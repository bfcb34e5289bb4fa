"""Choosing the constants of knowledge/tuning.py: a seeded random search on the open questions.

    python -m benchmarks.tune                       # four minutes on tests/dialogues
    python -m benchmarks.tune --seconds 60 FILE...  # on other questions: YAML or JSON Lines

Starts from the constants as they are; each step multiplies a few of them by random factors, and is kept where that is
worth no less: a right answer earns 1, a wrong one costs `WRONG`. Constants that are compiled into the base (weights of
terms and of character n-grams, smoothing) are not touched: they need a build for each step. Blind questions are never
looked at. Prints the constants that changed; what goes into tuning.py is decided by a person.
"""

from __future__ import annotations

import argparse
import random
import time
from pathlib import Path
from typing import Any, Final

from benchmarks.measuring import DIALOGUES, show
from knowledge import tuning
from knowledge.checks.evaluating import Figures, grade, questions
from knowledge.compiling.loading import load

WRONG: Final = 2.0
"""What a wrong answer costs, where a right one earns 1 and a silent one nothing."""
SHARES: Final = (
    "ANSWER_AT", "EXPLAINED_AT", "CORRECTED_AT", "SURE_AT", "TOGETHER_AT", "NEAR_AT", "ADMITTED_AT",
    "CLARIFY_BELOW", "WHOLE_GAIN", "APART_AT", "CONTEXT_SHARE", "OWN_LEFT_AT_MOST", "EXPLAINED_TINY_AT",
    "NO_ANSWER_CLEAR_AT",
)  # fmt: skip
"""Constants between 0 and 1."""
OTHERS: Final = ("NO_ANSWER_AT",)
"""Constants of at least 1."""
SPREAD: Final = 0.15
"""Standard deviation of a factor."""
CHANGED_AT_MOST: Final = 3


def main() -> None:
    """Search and print."""
    parser = argparse.ArgumentParser(description="Choose the engine's constants on the open questions.")
    parser.add_argument("questions", nargs="*", type=Path, default=[DIALOGUES])
    parser.add_argument("--seconds", type=float, default=240.0)
    parser.add_argument("--seed", type=int, default=2026)
    options = parser.parse_args()

    base = load()
    asked = [question for question in questions(options.questions) if not question.blind]
    chance = random.Random(options.seed)  # noqa: S311 - a search, not secrets
    constants: dict[str, Any] = vars(tuning)
    before = {name: constants[name] for name in (*SHARES, *OTHERS)}
    best = worth(grade(asked, base))
    show(f"{len(asked)} open questions, as it is: {best:.2f}")
    end = time.monotonic() + options.seconds
    while time.monotonic() < end:
        names = chance.sample(list(before), chance.randint(1, CHANGED_AT_MOST))
        old = {name: constants[name] for name in names}
        constants.update({name: changed(name, value, chance) for name, value in old.items()})
        figures = grade(asked, base)
        found = worth(figures)
        if found < best:
            constants.update(old)
            continue
        if found > best:
            show(f"{found:.2f}: {figures.share('right')} % right, {figures.share('wrong')} % wrong, {', '.join(names)}")
        best = found
    for name, value in before.items():
        if constants[name] != value:
            show(f"{name} = {constants[name]}  # was {value}")


def worth(figures: Figures) -> float:
    """Return how good a run is, in percent of all right."""
    results = [verdict.result for verdict in figures.verdicts]
    return 100 * (results.count("right") - WRONG * results.count("wrong")) / len(results)


def changed(name: str, value: float, chance: random.Random) -> float:
    """Return a constant a little off."""
    other = round(value * chance.gauss(1.0, SPREAD), 3)
    return min(1.0, max(0.0, other)) if name in SHARES else max(1.0, other)


if __name__ == "__main__":
    main()
