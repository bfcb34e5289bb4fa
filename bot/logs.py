"""Structured logging: one line an event, its fields beside it, the id of the request it belongs to, and no secrets."""

from __future__ import annotations

import contextlib
import json
import logging
import re
import secrets
import sys
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, Literal, TextIO

if TYPE_CHECKING:
    from collections.abc import Iterator

REQUEST: Final[ContextVar[str | None]] = ContextVar("request", default=None)
"""The id of the request (an interaction, a message, a reload) that is being served, or None."""
HIDDEN: Final = "[hidden]"
QUIET: Final = {"alembic": logging.WARNING, "aiosqlite": logging.INFO, "asyncio": logging.WARNING}
"""Libraries that say too much, and the least serious level that is logged of them."""

_OWN: Final = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
_CAPABILITY = re.compile(r"(/(?:webhooks|interactions)/\d+/)[^/\s?\"']+")
_PLAIN = re.compile(r"[\w.:/+@,%-]+")


def new_request() -> str:
    """Return a fresh id for a request."""
    return secrets.token_hex(4)


@contextlib.contextmanager
def request(name: str | None = None) -> Iterator[str]:
    """Log everything inside under one request id (default: a fresh one), and give that id."""
    token = REQUEST.set(name or new_request())
    try:
        yield REQUEST.get() or ""
    finally:
        REQUEST.reset(token)


class _Line(logging.Formatter):
    """What both formats share: the fields of a record, and the removal of secrets from the finished line."""

    def __init__(self, hidden: tuple[str, ...] = ()) -> None:
        super().__init__()
        self._hidden = tuple(secret for secret in hidden if secret)

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as one line (and its traceback), without secrets."""
        line = self.line(record)
        for secret in self._hidden:
            line = line.replace(secret, HIDDEN)
        return _CAPABILITY.sub(rf"\1{HIDDEN}", line)

    def line(self, record: logging.LogRecord) -> str:
        """Return the record as text; the formats differ here."""
        raise NotImplementedError

    def traceback(self, record: logging.LogRecord) -> str:
        """Return the traceback of a record, or the empty string."""
        parts = [self.formatException(record.exc_info)] if record.exc_info and record.exc_info[0] else []
        if record.stack_info:
            parts.append(self.formatStack(record.stack_info))
        return "\n".join(parts)


def _fields(record: logging.LogRecord) -> dict[str, Any]:
    """Return what was given as `extra`, in its order, without what is None."""
    return {name: value for name, value in vars(record).items() if name not in _OWN and value is not None}


def _at(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class TextLine(_Line):
    """`2026-01-31T12:00:00.000Z INFO bot.client [3f9c01ab] message name=value`: one line, whatever is in it."""

    def line(self, record: logging.LogRecord) -> str:
        """Return the record as a line of text, its traceback below."""
        name = REQUEST.get()
        head = f"{_at(record)} {record.levelname} {record.name}" + (f" [{name}]" if name else "")
        said = [_escaped(record.getMessage()), *(f"{key}={_value(value)}" for key, value in _fields(record).items())]
        traceback = self.traceback(record)
        return f"{head} {' '.join(said)}" + (f"\n{traceback}" if traceback else "")


class JsonLine(_Line):
    """One JSON object a line: time, level, logger, request, message, the fields, exception."""

    def line(self, record: logging.LogRecord) -> str:
        """Return the record as one JSON object."""
        entry: dict[str, Any] = {"time": _at(record), "level": record.levelname, "logger": record.name}
        if name := REQUEST.get():
            entry["request"] = name
        entry["message"] = record.getMessage()
        entry.update((key, value) for key, value in _fields(record).items() if key not in entry)
        if traceback := self.traceback(record):
            entry["exception"] = traceback
        return json.dumps(entry, ensure_ascii=False, default=str)


def _value(value: object) -> str:
    text = str(value)
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)


def _escaped(text: str) -> str:
    """Return a message on one line: nothing that is logged can look like another line of the log."""
    return text.replace("\r", "\\r").replace("\n", "\\n") if "\n" in text or "\r" in text else text


def _in_a_line(record: logging.LogRecord) -> bool:
    """Put what went wrong on the line itself: a traceback for each attempt to connect would fill the disk."""
    if record.exc_info:
        reason = traceback.format_exception_only(record.exc_info[1])[-1].strip()
        record.msg, record.args, record.exc_info = f"{record.getMessage()}: {reason}", None, None
    return True


def set_up(
    level: str = "INFO",
    form: Literal["text", "json"] = "text",
    *,
    hidden: tuple[str, ...] = (),
    stream: TextIO | None = None,
) -> logging.Handler:
    """Send the whole process's log to `stream` (default: standard error), replacing what was set up before.

    `hidden` are texts that never appear in it: the token.
    """
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonLine(hidden) if form == "json" else TextLine(hidden))
    root = logging.getLogger()
    for old in root.handlers[:]:
        root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel(level)
    for name, least in QUIET.items():
        logging.getLogger(name).setLevel(max(least, logging.getLevelName(level)))
    logging.getLogger("discord.shard").addFilter(_in_a_line)
    return handler
