"""The bot itself: what it asks of Discord, what it holds, and what it does when something happens."""

from __future__ import annotations

import logging
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import discord
from discord import app_commands
from discord.ext import commands
from discord.gateway import DiscordWebSocket

from bot import logs
from bot.asking.answering import Answering
from bot.asking.guilds import GuildSettingsCache
from bot.asking.limits import CHANNEL, PERSON, Cooldowns, Rate
from bot.asking.memory import Conversations
from bot.connection.translator import FrenchFirst
from bot.curating import reloads
from bot.curating.feedback import HandledButton
from bot.failures import Failure, Status
from bot.replying import errors
from bot.replying.commands import Tree, answered
from bot.replying.delivery import Delivery
from bot.store import StoreError
from bot.views import report
from bot.views.buttons import ChoiceButton, RelatedMenu, ReportButton, SourcesButton, VoteButton
from bot.views.mydata import ForgetButton
from bot.views.pages import ListMenu, PageButton
from bot.views.settings import ChannelsMenu, EverywhereButton, ToggleButton
from bot.writing.french import counted
from knowledge.compiling.problems import BaseProblemsError

if TYPE_CHECKING:
    import yarl

    from bot.editions.comparing import Difference
    from bot.editions.holder import Holder
    from bot.store import Store
    from knowledge.compiling.problems import Problem

log = logging.getLogger(__name__)

COGS: Final = (
    "bot.cogs.question",
    "bot.cogs.messages",
    "bot.cogs.timeline",
    "bot.cogs.actors",
    "bot.cogs.figures",
    "bot.cogs.sources",
    "bot.cogs.help",
    "bot.cogs.mydata",
    "bot.cogs.settings",
    "bot.cogs.admin",
)
"""The cogs, in the order in which the help names their commands."""
PERSISTENT: Final[tuple[type[discord.ui.DynamicItem[Any]], ...]] = (
    SourcesButton,
    VoteButton,
    ReportButton,
    RelatedMenu,
    ChoiceButton,
    PageButton,
    ListMenu,
    ForgetButton,
    HandledButton,
    ToggleButton,
    ChannelsMenu,
    EverywhereButton,
)
"""All buttons and menus that outlive a restart."""
ATTEMPTS: Final = 12
"""So often a shard tries to connect for the first time, five seconds apart."""
CONNECTS_WITHIN: Final = 20.0
"""Seconds for each attempt: a gateway may take a connection and then say nothing."""


@dataclass(frozen=True, slots=True)
class Options:
    """What the bot needs of the settings."""

    curator_users: frozenset[int] = frozenset()
    curator_roles: frozenset[int] = frozenset()
    person: Rate = PERSON
    """How much one person may ask."""
    channel: Rate = CHANNEL
    """How much may be asked in one channel."""


def intents() -> discord.Intents:
    """Return what we listen to: servers, and messages of which we see the text only where they speak to us."""
    wanted = discord.Intents.none()
    wanted.guilds = True
    wanted.guild_messages = True
    wanted.dm_messages = True
    return wanted


class SagaBot(commands.AutoShardedBot):
    """The Discord client. The store and the base come in open, and stay the caller's to close."""

    def __init__(
        self, holder: Holder, store: Store, options: Options | None = None, shard_count: int | None = None
    ) -> None:
        super().__init__(
            command_prefix=(),
            help_command=None,
            intents=intents(),
            tree_cls=Tree,
            allowed_mentions=discord.AllowedMentions.none(),
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
            shard_count=shard_count,
            shard_connect_timeout=CONNECTS_WITHIN,
        )
        self.holder = holder
        self.store = store
        self.options = options or Options()
        self.guild_settings = GuildSettingsCache(store)
        self.cooldowns = Cooldowns(self.options.person, self.options.channel)
        self.conversations = Conversations()
        self.answering = Answering(holder, self.conversations, store)
        self.delivery = Delivery(self, self.answering)
        self._attempts = 0
        """So often a shard has tried to connect for the first time, while it has not succeeded."""
        self._kept: Difference | list[Problem] | None = None
        """What came of the last reload that was kept."""
        self.started_at = datetime.now(UTC)

    async def setup_hook(self) -> None:
        """Load the cogs and make the buttons of earlier runs work again. Registers no command with Discord."""
        self.guild_settings.application = self.application_id
        await self.tree.set_translator(FrenchFirst())
        for name in COGS:
            if name not in self.extensions:
                await self.load_extension(name)
        self.add_dynamic_items(*PERSISTENT)

    async def launch_shard(self, gateway: yarl.URL, shard_id: int, *, initial: bool = False) -> None:
        """Connect a shard for the first time, with at most `ATTEMPTS` tries. Raises Failure after the last.

        discord.py calls this again, from within, after each try that failed, without end. And it would begin later
        sessions at Discord's usual address: the gateway that REST has named is made that address.
        """
        DiscordWebSocket.DEFAULT_GATEWAY = gateway
        if self._attempts == ATTEMPTS:
            raise Failure(Status.UNAVAILABLE, "Discord has trouble (its gateway lets nobody in): try again later.")
        self._attempts += 1
        await super().launch_shard(gateway, shard_id, initial=initial)
        self._attempts = 0

    async def on_ready(self) -> None:
        """Say in the log that the bot is there, and forget the servers that it has left while it was not running.

        Those that are only unavailable for now are among the known ones, too. Another application that uses the same
        database, a test's for example, is in other servers: what it did not keep itself is not its to forget.
        """
        log.info("ready as %s in %d servers", self.user, len(self.guilds))
        for guild_id in await self.store.guilds(self.application_id or 0):
            if self.get_guild(guild_id) is None:
                await self.guild_settings.forget(guild_id)

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Forget the settings of a server that the bot has left; one that is only unavailable for now keeps them."""
        await self.guild_settings.forget(guild.id)

    async def on_message(self, message: discord.Message, /) -> None:
        """Do nothing here: there are no prefix commands; a cog listens to messages."""

    async def on_app_command_completion(self, interaction: Interaction, _: object) -> None:
        """Note in the log that a command was answered. Nobody had to wait for that."""
        answered(interaction)

    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        """Keep a submitted form. discord.py itself handles commands, buttons and menus."""
        if interaction.type is not discord.InteractionType.modal_submit:
            return
        with logs.request():
            try:
                await report.keep(interaction)
            except Exception as error:  # noqa: BLE001 - the last resort of this door
                await self.failed(interaction, error)

    async def failed(self, interaction: Interaction, error: Exception) -> None:
        """Deal with what went wrong at a click or with a form; never raises."""
        await errors.handle(interaction, error)

    async def on_error(self, event_method: str, /, *_: object, **__: object) -> None:
        """Log whatever goes wrong in a listener, under an incident id."""
        error = sys.exc_info()[1]
        if error is not None:
            errors.logged(error, event=event_method)

    async def reload_base(self, by: int = 0) -> Difference:
        """Reload the base for a curator (0: from a shell), and keep that it was done, as far as the store lets us.

        Of curators who share a reload, the first is kept. Raises BaseProblemsError and keeps the base in use where the
        new one cannot be used.
        """
        try:
            difference = await self.holder.reload()
        except BaseProblemsError as error:
            if self._kept is not error.problems:
                self._kept = error.problems
                count = len(error.problems)
                log.warning("reload refused: %d problem%s", count, "s" if count > 1 else "")
                summary = counted(count, "problème")
                await self._keep_reload(by, self.holder.current.base.version, ok=False, summary=summary)
            raise
        if self._kept is not difference:
            self._kept = difference
            facts, questions, words = difference.facts, difference.intents, difference.reworded
            log.info("reloaded: facts %s, intents %s, wordings %s", facts, questions, words)
            await self._keep_reload(by, difference.after, ok=True, summary=reloads.summary(difference))
        return difference

    async def _keep_reload(self, by: int, version: str, *, ok: bool, summary: str) -> None:
        """Keep what came of a reload; the summary, which curators read, is in French."""
        try:
            await self.store.reloaded(by, version, ok=ok, summary=summary)
        except StoreError as error:
            # What the curator has to hear is what came of the reload.
            log.error("a reload could not be kept: %s", error)  # noqa: TRY400 - the sentence says it all


Interaction: TypeAlias = discord.Interaction[SagaBot]
