"""What goes wrong on purpose: the next requests of a kind fail as a test says."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aiohttp import web

if TYPE_CHECKING:
    from tests.loopback.world import Json


def written(body: object, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    """Return JSON as Discord's servers send it: discord.py only reads it where no charset is named."""
    return web.Response(
        body=json.dumps(body, ensure_ascii=False).encode(),
        status=status,
        headers={**(headers or {}), "Content-Type": "application/json"},
    )


@dataclass(slots=True)
class Fault:
    """What happens to the next `times` requests whose method and path fit."""

    method: str
    path: str
    status: int = 500
    body: Json | str = field(default_factory=lambda: {"message": "500: Internal Server Error", "code": 0})
    headers: dict[str, str] = field(default_factory=dict)
    times: int = 1
    drop: bool = False
    """Cut the connection instead of answering."""
    after: bool = False
    """Do what was asked for first, and fail then: the client cannot know."""

    def fits(self, method: str, path: str) -> bool:
        """Tell whether it is this request's turn to fail."""
        return self.times > 0 and method == self.method and re.search(self.path, path) is not None

    def response(self, request: web.Request) -> web.StreamResponse:
        """Return what the request gets instead of an answer."""
        if self.drop:
            if request.transport is not None:
                request.transport.abort()
            return web.Response(status=502)
        if isinstance(self.body, str):
            return web.Response(status=self.status, text=self.body, headers=self.headers, content_type="text/html")
        return written(self.body, self.status, self.headers)


def too_many(method: str, path: str, retry_after: float, *, times: int = 1) -> Fault:
    """Return a 429 as Discord's own servers write it: with a Via header and when to come back."""
    body = {"message": "You are being rate limited.", "retry_after": retry_after, "global": False}
    headers = {"Via": "1.1 google", "Retry-After": str(retry_after)}
    return Fault(method, path, status=429, body=body, headers=headers, times=times)
