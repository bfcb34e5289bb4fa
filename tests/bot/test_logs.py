"""A log line is one line, says which request it belongs to, and holds no secret."""

from __future__ import annotations

import asyncio
import io
import json
import logging
from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

import pytest

from bot import logs
from tests.bot.conftest import seen

if TYPE_CHECKING:
    from tests.bot.conftest import World

SECRET = "MTA.secret.that-nobody-may-read"  # noqa: S105 - it opens nothing
log = logging.getLogger("bot.test")


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    """Give the process back the log that it had."""
    root = logging.getLogger()
    level, handlers = root.level, root.handlers[:]
    levels = {name: logging.getLogger(name).level for name in logs.QUIET}
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    for name, before in levels.items():
        logging.getLogger(name).setLevel(before)


def log_to(form: Literal["text", "json"], level: str = "INFO") -> io.StringIO:
    """Set the log up as the bot does, and return where it goes."""
    stream = io.StringIO()
    logs.set_up(level, form, hidden=(SECRET, ""), stream=stream)
    return stream


def test_a_line_of_text_has_its_fields_and_its_request() -> None:
    """Time, level, logger, request id, message, fields: in that order, on one line, whatever they hold."""
    stream = log_to("text")
    with logs.request("3f9c01ab"):
        log.info("answered\nINFO forged", extra={"outcome": "answered", "guild": None, "said": 'two "words"'})
    log.warning("alone")
    first, second = stream.getvalue().splitlines()
    assert first.split(" ", 1)[1] == (
        r'INFO bot.test [3f9c01ab] answered\nINFO forged outcome=answered said="two \"words\""'
    )
    assert first[10] == "T"
    assert first.split(" ")[0].endswith("Z")
    assert second.endswith("WARNING bot.test alone")


def test_a_json_line_is_an_object() -> None:
    """Everything is a key of its own; a field never takes the place of ours."""
    stream = log_to("json")
    with logs.request() as name:
        log.info("répondu", extra={"outcome": "answered", "level_": 1, "request": "forged", "at": 5, "of": object})
    entry = json.loads(stream.getvalue())
    assert entry["level"] == "INFO"
    assert entry["request"] == name
    assert entry["message"] == "répondu"
    assert (entry["outcome"], entry["at"]) == ("answered", 5)
    assert entry["time"].endswith("Z")


@pytest.mark.parametrize("form", ["text", "json"])
def test_no_secret_is_logged(form: Literal["text", "json"]) -> None:
    """The token and the secrets inside Discord's addresses are hidden, in messages, fields and tracebacks."""
    stream = log_to(form)
    address = "https://discord.com/api/v10/webhooks/123/aW50ZXJhY3Rpb24/messages/@original"
    try:
        int(f"{SECRET} at {address}?wait=1")
    except ValueError:
        log.exception("failed with %s", SECRET, extra={"token": SECRET, "url": address})
    log.info("POST /interactions/9/abc.def/callback")
    written = stream.getvalue()
    assert SECRET not in written
    assert "aW50ZXJhY3Rpb24" not in written
    assert "abc.def" not in written
    assert "/webhooks/123/[hidden]/messages/@original" in written
    assert "ValueError" in written


def test_requests_do_not_mix() -> None:
    """Each task has the id of its own request, and none after it."""
    seen: dict[str, set[str | None]] = {}

    async def serve(name: str) -> None:
        with logs.request(name):
            for _ in range(3):
                seen.setdefault(name, set()).add(logs.REQUEST.get())
                await asyncio.sleep(0)

    async def scenario() -> None:
        await asyncio.gather(*(serve(f"{number}") for number in range(5)))

    asyncio.run(scenario())
    assert seen == {f"{number}": {f"{number}"} for number in range(5)}
    assert logs.REQUEST.get() is None


def test_levels_hold_for_all_and_the_talkative_are_quiet() -> None:
    """Below the level nothing is written, and some libraries have a level of their own."""
    stream = log_to("text", "INFO")
    log.debug("not this")
    logging.getLogger("alembic.runtime.migration").info("nor this")
    log.info("but this")
    assert stream.getvalue().count("\n") == 1
    stream = log_to("text", "ERROR")
    log.warning("not this")
    logging.getLogger("aiosqlite").warning("nor this")
    assert stream.getvalue() == ""


async def test_every_way_in_is_a_request(world: World, caplog: pytest.LogCaptureFixture) -> None:
    """What is logged of a command, a message, a button and a form has an id of its own."""
    ids: dict[str, str | None] = {}

    def noted(record: logging.LogRecord) -> bool:
        ids[record.getMessage()] = logs.REQUEST.get()
        return True

    caplog.handler.addFilter(noted)
    with caplog.at_level(logging.INFO, logger="bot"):
        await world.ada.send_dm("Qui voulait racheter le moulin ?")
        answer = seen(await world.ask("Qui voulait racheter le moulin ?"))
        form = await world.ada.click(answer, label="Signaler")
        await world.ada.submit_modal(form, {"commentaire": "Faux."})
    caplog.handler.removeFilter(noted)
    ways = [ids[way] for way in ("message", "command", "component", "report")]
    assert all(ways)
    assert len(set(ways)) == len(ways)
