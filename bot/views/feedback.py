"""What members thought of the answers, as curators read it: each reported error can be ticked off."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Final, Self

import discord
from discord import ui

from bot.asking.access import require_curator
from bot.curating.feedback import REPORTS_AT_MOST, exported, left_out, report_shown, votes_shown
from bot.views.base import CALM, Layout, Persistent, small
from bot.views.state import PREFIX

if TYPE_CHECKING:
    import re

    from bot.client import Interaction, SagaBot

READ_AT_MOST: Final = 2_000
"""So many reports are read from the store, the latest, and so many answers voted down; the file has all reports."""
FILE: Final = "signalements.txt"


async def overview(bot: SagaBot) -> tuple[Layout, list[discord.File]]:
    """Return the answers voted down and the latest reports, and all reports as a file where there are any."""
    votes = await bot.store.votes_down(READ_AT_MOST)
    reports = await bot.store.reports(READ_AT_MOST)
    base = bot.holder.current.base
    container: ui.Container[Layout] = ui.Container(ui.TextDisplay(votes_shown(votes, base)), accent_colour=CALM)
    container.add_item(ui.TextDisplay("### Erreurs signalées" if reports else "### Erreurs signalées\nAucune."))
    for report in reports[:REPORTS_AT_MOST]:
        container.add_item(ui.Section(ui.TextDisplay(report_shown(report, base)), accessory=HandledButton(report.id)))
    if not reports:
        return Layout(container), []
    more = left_out(reports)
    if more:
        container.add_item(ui.TextDisplay(small(more)))
    container.add_item(ui.File(f"attachment://{FILE}"))
    return Layout(container), [discord.File(io.BytesIO(exported(reports, base)), filename=FILE)]


class HandledButton(Persistent[ui.Button[Any]], template=rf"{PREFIX}:h:(?P<number>\d{{1,18}})"):
    """Ticks a report off, for whoever keeps the base: it has been read, and is kept no longer."""

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(ui.Button(label="Traité", custom_id=f"{PREFIX}:h:{number}"))

    @classmethod
    async def from_custom_id(cls, _: Interaction, __: ui.Item[Any], match: re.Match[str], /) -> Self:  # type: ignore[override]
        """Return the button again, from its custom id."""
        return cls(int(match["number"]))

    async def act(self, interaction: Interaction) -> None:
        """Delete the report, then show what is left."""
        require_curator(interaction)
        await interaction.client.store.dealt_with(self.number)
        view, files = await overview(interaction.client)
        await interaction.response.edit_message(view=view, attachments=files)
