"""What was asked and had no answer: near-duplicates together, what has one by now last, most asked first."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rapidfuzz import fuzz, process

from bot.escaping import harmless
from bot.french import counted
from knowledge.composing import typeset
from knowledge.engine import answer
from knowledge.reply import Outcome

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.store import Gap
    from knowledge.model import KnowledgeBase

ALIKE: Final = 88
"""From this likeness on, two questions are one, in whatever order their words stand."""
SHOWN_AT_MOST: Final = 15
ANSWERED: Final = "posée seule, a une réponse"
CAUSES: Final = {
    "empty": "aucune question trouvée",
    "off-topic": "hors de la saga",
    "detail": "détail que la base n’a pas",
    "name": "nom inconnu",
    "year": "année sans faits",
    "gap": "absence connue",
    "remark": "rien de demandé",
    "adrift": "fil perdu",
    "later": "pas de suite",
    "earlier": "rien d’antérieur",
    "point": "point absent",
}


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that are nearly the same: the most asked one, why, how often in all, when last, and the others."""

    question: str
    cause: str
    count: int
    last_at: datetime
    others: tuple[str, ...]
    answered: bool
    """Whether each gets an answer by now, asked alone: whoever asked it may have leaned on what was said before."""


def grouped(gaps: Sequence[Gap], base: KnowledgeBase) -> list[Group]:
    """Return gaps with near-duplicates together, what `base` answers by now last, most asked first.

    Thousands take a while: not for the event loop.
    """
    leaders: list[tuple[Gap, list[Gap]]] = []
    known: list[str] = []
    """The words of each leader, sorted."""
    for gap in sorted(gaps, key=lambda gap: (-gap.count, gap.question)):
        said = " ".join(sorted(gap.question.split()))
        near = process.extractOne(said, known, scorer=fuzz.ratio, score_cutoff=ALIKE)
        if near:
            leaders[near[2]][1].append(gap)
        else:
            leaders.append((gap, [gap]))
            known.append(said)
    groups = [
        Group(
            leader.question,
            leader.cause,
            sum(member.count for member in members),
            max(member.last_at for member in members),
            tuple(dict.fromkeys(member.question for member in members if member.question != leader.question)),
            all(answer(member.question, base).outcome is Outcome.ANSWERED for member in members),
        )
        for leader, members in leaders
    ]
    return sorted(groups, key=lambda group: (group.answered, -group.count, group.question))


def shown(groups: Sequence[Group]) -> str:
    """Return the first gaps as a list."""
    if not groups:
        return typeset("### Lacunes\nToutes les questions ont eu une réponse.")
    lines = [typeset(f"### Lacunes : {counted(len(groups), 'question restée', 'questions restées')} sans réponse")]
    for group in groups[:SHOWN_AT_MOST]:
        alike = f" · {counted(len(group.others), 'variante')}" if group.others else ""
        cause = harmless(CAUSES.get(group.cause, group.cause), 40)
        answered = f" · {ANSWERED}" if group.answered else ""
        lines.append(f"- **{group.count}\u00a0×** {harmless(group.question, 110)}\n  -# {cause}{alike}{answered}")
    if len(groups) > SHOWN_AT_MOST:
        lines.append(f"-# … et {counted(len(groups) - SHOWN_AT_MOST, 'autre')}, dans le fichier joint.")
    return "\n".join(lines)


def exported(groups: Sequence[Group]) -> bytes:
    """Return all gaps as a CSV file that a spreadsheet opens, without formulas in it."""
    text = io.StringIO()
    rows = csv.writer(text, delimiter=";")
    rows.writerow(["question", "fois", "cause", "dernière fois", "variantes", "aujourd’hui"])
    for group in groups:
        variants = " | ".join(group.others)
        rows.writerow(
            [
                _inert(group.question),
                group.count,
                _inert(CAUSES.get(group.cause, group.cause)),
                group.last_at.isoformat(timespec="minutes"),
                _inert(variants),
                ANSWERED if group.answered else "",
            ]
        )
    return text.getvalue().encode("utf-8-sig")


def _inert(text: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in "=+-@\t\r" and text else text
