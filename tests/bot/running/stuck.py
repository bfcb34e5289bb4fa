"""`saga run` with a base whose reload never ends."""

from __future__ import annotations

import sys
import threading

from bot.editions.edition import Edition, load_edition
from bot.editions.holder import Holder
from bot.running import serving
from bot.running.settings import read


def never() -> Edition:
    """Say so, and hang."""
    print("stuck", file=sys.stderr, flush=True)  # noqa: T201 - the parent reads it
    threading.Event().wait()
    raise AssertionError


class Stuck(Holder):
    """A holder that opens its base and cannot reload it."""

    @classmethod
    def open(cls, folder: object = None, **_: object) -> Holder:
        """Load the base of the settings."""
        assert folder
        return cls(load_edition(read().base), never)


serving.Holder = Stuck  # type: ignore[attr-defined] # what the test is about
settings = read()
serving.run(settings, settings.token())
