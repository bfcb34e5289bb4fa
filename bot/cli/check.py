"""`saga check`: every problem of a base in one run."""

from __future__ import annotations

from pathlib import Path

import click

from knowledge.folders import SHIPPED


@click.command()
@click.option(
    "--articles",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Folder of the original articles, to prove the evidence (default: seeds/articles).",
)
@click.pass_context
def check(context: click.Context, articles: Path | None) -> None:
    """Check the fact base: shape, references, duplicates, phrasings, lengths, evidence."""
    from knowledge.checking import check as check_base  # noqa: PLC0415 - keeps `saga --help` fast

    folder = (context.obj or SHIPPED).absolute()
    click.echo(f"checking {folder}", err=True)
    report = check_base(folder, articles)
    for problem in report.problems:
        click.echo(str(problem))
    for note in report.notes:
        click.echo(note, err=True)
    count = len(report.problems)
    click.echo("no problem found" if not count else f"{count} problem{'s' if count > 1 else ''} found", err=True)
    context.exit(1 if count else 0)
