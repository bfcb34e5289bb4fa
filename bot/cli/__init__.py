"""The command line: one module a command, imported only when it is called."""

from __future__ import annotations

import errno
import gc
import importlib
import io
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from bot.version import version
from knowledge.compiling.folders import expanded

if TYPE_CHECKING:
    from collections.abc import Callable

    from knowledge.model import KnowledgeBase

T = TypeVar("T")

COMMANDS: Final = {
    "ask": "bot.cli.ask",
    "chat": "bot.cli.chat",
    "new": "bot.cli.new",
    "check": "bot.cli.check",
    "evaluate": "bot.cli.evaluate",
    "run": "bot.cli.discord",
    "commands": "bot.cli.discord",
    "invite": "bot.cli.discord",
    "preview": "bot.cli.preview",
}
"""Each command and the module that holds it, under the command's own name."""
UNWRITABLE: Final = frozenset({errno.EPIPE, errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBADF})
"""What an error that names no file says where it is about the output."""


class Whole(click.IntRange):
    """A whole number, called so in the sentence that refuses another one."""

    name = "whole number"


class LazyGroup(click.Group):
    """A group that imports a command's module when the command is looked up, so that `saga ask` starts fast."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the commands in the order of the documentation."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Return a command, importing its module."""
        module = COMMANDS.get(cmd_name)
        if module is None:
            return None
        command: click.Command = getattr(importlib.import_module(module), cmd_name)
        return command


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(version=version(), prog_name="saga")
@click.option(
    "--base",
    type=click.Path(path_type=Path, readable=False),  # what is wrong with it is told where it is read
    envvar="SAGA_BASE",
    help="Folder of the fact base (default: SAGA_BASE, or the shipped one).",
)
@click.pass_context
def saga(context: click.Context, base: Path | None) -> None:
    """Answer questions about a saga of the press, from a hand-curated fact base, with sources."""
    context.obj = base and expanded(base)


def opened(context: click.Context) -> KnowledgeBase:
    """Return the base that the command line names; a bad one ends the command, all its problems printed.

    One that has to be compiled each time is noted on standard error.
    """
    from knowledge.compiling.cache import unkept  # noqa: PLC0415 - keeps `saga --help` fast
    from knowledge.compiling.loading import load  # noqa: PLC0415

    base = opened_by(load, context)
    complain(*filter(None, [unkept(base.version)]))
    gc.freeze()  # a base lives as long as the command: a full collection that walks it takes a tenth of a second
    return base


def opened_by(opening: Callable[..., T], context: click.Context) -> T:
    """Call `load`, or something with the same arguments, for the base that the command line names.

    A bad base ends the command, all its problems printed.
    """
    from knowledge.compiling.problems import BaseProblemsError  # noqa: PLC0415 - keeps `saga --help` fast

    try:
        return opening(context.obj, compiling=_patience)
    except BaseProblemsError as error:
        for problem in error.problems:
            click.echo(str(problem), err=True)
        context.exit(1)
        raise


def _patience() -> None:
    """Tell somebody at a terminal why nothing is seen for so long."""
    if sys.stderr is not None and sys.stderr.isatty():
        click.echo("Compiling the base, once after each change of it: this may take half a minute.", err=True)


def coloured(stream: Any) -> bool:
    """Tell whether to write colours to a stream: only a terminal, and not where NO_COLOR is set."""
    return bool(stream.isatty()) and not os.environ.get("NO_COLOR")


def _encode() -> None:
    """Write UTF-8 wherever no terminal has its own encoding; what a terminal does not have is shown as "?"."""
    for stream, errors in ((sys.stdout, "replace"), (sys.stderr, "backslashreplace")):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors=errors)


def complain(*sentences: str) -> None:
    """Say something on standard error; where that cannot be written, the exit status has to say it all."""
    try:
        for sentence in sentences:
            click.echo(sentence, err=True)
        if sys.stderr is not None:
            sys.stderr.flush()
    except OSError:
        _silence(sys.stderr)


def _silence(stream: Any) -> None:
    """Give what cannot be written somewhere to go: Python flushes its streams once more at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def main() -> None:
    """Run the command line; a closed pipe or Ctrl-C ends it quietly, a full disk or a bad file with one sentence."""
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 - open until the process ends
    _encode()
    try:
        try:
            saga.main(standalone_mode=True)
        finally:
            sys.stdout.flush()
    except OSError as error:
        if error.filename is not None:  # it is about a file, and not about the output
            complain(f"{error.filename}: {error.strerror}")
        elif error.errno not in UNWRITABLE:
            complain(error.strerror or str(error))
        else:
            _silence(sys.stdout)
            if not isinstance(error, BrokenPipeError):
                complain(f"the output cannot be written: {error.strerror}")
        sys.exit(1)
    finally:
        complain()  # what the log could not write
