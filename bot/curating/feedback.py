"""What members thought of the answers: votes and reported errors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.writing.escaping import harmless, plain
from bot.writing.french import clipped, counted, date, label
from knowledge.composing import typeset

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.store import Report, VotedIntent
    from knowledge.model import KnowledgeBase

VOTES_AT_MOST: Final = 10
REPORTS_AT_MOST: Final = 6
VOTES_TEXT, REPORT_TEXT = 1_300, 420
"""Markup made harmless is twice as long: together, these stay within Discord's 4,000 characters."""


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
        known = base.intents.get(report.intent or "")
        answered = f"{report.intent} ({known.question})" if known else report.intent or "–"
        blocks.append(
            f"n° {report.id} · {report.at.isoformat(timespec='minutes')} · intention {answered}\n"
            f"Question : {report.question or '–'}\n{report.comment}\n"
        )
    return "\n".join(blocks).encode()


def _question(intent: str, base: KnowledgeBase) -> str:
    known = base.intents.get(intent)
    return plain(label(known.question, 110)) if known else f"`{harmless(intent, 60)}` (n’est plus dans la base)"
