"""How soon a member sees something: our first response to `/question` against that of a bot that answers a constant.

    python -m benchmarks.first_response                   # a table
    python -m benchmarks.first_response --json            # the same as one JSON object
    python -m benchmarks.first_response --questions 2000  # more of them
    python -m benchmarks.first_response --longest 200     # without the longer ones, which ramble

Three processes, `saga run` with the shipped base twice and `benchmarks.constant_bot`, are connected to three Discords
of `tests/loopback` on 127.0.0.1, in this process. Each question is sent to one after the other (which one is first
alternates), one at a time, and timed from the moment in which INTERACTION_CREATE is handed to the gateway to the moment
in which the callback comes in. The questions are those of `tests/dialogues` that stand alone, again and again; each is
asked by somebody who has not asked before, so that no conversation and no cooldown stands between.

One of ours is asked as Discord's own programs ask: they want proposals for what is typed, whenever it changes, and so
for the whole question before it is sent. The other is asked out of nothing, as Discord never does.

These are times of the clock, with the network of one machine and two libraries inside: other work on the machine, and
slower cores, lengthen both columns. The ratios of one run are what to compare.
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks.measuring import DIALOGUES, described, machine, settled, show, show_json
from bot.asking.answering import QUESTION_AT_MOST as LONGEST
from knowledge.checks.evaluating import percentile, questions
from knowledge.compiling.folders import SHIPPED
from tests.bot.running.process import environment, running, saga
from tests.loopback import LoopbackDiscord

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.loopback import Channel

QUESTIONS: Final = 1_000
WARM_UP: Final = 50
"""Questions before the clock counts: connections are opened and caches filled."""
RATIO_WITHIN: Final = 3.0
"""The 99th percentile of ours, as a multiple of that of the constant."""
ENTER_AFTER: Final = 0.05
"""Seconds that pass at least between the proposals for the last letter and the key that sends a question."""
OURS, COLD, CONSTANT = "saga", "saga, not typed before", "a constant"
UNLIMITED: Final = {"SAGA_COOLDOWN_PERSON": "1000/1", "SAGA_COOLDOWN_CHANNEL": "9999/1"}


@dataclass(slots=True)
class Contestant:
    """A bot on a Discord of its own, and how long each of its first responses took, in milliseconds."""

    name: str
    discord: LoopbackDiscord
    channel: Channel
    times: list[float] = field(default_factory=list)

    async def ask(self, text: str) -> None:
        """Let somebody new use /question, and time the first response."""
        person = self.discord.person("Alice")
        if self.name == OURS:
            await self.discord.types(person, "question", self.channel, "texte", texte=text).callback()
        await asyncio.sleep(ENTER_AFTER)
        used = self.discord.uses(person, "question", self.channel, texte=text)
        self.times.append((await used.callback()).seconds * 1_000)

    def figures(self) -> dict[str, float]:
        """Return the percentiles."""
        return {name: round(percentile(self.times, share), 2) for name, share in (("p50", 0.5), ("p99", 0.99))}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Time first responses at a loopback Discord.")
    parser.add_argument("--json", action="store_true", dest="as_json", help="print one JSON object")
    parser.add_argument("--questions", type=int, default=QUESTIONS, metavar="N", help="how many each bot is asked")
    parser.add_argument("--longest", type=int, default=LONGEST, metavar="N", help="characters of a question, at most")
    options = parser.parse_args()

    found = asyncio.run(measure(texts(max(1, options.questions), options.longest)))
    figures = {one.name: one.figures() for one in found}
    ratios = {
        one: {name: round(figures[one][name] / figures[CONSTANT][name], 2) for name in figures[one]}
        for one in (OURS, COLD)
    }
    met = ratios[OURS]["p99"] <= RATIO_WITHIN
    if options.as_json:
        number = {"questions": len(found[0].times)}
        show_json({"machine": machine(), **number, "milliseconds": figures, "ratios": ratios, "target met": met})
        return
    show(f"{len(found[0].times)} questions each, {described()}")
    table(figures, ratios)
    verdict = "met" if met else "NOT MET"
    show(f"99th percentile against a constant: {ratios[OURS]['p99']:g} times, at most {RATIO_WITHIN:g}: {verdict}")


def texts(number: int, longest: int = LONGEST) -> list[str]:
    """Return so many questions, after those of the warm-up."""
    alone = [one.text for one in questions([DIALOGUES]) if not one.before and len(one.text) <= longest]
    return [alone[place % len(alone)] for place in range(WARM_UP + number)]


async def measure(asked: Sequence[str]) -> list[Contestant]:
    """Run the bots and ask them everything."""
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        contestants = [
            await contestant(stack, OURS, folder / "ours"),
            await contestant(stack, COLD, folder / "cold"),
            await contestant(stack, CONSTANT, folder / "constant", "benchmarks.constant_bot"),
        ]
        with settled():
            for number, text in enumerate(asked):
                for one in contestants if number % 2 else reversed(contestants):
                    await one.ask(text)
    for one in contestants:
        del one.times[:WARM_UP]
    return contestants


async def contestant(stack: AsyncExitStack, name: str, folder: Path, *module: str) -> Contestant:
    """Start a bot (default: `saga run`) that has registered its commands."""
    discord = await stack.enter_async_context(LoopbackDiscord())
    channel = discord.guild("Rédaction").channels[0]
    variables = environment(folder, discord, SAGA_BASE=str(SHIPPED), SAGA_LOG_FORMAT="text", **UNLIMITED)
    if not module:
        registered = await saga(variables, "commands", "sync")
        if registered.status:
            raise SystemExit(registered.err)
    await stack.enter_async_context(running(variables, discord, *module))
    await discord.synced.first()
    return Contestant(name, discord, channel)


def table(figures: dict[str, dict[str, float]], ratios: dict[str, dict[str, float]]) -> None:
    """Print the table."""
    from rich.table import Table  # noqa: PLC0415 - only for the table

    found = Table("first response", "median ms", "99 % ms")
    for name, times in figures.items():
        found.add_row(name, *(f"{time:.2f}" for time in times.values()))
    for name, each in ratios.items():
        found.add_row(f"ratio of {name}", *(f"{ratio:.2f}" for ratio in each.values()))
    show(found)


if __name__ == "__main__":
    main()
