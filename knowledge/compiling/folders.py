"""Where the files of a base are."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

SHIPPED = Path(__file__).parents[1] / "base"
"""The base that comes with the package."""
TEMPLATE = SHIPPED.with_name("template")
"""A small one about an invented saga, that new bases begin with."""
ENDINGS = (".yaml", ".yml")
_LIKE_YAML = re.compile(r"\.y[aml]{2,3}(\.txt)?$", re.IGNORECASE)
"""What a file ends in that is YAML, or was meant to be: some systems write .YAML, or add .txt, some people .yalm."""


def expanded(path: str | Path) -> Path:
    """Return a path with `~` as the home folder; as in a shell, that of nobody known stays as it is typed."""
    return Path(os.path.expanduser(path))  # noqa: PTH111 - Path.expanduser raises there


def seeds_folder(folder: Path) -> Path:
    """Return the folder of article cards that goes with a base: inside it, or beside it up to two levels above.

    Above is where the base really lies, however its path was typed ("../moulin").
    """
    # Path.resolve would raise for a link to itself.
    for parent in (folder, *Path(os.path.realpath(folder)).parents[:2]):
        if (parent / "seeds").is_dir():
            return parent / "seeds"
    return folder / "seeds"


def yaml_files(folder: Path) -> Iterator[Path]:
    """Yield every file under `folder` that is or looks like YAML, sorted."""
    return (path for path in _files(folder) if _LIKE_YAML.search(path.name))


def left_out(folder: Path) -> Iterator[Path]:
    """Yield every other file in the folders of a base, sorted: what stands in it is not read.

    A base may have what else it likes beside these folders, and the texts of its articles beside their cards.
    """
    for name in ("actors", "facts", "french", "intents", "vocabulary"):
        if (folder / name).is_dir():
            yield from (path for path in _files(folder / name) if not _LIKE_YAML.search(path.name))


def _files(folder: Path) -> Iterator[Path]:
    """Yield every file under `folder`, sorted.

    What begins with a dot is left to the programs that put it there; links to folders are not followed.
    """
    for parent, folders, files in os.walk(folder, onerror=_raise):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(parent, name) for name in sorted(files) if not name.startswith("."))


def _raise(error: OSError) -> None:
    raise error


def all_files(folder: Path) -> dict[str, Path]:
    """Return every file that a base is built from, by its place in the base ("facts/vente.yaml", "french/texts.yaml").

    The French is the shipped one, but for the files that the base has itself at the same place.
    Raises OSError where a folder cannot be listed.
    """
    seeds = seeds_folder(folder)
    found = {path.relative_to(SHIPPED).as_posix(): path for path in yaml_files(SHIPPED / "french")}
    found |= {path.relative_to(folder).as_posix(): path for path in yaml_files(folder) if seeds not in path.parents}
    if seeds.is_dir():
        found |= {path.relative_to(seeds.parent).as_posix(): path for path in yaml_files(seeds)}
    return found
