"""The loopback Discord itself: a web server on 127.0.0.1, and the handles by which a test moves it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Self

from aiohttp import web

from tests.loopback.acting import Acting
from tests.loopback.faults import Fault, too_many
from tests.loopback.gateway import Gateway, Session
from tests.loopback.happening import Happening
from tests.loopback.rest import API, Rest
from tests.loopback.world import Channel, Guild, Json, Message, Person, snowflake

if TYPE_CHECKING:
    from tests.loopback.interactions import Used
    from tests.loopback.serving import Asked

TOKEN: Final = "loopback.token.for-tests"  # noqa: S105 - it opens nothing
GUILDS: Final = 1 << 0


class LoopbackDiscord(Acting):
    """A Discord with one bot account, to be used as `async with LoopbackDiscord() as discord`.

    The client under test is pointed here with `pointed(discord)` or, in another process, by `discord.api`, which names
    the gateway. People act with `says`, `uses`, `types`, `picks`, `presses`, `chooses` and `submits`;
    what the bot does is awaited with the `Used` they return, with `posted`, `synced` and `gateway.identified`.
    """

    def __init__(self, *, shards: int = 1) -> None:
        self.token = TOKEN
        self.shards = shards
        self.locale = "fr"
        self.bot = Person(snowflake(), "saga", bot=True)
        self.owner = Person(snowflake(), "Olympe")
        self.managers: set[Person] = set()
        self.people: dict[int, Person] = {self.bot.id: self.bot, self.owner.id: self.owner}
        self.guilds: list[Guild] = []
        self.channels: dict[int, Channel] = {}
        self.closed_channels: set[Channel] = set()
        """Where the bot may not write."""
        self.messages: dict[int, Message] = {}
        self.files: dict[int, bytes] = {}
        """The content of each attachment, by its id."""
        self.commands: dict[int, list[Json]] = {}
        """The registered commands of each server; 0: of all."""
        self.interactions: dict[str, Used] = {}
        self.asked: Happening[Asked] = Happening()
        """Every request, when it was answered."""
        self.synced: Happening[int] = Happening()
        """The server whose commands were registered; 0: all."""
        self.posted: Happening[Message] = Happening()
        """Every message that the bot wrote, those of interactions too."""
        self.faults: list[Fault] = []
        self.gateway = Gateway(TOKEN, self._ready, self._welcome)
        self._runner: web.AppRunner | None = None
        self._origin = ""

    @property
    def api(self) -> str:
        """Where REST is, for `Route.BASE`."""
        return f"http://{self._origin}{API}"

    @property
    def gateway_url(self) -> str:
        """Where the gateway is."""
        return f"ws://{self._origin}/gateway"

    @property
    def cdn(self) -> str:
        """Where pictures would be."""
        return f"http://{self._origin}/cdn"

    async def __aenter__(self) -> Self:
        """Open a free port."""
        app = web.Application()
        app.add_routes([web.get("/gateway", self.gateway.serve), web.get("/gateway/", self.gateway.serve)])
        app.add_routes(Rest(self).routes())
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        host, port = self._runner.addresses[0][:2]
        self._origin = f"{host}:{port}"
        return self

    async def __aexit__(self, *_: object) -> None:
        """Hang up and close the port."""
        await self.gateway.close()
        if self._runner is not None:
            await self._runner.cleanup()

    # Who and what there is

    def person(self, name: str) -> Person:
        """Let somebody make an account."""
        made = Person(snowflake(), name)
        self.people[made.id] = made
        return made

    def guild(self, name: str, *channels: str) -> Guild:
        """Make a server with text channels, and tell a bot that is connected."""
        made = Guild(snowflake(), name, self.person(f"owner of {name}"))
        for channel in channels or ("général",):
            made.channels.append(Channel(snowflake(), channel, guild=made))
        self.channels |= {channel.id: channel for channel in made.channels}
        self.guilds.append(made)
        self.gateway.dispatch("GUILD_CREATE", made.json(self.bot), GUILDS, made.id)
        return made

    def direct(self, person: Person) -> Channel:
        """Return the direct channel between somebody and the bot."""
        for channel in self.channels.values():
            if channel.kind == 1 and channel.recipients == (person,):
                return channel
        return self._private(1, "", (person,))

    def group(self, *people: Person) -> Channel:
        """Make a group conversation, in which the bot is only where somebody uses its commands."""
        return self._private(3, "groupe", people)

    def _private(self, kind: int, name: str, people: tuple[Person, ...]) -> Channel:
        made = Channel(snowflake(), name, kind, recipients=people)
        self.channels[made.id] = made
        return made

    def publish(self, message: Message) -> None:
        """Keep a message, tell the gateway, and whoever waits for what the bot writes."""
        super().publish(message)
        if message.author == self.bot:
            self.posted.add(message)

    async def reply(self, message: Message) -> Message:
        """Return the bot's reply to a message, when it is there."""
        return await self.posted.first(lambda posted: posted.reply_to is message)

    # What goes wrong on purpose

    def fail(self, method: str, path: str, status: int = 500, *, times: int = 1, after: bool = False) -> Fault:
        """Let the next `times` requests fail; with `after` they do what was asked for all the same."""
        fault = Fault(method, path, status, times=times, after=after)
        self.faults.append(fault)
        return fault

    def limit(self, method: str, path: str, retry_after: float, *, times: int = 1) -> Fault:
        """Let the next `times` requests hit a rate limit."""
        fault = too_many(method, path, retry_after, times=times)
        self.faults.append(fault)
        return fault

    def next_fault(self, method: str, path: str) -> Fault | None:
        """Return the fault whose turn it is, counted as done; None where the request is to go well."""
        for fault in self.faults:
            if fault.fits(method, path):
                fault.times -= 1
                return fault
        return None

    # How the bot is greeted

    def bot_json(self) -> Json:
        """Return the bot's own account."""
        return {**self.bot.json(), "verified": True, "mfa_enabled": False, "locale": "fr", "flags": 0, "email": None}

    def application_json(self) -> Json:
        """Return the bot's application."""
        return {
            "id": str(self.bot.id),
            "name": self.bot.name,
            "description": "",
            "icon": None,
            "bot_public": True,
            "bot_require_code_grant": False,
            "verify_key": "0" * 64,
            "owner": self.owner.json(),
            "team": None,
            "flags": 0,
            "interactions_endpoint_url": None,
        }

    def _ready(self, session: Session) -> Json:
        return {
            "v": 10,
            "user": self.bot_json(),
            "guilds": [{"id": str(guild.id), "unavailable": True} for guild in self._concerned(session)],
            "session_id": session.id,
            "resume_gateway_url": self.gateway_url,
            "shard": list(session.shard),
            "application": {"id": str(self.bot.id), "flags": 0},
        }

    def _welcome(self, session: Session) -> None:
        if session.intents & GUILDS:
            for guild in self._concerned(session):
                session.event("GUILD_CREATE", guild.json(self.bot))

    def _concerned(self, session: Session) -> list[Guild]:
        number, shards = session.shard
        return [guild for guild in self.guilds if (guild.id >> 22) % shards == number]
