"""How the bot is: version, base, connection, uptime."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

import discord

from bot.curating.reloads import VERSION
from bot.french import counted
from knowledge.composing import typeset

if TYPE_CHECKING:
    from bot.client import SagaBot


def shown(bot: SagaBot) -> str:
    """Return the state of the running bot."""
    edition = bot.holder.current
    base = edition.base
    since = discord.utils.format_dt(edition.since, "f")
    shards = ", ".join(f"n°\u00a0{number} : {_latency(shard.latency)}" for number, shard in sorted(bot.shards.items()))
    content = ", ".join(
        (
            counted(len(base.facts), "fait"),
            counted(len(base.intents), "intention"),
            counted(len(base.actors), "acteur"),
            counted(len(base.articles), "article"),
        )
    )
    rows = (
        f"**Programme** : saga-bot {_version()}, discord.py {discord.__version__}",
        f"**Base** : {base.name}, version `{base.version[:VERSION]}`, en service depuis {since}",
        f"**Contenu** : {content}",
        f"**Connexion** : {counted(len(bot.shards) or 1, 'fragment')} ({shards or _latency(bot.latency)})",
        f"**Serveurs** : {len(bot.guilds)}",
        f"**En marche** : {_lasted(datetime.now(UTC) - bot.started_at)}",
        f"**Conversations en mémoire** : {len(bot.conversations)}",
    )
    return typeset("\n".join(("### Santé", *rows)))


def _version() -> str:
    try:
        return version("saga-bot")
    except PackageNotFoundError:
        return "?"


def _latency(seconds: float) -> str:
    return f"{round(seconds * 1000)}\u00a0ms" if math.isfinite(seconds) else "latence inconnue"


def _lasted(time: timedelta) -> str:
    minutes = int(time.total_seconds()) // 60
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    parts = [f"{number}\u00a0{unit}" for number, unit in ((days, "j"), (hours, "h"), (minutes, "min")) if number]
    return " ".join(parts) or "moins d’une minute"
