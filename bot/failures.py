"""A reason for the process to stop, and the exit status that it then has."""

from __future__ import annotations

from enum import IntEnum


class Status(IntEnum):
    """The exit statuses, as sysexits(3) numbers them, so that a supervisor can tell what is worth another try."""

    BASE = 65
    """The fact base cannot be used."""
    UNAVAILABLE = 69
    """Discord cannot be reached, or has trouble: worth another try."""
    DATABASE = 74
    """The database cannot be used."""
    REFUSED = 77
    """Discord refuses the token, or what was asked for with it."""
    SETTINGS = 78
    """The settings cannot be used."""


class Failure(Exception):  # noqa: N818 - it is told to a person, not handled
    """A reason to stop: sentences for an administrator, and the exit status."""

    def __init__(self, status: Status, *sentences: str) -> None:
        self.status = status
        self.sentences = sentences
        super().__init__("\n".join(sentences))
