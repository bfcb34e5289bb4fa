"""`saga run`, `saga commands` and `saga invite`: the bot on Discord."""

from __future__ import annotations

import contextlib
import logging
import signal
import sys
from typing import TYPE_CHECKING

import click

from bot.cli import Whole, complain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.running.settings import Settings

log = logging.getLogger(__name__)

GUILD = click.option("--guild", type=Whole(min=1), metavar="ID", help="Only for the server with this id.")


@click.command()
@click.option("--check", is_flag=True, help="Say what is wrong with settings, base and database; start nothing.")
@click.pass_context
def run(context: click.Context, *, check: bool) -> None:
    """Run the bot on Discord.

    It needs a token, in the file that SAGA_DISCORD_TOKEN_FILE names or in SAGA_DISCORD_TOKEN. SIGTERM or Ctrl-C ends
    it, SIGHUP reloads the fact base.
    """
    if check:
        _check(context)
        return
    _heed_signals()
    with _settings(context) as settings:
        token = settings.token()
        from bot import logs  # noqa: PLC0415 - keeps `saga --help` fast
        from bot.running import serving  # noqa: PLC0415 - keeps `saga --help` fast

        logs.set_up(settings.log_level, settings.log_format, hidden=(token,))
        serving.run(settings, token)


def _heed_signals() -> None:
    """Take signals as a running bot does, from the first moment: importing and loading take seconds on a small machine.

    Who asks it to end is obeyed at once; before there is a base to reload, SIGHUP does nothing.
    """
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: sys.exit(0))
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, signal.SIG_IGN)


@click.group()
def commands() -> None:
    """Register the bot's commands with Discord.

    It is needed once, and again when they have changed.
    """


@commands.command()
@GUILD
@click.pass_context
def sync(context: click.Context, guild: int | None) -> None:
    """Register the commands, for every server or for one.

    One server is for trying them: what is registered for every server as well stands twice there.
    """
    with _settings(context) as settings:
        token = settings.token()
        from bot.running.registering import register  # noqa: PLC0415 - keeps `saga --help` fast

        names = register(settings, token, guild)
        where = f"on the server {guild}" if guild else "everywhere"
        click.echo(f"{len(names)} commands are registered {where}: {', '.join(names)}")


@commands.command()
@GUILD
@click.pass_context
def clear(context: click.Context, guild: int | None) -> None:
    """Take the commands away again, those for every server or of one."""
    with _settings(context) as settings:
        token = settings.token()
        from bot.running.registering import unregister  # noqa: PLC0415 - keeps `saga --help` fast

        unregister(settings, token, guild)
        click.echo(
            f"The commands of the server {guild} are gone."
            if guild
            else "The commands for every server are gone; those of single servers (--guild) stay."
        )


@click.command()
@click.option(
    "--id", "application", type=Whole(min=1), metavar="ID", help="The application's id, if there is no token."
)
@click.pass_context
def invite(context: click.Context, application: int | None) -> None:
    """Print the links by which the bot is installed.

    One installs it on a server, the other for oneself.
    """
    from bot.connection.inviting import PERMISSIONS, links  # noqa: PLC0415 - keeps `saga --help` fast

    if application is None:
        with _settings(context) as settings:
            token = settings.token()
            from bot.running.registering import application_id  # noqa: PLC0415 - keeps `saga --help` fast

            application = application_id(settings, token)
    found = links(application)
    click.echo(f"On a server (asks for: {', '.join(PERMISSIONS)}):\n  {found.server}")
    click.echo(f"For oneself, to use its commands anywhere:\n  {found.person}")
    click.echo(
        "Both ways of installing have to be allowed in the developer portal (Installation, Installation Contexts)."
    )


@contextlib.contextmanager
def _settings(context: click.Context) -> Iterator[Settings]:
    """Give the settings; what goes wrong inside is told in a sentence, with an exit status, instead of a traceback.

    The sentence is a line of the log where there is one by then.
    """
    from bot.running.settings import read  # noqa: PLC0415 - keeps `saga --help` fast

    where = "its address"
    try:
        settings = read(base=context.obj)
        where = settings.discord_api
        yield settings
    except Exception as error:
        from bot.failures import Failure  # noqa: PLC0415 - keeps `saga --help` fast
        from bot.running.explaining import explain  # noqa: PLC0415 - keeps `saga --help` fast

        failure = error if isinstance(error, Failure) else explain(error, where)
        if failure is None:
            raise
        for sentence in failure.sentences:
            if log.hasHandlers():
                log.critical(sentence, extra={"status": int(failure.status)})
            else:
                complain(sentence)
        context.exit(failure.status)


def _check(context: click.Context) -> None:
    from bot.running.inspecting import inspect  # noqa: PLC0415 - keeps `saga --help` fast

    found = inspect(context.obj)
    for line in found.fine:
        click.echo(line)
    complain(*found.wrong)
    context.exit(found.status or 0)
