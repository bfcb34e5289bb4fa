"""Requests and answers: how one is read, refused and remembered."""

from __future__ import annotations

import json
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn

from aiohttp import BodyPartReader, web

if TYPE_CHECKING:
    from tests.loopback.world import Json


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that was made, and how it was answered."""

    method: str
    path: str
    body: Any
    authorised: bool
    status: int
    user_agent: str


def refuse(status: int, code: int, message: str) -> NoReturn:
    """End a request with one of Discord's errors."""
    raise Refused(status, {"message": message, "code": code})


class Refused(Exception):  # noqa: N818 - it is no error of the test
    """An answer that is an error."""

    def __init__(self, status: int, body: Json) -> None:
        self.status = status
        self.body = body
        super().__init__(str(body))


@dataclass(frozen=True, slots=True)
class Call:
    """A request, read: the names in its path, its JSON, the files that came with it, and when it came."""

    match: Mapping[str, str]
    body: Any
    files: list[tuple[str, bytes]]
    at: float


Answer = Callable[[Call], Awaitable[Any]]
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


async def read(request: web.Request) -> Call:
    """Read a request, with or without files."""
    at = time.perf_counter()
    if not request.content_type.startswith("multipart/"):
        text = await request.text()
        return Call(dict(request.match_info), json.loads(text) if text else None, [], at)
    body, files = None, []
    async for part in await request.multipart():
        assert isinstance(part, BodyPartReader)
        if part.name == "payload_json":
            body = json.loads(await part.text())
        else:
            files.append((part.filename or "file", bytes(await part.read())))
    return Call(dict(request.match_info), body, files, at)
