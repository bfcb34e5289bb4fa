"""Who and what there is on the loopback Discord, and how the API writes it down."""

from __future__ import annotations

import itertools
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

Json: TypeAlias = dict[str, Any]

EPOCH: Final = 1_420_070_400_000
"""The millisecond in which Discord's ids begin."""
EVERYTHING: Final = (1 << 53) - 1
"""All permissions."""
ORDINARY: Final = (1 << 6) | (1 << 10) | (1 << 11) | (1 << 14) | (1 << 15) | (1 << 16) | (1 << 31) | (1 << 38)
"""What an ordinary member may do: see, write, react, attach, read back, use commands, write in threads."""
EPHEMERAL: Final = 1 << 6
COMPONENTS_V2: Final = 1 << 15

_numbers = itertools.count()


def snowflake() -> int:
    """Return a new id that says when it was made, as Discord's do."""
    return ((int(time.time() * 1000) - EPOCH) << 22) | (next(_numbers) & 0x3FFFFF)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with an account."""

    id: int
    name: str
    bot: bool = False

    @property
    def mention(self) -> str:
        """What one types to call them."""
        return f"<@{self.id}>"

    def json(self) -> Json:
        """Return the user as the API writes it."""
        return {
            "id": str(self.id),
            "username": self.name,
            "global_name": self.name,
            "discriminator": "0",
            "avatar": None,
            "bot": self.bot,
            "public_flags": 0,
        }

    def member_json(self, *, roles: tuple[int, ...] = (), permissions: int | None = None) -> Json:
        """Return the member as an interaction names it."""
        member = {
            "user": self.json(),
            "roles": [str(role) for role in roles],
            "nick": None,
            "avatar": None,
            "joined_at": "2024-01-01T00:00:00+00:00",
            "premium_since": None,
            "deaf": False,
            "mute": False,
            "pending": False,
            "flags": 0,
            "communication_disabled_until": None,
        }
        return member if permissions is None else {**member, "permissions": str(permissions)}


@dataclass(eq=False, slots=True)
class Channel:
    """A text channel of a server, a direct channel with the bot (no guild), or a group (no guild, kind 3)."""

    id: int
    name: str
    kind: int = 0
    guild: Guild | None = None
    recipients: tuple[Person, ...] = ()

    def json(self) -> Json:
        """Return the channel as the API writes it."""
        base: Json = {"id": str(self.id), "type": self.kind, "last_message_id": None, "flags": 0}
        if self.guild is None:
            return {**base, "recipients": [person.json() for person in self.recipients]}
        return {
            **base,
            "guild_id": str(self.guild.id),
            "name": self.name,
            "position": 0,
            "parent_id": None,
            "topic": None,
            "nsfw": False,
            "rate_limit_per_user": 0,
            "permission_overwrites": [],
            "permissions": str(EVERYTHING),
        }


@dataclass(eq=False, slots=True)
class Guild:
    """A server."""

    id: int
    name: str
    owner: Person
    channels: list[Channel] = field(default_factory=list)

    def json(self, bot: Person) -> Json:
        """Return the server as the gateway announces it to the bot."""
        return {
            "id": str(self.id),
            "name": self.name,
            "owner_id": str(self.owner.id),
            "unavailable": False,
            "large": False,
            "member_count": 3,
            "joined_at": "2024-01-01T00:00:00+00:00",
            "icon": None,
            "splash": None,
            "banner": None,
            "description": None,
            "features": [],
            "emojis": [],
            "stickers": [],
            "roles": [self._everyone()],
            "members": [bot.member_json()],
            "channels": [channel.json() for channel in self.channels],
            "threads": [],
            "voice_states": [],
            "presences": [],
            "stage_instances": [],
            "guild_scheduled_events": [],
            "soundboard_sounds": [],
            "verification_level": 0,
            "default_message_notifications": 0,
            "explicit_content_filter": 0,
            "mfa_level": 0,
            "nsfw_level": 0,
            "premium_tier": 0,
            "preferred_locale": "fr",
            "afk_timeout": 300,
            "afk_channel_id": None,
            "system_channel_id": None,
            "system_channel_flags": 0,
            "rules_channel_id": None,
            "public_updates_channel_id": None,
            "vanity_url_code": None,
        }

    def _everyone(self) -> Json:
        return {
            "id": str(self.id),
            "name": "@everyone",
            "color": 0,
            "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
            "hoist": False,
            "position": 0,
            "permissions": str(ORDINARY),
            "managed": False,
            "mentionable": False,
            "flags": 0,
        }


@dataclass(eq=False, slots=True)
class Message:
    """A message, whoever wrote it; the bot's change when it edits them."""

    id: int
    channel: Channel
    author: Person
    content: str = ""
    components: list[Json] = field(default_factory=list)
    embeds: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    flags: int = 0
    mentions: tuple[Person, ...] = ()
    reply_to: Message | None = None
    interaction: Json | None = None
    edited: bool = False
    deleted: bool = False

    @property
    def ephemeral(self) -> bool:
        """Whether only one person sees it."""
        return bool(self.flags & EPHEMERAL)

    @property
    def text(self) -> str:
        """Everything that can be read: the content, or the text of all components, a line each."""
        said = [self.content] if self.content else []
        said += [part["content"] for part in walk(self.components) if part.get("type") == 10]
        return "\n".join(said)

    @property
    def custom_ids(self) -> list[str]:
        """The custom ids of everything that can be pressed or chosen from, top to bottom."""
        return [part["custom_id"] for part in walk(self.components) if "custom_id" in part]

    def component(self, wanted: str) -> Json:
        """Return the component with that custom id or label; a person can only press what is there and enabled."""
        for part in walk(self.components):
            if wanted in (part.get("custom_id"), part.get("label")) and "custom_id" in part:
                if part.get("disabled"):
                    raise LookupError(f"{wanted!r} is disabled")
                return part
        raise LookupError(f"the message has no {wanted!r}; it has {self.custom_ids}")

    def json(self, *, content: bool = True) -> Json:
        """Return the message as the API writes it; without what the bot may not read where `content` is False."""
        data: Json = {
            "id": str(self.id),
            "channel_id": str(self.channel.id),
            "author": self.author.json(),
            "content": self.content if content else "",
            "components": self.components if content else [],
            "embeds": self.embeds if content else [],
            "attachments": self.attachments if content else [],
            "timestamp": when(self.id),
            "edited_timestamp": when(snowflake()) if self.edited else None,
            "tts": False,
            "mention_everyone": False,
            "mentions": [person.json() for person in self.mentions],
            "mention_roles": [],
            "pinned": False,
            "type": 19 if self.reply_to else 20 if self.interaction else 0,
            "flags": self.flags,
        }
        if self.reply_to is not None:
            data["message_reference"] = {
                "type": 0,
                "message_id": str(self.reply_to.id),
                "channel_id": str(self.reply_to.channel.id),
            }
            data["referenced_message"] = None if self.reply_to.deleted else self.reply_to.json(content=content)
        if self.interaction is not None:
            data["interaction_metadata"] = self.interaction
        if self.author.bot:
            data["application_id"] = str(self.author.id)
        return data


def when(number: int) -> str:
    """Return the time that an id holds, as the API writes it."""
    return datetime.fromtimestamp(((number >> 22) + EPOCH) / 1000, UTC).isoformat()


def walk(components: Any) -> Iterator[Json]:
    """Yield every component, however deep, in the order in which they are shown."""
    for component in components:
        yield component
        yield from walk(component.get("components", ()))
        for inner in ("accessory", "component"):
            if inner in component:
                yield from walk([component[inner]])
