"""The REST side: logging in, commands, messages, and the answers to interactions."""

from __future__ import annotations

import hashlib
import time
from typing import TYPE_CHECKING, Any, Final

from aiohttp import web

from tests.loopback import validating
from tests.loopback.faults import written
from tests.loopback.interactions import Callback, Kind, Used
from tests.loopback.serving import Answer, Asked, Call, Handler, Refused, read, refuse
from tests.loopback.world import EPHEMERAL, Channel, Json, Message, snowflake, walk

if TYPE_CHECKING:
    from tests.loopback.server import LoopbackDiscord

API: Final = "/api/v10"
SECRET: Final = ("/interactions/", "/webhooks/")
"""Addresses that hold a secret of their own and need no token."""


class Rest:
    """The routes, for one loopback Discord."""

    def __init__(self, discord: LoopbackDiscord) -> None:
        self._discord = discord
        self._nonces: dict[str, int] = {}
        """Nonce of a message that has to be unique -> the message."""

    def routes(self) -> list[web.RouteDef]:
        """Return every route; a request that fits none gets a 404 and is remembered."""
        listed: tuple[tuple[str, str, Answer], ...] = (
            ("GET", "/gateway/bot", self.gateway),
            ("GET", "/users/@me", self.me),
            ("GET", "/oauth2/applications/@me", self.application),
            ("GET", "/applications/{app}/commands", self.list_commands),
            ("PUT", "/applications/{app}/commands", self.put_commands),
            ("GET", "/applications/{app}/guilds/{guild}/commands", self.list_commands),
            ("PUT", "/applications/{app}/guilds/{guild}/commands", self.put_commands),
            ("POST", "/users/@me/channels", self.open_direct),
            ("GET", "/channels/{channel}", self.channel),
            ("POST", "/channels/{channel}/typing", self.typing),
            ("POST", "/channels/{channel}/messages", self.post_message),
            ("GET", "/channels/{channel}/messages/{message}", self.get_message),
            ("PATCH", "/channels/{channel}/messages/{message}", self.patch_message),
            ("DELETE", "/channels/{channel}/messages/{message}", self.delete_message),
            ("POST", "/interactions/{interaction}/{token}/callback", self.callback),
            ("POST", "/webhooks/{app}/{token}", self.follow_up),
            ("GET", "/webhooks/{app}/{token}/messages/{message}", self.get_response),
            ("PATCH", "/webhooks/{app}/{token}/messages/{message}", self.patch_response),
            ("DELETE", "/webhooks/{app}/{token}/messages/{message}", self.delete_response),
            ("*", "/{path:.*}", self.nowhere),
        )
        return [web.route(method, API + path, self._serving(answer, method + path)) for method, path, answer in listed]

    def _serving(self, answer: Answer, bucket: str) -> Handler:
        """Make a handler of a method that returns JSON or raises what Discord refuses."""

        async def serve(request: web.Request) -> web.StreamResponse:
            call = await read(request)
            path = request.path.removeprefix(API)
            authorised = request.headers.get("Authorization") == f"Bot {self._discord.token}"
            fault = self._discord.next_fault(request.method, path)
            if fault is None or fault.after:
                response = await self._answered(call, answer, bucket, allowed=authorised or path.startswith(SECRET))
            if fault is not None:
                response = fault.response(request)
            agent = request.headers.get("User-Agent", "")
            self._discord.asked.add(Asked(request.method, path, call.body, authorised, response.status, agent))
            return response

        return serve

    async def _answered(self, call: Call, answer: Answer, bucket: str, *, allowed: bool) -> web.StreamResponse:
        try:
            if not allowed:
                refuse(401, 0, "401: Unauthorized")
            body = await answer(call)
        except Refused as error:
            return written(error.body, error.status)
        except validating.Invalid as error:
            return written(error.body, 400)
        headers = {
            "Via": "1.1 google",
            "X-RateLimit-Bucket": hashlib.sha256(bucket.encode()).hexdigest()[:32],
            "X-RateLimit-Limit": "1000",
            "X-RateLimit-Remaining": "999",
            "X-RateLimit-Reset": str(time.time() + 1),
            "X-RateLimit-Reset-After": "1.0",
        }
        if body is None:
            return web.Response(status=204, headers=headers)
        return written(body, headers=headers)

    async def nowhere(self, _: Call) -> None:
        """Refuse whatever has no route."""
        refuse(404, 0, "404: Not Found")

    # Logging in

    async def gateway(self, _: Call) -> Json:
        """Say where the gateway is."""
        limits = {"total": 1_000, "remaining": 999, "reset_after": 86_400_000, "max_concurrency": 1}
        return {"url": self._discord.gateway_url, "shards": self._discord.shards, "session_start_limit": limits}

    async def me(self, _: Call) -> Json:
        """Say who the bot is."""
        return self._discord.bot_json()

    async def application(self, _: Call) -> Json:
        """Say what the application is and whose."""
        return self._discord.application_json()

    # Commands

    async def list_commands(self, call: Call) -> Any:
        """Return the registered commands."""
        return self._discord.commands.get(_number(call, "guild"), [])

    async def put_commands(self, call: Call) -> Any:
        """Replace the registered commands; one that stays keeps its id."""
        guild_id = _number(call, "guild")
        validating.commands(call.body)
        known = {(old.get("type", 1), old["name"]): old["id"] for old in self._discord.commands.get(guild_id, [])}
        self._discord.commands[guild_id] = [
            {
                "type": 1,
                **command,
                "description": command.get("description", ""),
                "id": known.get((command.get("type", 1), command["name"]), str(snowflake())),
                "application_id": str(self._discord.bot.id),
                "version": str(snowflake()),
                **({"guild_id": str(guild_id)} if guild_id else {}),
            }
            for command in call.body
        ]
        self._discord.synced.add(guild_id)
        return self._discord.commands[guild_id]

    # Messages

    async def open_direct(self, call: Call) -> Json:
        """Return the direct channel with somebody."""
        return self._discord.direct(self._discord.people[int(call.body["recipient_id"])]).json()

    async def channel(self, call: Call) -> Json:
        """Return a channel."""
        return self._channel(call).json()

    async def typing(self, call: Call) -> None:
        """Take note that the bot is writing."""
        self._channel(call)

    async def post_message(self, call: Call) -> Json:
        """Take a message of the bot; one that is sent again, by its nonce, is there already."""
        channel = self._channel(call)
        if channel in self._discord.closed_channels:
            refuse(403, 50_013, "Missing Permissions")
        nonce = call.body.get("nonce") if call.body.get("enforce_nonce") else None
        if nonce in self._nonces:
            return self._discord.messages[self._nonces[nonce]].json()
        message = self._written(call, channel)
        if nonce is not None:
            self._nonces[nonce] = message.id
        reference = call.body.get("message_reference")
        if reference:
            found = self._discord.messages.get(int(reference["message_id"]))
            if found is not None and not found.deleted:
                message.reply_to = found
            elif reference.get("fail_if_not_exists", True):
                raise validating.Invalid("message_reference: Unknown message")
        self._discord.publish(message)
        return message.json()

    async def get_message(self, call: Call) -> Json:
        """Return a message, as far as the bot may read it."""
        message = self._message(call)
        return message.json(content=self._discord.readable(message))

    async def patch_message(self, call: Call) -> Json:
        """Change a message of the bot."""
        message = self._message(call)
        if message.author != self._discord.bot:
            refuse(403, 50_005, "Cannot edit a message authored by another user")
        self._change(message, call.body, call.files)
        return message.json()

    async def delete_message(self, call: Call) -> None:
        """Delete a message."""
        self._message(call).deleted = True

    # Interactions

    async def callback(self, call: Call) -> Json:
        """Take the first response to an interaction; the second one and one that comes too late are refused."""
        used = self._discord.interactions.get(call.match["token"])
        if used is None or used.expired or str(used.id) != call.match["interaction"]:
            refuse(404, 10_062, "Unknown interaction")
        if used.callbacks.seen:
            refuse(400, 40_060, "Interaction has already been acknowledged.")
        body = call.body
        kind, data = Kind(body["type"]), body.get("data") or {}
        message = self._respond(call, used, kind, data)
        used.callbacks.add(Callback(kind, data, message, call.at - used.at))
        interaction: Json = {"id": str(used.id), "type": used.kind}
        resource: Json = {"type": int(kind)}
        if message is not None:
            interaction["response_message_id"] = str(message.id)
            interaction["response_message_ephemeral"] = message.ephemeral
            interaction["response_message_loading"] = kind is Kind.THINKING
            resource["message"] = message.json()
        return {"interaction": interaction, "resource": resource}

    def _respond(self, call: Call, used: Used, kind: Kind, data: Json) -> Message | None:
        if (kind is Kind.CHOICES) != (used.kind == 4):
            raise validating.Invalid(f"type: {kind.name} does not answer an interaction of type {used.kind}")
        if kind is Kind.CHOICES:
            validating.choices(data)
        elif kind is Kind.FORM:
            validating.form(data)
        elif kind is Kind.UPDATE and used.on is not None:
            self._change(used.on, data, call.files)
            used.original = used.on
        elif kind is Kind.LATER:
            used.original = used.on
        elif kind in (Kind.MESSAGE, Kind.THINKING):
            used.original = self._written(call, used.channel, data, used, empty=kind is Kind.THINKING)
            self._discord.publish(used.original)
        return used.original if kind not in (Kind.CHOICES, Kind.FORM) else None

    async def follow_up(self, call: Call) -> Json:
        """Take a further message to an interaction."""
        used = self._used(call)
        message = self._written(call, used.channel, None, used)
        if used.callbacks.seen and used.callbacks.seen[0].kind is Kind.THINKING and not used.edits.seen:
            # The first follow-up takes the place of the message that says "thinking".
            message.flags |= EPHEMERAL if used.ephemeral_first else 0
            used.original = message
            used.edits.add(message)
        self._discord.publish(message)
        used.followups.add(message)
        return message.json()

    async def get_response(self, call: Call) -> Json:
        """Return a response to an interaction."""
        return self._response(call).json()

    async def patch_response(self, call: Call) -> Json:
        """Change a response to an interaction."""
        message = self._response(call)
        self._change(message, call.body, call.files)
        self._used(call).edits.add(message)
        return message.json()

    async def delete_response(self, call: Call) -> None:
        """Delete a response to an interaction."""
        self._response(call).deleted = True

    # Finding and making

    def _channel(self, call: Call) -> Channel:
        channel = self._discord.channels.get(_number(call, "channel"))
        if channel is None:
            refuse(404, 10_003, "Unknown Channel")
        return channel

    def _message(self, call: Call) -> Message:
        message = self._discord.messages.get(_number(call, "message"))
        if message is None or message.deleted or message.channel is not self._channel(call):
            refuse(404, 10_008, "Unknown Message")
        return message

    def _used(self, call: Call) -> Used:
        used = self._discord.interactions.get(call.match["token"])
        if used is None or not used.callbacks.seen:
            refuse(404, 10_015, "Unknown Webhook")
        return used

    def _response(self, call: Call) -> Message:
        used, name = self._used(call), call.match["message"]
        message = used.original if name == "@original" else self._discord.messages.get(int(name))
        if message is None or message.deleted:
            refuse(404, 10_008, "Unknown Message")
        return message

    def _written(
        self,
        call: Call,
        channel: Channel,
        data: Json | None = None,
        used: Used | None = None,
        *,
        empty: bool = False,
    ) -> Message:
        """Return the message that a request describes."""
        body: Json = call.body if data is None else data
        files = call.files
        if not empty:
            validating.message(body, len(files))
        message = Message(snowflake(), channel, self._discord.bot)
        self._fill(message, body, files)
        message.flags = body.get("flags", 0)
        if used is not None:
            message.interaction = {
                "id": str(used.id),
                "type": used.kind,
                "user": used.person.json(),
                "authorizing_integration_owners": {},
            }
        return message

    def _change(self, message: Message, data: Json, files: list[tuple[str, bytes]]) -> None:
        parts = ("content", "components", "embeds")
        merged = {**{name: getattr(message, name) for name in parts}, "flags": message.flags, **data}
        validating.message(merged, len(files) + len(message.attachments))
        self._fill(message, data, files)
        message.flags |= data.get("flags", 0)
        message.edited = True

    def _fill(self, message: Message, data: Json, files: list[tuple[str, bytes]]) -> None:
        message.content = (data["content"] or "") if "content" in data else message.content
        message.components = _numbered(data["components"] or []) if "components" in data else message.components
        message.embeds = data["embeds"] or [] if "embeds" in data else message.embeds
        if "attachments" in data:
            left = {str(kept.get("id")) for kept in data["attachments"] or ()}
            message.attachments = [held for held in message.attachments if held["id"] in left]
        for name, content in files:
            number = snowflake()
            attachment = {
                "id": str(number),
                "filename": name,
                "size": len(content),
                "url": f"{self._discord.cdn}/{name}",
                "proxy_url": f"{self._discord.cdn}/{name}",
            }
            message.attachments.append(attachment)
            self._discord.files[number] = content


def _numbered(components: list[Json]) -> list[Json]:
    """Give an id to every component that has none, as Discord does."""
    taken = {part["id"] for part in walk(components) if part.get("id")}
    free = iter(number for number in range(1, 1_000) if number not in taken)
    for part in walk(components):
        if not part.get("id"):
            part["id"] = next(free)
    return components


def _number(call: Call, name: str) -> int:
    """Return an id of the path, 0 where the path has none."""
    return int(call.match.get(name, "0"))
