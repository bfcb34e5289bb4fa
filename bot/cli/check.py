"""`saga check`: every problem of a base in one run."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from knowledge.compiling.folders import SHIPPED
from knowledge.compiling.problems import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from knowledge.compiling.building import Wording
    from knowledge.compiling.problems import Problem


@click.command()
@click.option(
    "--articles",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Folder of the original articles, to prove the evidence (default: seeds/articles).",
)
@click.option("--quick", is_flag=True, help="End before every phrasing is asked, which takes minutes.")
@click.option("--undecided", is_flag=True, help="Also list the statements that get neither a yes nor a no.")
@click.option("--overtaken", is_flag=True, help="Also list the intents that tell a fact without what overtakes it.")
@click.pass_context
def check(context: click.Context, articles: Path | None, *, quick: bool, undecided: bool, overtaken: bool) -> None:
    """Find every problem of the fact base.

    Each is a line, path:line: problem: in the files, their entries, texts and figures, the evidence and the phrasings.
    """
    from knowledge.checks.checking import check as check_base  # noqa: PLC0415 - keeps `saga --help` fast

    folder = (context.obj or SHIPPED).absolute()
    click.echo(f"checking {folder}", err=True)
    report = check_base(folder, articles, _tracked, _print, quick=quick)
    _print(report.undecided if undecided else ())
    _print(report.overtaken if overtaken else ())
    for note in report.notes:
        click.echo(note, err=True)
    count = len(report.problems)
    click.echo(f"{counted(count, 'problem') if count else 'no problem'} found", err=True)
    context.exit(1 if count else 0)


def _print(problems: Sequence[Problem]) -> None:
    for problem in problems:
        click.echo(str(problem))


def _tracked(wordings: Sequence[Wording]) -> Iterable[Wording]:
    """Return wordings, and show on a terminal how many of them were asked: all take minutes."""
    if sys.stderr is None or not sys.stderr.isatty():
        return wordings
    from rich.console import Console  # noqa: PLC0415 - only for a terminal
    from rich.progress import track  # noqa: PLC0415

    return track(wordings, "asking every phrasing", console=Console(stderr=True), transient=True)
