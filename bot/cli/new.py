"""`saga new`: a small base to begin with, whole and good."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import click

from knowledge.compiling.folders import TEMPLATE, expanded


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
def new(folder: Path) -> None:
    """Write a small fact base into FOLDER, to begin one's own with.

    It is about an invented saga, and its comments teach: replace it file by file.
    """
    folder = expanded(folder)
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        raise click.ClickException(f"{folder} holds something already: name a new folder")
    try:
        _write(folder)
    except OSError as error:
        raise click.ClickException(f"{folder} cannot be written: {error.strerror or error}") from None
    click.echo(f"Wrote a small base into {folder}. Replace its files with your own, and see what they say with:\n")
    for command in ("check", "chat"):
        click.echo(f'  saga --base "{folder}" {command}')


def _write(folder: Path) -> None:
    """Copy the template; raises OSError where that cannot be done whole, and then leaves nothing of it."""
    with ExitStack() as undoing:
        inside = (folder / path.relative_to(TEMPLATE) for path in sorted(TEMPLATE.rglob("*")) if path.is_dir())
        for made in (*reversed(folder.parents), folder, *inside):
            if not made.exists():
                made.mkdir()
                undoing.callback(made.rmdir)
        for path in filter(Path.is_file, TEMPLATE.rglob("*")):
            copy = folder / path.relative_to(TEMPLATE)
            undoing.callback(copy.unlink, missing_ok=True)
            copy.write_bytes(path.read_bytes())
        undoing.pop_all()
