"""How many questions, by which door, with what outcome."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from bot.asking.answering import Door
from bot.writing.french import counted, date
from knowledge.language.typography import typeset
from knowledge.reply import Outcome

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.store import DailyCount

OUTCOMES: Final = {
    Outcome.ANSWERED: ("réponse", "réponses"),
    Outcome.CLARIFY: ("précision demandée", "précisions demandées"),
    Outcome.UNKNOWN: ("sans réponse", "sans réponse"),
    Outcome.SMALLTALK: ("politesse", "politesses"),
}
DOORS: Final = {
    Door.COMMAND: "/question",
    Door.DIRECT: "message privé",
    Door.MENTION: "mention",
    Door.REPLY: "réponse",
    Door.QUOTE: "message cité",
    Door.MENU: "menu",
    Door.BUTTON: "bouton",
}
DAYS_AT_MOST: Final = 14
BAR: Final = 10
"""With its number and day, so long a bar stays on one line of a phone."""


def shown(counts: Sequence[DailyCount], days: int) -> str:
    """Return the counts of the last days as a short report."""
    head = "### Aujourd’hui" if days == 1 else f"### {days}\u00a0derniers jours"
    total = sum(count.count for count in counts)
    if not total:
        return typeset(f"{head}\nAucune question.")
    by_outcome: Counter[str] = Counter()
    by_door: Counter[str] = Counter()
    by_day: Counter[str] = Counter()
    for count in counts:
        by_outcome[count.outcome] += count.count
        by_door[count.door] += count.count
        by_day[count.day.isoformat()] += count.count
    outcomes = ", ".join(
        counted(by_outcome[name.value], *nouns) for name, nouns in OUTCOMES.items() if by_outcome[name.value]
    )
    doors = ", ".join(f"{said} {by_door[door]}" for door, said in DOORS.items() if by_door[door])
    most, this_year = max(by_day.values()), f" {max(by_day)[:4]}"
    rows = [
        f"`{'█' * max(1, round(BAR * number / most)):<{BAR}}` {number} · {date(day).removesuffix(this_year)}"
        for day, number in sorted(by_day.items(), reverse=True)[:DAYS_AT_MOST]
    ]
    older = len(by_day) - DAYS_AT_MOST
    if older > 0:
        rows.append(f"-# … et {counted(older, 'jour plus ancien', 'jours plus anciens')}.")
    return "\n".join(
        [typeset(f"{head}\n**{counted(total, 'question')}** : {outcomes}."), typeset(f"-# Par où : {doors}."), *rows]
    )
