"""A world for the bot: the real client and the real store on SimCord's in-memory Discord, about an invented saga."""

from __future__ import annotations

import asyncio
import gc
import inspect
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeAlias

import discord
import pytest
import simcord

from bot.asking.access import Refusal
from bot.asking.limits import Rate
from bot.client import Options, SagaBot
from bot.editions import handover, holder
from bot.editions.edition import load_edition
from bot.editions.holder import Holder
from bot.store import Store
from knowledge import engine
from knowledge.compiling import cache
from knowledge.reply import Outcome, Reply, Rule
from tests.bounded import LIMIT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from simcord import InteractionResult
    from simcord.actors import MemberActor
    from simcord.builders import ChannelHandle, GuildHandle, UserHandle
    from simcord.results import ResponseMessage

    from bot.editions.edition import Edition
    from knowledge.conversation import Conversation
    from knowledge.model import KnowledgeBase

Shown: TypeAlias = "discord.Message | ResponseMessage | None"
"""What a test looks at: a message, or what an interaction has shown."""
ELSEWHERE = handover._elsewhere
PLENTY = Rate(1_000, 1.0)
MOMENT = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Run coroutine tests in a loop of their own, inside the worlds that they ask for."""
    if not inspect.iscoroutinefunction(pyfuncitem.obj):
        return None
    names = pyfuncitem._fixtureinfo.argnames
    arguments = {name: pyfuncitem.funcargs[name] for name in names}

    async def run() -> None:
        async with asyncio.timeout(LIMIT), AsyncExitStack() as stack:
            for value in arguments.values():
                if isinstance(value, World):
                    await stack.enter_async_context(value)
            await pyfuncitem.obj(**arguments)

    asyncio.run(run())
    return True


class World:
    """A bot in a server with one channel and three people: Ada asks, Bob looks on, Carla keeps the base."""

    env: simcord.Env
    bot: SagaBot
    store: Store
    guild: GuildHandle
    channel: ChannelHandle
    ada: MemberActor
    bob: MemberActor
    carla: MemberActor
    manager: MemberActor

    def __init__(self, folder: Path, database: Path) -> None:
        self.folder = folder
        self.database = database
        self.options = Options(person=PLENTY, channel=PLENTY)
        self.expected: tuple[type[BaseException], ...] = (Refusal,)
        """What may be raised inside the bot; anything else fails the test."""
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> Self:
        """Start the store, the bot and its Discord."""
        self.store = await Store.open(self.database)
        self._stack.push_async_callback(self.store.close)
        self.bot = SagaBot(Holder.open(self.folder), self.store, self.options, shard_count=1)
        played = simcord.run(self.bot, check_errors=False, settle_timeout=LIMIT)
        self.env = await self._stack.enter_async_context(played)
        people = {name: self.env.create_user(name) for name in ("ada", "bob", "carla", "manon")}
        carla = people["carla"].id
        self._options(Options(frozenset({carla}), frozenset(), self.options.person, self.options.channel))
        await self.bot.tree.sync()
        self.guild = self.env.create_guild("Le village")
        self.channel = self.guild.create_text_channel("moulin")
        managers = self.guild.create_role("Gestion", permissions=discord.Permissions(manage_guild=True))
        self.ada = self.guild.add_member(people["ada"])
        self.bob = self.guild.add_member(people["bob"])
        self.carla = self.guild.add_member(people["carla"], roles=[managers])
        self.manager = self.guild.add_member(people["manon"], roles=[managers])
        await self.env.settle()
        return self

    async def __aexit__(self, *exception: object) -> None:
        """End the bot, then close the store; fail for whatever went wrong inside the bot and was not expected."""
        await self._stack.aclose()
        del self.bot.holder.current  # at once: full collections are rare, and a base is large
        errors = [getattr(error, "original", error) for error in self.env.errors]
        unexpected = [error for error in errors if not isinstance(error, self.expected)]
        if unexpected and exception[0] is None:
            raise BaseExceptionGroup("errors inside the bot", unexpected)

    def _options(self, options: Options) -> None:
        self.options = options
        self.bot.options = options

    async def restart(self) -> None:
        """End the bot and start another one on the same Discord and the same database, as a restart does."""
        before = self.store
        self.store = await Store.open(self.database)
        self._stack.push_async_callback(self.store.close)
        self.bot = SagaBot(Holder.open(self.folder), self.store, self.options, shard_count=1)
        await self.env.restart_bot(self.bot)
        await before.close()

    async def ask(self, text: str, **options: bool) -> InteractionResult:
        """Let Ada use /question."""
        return await self.ada.slash(self.channel, "question", texte=text, **options)

    def mention(self, text: str = "") -> str:
        """Return a message that mentions the bot."""
        assert self.bot.user is not None
        return f"<@{self.bot.user.id}> {text}".strip()

    def last(self, channel: ChannelHandle | None = None) -> discord.Message:
        """Return the latest message of a channel."""
        message = (channel or self.channel).last_message
        assert message is not None
        return message

    def dm(self, person: MemberActor | UserHandle) -> ChannelHandle:
        """Return a person's direct messages with the bot."""
        user = person.user if hasattr(person, "user") else person
        channel: ChannelHandle = user.dm_channel
        return channel


@pytest.fixture(autouse=True)
def _own_cache(own_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the bases of the bot's tests apart from those of the commands' processes, which keep few."""
    monkeypatch.setenv("SAGA_CACHE", str(own_cache.with_name("cache-bot")))


@pytest.fixture(scope="session", autouse=True)
def _editions_once() -> Iterator[None]:
    """Load once, for all worlds of a process, what is the same base: nobody changes one."""
    kept: dict[str, Edition] = {}

    def load_once(folder: Path, **how: Any) -> Edition:
        version = cache.fingerprint(folder)
        if version not in kept:
            kept.clear()
            kept[version] = load_edition(folder, **how)
        return replace(kept[version], since=datetime.now(UTC))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(holder, "load_edition", load_once)
        yield


@pytest.fixture(autouse=True)
def _unfrozen() -> Iterator[None]:
    """Give the worlds of a test free: a bot keeps its base for good, but these tests start hundreds in one process."""
    yield
    gc.unfreeze()


@pytest.fixture
def ambiguous(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """Return a world where « avenir du moulin » is open: what the engine finds ambiguous is the engine's to say."""

    def answer(asked: str, base: KnowledgeBase, conversation: Conversation | None = None) -> Reply:
        reply = engine.answer(asked, base, conversation)
        if asked != "avenir du moulin":
            return reply
        choices = ("effectifs", "refus")
        part = reply.parts[0]._replace(rule=Rule.NEAR, intent=None, facts=(), choices=choices)
        return replace(
            reply,
            outcome=Outcome.CLARIFY,
            text=base.texts["clarify"],
            sources=(),
            facts=(),
            intent=None,
            offered=tuple(base.intents[name] for name in choices),
            parts=(part,),
        )

    monkeypatch.setattr("bot.asking.answering.answer", answer)
    return world


@pytest.fixture
def world(small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    """Return the world, to be entered by the hook above; it reloads its base without another process."""
    monkeypatch.setattr(handover, "_elsewhere", handover._made)
    return World(small, tmp_path / "saga.sqlite3")


@pytest.fixture
def edition(small: Path) -> Edition:
    """Return the invented base, with all that the bot looks up in it."""
    return Holder.open(small).current


@pytest.fixture
def apart(world: World, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001 - it is the world that is changed
    """Let another process compile the base that the world reloads, as a bot does."""
    monkeypatch.setattr(handover, "_elsewhere", ELSEWHERE)


def seen(result: InteractionResult) -> ResponseMessage:
    """Return what a command or a click has shown, at once or later."""
    message = result.followups[0] if result.followups else result.response
    assert message is not None
    return message


def components(message: Shown) -> Iterator[dict[str, Any]]:
    """Yield every component of a message or a response, nested ones too, as Discord got them."""
    assert message is not None
    roots: list[Any] = [item if isinstance(item, dict) else item.to_dict() for item in message.components]
    yield from _walk(roots)


def _walk(roots: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for component in roots:
        yield component
        yield from _walk(component.get("components") or ())
        if component.get("accessory"):
            yield from _walk([component["accessory"]])


def text(message: Shown) -> str:
    """Return all text that a message or a response shows."""
    return "\n".join(str(item["content"]) for item in components(message) if item["type"] == 10)


def labels(message: Shown) -> list[str]:
    """Return the labels of the buttons of a message."""
    return [str(item.get("label")) for item in components(message) if item["type"] == 2]


def offered(message: Shown) -> list[str]:
    """Return the labels that the menus of a message offer."""
    return [str(option["label"]) for item in components(message) if item["type"] == 3 for option in item["options"]]


def values(message: Shown) -> list[str]:
    """Return the values that the menus of a message offer."""
    return [str(option["value"]) for item in components(message) if item["type"] == 3 for option in item["options"]]
