"""A slow database keeps nobody beyond Discord's three seconds: the response is announced, and comes."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import aiohttp
import discord
import pytest

from bot.connection import waiting
from tests.bot.conftest import seen, text

if TYPE_CHECKING:
    from tests.bot.conftest import World

QUESTION = "Qui voulait racheter le moulin ?"


@pytest.fixture
def announced(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Have every response announced first; return how: whether each would be a message of its own."""

    async def in_vain(doing: set[asyncio.Future[Any]], **_: float) -> tuple[set[Any], set[asyncio.Future[Any]]]:
        return set(), doing

    # SimCord's clock stands still: no time runs out by itself.
    monkeypatch.setattr(waiting, "asyncio", SimpleNamespace(**{**vars(asyncio), "wait": in_vain}))
    asked: list[bool] = []
    defer = discord.InteractionResponse.defer

    async def noted(self: discord.InteractionResponse[Any], *, ephemeral: bool, thinking: bool) -> None:
        asked.append(thinking)
        assert ephemeral
        await defer(self, ephemeral=ephemeral, thinking=thinking)

    monkeypatch.setattr(discord.InteractionResponse, "defer", noted)
    return asked


async def test_what_is_kept_late_is_told_late(world: World, announced: list[bool]) -> None:
    """A vote and a report are thanked for once they are kept."""
    answer = seen(await world.ask(QUESTION))
    assert "C’est noté" in text(seen(await world.ada.click(answer, label="Utile")))
    form = await world.ada.click(answer, label="Signaler")
    assert "Merci" in text(seen(await world.ada.submit_modal(form, {"commentaire": "Faux."})))
    assert announced == [True, True]
    assert len(await world.store.personal(world.ada.id)) == 2


async def test_what_is_read_late_is_shown_late(world: World, announced: list[bool]) -> None:
    """The commands that read the database first."""
    for who, name, sign in (
        (world.ada, "mesdonnees", "Vos données"),
        (world.manager, "reglages", "Réglages"),
        (world.carla, "admin statistiques", "derniers jours"),
        (world.carla, "admin sante", "saga-bot"),
    ):
        result = await who.slash(world.channel, name)
        assert result.ephemeral
        assert sign in text(seen(result))
    assert announced == [True] * 4


async def test_a_card_changes_late(world: World, announced: list[bool]) -> None:
    """What a button puts in the place of its card comes there, and takes the file away."""
    await world.store.vote(world.ada.id, "k", "acheteurs", useful=True)
    await world.store.report(world.ada.id, "k", "acheteurs", "combien", "Faux.")
    reports = seen(await world.carla.slash(world.channel, "admin avis"))
    announced.clear()
    await world.carla.click(reports, label="Traité")
    assert "Erreurs signalées\nAucune." in text(reports)
    settings = seen(await world.manager.slash(world.channel, "reglages"))
    await world.manager.click(settings, label="Ne plus répondre")
    assert "je ne réponds pas" in text(settings)
    data = seen(await world.ada.slash(world.channel, "mesdonnees"))
    await world.ada.click(data, label="Tout effacer")
    await world.ada.click(data, label="Effacer pour de bon")
    assert "C’est fait" in text(data)
    assert data.attachments == []
    assert announced == [False, True, False, True, False, False]


async def test_a_failure_is_told_late(world: World, announced: list[bool], monkeypatch: pytest.MonkeyPatch) -> None:
    """What goes wrong after the announcement is told to the person alone, and what cannot be announced is done."""
    world.expected = (OSError, discord.NotFound)
    answer = seen(await world.ask(QUESTION))

    async def fail(*_: object, **__: object) -> None:
        raise OSError

    with monkeypatch.context() as patch:
        patch.setattr(world.store, "vote", fail)
        result = await world.ada.click(answer, label="Utile")
        assert result.ephemeral
        assert "s’est mal passé" in text(seen(result))
    world.env.inject_error("POST", "/interactions/*", status=404, code=10062)
    await world.ada.click(answer, label="Utile")
    assert announced == [True, True]
    assert len(await world.store.personal(world.ada.id)) == 1


@pytest.mark.parametrize("error", [aiohttp.ServerDisconnectedError(), ConnectionResetError()], ids=repr)
async def test_what_cannot_be_announced_is_done_and_told(
    world: World, announced: list[bool], monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    """A network that fails under the announcement loses no vote, and no thanks for it."""

    async def fail(*_: object, **__: object) -> None:
        announced.append(True)
        raise error

    answer = seen(await world.ask(QUESTION))
    monkeypatch.setattr(discord.InteractionResponse, "defer", fail)
    assert "C’est noté" in text(seen(await world.ada.click(answer, label="Utile")))
    assert announced == [True]
    assert len(await world.store.personal(world.ada.id)) == 1
