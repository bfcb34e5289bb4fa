"""How the bot is: version, base, connection, uptime, latest reloads."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

import discord

from bot.curating.reloads import history
from bot.version import version
from bot.writing.citing import VERSION
from bot.writing.escaping import coded
from bot.writing.french import counted
from knowledge.language.typography import typeset

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.client import SagaBot
    from bot.store import Reload

RELOADS_AT_MOST: Final = 5


def shown(bot: SagaBot, latest: Sequence[Reload] | None, stale: Sequence[str] | None) -> str:
    """Return the state of the running bot, the latest reloads of its base, and the commands to be registered anew.

    Either is None where it cannot be read.
    """
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
        f"**Programme** : saga-bot {version()}, discord.py {discord.__version__}",
        f"**Base** : {base.name}, version `{base.version[:VERSION]}`, en service depuis {since}",
        f"**Contenu** : {content}",
        f"**Connexion** : {counted(len(bot.shards) or 1, 'fragment')} ({shards or _latency(bot.latency)})",
        f"**Serveurs** : {len(bot.guilds)}",
        f"**Commandes** : {_commands(stale)}",
        f"**En marche** : {_lasted(datetime.now(UTC) - bot.started_at)}",
        f"**Conversations en mémoire** : {len(bot.conversations)}",
    )
    lines = [typeset("\n".join(("### Santé", *rows)))]
    if latest is not None and bot.store.trouble is not None:
        lines.append(typeset("**Base de données** : la dernière écriture a échoué, voyez le journal."))
    if latest is None:
        lines.append(typeset("**Base de données** : illisible pour l’instant, voyez le journal."))
    elif latest:
        lines += [typeset("**Derniers rechargements** :"), history(latest)]
    return "\n".join(lines)


def _commands(stale: Sequence[str] | None) -> str:
    """Return whether Discord has the commands of this version, and what to do where it has not."""
    if stale is None:
        return "Discord n’en donne pas la liste pour l’instant"
    names = ", ".join(coded(name, 40) for name in stale)
    return f"à enregistrer de nouveau avec `saga commands sync` ({names})" if stale else "à jour chez Discord"


def _latency(seconds: float) -> str:
    return f"{round(seconds * 1000)}\u00a0ms" if math.isfinite(seconds) else "latence inconnue"


def _lasted(time: timedelta) -> str:
    hours, minutes = divmod(time.seconds // 60, 60)
    numbers = {"j": time.days, "h": hours, "min": minutes}
    return " ".join(f"{number}\u00a0{unit}" for unit, number in numbers.items() if number) or "moins d’une minute"
