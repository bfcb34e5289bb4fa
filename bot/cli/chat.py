"""`saga chat`: a conversation in the terminal."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path
from typing import Any, Final

import click

from bot.cli import coloured, opened
from bot.cli.showing import folded, width_of, written
from knowledge.compiling.cache import folder
from knowledge.conversation import Conversation
from knowledge.engine import answer

HISTORY_LINES: Final = 500


@click.command()
@click.pass_context
def chat(context: click.Context) -> None:
    """Talk with the bot; Ctrl-D ends it.

    Messages may also be piped in, one a line.
    """
    given: Any = sys.stdin
    if given is None:
        raise click.UsageError("chat needs standard input")
    # A byte that is no text must not cost the message it stands in, nor those behind it.
    given.reconfigure(errors="replace")
    base = opened(context)
    typing = given.isatty()
    if typing:
        with contextlib.suppress(OSError):
            _line_editing(folder() / "history")
        click.echo(folded(f"Posez vos questions sur {base.name}. Ctrl-D pour finir.\n", width_of(sys.stdout)))
    conversation = Conversation()
    while True:
        try:
            text = input("› " if typing else "")
        except (EOFError, KeyboardInterrupt):
            break
        if not text.strip():
            continue
        reply = answer(text, base, conversation)
        conversation = reply.conversation
        click.echo(f"\n{written(reply, colour=coloured(sys.stdout), width=width_of(sys.stdout))}\n")
    if typing:
        click.echo("\nÀ bientôt !")


def _line_editing(history: Path) -> None:
    """Give `input` line editing and a history that outlives the session, where the platform has them."""
    try:
        import readline  # noqa: PLC0415 - absent on some platforms
    except ImportError:
        return
    import atexit  # noqa: PLC0415 - only needed with a history

    readline.set_history_length(HISTORY_LINES)
    with contextlib.suppress(OSError):
        readline.read_history_file(history)

    def keep() -> None:
        with contextlib.suppress(OSError):
            history.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            readline.write_history_file(history)

    atexit.register(keep)
