"""How long a question takes: the slowest of many generated texts, and the questions of the tests.

    python -m benchmarks.slowest                  # 10,000 texts of up to 2,000 characters at the shipped base
    python -m benchmarks.slowest --texts 1000 --seed 2 --base tests/bases/moulin

The texts are of several kinds, in turn: gibberish of letters, any characters, words of the base in any order, known
words with typing errors, phrasings run together, one word over and over, words glued together, digits and punctuation.
Each text meets an engine that has just been loaded: what it remembers of words that it repaired or looked up is cleared
before, or a text that was asked once would be measured as nobody asks it. Times are CPU time. A text that takes long is
timed three times, and the shortest counts: a pause of the machine is not the engine's.
"""

from __future__ import annotations

import argparse
import random
import time
from copy import copy
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks.measuring import DIALOGUES, settled, show
from knowledge.checks.evaluating import grade, percentile, questions
from knowledge.checks.noise import disturb
from knowledge.compiling.loading import load
from knowledge.engine import answer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from knowledge.language.lexicon import Lexicon
    from knowledge.model import KnowledgeBase

TARGET: Final = 50.0
"""Milliseconds that the slowest text may take."""
LONGEST: Final = 2_000
"""Characters of a text: as many as a Discord message has."""
SUSPECT: Final = 25.0
"""Milliseconds from which a text is timed again."""


def kinds(base: KnowledgeBase) -> dict[str, Callable[[random.Random, int], str]]:
    """Return how to make each kind of text of about `length` characters."""
    known = sorted(base.lexicon.known)
    phrasings = [phrase.text for phrase in base.index.phrases]
    letters = "abcdefghijklmnopqrstuvwxyzéèàçùêîô'’- "

    def several(chance: random.Random, length: int, one: Callable[[], str], between: str = " ") -> str:
        pieces: list[str] = []
        while sum(map(len, pieces)) < length:
            pieces.append(one())
        chance.shuffle(pieces)
        return between.join(pieces)

    def typos(chance: random.Random, length: int) -> str:
        return several(chance, length, lambda: disturb(chance.choice(known), 4, chance.randrange(1_000_000)))

    def repeated(chance: random.Random, length: int) -> str:
        word = chance.choice(known)
        return several(chance, length, lambda: word)

    return {
        "letters": lambda chance, length: "".join(chance.choices(letters, k=length)),
        "anything": lambda chance, length: "".join(chr(chance.randrange(1, 0x2FFF)) for _ in range(length)),
        "words": lambda chance, length: several(chance, length, lambda: chance.choice(known)),
        "typing errors": typos,
        "phrasings": lambda chance, length: several(chance, length, lambda: chance.choice(phrasings), " ? "),
        "joined phrasings": lambda chance, length: several(chance, length, lambda: chance.choice(phrasings), " et "),
        "one word": repeated,
        "glued": lambda chance, length: several(chance, length, lambda: chance.choice(known), ""),
        "long words": lambda chance, length: several(
            chance, length, lambda: "".join(chance.choices(letters[:26], k=chance.randint(12, 40)))
        ),
        "numbers": lambda chance, length: "".join(chance.choices("0123456789 .,%?!'et", k=length)),
    }


def texts(base: KnowledgeBase, number: int, seed: int) -> Iterator[tuple[str, str]]:
    """Yield `number` texts with their kind, the same ones for the same seed."""
    chance = random.Random(seed)  # noqa: S311 - test texts, not secrets
    makers = list(kinds(base).items())
    for count in range(number):
        name, make = makers[count % len(makers)]
        length = LONGEST if count % 3 == 0 else chance.randint(1, LONGEST)
        yield name, make(chance, length)[:LONGEST]


def fresh(base: KnowledgeBase, lexicon: Lexicon) -> KnowledgeBase:
    """Return the base with `lexicon` as it was before any text, remembering no word."""
    index = replace(base.index, likelihood=replace(base.index.likelihood))
    return replace(base, lexicon=copy(lexicon), index=index)


def milliseconds(text: str, base: KnowledgeBase) -> float:
    """Return how much CPU one answer takes."""
    started = time.process_time()
    answer(text, base)
    return (time.process_time() - started) * 1_000


def timed(text: str, base: KnowledgeBase, lexicon: Lexicon) -> float:
    """Return how long a text takes, the best of three where that is long."""
    first = milliseconds(text, fresh(base, lexicon))
    again = () if first < SUSPECT else range(2)
    return min([first, *(milliseconds(text, fresh(base, lexicon)) for _ in again)])


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Time the slowest of many generated texts.")
    parser.add_argument("--base", type=Path, help="folder of the base (default: the shipped one)")
    parser.add_argument("--texts", type=int, default=10_000, help="how many texts")
    parser.add_argument("--seed", type=int, default=1, help="which texts")
    options = parser.parse_args()

    base = load(options.base)
    answer("", base)
    lexicon = copy(base.lexicon)
    by_kind: dict[str, list[tuple[float, str]]] = {}
    with settled():
        for name, text in texts(base, options.texts, options.seed):
            by_kind.setdefault(name, []).append((timed(text, base, lexicon), text))
    everything = sorted(row for rows in by_kind.values() for row in rows)
    times = [spent for spent, _ in everything]

    show(f"{options.texts} texts of up to {LONGEST} characters, milliseconds")
    show(f"{'kind':18} {'median':>8} {'slowest':>8}")
    for name, rows in sorted(by_kind.items(), key=lambda item: -max(item[1])[0]):
        show(f"{name:18} {percentile([spent for spent, _ in rows], 0.5):8.2f} {max(rows)[0]:8.2f}")
    slowest, text = everything[-1]
    show(f"median {percentile(times, 0.5):.2f}, 99th percentile {percentile(times, 0.99):.2f}")
    show(f"slowest {slowest:.2f} ({'under' if slowest < TARGET else 'OVER'} {TARGET:g}): {text[:70]!r}…")

    if options.base is not None:
        show("skipped: the questions of tests/dialogues are for the shipped base")
        return
    asked = questions([DIALOGUES])
    figures = grade(asked, base)
    show(
        f"{len(asked)} questions of tests/dialogues: median {figures.latency(0.5)}, "
        f"99th percentile {figures.latency(0.99)}, slowest {figures.latency(1.0)}"
    )


if __name__ == "__main__":
    main()
