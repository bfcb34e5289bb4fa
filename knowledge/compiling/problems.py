"""What is wrong with a fact base, said so that a curator can mend it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing to mend: where it stands (path, 1-based line) and one clear sentence."""

    path: str
    line: int
    message: str

    def __str__(self) -> str:
        where = f"{self.path}:{self.line}" if self.line else self.path
        return f"{where}: {self.message}"


class BaseProblemsError(Exception):
    """A base that cannot be used; carries every problem found, sorted by place."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = sorted(set(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))


def counted(number: int, noun: str) -> str:
    """Return a number with its noun: "1 fact", "0 facts"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def shown(path: Path, root: Path) -> str:
    """Return `path` as a curator knows it: relative to the base where it lies inside."""
    try:
        return path.relative_to(root).as_posix()
    except ValueError:
        return str(path)
