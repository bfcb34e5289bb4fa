"""The gateway: a websocket that greets, identifies, numbers what it sends, and replays what was missed."""

from __future__ import annotations

import asyncio
import contextlib
import json
import secrets
import zlib
from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING, Final

from aiohttp import WSCloseCode, WSMsgType, web

from tests.loopback.happening import Happening

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from tests.loopback.world import Json

FLUSHED: Final = b"\x00\x00\xff\xff"


class Op(IntEnum):
    """What a gateway message is."""

    DISPATCH = 0
    HEARTBEAT = 1
    IDENTIFY = 2
    PRESENCE = 3
    RESUME = 6
    RECONNECT = 7
    INVALID_SESSION = 9
    HELLO = 10
    HEARTBEAT_ACK = 11


class Close(IntEnum):
    """Why the gateway hangs up."""

    UNKNOWN_OPCODE = 4001
    AUTHENTICATION_FAILED = 4004
    ALREADY_AUTHENTICATED = 4005


@dataclass(eq=False, slots=True)
class Session:
    """What the gateway remembers of a client across its connections."""

    id: str
    shard: tuple[int, int]
    intents: int
    history: list[Json] = field(default_factory=list)
    line: Line | None = None

    def event(self, name: str, data: Json) -> None:
        """Give an event its number, keep it, and send it where there is a connection."""
        payload = {"op": Op.DISPATCH, "t": name, "s": len(self.history) + 1, "d": data}
        self.history.append(payload)
        if self.line is not None:
            self.line.send(payload)


class Line:
    """One websocket connection; what is sent goes out in order, by a task of its own."""

    def __init__(self, request: web.Request, socket: web.WebSocketResponse, pieces: int) -> None:
        self.request = request
        self.socket = socket
        self.session: Session | None = None
        self._pieces = pieces
        self._compressor = zlib.compressobj() if request.query.get("compress") == "zlib-stream" else None
        self._queue: asyncio.Queue[Json | int] = asyncio.Queue()

    def send(self, payload: Json) -> None:
        """Send a message after those that are waiting."""
        self._queue.put_nowait(payload)

    def close(self, code: int) -> None:
        """Hang up after what is waiting."""
        self._queue.put_nowait(code)

    def cut(self) -> None:
        """Pull the plug: no goodbye, and what was waiting is not sent."""
        if self.session is not None:
            self.session.line = None
        if self.request.transport is not None:
            self.request.transport.abort()

    async def pump(self) -> None:
        """Send what is queued, until the other side is gone."""
        with contextlib.suppress(ConnectionError):
            while True:
                item = await self._queue.get()
                if isinstance(item, int):
                    await self.socket.close(code=item)
                    return
                pieces = self._pieces if item["op"] == Op.DISPATCH else 1
                await self._write(json.dumps(item, ensure_ascii=False), pieces)

    async def _write(self, text: str, pieces: int) -> None:
        if self._compressor is None:
            await self.socket.send_str(text)
            return
        data = self._compressor.compress(text.encode()) + self._compressor.flush(zlib.Z_SYNC_FLUSH)
        # A frame may end anywhere; only the end of a message ends in the flush marker.
        size = max(1, -(-(len(data) - len(FLUSHED)) // pieces))
        while len(data) > size + len(FLUSHED) and not data[:size].endswith(FLUSHED):
            await self.socket.send_bytes(data[:size])
            data = data[size:]
        await self.socket.send_bytes(data)


class Gateway:
    """All sessions and connections; `welcome` says what a session is greeted with after READY."""

    def __init__(self, token: str, ready: Callable[[Session], Json], welcome: Callable[[Session], None]) -> None:
        self._token = token
        self._ready = ready
        self._welcome = welcome
        self.heartbeat_interval = 41_250
        """Milliseconds; a test that wants to see heartbeats says fewer before the client connects."""
        self.pieces = 2
        """In how many frames each compressed event is sent."""
        self.silent = False
        """Whether heartbeats are left without an answer."""
        self.hellos: Happening[Json] = Happening()
        self.identified: Happening[Json] = Happening()
        self.resumed: Happening[Json] = Happening()
        self.refused: Happening[Json] = Happening()
        self.heartbeats: Happening[int | None] = Happening()
        self.closed: Happening[int | None] = Happening()
        """The codes with which clients hung up."""
        self.sessions: dict[str, Session] = {}
        self.refusing = False
        """Whether whoever connects is turned away."""
        self.turned_away: Happening[Json] = Happening()
        self._lines: set[Line] = set()
        self._open = asyncio.Event()
        self._open.set()

    def dispatch(self, name: str, data: Json, intent: int = 0, guild_id: int | None = None) -> None:
        """Send an event to the sessions that asked for such events and whose shard it concerns."""
        for session in self.sessions.values():
            number, shards = session.shard
            concerned = number == ((guild_id or 0) >> 22) % shards
            if concerned and (not intent or session.intents & intent):
                session.event(name, data)

    # What goes wrong on purpose

    def cut(self) -> None:
        """Cut every connection without a word; the sessions stay and collect what happens."""
        for line in list(self._lines):
            line.cut()

    def ask_to_reconnect(self) -> None:
        """Send op 7: the client is to come back and resume."""
        self._tell({"op": Op.RECONNECT, "d": None, "s": None, "t": None})

    def invalidate(self, *, resumable: bool) -> None:
        """Send op 9; a session that is not resumable is forgotten."""
        if not resumable:
            self.forget_sessions()
        self._tell({"op": Op.INVALID_SESSION, "d": resumable, "s": None, "t": None})

    def forget_sessions(self) -> None:
        """Forget every session, so that the next RESUME is refused."""
        self.sessions.clear()

    @contextlib.asynccontextmanager
    async def unreachable(self) -> AsyncIterator[None]:
        """Cut every connection and let nobody in until the block ends."""
        self._open.clear()
        self.cut()
        try:
            yield
        finally:
            self._open.set()

    def _tell(self, payload: Json) -> None:
        for line in list(self._lines):
            line.send(payload)

    # The protocol

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """Serve one connection until it ends."""
        await self._open.wait()
        if self.refusing:
            self.turned_away.add(dict(request.query))
            raise web.HTTPServiceUnavailable
        socket = web.WebSocketResponse(compress=False, autoclose=True)
        await socket.prepare(request)
        line = Line(request, socket, self.pieces)
        self._lines.add(line)
        pump = asyncio.create_task(line.pump())
        line.send({"op": Op.HELLO, "d": {"heartbeat_interval": self.heartbeat_interval}, "s": None, "t": None})
        self.hellos.add(dict(request.query))
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    self._received(line, json.loads(message.data))
        finally:
            self._lines.discard(line)
            if line.session is not None and line.session.line is line:
                line.session.line = None
            pump.cancel()
            await asyncio.gather(pump, return_exceptions=True)
            self.closed.add(socket.close_code)
        return socket

    def _received(self, line: Line, payload: Json) -> None:
        op, data = payload["op"], payload["d"]
        if op == Op.HEARTBEAT:
            self.heartbeats.add(data)
            if not self.silent:
                line.send({"op": Op.HEARTBEAT_ACK, "d": None, "s": None, "t": None})
        elif op == Op.IDENTIFY:
            self._identify(line, data)
        elif op == Op.RESUME:
            self._resume(line, data)
        elif op != Op.PRESENCE:
            line.close(Close.UNKNOWN_OPCODE)

    def _identify(self, line: Line, data: Json) -> None:
        if line.session is not None:
            line.close(Close.ALREADY_AUTHENTICATED)
            return
        if data["token"] != self._token:
            line.close(Close.AUTHENTICATION_FAILED)
            return
        number, shards = data.get("shard", (0, 1))
        session = Session(secrets.token_hex(16), (number, shards), data["intents"], line=line)
        line.session = session
        self.sessions[session.id] = session
        session.event("READY", self._ready(session))
        self._welcome(session)
        self.identified.add(data)

    def _resume(self, line: Line, data: Json) -> None:
        session = self.sessions.get(data["session_id"])
        if data["token"] != self._token:
            line.close(Close.AUTHENTICATION_FAILED)
        elif session is None or data["seq"] is None or data["seq"] > len(session.history):
            line.send({"op": Op.INVALID_SESSION, "d": False, "s": None, "t": None})
            self.refused.add(data)
        else:
            if session.line is not None:
                session.line.cut()
            for missed in session.history[data["seq"] :]:
                line.send(missed)
            line.session, session.line = session, line
            session.event("RESUMED", {})
            self.resumed.add(data)

    async def close(self) -> None:
        """Hang up on everybody."""
        self._open.set()
        for line in list(self._lines):
            await line.socket.close(code=WSCloseCode.GOING_AWAY)
