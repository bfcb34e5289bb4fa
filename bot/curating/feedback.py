"""What members thought of the answers: votes, and reported errors, each of which can be ticked off."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Final, Self

import discord
from discord import ui

from bot.asking.access import require_curator
from bot.connection.waiting import waited
from bot.views.base import CALM, Layout, Persistent, replace, small
from bot.views.state import PREFIX
from bot.writing.citing import TOGETHER, question_of, questions_of
from bot.writing.escaping import harmless, plain
from bot.writing.french import clipped, counted, date, label
from knowledge.language.typography import typeset

if TYPE_CHECKING:
    import re
    from collections.abc import Sequence

    from bot.client import Interaction, SagaBot
    from bot.store import Report, VotedIntent
    from knowledge.model import KnowledgeBase

READ_AT_MOST: Final = 2_000
"""So many reports are read from the store, the latest, and so many answers voted down; the file has all reports."""
FILE: Final = "signalements.txt"
VOTES_AT_MOST: Final = 10
REPORTS_AT_MOST: Final = 6
QUESTIONS_AT_MOST: Final = 110
"""How much of the questions of one answer is shown."""
VOTES_TEXT, REPORT_TEXT = 1_300, 420
"""Markup made harmless is twice as long: together, these stay within Discord's 4,000 characters."""


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
        view, files = await waited(interaction, self._without(interaction.client), replacing=True)
        await replace(interaction, view, files)

    async def _without(self, bot: SagaBot) -> tuple[Layout, list[discord.File]]:
        await bot.store.dealt_with(self.number)
        return await overview(bot)


def votes_shown(votes: Sequence[VotedIntent], base: KnowledgeBase) -> str:
    """Return the answers voted down, and how many more there are than are shown."""
    lines = [f"- 👎 {vote.down} · 👍 {vote.up} — {_question(vote.intent, base)}" for vote in votes[:VOTES_AT_MOST]]
    shown = clipped("\n".join((typeset("### Réponses jugées inutiles"), *(lines or ["Aucune."]))), VOTES_TEXT)
    more = len(votes) - VOTES_AT_MOST
    return f"{shown}\n-# … et {counted(more, 'autre')}." if more > 0 else shown


def report_shown(report: Report, base: KnowledgeBase) -> str:
    """Return a reported error, with the question as it was given, or else that of the base which the answer was to."""
    about = harmless(report.question, 90) or (_question(report.intent, base) if report.intent else "")
    asked = f" — {about}" if about else ""
    said = f"**n°\u00a0{report.id}**, {date(report.at.date().isoformat())}{asked}\n{harmless(report.comment, 220)}"
    return clipped(said, REPORT_TEXT)


def left_out(reports: Sequence[Report]) -> str:
    """Return how many reports the file has beyond those shown; the empty string where it has no more."""
    more = len(reports) - REPORTS_AT_MOST
    return f"… et {counted(more, 'autre')}, dans le fichier joint." if more > 0 else ""


def exported(reports: Sequence[Report], base: KnowledgeBase) -> bytes:
    """Return all reports as a text file."""
    blocks = []
    for report in reports:
        question = question_of(report.intent, base)
        answered = f"{report.intent} ({question})" if question else report.intent or "–"
        blocks.append(
            f"n° {report.id} · {report.at.isoformat(timespec='minutes')} · intention {answered}\n"
            f"Question : {report.question or '–'}\n{report.comment}\n"
        )
    return "\n".join(blocks).encode()


def _question(intent: str, base: KnowledgeBase) -> str:
    questions = questions_of(intent, base)
    if not questions:
        return f"`{harmless(intent, 60)}` (n’est plus dans la base)"
    return TOGETHER.join(plain(label(question, QUESTIONS_AT_MOST // len(questions))) for question in questions)
