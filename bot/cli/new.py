"""`saga new`: a small base to begin with, whole and good."""

from __future__ import annotations

import shutil
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
    shutil.copytree(TEMPLATE, folder, dirs_exist_ok=True)
    click.echo(f"Wrote a small base into {folder}. Replace its files with your own, and see what they say with:\n")
    for command in ("check", "chat"):
        click.echo(f'  saga --base "{folder}" {command}')
