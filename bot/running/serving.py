"""`saga run`, from the first signal handler to the last commit: it starts, reloads on SIGHUP, and ends in time."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import logging
import os
import signal
import threading
from typing import TYPE_CHECKING, Final

import aiohttp
from discord import VoiceClient
from discord.http import Route

from bot.client import Options, SagaBot
from bot.connection import responding, resuming
from bot.connection.registry import outdated
from bot.curating import reloads
from bot.editions.holder import Holder
from bot.failures import Failure, Status
from bot.logs import request
from bot.replying import errors
from bot.running.explaining import SERVER_ERRORS
from bot.store import Store, StoreError, lock
from knowledge.compiling.problems import BaseProblemsError

if TYPE_CHECKING:
    from collections.abc import Awaitable
    from typing import Any

    from bot.running.settings import Settings

log = logging.getLogger(__name__)

ENDS_WITHIN: Final = 4.5
"""Seconds from the signal to the end of the process, whatever still hangs."""
HANDLED_WITHIN: Final = 1.5
"""Seconds for what members asked just before the end."""
CLOSES_WITHIN: Final = 0.5
"""Seconds for each connection that is closed."""
PRUNES_EVERY: Final = 86_400.0
HANDLERS: Final = ("discord.py: ", "CommandTree", "discord-ui-view-dispatch", "discord-ui-dynamic")
"""How discord.py names the tasks in which it answers somebody."""


def point(settings: Settings) -> None:
    """Tell discord.py the REST address of Discord; REST then names the gateway."""
    Route.BASE = settings.discord_api


def options(settings: Settings) -> Options:
    """Return what the client needs of the settings."""
    return Options(
        curator_users=settings.curator_users,
        curator_roles=settings.curator_roles,
        person=settings.cooldown_person,
        channel=settings.cooldown_channel,
    )


def run(settings: Settings, token: str) -> None:
    """Run the bot until a signal ends it, or raise what keeps it from running."""
    holder = Holder.open(settings.base, compiling=lambda: log.info("compiling the base: this may take half a minute"))
    with lock.hold(settings.database), asyncio.Runner() as runner:
        runner.run(serve(settings, token, holder))


async def serve(settings: Settings, token: str, holder: Holder) -> None:
    """Run the bot with a base that is open, until SIGTERM or SIGINT."""
    point(settings)
    resuming.install()
    responding.install()
    VoiceClient.warn_nacl = VoiceClient.warn_dave = False
    keeper = _Keeper()
    store = await Store.open(settings.database)
    try:
        bot = SagaBot(holder, store, options(settings))
        bot.http.http_trace = _trace()
        keeper.bot = bot
        logged_in = asyncio.Event()
        pruning = asyncio.create_task(_prune(store, settings.retention_days, logged_in), name="pruning")
        comparing = asyncio.create_task(_compare(bot, logged_in), name="comparing")
        connection = asyncio.create_task(_connect(bot, token, logged_in), name="connection")
        ending = asyncio.create_task(keeper.ended.wait(), name="ending")
        try:
            await asyncio.wait({connection, ending}, return_when=asyncio.FIRST_COMPLETED)
            if not ending.done():
                await connection
                raise Failure(Status.UNAVAILABLE, "Discord ended the connection.")
        finally:
            await _cancel(ending, pruning, comparing, *keeper.reloads)
            await _hang_up(bot)
            await _cancel(connection)
    finally:
        await store.close()
        keeper.kept = True
    log.info("ended")


async def _connect(bot: SagaBot, token: str, logged_in: asyncio.Event) -> None:
    """Log in and listen, until somebody hangs up.

    What is loaded by then (libraries, cogs, base) stays as long as the process: no collection of garbage, in the middle
    of an answer, need walk through it.
    """
    await bot.login(token)
    logged_in.set()
    gc.collect()
    gc.freeze()
    await bot.connect()


class _Keeper:
    """Listens to signals."""

    def __init__(self) -> None:
        self.ended = asyncio.Event()
        self.bot: SagaBot | None = None
        self.reloads: set[asyncio.Task[None]] = set()
        self.kept = False
        """Whether everything that was to be kept is in the database."""
        loop = asyncio.get_running_loop()
        with contextlib.suppress(NotImplementedError):  # Windows: Ctrl-C ends asyncio's runner itself
            for number in (signal.SIGTERM, signal.SIGINT):
                loop.add_signal_handler(number, self._end, signal.Signals(number).name)
            loop.add_signal_handler(signal.SIGHUP, self._reload)

    def _end(self, name: str) -> None:
        if self.ended.is_set():
            return
        log.info("ending", extra={"signal": name})
        self.ended.set()
        # A thread that is deep in work, or a disk that does not answer, must not keep the process.
        last = threading.Timer(ENDS_WITHIN, lambda: os._exit(0 if self.kept else Status.DATABASE))
        last.daemon = True
        last.start()

    def _reload(self) -> None:
        if self.bot is None:
            log.info("not reloaded: still starting")
            return
        task = asyncio.create_task(_reload(self.bot), name="reload")
        self.reloads.add(task)
        task.add_done_callback(self.reloads.discard)


async def _reload(bot: SagaBot) -> None:
    """Reload the base for whoever sent SIGHUP; what changed, or is wrong with it, stands in the log, a line each."""
    with request():
        try:
            for line in reloads.listed(await bot.reload_base()):
                log.info("base: %s", line)
        except BaseProblemsError as error:
            for problem in error.problems:
                log.error("base: %s", problem)  # noqa: TRY400 - the line is for a curator
        except Exception as error:  # noqa: BLE001 - the last resort of this door
            errors.logged(error, event="SIGHUP")


async def _prune(store: Store, days: int, logged_in: asyncio.Event) -> None:
    """Delete what is older than the retention, after the login and once a day.

    Before it, the clock may not be set yet; if it ran far ahead, Discord's certificate would not hold any more.
    """
    await logged_in.wait()
    while True:
        try:
            log.info("pruned", extra={"deleted": await store.prune(days)})
        except StoreError as error:
            log.error("not pruned: %s", error)  # noqa: TRY400 - the sentence says it all
        except Exception as error:  # noqa: BLE001 - the last resort of this door
            errors.logged(error, event="pruning")
        await asyncio.sleep(PRUNES_EVERY)


async def _compare(bot: SagaBot, logged_in: asyncio.Event) -> None:
    """Say in the log which commands Discord has otherwise than this version: who uses one of them meets an error."""
    await logged_in.wait()
    try:
        names = await outdated(bot)
    except Exception as error:  # noqa: BLE001 - the last resort of this door
        log.warning("Discord's list of commands cannot be read: %s", error)
        return
    if names:
        log.warning("Discord has other commands than this version (%s): run `saga commands sync`", ", ".join(names))


async def _cancel(*tasks: asyncio.Task[Any]) -> None:
    """Cancel tasks, and wait a little: discord.py swallows a cancellation now and then."""
    for task in tasks:
        task.cancel()
    done, _ = await asyncio.wait(tasks, timeout=CLOSES_WITHIN)
    await asyncio.gather(*done, return_exceptions=True)


async def _hang_up(bot: SagaBot) -> None:
    """Stop listening, let what was heard be answered, then close; each step has its time."""
    await _within(CLOSES_WITHIN, asyncio.gather(*(shard.disconnect() for shard in bot.shards.values())))
    answering = [task for task in asyncio.all_tasks() if task.get_name().startswith(HANDLERS)]
    if answering:
        await asyncio.wait(answering, timeout=HANDLED_WITHIN)
    await _within(CLOSES_WITHIN, bot.close())


async def _within(seconds: float, work: Awaitable[object]) -> None:
    """Do something in so many seconds, or give up; an error at the very end is only logged."""
    try:
        await asyncio.wait_for(work, seconds)
    except TimeoutError:
        log.warning("gave up closing a connection")
    except Exception as error:  # noqa: BLE001 - the database still has to be closed
        log.warning("trouble while closing a connection: %s", error)


def _trace() -> aiohttp.TraceConfig:
    """Return a trace that logs Discord's errors: discord.py tries again in silence, which looks like a hang.

    It is not silent about the gateway: each attempt to connect there has its own line.
    """

    async def ended(_: object, __: object, done: aiohttp.TraceRequestEndParams) -> None:
        if done.response.status >= SERVER_ERRORS and "Upgrade" not in done.headers:
            log.warning("Discord has trouble: HTTP %d to %s %s", done.response.status, done.method, done.url.path)

    trace = aiohttp.TraceConfig()
    trace.on_request_end.append(ended)
    return trace
