"""Which version of the program this is."""

from __future__ import annotations

from importlib import metadata


def version() -> str:
    """Return the version that is installed; a question mark for a clone that is not."""
    try:
        return metadata.version("saga-bot")
    except metadata.PackageNotFoundError:
        return "?"
