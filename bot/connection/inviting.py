"""The links by which the bot is installed: exactly the scopes and permissions that it uses, and no more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

AUTHORIZE: Final = "https://discord.com/oauth2/authorize"
PERMISSIONS: Final = {
    "View Channels": 1 << 10,
    "Send Messages": 1 << 11,
    "Read Message History": 1 << 16,
    "Send Messages in Threads": 1 << 38,
}
"""What the bot needs in a server to answer mentions, by the name that Discord shows. Commands need none of it."""
ON_A_SERVER: Final = 0
FOR_A_PERSON: Final = 1


@dataclass(frozen=True, slots=True)
class Links:
    """Where to send whoever installs the bot."""

    server: str
    person: str


def bits() -> int:
    """Return the permissions as the number that Discord takes."""
    return sum(PERMISSIONS.values())


def links(application_id: int) -> Links:
    """Return the links for an application."""
    server = {
        "client_id": application_id,
        "integration_type": ON_A_SERVER,
        "scope": "bot applications.commands",
        "permissions": bits(),
    }
    person = {"client_id": application_id, "integration_type": FOR_A_PERSON, "scope": "applications.commands"}
    return Links(f"{AUTHORIZE}?{urlencode(server)}", f"{AUTHORIZE}?{urlencode(person)}")
