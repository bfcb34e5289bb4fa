"""`saga evaluate`: how good the answers are, on questions whose right answers are known."""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli import Whole, opened

if TYPE_CHECKING:
    from knowledge.checks.evaluating import Figures


RESULTS = ("right", "wrong", "silent")
NOISE = (8, 5)
"""One disturbance in so many characters."""


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.option(
    "--failures",
    type=Whole(min=0),
    default=10,
    show_default=True,
    metavar="N",
    help="How many failures to show.",
)
@click.option("--blind", is_flag=True, help="Show the failures of blind questions, too.")
@click.option("--noise", is_flag=True, help="Also disturb the questions that were answered right, and grade again.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as one JSON object.")
@click.pass_context
def evaluate(
    context: click.Context, files: tuple[Path, ...], *, failures: int, blind: bool, noise: bool, as_json: bool
) -> None:
    """Grade the answers to the questions in FILES.

    They are YAML or JSON Lines, or folders of such files.
    """
    from knowledge.checks.evaluating import Figures, disturbed, grade, questions  # noqa: PLC0415 - keeps `saga --help` fast
    from knowledge.compiling.problems import BaseProblemsError, counted  # noqa: PLC0415

    base = opened(context)
    try:
        asked = questions(files, base)
    except BaseProblemsError as error:
        click.echo(str(error), err=True)
        context.exit(1)
    if not asked:
        raise click.UsageError("the files hold no question")
    figures = grade(asked, base)
    parts = {
        "open": Figures([v for v in figures.verdicts if not v.question.blind]),
        "blind": Figures([v for v in figures.verdicts if v.question.blind]),
    }
    noisy = {every: grade(disturbed(figures, every), base) for every in NOISE} if noise else {}
    if as_json:
        found = {"all": figures.as_object()} | {name: part.as_object() for name, part in parts.items()}
        found |= {f"noise 1 in {every}": part.as_object() for every, part in noisy.items()}
        click.echo(json.dumps(found))
        return
    failed = [v for v in figures.verdicts if v.result != "right"]
    shown = [v for v in failed if blind or not v.question.blind]
    for verdict in shown[:failures]:
        before = "".join(f"{text} > " for text in verdict.question.before)
        click.echo(f"[{verdict.result}] {verdict.question.id}: {before}{verdict.question.text}")
        click.echo(f"    {verdict.reason}; intent {verdict.reply.intent}; said: {verdict.reply.text[:150]!r}")
    if hidden := len(failed) - len(shown):
        click.echo(f"{counted(hidden, 'failure')} of blind questions hidden (--blind shows them)")
    _table(figures, parts)
    for every, part in noisy.items():
        share = f"{part.share('right')} % right, {part.share('wrong')} % wrong, {part.share('silent')} % silent"
        click.echo(f"noise, one disturbance in {every} characters, {len(part.verdicts)} questions: {share}")


def _table(figures: Figures, parts: dict[str, Figures]) -> None:
    from rich.console import Console  # noqa: PLC0415 - only for the table
    from rich.table import Table  # noqa: PLC0415

    table = Table("questions", "number", "right %", "wrong %", "silent %")
    for name, part in (("all", figures), *parts.items()):
        table.add_row(name, str(len(part.verdicts)), *(str(part.share(result)) for result in RESULTS))
    table.add_section()
    for kind, counts in figures.kinds().items():
        total = counts.total()
        table.add_row(kind, str(total), *(f"{100 * counts[name] / total:.1f}" for name in RESULTS))
    console = Console(file=sys.stdout)
    console.print(table)
    pairs = Counter((v.reply.intent, v.reply.runner_up) for v in figures.verdicts if v.result == "wrong")
    for (intent, other), count in pairs.most_common(5):
        console.print(f"wrong {count} times: {intent} (then {other})", highlight=False)
    console.print(
        f"answers: median {figures.length(0.5)} characters, "
        f"95th percentile {figures.length(0.95)}; "
        f"calibration error {figures.calibration_error()}; "
        f"latency: median {figures.latency(0.5)} ms, 99th percentile {figures.latency(0.99)} ms",
        highlight=False,
    )
