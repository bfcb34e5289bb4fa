"""What is kept of the questions that people ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.asking.answering import Door
from tests.bot.conftest import text

if TYPE_CHECKING:
    from tests.bot.conftest import World


async def gaps(world: World) -> list[tuple[str, str, int]]:
    """Return the questions kept as unanswered: why, and how often."""
    await world.store.flush()
    return [(gap.question, gap.cause, gap.count) for gap in await world.store.gaps(10)]


async def test_of_a_message_half_answered_the_other_half_is_kept(world: World) -> None:
    """Each question that could not be answered is kept by itself, with its own cause; the others are not."""
    await world.ada.send_dm("combien de salariés le moulin emploie-t-il ? et qui est le maire de Lyon ?")
    assert await gaps(world) == [("qui est le maire de lyon", "name", 1)]


async def test_of_a_long_question_the_beginning_is_kept(world: World) -> None:
    """What is kept of an unanswered question has at most 200 characters, as PRIVACY.md says."""
    await world.ada.send_dm(f"quand a brûlé le Pérou, {'ville de brume et de soie ' * 18}?")
    ((kept, _, _),) = await gaps(world)
    assert kept.startswith("quand a brule le perou")
    assert len(kept) == 200


@pytest.mark.parametrize("said", ["pourquoi ?", "hein ?", "et"])
async def test_what_asks_nothing_is_no_gap(world: World, said: str) -> None:
    """Where no question was found, the base lacks no answer."""
    await world.ada.send_dm(said)
    assert await gaps(world) == []
    (counted,) = await world.store.daily(1)
    assert counted.outcome == "unknown"


async def test_whoever_was_told_all_asks_for_nothing_that_the_base_lacks(world: World) -> None:
    """« et qui d'autre ? » behind an answer that names everybody is no gap, as « et ensuite ? » is none."""
    await world.ada.send_dm("qui voulait racheter le moulin ?")
    await world.ada.send_dm("et qui d'autre ?")
    assert "rien d’autre" in text(world.last(world.dm(world.ada)))
    assert await gaps(world) == []


async def test_nothing_is_kept_of_a_message_that_somebody_else_may_have_written(world: World) -> None:
    """A question about a message, by its menu, a forward or a mention in reply, leaves nothing of what it says."""
    hers = await world.bob.send(world.channel, "Marie Dupont habite 12 rue des Lilas")
    await world.ada.context_menu(world.channel, "Que dit la saga ?", hers)
    await world.ada.forward(hers, world.dm(world.ada))
    assert "la saga du moulin" in text(world.last(world.dm(world.ada)))
    assert await gaps(world) == []
    asked = await world.bob.send(world.channel, world.mention("qui est le maire de Lyon ?"))
    await world.ada.send(world.channel, world.mention(), reply_to=asked)
    assert await gaps(world) == [("qui est le maire de lyon", "name", 1)]
    assert {count.door for count in await world.store.daily(1)} == {Door.MENU, Door.MENTION, Door.QUOTE}
