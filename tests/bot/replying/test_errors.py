"""Whatever goes wrong: one kind sentence with an id for the member, the details under the same id in the log."""

from __future__ import annotations

import logging
import re
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, NoReturn

import aiohttp
import discord
import pytest

from bot.asking.guilds import GuildSettingsCache
from bot.store import StoreError
from tests.bot.conftest import seen, text

if TYPE_CHECKING:
    from tests.bot.conftest import World

QUESTION = "Qui voulait racheter le moulin ?"


class BrokenError(RuntimeError):
    """A fault that nobody foresaw."""


def broken(*_: object, **__: object) -> NoReturn:
    """Fail."""
    raise BrokenError("secret detail")


def same_incident(shown: str, caplog: pytest.LogCaptureFixture) -> None:
    """Assert that the member's sentence and the log share an id, and that only the log has the details."""
    found = re.search(r"`([0-9a-f]{8})`", shown)
    assert found is not None
    assert "secret" not in shown
    record = next(record for record in caplog.records if record.getMessage() == f"incident {found[1]}")
    assert record.exc_info is not None
    assert record.exc_info[0] is BrokenError


@pytest.fixture
def world(world: World) -> World:
    """Return a world in which things may break."""
    world.expected = (BrokenError,)
    return world


async def test_a_command(world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    """A broken command."""
    monkeypatch.setattr("bot.replying.delivery.card", broken)
    result = await world.ask(QUESTION)
    assert result.ephemeral
    same_incident(text(result.response), caplog)


async def test_an_autocomplete(world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    """A broken autocomplete: nobody can be told, the log knows."""
    monkeypatch.setattr("bot.editions.ranking.read", broken)
    assert await world.ada.autocomplete(world.channel, "question", "texte", "x") == []
    assert any(record.getMessage().startswith("incident") for record in caplog.records)


async def test_a_message(world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    """A broken direct message."""
    monkeypatch.setattr("bot.replying.delivery.card", broken)
    await world.ada.send_dm(QUESTION)
    same_incident(text(world.last(world.dm(world.ada))), caplog)


async def test_a_button(world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    """A broken button (discord.py alone would only log it)."""
    answer = seen(await world.ask(QUESTION))
    monkeypatch.setattr("bot.views.buttons.details", broken)
    result = await world.ada.click(answer, label="Sources")
    assert result.ephemeral
    same_incident(text(result.response), caplog)


@pytest.mark.parametrize("restarted", [False, True])
async def test_a_form(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, *, restarted: bool
) -> None:
    """A broken form, of this process or of an earlier one."""
    form = await world.ada.click(seen(await world.ask(QUESTION)), label="Signaler")
    if restarted:
        await world.restart()
    monkeypatch.setattr(world.store, "report", broken)
    result = await world.ada.submit_modal(form, {"commentaire": "Faux."})
    same_incident(text(result.response), caplog)


async def test_a_database_in_trouble(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Who wanted something kept is told so, and to come back later; who asks gets an answer in private, or none."""
    world.expected = (StoreError,)

    async def fail(*_: object, **__: object) -> NoReturn:
        raise StoreError("The disk is full.")

    answer = seen(await world.ask(QUESTION))
    for name in ("vote", "guild_settings"):
        monkeypatch.setattr(world.store, name, fail)
    told = text((await world.ada.click(answer, label="Pas utile")).response)
    assert told.startswith("Je n’ai pas pu lire ou noter cela\u00a0: ma base de données a un problème. Réessayez plus")
    found = re.search(r"`([0-9a-f]{8})`", told)
    assert found is not None
    assert f"incident {found[1]}: The disk is full." in caplog.text
    monkeypatch.setattr(world.bot, "guild_settings", GuildSettingsCache(world.store))
    result = await world.ask(QUESTION)
    assert result.ephemeral
    assert "la coopérative Azur" in text(result.response)
    assert "a server's settings cannot be read: The disk is full." in caplog.text
    await world.ada.send(world.channel, world.mention(QUESTION))
    assert world.last(world.channel).author.id == world.ada.id


async def test_an_event(world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    """A broken listener."""
    monkeypatch.setattr(world.bot.extensions["bot.cogs.messages"], "speaks_to", broken)
    await world.ada.send_dm(QUESTION)
    assert any(record.getMessage().startswith("incident") for record in caplog.records)


async def test_an_interaction_that_is_gone_is_left_alone(world: World, caplog: pytest.LogCaptureFixture) -> None:
    """Too late, or to what was deleted meanwhile, is no incident: nobody is left to be told."""
    world.expected = (discord.NotFound,)
    for code in (10062, 10008, 10015, 50027):
        world.env.inject_error("POST", "/interactions/*", status=404, code=code)
        await world.ask(QUESTION)
        assert caplog.records[-1].getMessage() == f"too late to answer: Discord's code {code}"
    assert not any(record.getMessage().startswith("incident") for record in caplog.records)


@pytest.mark.parametrize("trouble", [aiohttp.ServerDisconnectedError, ConnectionResetError, discord.ClientException])
async def test_a_member_who_cannot_be_told_is_no_second_error(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, trouble: type[Exception]
) -> None:
    """Where the network is cut, or somebody was faster, the log has one incident, and that nobody could be told."""
    monkeypatch.setattr("bot.replying.delivery.card", broken)

    async def fail(*_: object, **__: object) -> None:
        raise trouble

    monkeypatch.setattr(discord.InteractionResponse, "send_message", fail)
    await world.ask(QUESTION)
    told = [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]
    assert len(told) == 2
    assert told[0].startswith("incident")
    assert told[1] == f"could not tell a member: {trouble.__name__}"


async def test_no_text_of_a_member_is_logged(world: World, caplog: pytest.LogCaptureFixture) -> None:
    """At INFO the log knows that something was asked, not what."""
    with caplog.at_level(logging.INFO, logger="bot"):
        await world.ask("xyzzy racheter le moulin ?")
        await world.ada.send_dm("xyzzy racheter le moulin ?")
        await world.ada.send(world.channel, world.mention("xyzzy racheter ?"))
    ours = [record for record in caplog.records if record.name.startswith("bot")]
    assert ours
    assert not any("xyzzy" in f"{record.getMessage()} {vars(record)}" for record in ours)


async def test_a_database_that_fails_tells_the_log_neither_who_nor_what(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    """What cannot be kept or read is a line each in the log: what went wrong, and nothing else."""
    world.expected = (StoreError,)
    form = await world.ada.click(seen(await world.ask(QUESTION)), label="Signaler")
    with closing(sqlite3.connect(world.database)) as connection:
        connection.execute("DROP TABLE reports")
    await world.ada.submit_modal(form, {"commentaire": "xyzzy est faux."})
    await world.ada.slash(world.channel, "mesdonnees")
    incidents = [record for record in caplog.records if record.getMessage().startswith("incident")]
    assert len(incidents) == 2
    assert all(record.getMessage().endswith("no such table: reports.") for record in incidents)
    assert not any(record.exc_info for record in incidents)
    assert str(world.ada.id) not in caplog.text
    assert "xyzzy" not in caplog.text
