"""What is kept of the questions that people ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.bot.conftest import World


async def gaps(world: World) -> list[tuple[str, str]]:
    """Return the questions kept as unanswered, and why they were not answered."""
    await world.store.flush()
    return [(gap.question, gap.cause) for gap in await world.store.gaps(10)]


async def test_of_a_message_half_answered_the_other_half_is_kept(world: World) -> None:
    """Each question that could not be answered is kept by itself, with its own cause; the others are not."""
    await world.ada.send_dm("combien de salariés le moulin emploie-t-il ? et qui est le maire de Lyon ?")
    assert await gaps(world) == [("qui est le maire de lyon", "name")]
