"""An edition made by another process, so that this one goes on answering, and handed over through a pipe."""

from __future__ import annotations

import gc
import logging
import os
import pickle
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bot.editions.edition import Edition, load_edition
from knowledge.compiling.cache import code, hashed
from knowledge.compiling.collecting import gc_paused
from knowledge.compiling.problems import BaseProblemsError, Problem

if TYPE_CHECKING:
    from typing import IO

log = logging.getLogger(__name__)

COMPILES_WITHIN: Final = 600.0
"""Seconds after which the other process is given up: on a slow or busy machine the shipped base takes minutes."""
MADE_BY: Final = ("editions", "writing")
"""The packages of the bot whose code makes an edition, beside the engine."""
RESTART: Final = Problem("saga-bot", 0, "the program was updated while it ran: restart it, it then reads this base")
KILLED: Final = (
    f"it was killed, for want of memory or because {COMPILES_WITHIN:g} seconds had passed; give the machine more, and "
    "reload again"
)
_CODE: Final = "import sys; from bot.editions.handover import hand_over; hand_over(sys.stdout.buffer, *sys.argv[1:])"


def program() -> str:
    """Return a hash of the code that makes an edition, as it lies on the disk."""
    bot = Path(__file__).parents[1]
    own = [path for package in MADE_BY for path in sorted((bot / package).glob("*.py"))]
    return hashed(code() | {path.relative_to(bot).as_posix(): path for path in own})


def rebuilt(folder: Path | None, running: str) -> Edition:
    """Load a base that has changed, for a thread beside a busy event loop. Raises like `load_edition`.

    `running` is what `program` returned when this process began.

    - Another process compiles: seconds of computation in this one would hold up the event loop.
    - The result comes through a pipe: between two pieces of it the loop has its turn.
    - The garbage collector is off while it is read, and never looks through the base afterwards.
    - If the program on the disk is no longer the one that runs, the other process would build objects that this one
      misreads without an error: BaseProblemsError asks for a restart instead.
    - One that cannot be started leaves the work to this one. One that was killed does not: what was too much for it, in
      memory or time, would be too much here as well, and end the bot. BaseProblemsError says so.
    """
    if program() != running:
        raise BaseProblemsError([RESTART])
    try:
        made = _elsewhere(folder)
    except EOFError as error:
        raise BaseProblemsError(
            [Problem("saga-bot", 0, f"the process that compiles this base ended: {error}")]
        ) from error
    except OSError as error:
        log.warning("the base is compiled in this process: %s", error)
        with gc_paused():
            made = load_edition(folder)
            gc.freeze()
    if isinstance(made, Edition):
        return made
    raise BaseProblemsError(made)


def _elsewhere(folder: Path | None) -> Edition | list[Problem]:
    """Return the edition, or the problems, that another process sends. Raises EOFError where it sends neither.

    The error holds the last line that the process wrote to standard error, or `KILLED`. Raises OSError where no process
    can be started.
    """
    command = [sys.executable, "-c", _CODE, *([] if folder is None else [str(folder.absolute())])]
    path = os.pathsep.join(map(os.path.abspath, sys.path))
    with (
        tempfile.TemporaryFile() as said,
        subprocess.Popen(  # noqa: S603 - our own interpreter and code
            command,
            env={**os.environ, "PYTHONPATH": path, "PYTHONSAFEPATH": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=said,
        ) as process,
    ):
        patience = threading.Timer(COMPILES_WITHIN, process.kill)
        patience.daemon = True
        patience.start()
        try:
            assert process.stdout is not None  # noqa: S101 - it is a pipe
            return _received(process.stdout)
        except (EOFError, pickle.UnpicklingError) as error:
            said.seek(0)
            *_, last = [KILLED, *said.read().decode(errors="replace").splitlines()]
            raise EOFError(last) from error
        finally:
            patience.cancel()
            process.kill()


def _received(pipe: IO[bytes]) -> Edition | list[Problem]:
    pipe.peek(1)  # type: ignore[attr-defined] # it is buffered; waits for the first byte
    with gc_paused():
        made: Edition | list[Problem] = pickle.load(pipe)  # noqa: S301 - from our own process
        gc.freeze()
    return made


def hand_over(pipe: IO[bytes], folder: str | None = None) -> None:
    """Compile a base for the process that started this one, or find what is wrong with it, and write it to the pipe."""
    pickle.dump(_made(Path(folder) if folder else None), pipe, pickle.HIGHEST_PROTOCOL)
    pipe.flush()


def _made(folder: Path | None) -> Edition | list[Problem]:
    """Return the edition of a base, or what is wrong with the base."""
    try:
        return load_edition(folder)
    except BaseProblemsError as error:
        return error.problems
