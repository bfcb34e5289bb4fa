"""What members thought of the answers: votes and reported errors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.escaping import harmless, plain
from bot.french import counted, date, label
from knowledge.composing import typeset

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.store import Report, VotedIntent
    from knowledge.model import KnowledgeBase

VOTES_AT_MOST: Final = 10
REPORTS_AT_MOST: Final = 6


def shown(votes: Sequence[VotedIntent], reports: Sequence[Report], base: KnowledgeBase) -> str:
    """Return the answers voted down and the latest reports."""
    lines = [typeset("### Réponses jugées inutiles")]
    if votes:
        lines += [f"- 👎 {vote.down} · 👍 {vote.up} — {_question(vote.intent, base)}" for vote in votes[:VOTES_AT_MOST]]
    else:
        lines.append("Aucune.")
    lines.append("### Erreurs signalées")
    if not reports:
        lines.append("Aucune.")
    for report in reports[:REPORTS_AT_MOST]:
        asked = f" — {harmless(report.question, 90)}" if report.question else ""
        lines.append(f"- **n°\u00a0{report.id}**, {date(report.at.date().isoformat())}{asked}")
        lines.append(f"  {harmless(report.comment, 220)}")
    if len(reports) > REPORTS_AT_MOST:
        lines.append(f"-# … et {counted(len(reports) - REPORTS_AT_MOST, 'autre')}, dans le fichier joint.")
    return "\n".join(lines)


def exported(reports: Sequence[Report]) -> bytes:
    """Return all reports as a text file."""
    blocks = [
        f"n° {report.id} · {report.at.isoformat(timespec='minutes')} · intention {report.intent or '–'}\n"
        f"Question : {report.question or '–'}\n{report.comment}\n"
        for report in reports
    ]
    return "\n".join(blocks).encode()


def _question(intent: str, base: KnowledgeBase) -> str:
    known = base.intents.get(intent)
    return plain(label(known.question, 110)) if known else f"`{harmless(intent, 60)}` (n’est plus dans la base)"
