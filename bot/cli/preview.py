"""`saga preview`: the bot on a page of this machine, before there is a token."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from bot.cli import Whole, opened_by

if TYPE_CHECKING:
    from bot.running.preview import Pages


@click.command()
@click.option("--port", type=Whole(0, 65_535), default=0, help="Port of the first page (default: a free one).")
@click.option("--empty", is_flag=True, help="Begin with empty pages, without an example question.")
@click.pass_context
def preview(context: click.Context, port: int, *, empty: bool) -> None:
    """Try the bot in a browser, on an in-memory Discord.

    It takes no token, no account and no network.
    """
    import asyncio  # noqa: PLC0415 - keeps `saga --help` fast

    from bot.running.preview import PreviewError, missing, serve  # noqa: PLC0415

    lacking = missing()
    if lacking:
        raise click.ClickException(
            f"The preview needs its extra ({', '.join(lacking)} is missing): "
            "in the clone, .venv/bin/pip install -e '.[preview]'"
        )
    from bot.editions.holder import Holder  # noqa: PLC0415
    from bot.store import StoreError  # noqa: PLC0415

    holder = opened_by(Holder.open, context)
    try:
        asyncio.run(serve(holder, port, _announce, greet=not empty))
    except (PreviewError, StoreError) as error:
        raise click.ClickException(str(error)) from error


def _announce(pages: Pages) -> None:
    """Say what it is, where it is, and how it ends."""
    click.echo("The real bot on an in-memory Discord; nothing leaves this machine. Stop it with Ctrl-C.")
    click.echo(f"  A server's channel  {pages.channel}")
    click.echo(f"  A direct message    {pages.direct}")
