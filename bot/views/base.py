"""What all views share: layouts that Discord keeps for us, buttons that outlive a restart, plain notices, responses."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, Final, TypeVar

import discord
from discord import ui

from bot import logs
from knowledge.language.typography import typeset

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bot.client import Interaction

log = logging.getLogger(__name__)

TEXT_AT_MOST: Final = 4000
"""Discord takes at most so many characters of text in one message of components."""
CALM, WARM, GREY, ALARM = (discord.Colour(value) for value in (0x2D7D6E, 0xC98A1B, 0x7A7F87, 0xB3403A))

ItemT = TypeVar("ItemT", bound="ui.Item[Any]")


class Layout(ui.LayoutView):
    """A message of components, ready to send. Clicks reach its `Persistent` items by custom id, not by this object."""

    def __init__(self, *items: ui.Item[Any]) -> None:
        super().__init__(timeout=None)
        for item in items:
            self.add_item(item)
        # A finished view is sent as it is and not remembered by discord.py: nothing of it lives here.
        self.stop()


class Persistent(ui.DynamicItem[ItemT], template=r"(?!)"):
    """A button or menu that works for ever, also after a restart: its custom id holds all that it needs.

    Subclasses do their work in `act`, and are listed in `client.PERSISTENT`.
    """

    async def callback(self, interaction: Interaction) -> None:  # type: ignore[override] # our client, always
        """Act, and hand whatever goes wrong to the one error handler (discord.py would only log it)."""
        with logs.request():
            log.info("component", extra={"item": type(self).__name__, "interaction": interaction.id})
            try:
                await self.act(interaction)
            except Exception as error:  # noqa: BLE001 - the last resort of this door
                await interaction.client.failed(interaction, error)

    async def act(self, interaction: Interaction) -> None:
        """Do what the button is for."""
        raise NotImplementedError


def every(components: Iterable[object]) -> Iterator[object]:
    """Yield components and those inside them, from top to bottom."""
    for component in components:
        yield component
        yield from every(getattr(component, "children", ()))


def small(lines: str | Sequence[str]) -> str:
    """Return lines as Discord's small grey text."""
    several = [lines] if isinstance(lines, str) else lines
    return "\n".join(f"-# {line}" for line in several)


def notice(sentence: str, *, colour: discord.Colour | None = None) -> Layout:
    """Return one sentence as a view."""
    return Layout(ui.Container(ui.TextDisplay(typeset(sentence)[:TEXT_AT_MOST]), accent_colour=colour))


def sheet(text: str, *, file: str | None = None, colour: discord.Colour = CALM) -> Layout:
    """Return a report for curators as a card, with the file that belongs to it."""
    container: ui.Container[Layout] = ui.Container(ui.TextDisplay(text[:TEXT_AT_MOST]), accent_colour=colour)
    if file:
        container.add_item(ui.File(f"attachment://{file}"))
    return Layout(container)


async def show(interaction: Interaction, view: discord.ui.LayoutView, files: Sequence[discord.File] = ()) -> None:
    """Respond with a view that only the person of the interaction sees."""
    if interaction.response.is_done():
        await interaction.followup.send(view=view, files=files, ephemeral=True)
    else:
        await interaction.response.send_message(view=view, files=files, ephemeral=True)


async def replace(interaction: Interaction, view: discord.ui.LayoutView, files: Sequence[discord.File] = ()) -> None:
    """Respond with a view, and its files, in the place of the message that the interaction belongs to."""
    if interaction.response.is_done():
        await interaction.edit_original_response(view=view, attachments=files)
    else:
        await interaction.response.edit_message(view=view, attachments=files)
