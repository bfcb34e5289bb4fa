"""A Discord of our own on 127.0.0.1, for the unmodified discord.py: REST under /api/v10 and a gateway."""

from tests.loopback.happening import Happening
from tests.loopback.interactions import Callback, Kind, Used
from tests.loopback.pointing import pointed
from tests.loopback.server import LoopbackDiscord
from tests.loopback.world import Channel, Guild, Message, Person

__all__ = [
    "Callback",
    "Channel",
    "Guild",
    "Happening",
    "Kind",
    "LoopbackDiscord",
    "Message",
    "Person",
    "Used",
    "pointed",
]
