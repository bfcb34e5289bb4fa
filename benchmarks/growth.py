"""What a growing base costs: building, memory and latency at 1,000, 10,000 and 100,000 phrasings.

    python -m benchmarks.growth                       # a table
    python -m benchmarks.growth --json                # the same as one JSON object
    python -m benchmarks.growth --sizes 1000 20000    # other sizes

The base is invented, written as YAML into a temporary folder, and built from there without the cache, each size in a
process of its own. Building is CPU time, reading the files included. Memory is the most that the process ever had,
libraries included. Latency is CPU time of one answer, over questions that the engine has not seen before; "found" is
the share of questions made from an intent that are taken for it or told together with it, to show that they are
answered.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks.invented import asked, invent, write
from benchmarks.measuring import described, machine, settled, show, show_json
from knowledge.checks.evaluating import percentile
from knowledge.compiling.loading import load
from knowledge.engine import answer
from knowledge.reply import Outcome

if TYPE_CHECKING:
    from collections.abc import Sequence
    from multiprocessing.queues import Queue


SIZES: Final = (1_000, 10_000, 100_000)
QUESTIONS: Final = 1_000
SEED: Final = 7
BUILD_WITHIN: Final = 15.0
"""Seconds that the largest base may take to build."""
MEMORY_WITHIN: Final = 600.0
"""Megabytes that its process may have."""
SLOW_WITHIN: Final = 25.0
"""Milliseconds of the 99th percentile of its latency."""
RATIO_WITHIN: Final = 10.0
"""Its latency, as a multiple of that of the smallest base."""
MEGABYTE: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Size:
    """The figures of one size."""

    phrasings: int
    intents: int
    words: int
    """Words that the engine knows."""
    build: float
    memory: float
    median: float
    slow: float
    """99th percentile of the latency."""
    found: float


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Measure invented bases of growing size.")
    parser.add_argument("--json", action="store_true", dest="as_json", help="print one JSON object")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, metavar="N", help="numbers of phrasings")
    parser.add_argument("--seed", type=int, default=SEED, help="which bases and questions")
    options = parser.parse_args()

    sizes = [apart(size, options.seed) for size in sorted(options.sizes)]
    ratios = compared(sizes)
    met = {name: bool(value <= most) for name, (value, most) in targets(sizes).items()}
    if options.as_json:
        show_json({"machine": machine(), "sizes": [asdict(one) for one in sizes], "ratios": ratios, "targets": met})
        return
    show(f"{QUESTIONS} questions each, {described()}")
    table(sizes)
    show(f"{sizes[-1].phrasings:,} phrasings against {sizes[0].phrasings:,}, times as much:")
    show("  " + ", ".join(f"{name} {ratio:g}" for name, ratio in ratios.items()))
    for name, (value, most) in targets(sizes).items():
        show(f"  {name}: {value:g}, at most {most:g}: {'met' if met[name] else 'NOT MET'}")


def apart(size: int, seed: int) -> Size:
    """Measure one size in a new process, so that its memory is its own."""
    context = multiprocessing.get_context("spawn")
    results: Queue[Size] = context.Queue()
    with tempfile.TemporaryDirectory() as folder:
        base = invent(size, seed)
        write(base, Path(folder))
        questions = list(asked(base, QUESTIONS, seed))
        process = context.Process(target=measure, args=(Path(folder), base.phrasings, questions, results))
        process.start()
        process.join()
    if process.exitcode:
        raise SystemExit(f"the process of {size} phrasings ended with status {process.exitcode}")
    return results.get()


def measure(folder: Path, phrasings: int, questions: Sequence[tuple[str, str | None]], results: Queue[Size]) -> None:
    """Build the base in `folder`, ask it the questions, and send the figures."""
    started = time.process_time()
    base = load(folder, use_cache=False)
    build = time.process_time() - started
    times: list[float] = []
    found: list[bool] = []
    with settled():
        answer("bonjour", base)
        for text, intent in questions:
            started = time.process_time()
            reply = answer(text, base)
            times.append((time.process_time() - started) * 1_000)
            if intent:
                told = reply.outcome is Outcome.ANSWERED and set(base.intents[intent].told) <= set(reply.facts)
                found.append(told)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    results.put(
        Size(
            phrasings=phrasings,
            intents=len(base.intents),
            words=len(base.lexicon.known),
            build=round(build, 1),
            memory=round(most / MEGABYTE),
            median=round(percentile(times, 0.5), 2),
            slow=round(percentile(times, 0.99), 2),
            found=round(100 * sum(found) / len(found), 1),
        )
    )


def compared(sizes: Sequence[Size]) -> dict[str, float]:
    """Return how many times the largest base costs what the smallest does."""
    first, last = sizes[0], sizes[-1]
    return {
        "phrasings": round(last.phrasings / first.phrasings, 1),
        "build": round(last.build / max(first.build, 0.1), 1),
        "memory": round(last.memory / first.memory, 1),
        "median": round(last.median / first.median, 1),
        "99th percentile": round(last.slow / first.slow, 1),
    }


def targets(sizes: Sequence[Size]) -> dict[str, tuple[float, float]]:
    """Return what the largest base takes, and what it may take."""
    last, ratios = sizes[-1], compared(sizes)
    return {
        "build, seconds": (last.build, BUILD_WITHIN),
        "memory, megabytes": (last.memory, MEMORY_WITHIN),
        "latency, 99th percentile, milliseconds": (last.slow, SLOW_WITHIN),
        "latency, median, against the smallest": (ratios["median"], RATIO_WITHIN),
        "latency, 99th percentile, against the smallest": (ratios["99th percentile"], RATIO_WITHIN),
    }


def table(sizes: Sequence[Size]) -> None:
    """Print the table."""
    from rich.table import Table  # noqa: PLC0415 - only for the table

    found = Table("phrasings", "intents", "words", "build s", "memory MB", "median ms", "99 % ms", "found %")
    for one in sizes:
        cells = (f"{one.phrasings:,}", f"{one.intents:,}", f"{one.words:,}", one.build, f"{one.memory:g}")
        found.add_row(*map(str, cells), f"{one.median:.2f}", f"{one.slow:.2f}", str(one.found))
    show(found)


if __name__ == "__main__":
    main()
