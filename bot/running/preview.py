"""The real bot on an in-memory Discord, on a page of this machine: no token, no account, no network.

SimCord (a pinned extra) plays Discord. It shows one channel on one page, so the server's channel and the direct
messages are two pages of the same world: one bot, one base, one database. What it cannot play: the menu of a message,
a reply to what a command answered, two things at once (what is sent during a reload is lost), proposals for a field in
which no letter was typed, the time (its clock stands still), group messages, a light theme, and a member's own language
(everybody's Discord is French there, though the page around the messages is in English).
"""

from __future__ import annotations

import asyncio
import contextlib
import importlib.util
import os
import shutil
import signal
import tempfile
import threading
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from bot.asking.limits import Rate
from bot.running.simulating import Both, forgive, mention_by_name, speak
from knowledge.engine import answer

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Coroutine

    from simcord import Env
    from simcord.actors import MemberActor
    from simcord.builders import ChannelHandle

    from bot.client import SagaBot
    from bot.editions.holder import Holder

    Wait: TypeAlias = Callable[[], Coroutine[Any, Any, None]]

NEEDED: Final = ("simcord", "aiohttp", "markdown_it", "linkify_it", "regex", "PIL")
"""What the extra installs, as it is imported."""
SETTLES_WITHIN: Final = 180.0
"""Seconds that anything may take, a reload of a large base on a small machine above all."""
ENDS_WITHIN: Final = 3.0
"""Seconds from Ctrl-C to the end, whatever still works."""
SERVER_NAME, CHANNEL_NAME = "Serveur d’essai", "questions"
NAME: Final = "Saga"
LANGUAGE: Final = "fr"
"""What Discord everybody has."""
MEMBER, CURATOR = "Ada", "Camille"
UNHURRIED: Final = Rate(1_000, 1.0)
"""Whoever tries the bot out asks one thing after another: nobody has to wait here."""


class PreviewError(Exception):
    """A preview that cannot start; carries one clear sentence."""


@dataclass(frozen=True, slots=True)
class Pages:
    """Where the pages are. The addresses let anybody on this machine act in the preview: they are for its user."""

    channel: str
    direct: str


def missing() -> list[str]:
    """Return what is not installed of what the preview needs."""
    return [name for name in NEEDED if importlib.util.find_spec(name) is None]


async def serve(holder: Holder, port: int, announce: Callable[[Pages], None], *, greet: bool = True) -> None:
    """Show the bot until Ctrl-C, SIGTERM or the page's own end; `announce` gets the addresses.

    Raises PreviewError.
    """
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    with tempfile.TemporaryDirectory(prefix="saga-preview-", ignore_cleanup_errors=True) as folder:
        for number in (signal.SIGINT, signal.SIGTERM):
            with contextlib.suppress(NotImplementedError):  # Windows: Ctrl-C ends asyncio.run itself
                loop.add_signal_handler(number, _end, ended, folder)
        async with world(holder, Path(folder) / "preview.sqlite3", port, greet=greet) as (pages, closed):
            announce(pages)
            waits = [asyncio.ensure_future(ended.wait()), *(asyncio.ensure_future(wait()) for wait in closed)]
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
            for wait in waits:
                wait.cancel()


def _end(ended: asyncio.Event, folder: str) -> None:
    """End the preview; where a thread is deep in a reload, without it."""
    ended.set()

    def leave() -> None:
        shutil.rmtree(folder, ignore_errors=True)
        os._exit(0)

    last = threading.Timer(ENDS_WITHIN, leave)
    last.daemon = True
    last.start()


@contextlib.asynccontextmanager
async def world(holder: Holder, database: Path, port: int, *, greet: bool) -> AsyncIterator[tuple[Pages, list[Wait]]]:
    """Start the store, the bot, its Discord and the two pages; give their addresses and what tells of their end."""
    import simcord  # noqa: PLC0415 - an extra
    from simcord.backend.errors import SetupError  # noqa: PLC0415

    from bot.client import Options, SagaBot  # noqa: PLC0415 - imports discord
    from bot.replying.errors import sentence_for  # noqa: PLC0415 - imports discord
    from bot.store import Store  # noqa: PLC0415 - imports the database

    store = await Store.open(database)
    try:
        bot = SagaBot(holder, store, Options(person=UNHURRIED, channel=UNHURRIED), shard_count=1)
        async with simcord.run(bot, check_errors=False, settle_timeout=SETTLES_WITHIN) as env:
            await bot.tree.sync()
            speak(env, LANGUAGE)
            forgive(env, sentence_for)
            member, curator, channel = _people(env)
            bot.options = replace(bot.options, curator_users=frozenset({curator.id}))
            if bot.user is not None:
                await bot.user.edit(username=NAME)
                mention_by_name(env, NAME, bot.user.mention)
            if greet:
                await _greet(bot, member, channel)
            look: Any = {"layout": "channel", "locale": LANGUAGE, "timezone": "Europe/Paris"}
            async with contextlib.AsyncExitStack() as stack:
                try:
                    public = env.preview(channel, viewers=(member, curator), port=port, **look)
                    await stack.enter_async_context(public)
                    # SimCord allows one preview at a time; a second one beside it only needs to be told of alike.
                    env._preview = None  # noqa: SLF001 - the pinned version has no public way
                    private = env.preview(member.user.dm_channel, viewers=(member.user,), **look)
                    await stack.enter_async_context(private)
                    env._preview = Both(public, private)  # type: ignore[assignment] # noqa: SLF001
                except SetupError as error:
                    raise PreviewError(f"The preview cannot start: {error}.") from error
                yield Pages(public.url, private.url), [public.wait_closed, private.wait_closed]
    finally:
        await store.close()


def _people(env: Env) -> tuple[MemberActor, MemberActor, ChannelHandle]:
    """Make a server with a channel, a member who asks, and somebody who manages it and keeps the base."""
    import discord  # noqa: PLC0415

    guild = env.create_guild(SERVER_NAME)
    channel = guild.create_text_channel(CHANNEL_NAME)
    role = guild.create_role("Gestion", permissions=discord.Permissions(manage_guild=True))
    member = guild.add_member(env.create_user(MEMBER.lower(), global_name=MEMBER))
    curator = guild.add_member(env.create_user(CURATOR.lower(), global_name=CURATOR), roles=[role])
    return member, curator, channel


async def _greet(bot: SagaBot, member: MemberActor, channel: ChannelHandle) -> None:
    """Let the member ask a first question on each page, so that neither is empty.

    The shortest answers do: a page that is not shown to its end does not follow what is written.
    """
    edition = bot.holder.current
    welcome = sorted(edition.catalogue.welcome, key=lambda item: len(answer(item.question, edition.base).text))
    if welcome:
        await member.slash(channel, "question", texte=welcome[0].question)
        await member.send_dm(welcome[:2][-1].question)
