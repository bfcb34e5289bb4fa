"""/mesdonnees: what is kept about a person, and its deletion."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

import discord
import pytest
from discord import ui

from bot.views import mydata
from bot.views.base import Layout
from bot.views.mydata import ForgetButton, Step
from tests.bot.conftest import MOMENT, labels, seen, text

if TYPE_CHECKING:
    from tests.bot.conftest import World


async def test_nothing_is_kept_of_somebody_who_only_asks(world: World) -> None:
    """Questions leave nothing with a name; what is said to be kept is what is kept."""
    await world.ask("Qui voulait racheter le moulin ?")
    await world.ada.send_dm("une question sans réponse")
    result = await world.ada.slash(world.channel, "mesdonnees")
    assert result.ephemeral
    assert "Je ne conserve rien à votre sujet" in text(result.response)
    assert labels(result.response) == []


@pytest.mark.parametrize("restarted", [False, True])
async def test_everything_kept_can_be_deleted(world: World, *, restarted: bool) -> None:
    """Votes and reports are counted, and two clicks delete them, and only this person's."""
    answer = seen(await world.ask("Qui voulait racheter le moulin ?"))
    await world.ada.click(answer, label="Pas utile")
    await world.bob.click(answer, label="Pas utile")
    form = await world.ada.click(answer, label="Signaler")
    await world.ada.submit_modal(form, {"question": "Qui rachète ?", "commentaire": "Faux."})
    shown = seen(await world.ada.slash(world.channel, "mesdonnees"))
    assert "1\u00a0vote et 1\u00a0signalement" in text(shown)
    assert "👎 — Qui voulait racheter le moulin" in text(shown)
    assert "⚠️ «\u00a0Faux.\u00a0» — qui rachete" in text(shown)
    if restarted:
        await world.restart()
    await world.ada.click(shown, label="Tout effacer")
    assert "Effacer 1\u00a0vote et 1\u00a0signalement\u202f? C’est définitif." in text(shown)
    assert len(await world.store.personal(world.ada.id)) == 2
    if restarted:
        await world.restart()
    await world.ada.click(shown, label="Effacer pour de bon")
    assert "2\u00a0données effacées" in text(shown)
    assert shown.attachments == []
    assert labels(shown) == []
    assert not await world.store.personal(world.ada.id)
    assert len(await world.store.personal(world.bob.id)) == 1
    assert await world.store.reports(10) == []


async def test_who_does_not_mean_it_sees_everything_again(world: World) -> None:
    """The first click deletes nothing, and the way back leads to the card as it was, with its file."""
    await world.ada.click(seen(await world.ask("Qui voulait racheter le moulin ?")), label="Utile")
    shown = seen(await world.ada.slash(world.channel, "mesdonnees"))
    before = text(shown)
    await world.ada.click(shown, label="Tout effacer")
    assert shown.attachments == []
    await world.ada.click(shown, label="Ne rien effacer")
    assert text(shown) == before
    assert labels(shown) == ["Tout effacer"]
    assert [file.filename for file in shown.attachments] == ["donnees.txt"]
    assert len(await world.store.personal(world.ada.id)) == 1


async def test_the_conversation_in_memory_goes_too(world: World) -> None:
    """After the deletion, nothing that was said before is leant on."""
    answer = seen(await world.ask("Combien Azur offre-t-elle pour le moulin ?"))
    await world.ada.click(answer, label="Utile")
    shown = seen(await world.ada.slash(world.channel, "mesdonnees"))
    await world.ada.click(shown, label="Tout effacer")
    await world.ada.click(shown, label="Effacer pour de bon")
    assert len(world.bot.conversations) == 0


async def test_nobody_deletes_for_somebody_else(world: World) -> None:
    """The buttons belong to their person, wherever they are seen (in a direct message they cannot be private)."""
    await world.ada.click(seen(await world.ask("Qui voulait racheter le moulin ?")), label="Utile")
    channel = world.bot.get_channel(world.channel.id)
    assert isinstance(channel, discord.TextChannel)
    await channel.send(view=Layout(ui.ActionRow(*(ForgetButton(world.ada.id, step) for step in Step))))
    for label in ("Tout effacer", "Effacer pour de bon", "Ne rien effacer"):
        result = await world.bob.click(world.last(), label=label)
        assert "que ses propres données" in text(result.response)
    assert len(await world.store.personal(world.ada.id)) == 1


async def test_of_much_the_newest_is_shown(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """However much is kept, the card fits, newest first, and says how much it leaves out; words show as written.

    Nothing is left out of the file: each report has its question and its whole comment.
    """
    monkeypatch.setattr(world.store, "_clock", itertools.count(MOMENT.timestamp()).__next__)
    for number in range(60):
        await world.store.vote(world.ada.id, f"k{number}", "acheteurs", useful=True)
    for number in range(20):
        comment = f"@everyone {number} " + "*x* `y` " * 100
        await world.store.report(world.ada.id, "k", None, f"ou habite ada {number} " + "x" * 180, comment)
    await world.store.reloaded(world.ada.id, "0123456789abcdef", ok=True, summary="")
    card = seen(await world.ada.slash(world.channel, "mesdonnees"))
    shown = text(card)
    assert len(shown) < 4_000
    assert "et 71\u00a0autres" in shown
    assert "version `0123456789`\n" in shown
    assert re.findall(r"rechargée|👍|ada \d+", shown) == ["rechargée", *(f"ada {19 - older}" for older in range(9))]
    assert "@everyone" not in shown
    (file,) = card.attachments
    listed = (await file.read()).decode()
    assert listed.count("réponse jugée utile : Qui voulait racheter le moulin") == 60
    assert all(f"Question : ou habite ada {number} {'x' * 180}\n@everyone {number} " in listed for number in range(20))
    assert listed.count("*x* `y` " * 100) == 20


async def test_of_more_than_a_file_may_hold_the_newest_is_given(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Discord refuses a file that is too large: it ends before, and card and file say so, and where the rest is."""
    monkeypatch.setattr(mydata, "FILE_AT_MOST", 1_000)
    monkeypatch.setattr(world.store, "_clock", itertools.count(MOMENT.timestamp()).__next__)
    for number in range(5):
        await world.store.report(world.ada.id, "k", None, f"question {number}", "é" * 150)
    card = seen(await world.ada.slash(world.channel, "mesdonnees"))
    told = "2\u00a0données, les plus récentes"
    assert f"Le fichier contient {told}" in text(card)
    assert "personne qui héberge le bot" in text(card)
    (file,) = card.attachments
    listed = (await file.read()).decode()
    assert re.findall(r"question \d", listed) == ["question 4", "question 3"]
    assert told in listed.splitlines()[-1]
    assert "5\u00a0signalements" in text(card)


async def test_a_reload_is_shown_to_its_curator(world: World) -> None:
    """A curator's id stands beside each reload; that is shown too."""
    await world.carla.slash(world.channel, "admin recharger")
    shown = text(seen(await world.carla.slash(world.channel, "mesdonnees")))
    assert "base rechargée, version `" in shown
