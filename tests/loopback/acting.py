"""What people do: they write, use commands, press buttons and send forms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tests.loopback.interactions import Kind, Used
from tests.loopback.world import EVERYTHING, ORDINARY, Channel, Json, Message, Person, snowflake, walk

if TYPE_CHECKING:
    from tests.loopback.gateway import Gateway

GUILD_MESSAGES: Final = 1 << 9
DIRECT_MESSAGES: Final = 1 << 12
MESSAGE_CONTENT: Final = 1 << 15

COMMAND, COMPONENT, AUTOCOMPLETE, SUBMIT = 2, 3, 4, 5


class Acting:
    """The people's side of a loopback Discord."""

    bot: Person
    gateway: Gateway
    commands: dict[int, list[Json]]
    messages: dict[int, Message]
    interactions: dict[str, Used]
    managers: set[Person]
    """Who may do everything on every server."""
    locale: str

    def says(
        self,
        person: Person,
        text: str,
        place: Channel,
        *,
        mention: bool = False,
        reply_to: Message | None = None,
    ) -> Message:
        """Let somebody write a message; with `mention`, the bot is called in it, as a reply to the bot does anyway."""
        called = mention or (reply_to is not None and reply_to.author == self.bot)
        content = f"{self.bot.mention} {text}".strip() if mention else text
        message = Message(
            snowflake(), place, person, content, mentions=(self.bot,) if called else (), reply_to=reply_to
        )
        self.publish(message)
        return message

    def publish(self, message: Message) -> None:
        """Keep a message and tell the gateway of it, as far as the bot may read it."""
        self.messages[message.id] = message
        if message.ephemeral:
            return
        guild = message.channel.guild
        data = message.json(content=self.readable(message))
        if message.reply_to is not None and not message.reply_to.deleted:
            data["referenced_message"] = message.reply_to.json(content=self.readable(message.reply_to))
        if guild is None:
            self.gateway.dispatch("MESSAGE_CREATE", data, DIRECT_MESSAGES)
            return
        member = message.author.member_json()
        del member["user"]
        data |= {"guild_id": str(guild.id), "member": member}
        self.gateway.dispatch("MESSAGE_CREATE", data, GUILD_MESSAGES, guild.id)

    def readable(self, message: Message) -> bool:
        """Tell whether the bot may read a message without the privileged intent."""
        mine = message.author == self.bot or self.bot in message.mentions or message.channel.kind == 1
        return mine or any(session.intents & MESSAGE_CONTENT for session in self.gateway.sessions.values())

    def uses(self, person: Person, command: str, place: Channel, **options: object) -> Used:
        """Let somebody use a slash command; "admin recharger" is a subcommand. Raises LookupError where it is not."""
        return self._send(COMMAND, person, place, self._slash(command, place, options))

    def types(self, person: Person, command: str, place: Channel, focus: str, **options: object) -> Used:
        """Let somebody write in the option `focus` of a slash command, which asks the bot for proposals."""
        data = self._slash(command, place, options)
        inner = data
        while inner["options"] and inner["options"][0]["type"] in (1, 2):
            inner = inner["options"][0]
        for option in inner["options"]:
            if option["name"] == focus:
                option["focused"] = True
        return self._send(AUTOCOMPLETE, person, place, data)

    def picks(self, person: Person, command: str, message: Message) -> Used:
        """Let somebody use a command of the menu of a message."""
        found = self._command(command, message.channel, kind=3)
        data = {
            "id": found["id"],
            "name": command,
            "type": 3,
            "target_id": str(message.id),
            "resolved": {"messages": {str(message.id): message.json()}},
        }
        return self._send(COMMAND, person, message.channel, data)

    def presses(self, person: Person, message: Message, button: str) -> Used:
        """Let somebody press a button, found by its custom id or label."""
        part = message.component(button)
        data = {"custom_id": part["custom_id"], "component_type": part["type"], "id": part["id"]}
        return self._send(COMPONENT, person, message.channel, data, message)

    def chooses(self, person: Person, message: Message, menu: str, *choices: str) -> Used:
        """Let somebody choose from a menu, by the labels or values of what they want."""
        part = message.component(menu)
        values = [option["value"] for option in part["options"] if {option["value"], option["label"]} & set(choices)]
        if len(values) != len(choices):
            raise LookupError(f"the menu does not hold {choices}")
        data = {"custom_id": part["custom_id"], "component_type": part["type"], "id": part["id"], "values": values}
        return self._send(COMPONENT, person, message.channel, data, message)

    def submits(self, opened: Used, **values: str) -> Used:
        """Let the person of an interaction that was answered by a form send that form, with `values` by custom id."""
        callback = opened.callbacks.seen[0]
        if callback.kind is not Kind.FORM:
            raise LookupError("that interaction opened no form")
        fields = {part["custom_id"] for part in walk(callback.data["components"]) if "custom_id" in part}
        if not fields.issuperset(values):
            raise LookupError(f"the form has {fields}")
        rows = [_filled(row, values) for row in callback.data["components"]]
        data = {"custom_id": callback.data["custom_id"], "components": rows}
        return self._send(SUBMIT, opened.person, opened.channel, data, opened.on)

    def _send(self, kind: int, person: Person, place: Channel, data: Json, message: Message | None = None) -> Used:
        used = Used(kind, person, place, data, message)
        self.interactions[used.token] = used
        payload: Json = {
            "id": str(used.id),
            "application_id": str(self.bot.id),
            "type": kind,
            "token": used.token,
            "version": 1,
            "data": data,
            "channel": place.json(),
            "channel_id": str(place.id),
            "locale": self.locale,
            "entitlements": [],
            "attachment_size_limit": 10_485_760,
            "app_permissions": str(ORDINARY),
            "authorizing_integration_owners": {"0": str(place.guild.id if place.guild else 0)},
            "context": 0 if place.guild else 1 if place.kind == 1 else 2,
        }
        if message is not None:
            payload["message"] = message.json()
        if place.guild is None:
            payload["user"] = person.json()
            self.gateway.dispatch("INTERACTION_CREATE", payload)
            return used
        permissions = EVERYTHING if person in self.managers or person == place.guild.owner else ORDINARY
        payload |= {
            "guild_id": str(place.guild.id),
            "guild": {"id": str(place.guild.id), "locale": "fr", "features": []},
            "guild_locale": "fr",
            "member": person.member_json(permissions=permissions),
        }
        self.gateway.dispatch("INTERACTION_CREATE", payload, guild_id=place.guild.id)
        return used

    def _command(self, name: str, place: Channel, kind: int) -> Json:
        listed = [*self.commands.get(place.guild.id if place.guild else 0, []), *self.commands.get(0, [])]
        for command in listed:
            if command["name"] == name and command["type"] == kind:
                return command
        raise LookupError(f"no command {name!r} is registered; there are {[command['name'] for command in listed]}")

    def _slash(self, path: str, place: Channel, options: dict[str, Any]) -> Json:
        name, *subcommands = path.split()
        found = self._command(name, place, kind=1)
        data: Json = {"id": found["id"], "name": name, "type": 1}
        inner, known = data, found
        for word in subcommands:
            known = next((option for option in known["options"] if option["name"] == word), {})
            if known.get("type") not in (1, 2):
                raise LookupError(f"{path!r} has no {word!r}")
            step: Json = {"name": word, "type": known["type"]}
            inner["options"] = [step]
            inner = step
        inner["options"] = _options(known.get("options") or [], options)
        return data


def _options(known: list[Json], given: dict[str, Any]) -> list[Json]:
    """Return the options that were filled in, with their types; refuses one that is not there or is missing."""
    types = {option["name"]: option["type"] for option in known}
    required = {option["name"] for option in known if option.get("required")}
    if not types.keys() >= given.keys() >= required:
        raise LookupError(f"the command has the options {list(types)}, of which {required} are required")
    return [{"name": name, "type": types[name], "value": value} for name, value in given.items()]


def _filled(component: Json, values: dict[str, str]) -> Json:
    """Return a component of a form as it is sent: with what was written, or what stood there."""
    kept: Json = {name: component[name] for name in ("type", "id", "custom_id") if name in component}
    if component["type"] == 4:
        return {**kept, "value": values.get(component["custom_id"], component.get("value") or "")}
    if "component" in component:
        return {**kept, "component": _filled(component["component"], values)}
    return {**kept, "components": [_filled(part, values) for part in component["components"]]}
