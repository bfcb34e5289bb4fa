"""French for people: dates, counts and lists as one writes them."""

from __future__ import annotations

import re
from typing import Final

from knowledge.language.typography import typeset
from knowledge.model import Status, When

MONTHS: Final = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
DOT: Final = "\u00a0· "
"""Between things told side by side: no line of a narrow screen begins with it."""
_DAY = re.compile(rf"\b(\d{{1,2}}(?:er)?) (?=(?:{'|'.join(MONTHS)})\b)")
STATUS: Final = {
    Status.ESTABLISHED: "établi par l’article",
    Status.REPORTED: "rapporté",
    Status.ANNOUNCED: "annoncé",
    Status.CLAIMED: "affirmé",
    Status.DENIED: "démenti",
    Status.OPINION: "avis",
    Status.HYPOTHETICAL: "hypothèse",
}
"""How firmly an article stands behind a fact, in a word or two."""


def date(iso: str) -> str:
    """Return an ISO date of any precision in French: "14 septembre 2020" (never "14" alone at a line's end), "2025"."""
    year, _, rest = iso.partition("-")
    month, _, day = rest.partition("-")
    if not month:
        return year
    name = MONTHS[int(month) - 1]
    if not day:
        return f"{name} {year}"
    return f"{'1er' if int(day) == 1 else int(day)}\u00a0{name} {year}"


def period(when: When | None, *, missing: str = "sans date") -> str:
    """Return a date or period in French, marked where it was inferred; `missing` where there is none."""
    if when is None:
        return missing
    first, last = date(when.first), date(when.last)
    if first == last:
        said = first
    elif len(when.first) == len(when.last) == 4:
        said = f"{first}-{last}"
    else:
        said = f"{_shortened(when.first, when.last)} – {last}"
    return f"{said} (date déduite)" if when.inferred else said


def _shortened(first: str, last: str) -> str:
    """Return the first date of a period without what it shares with the last ("14 – 20 septembre 2020")."""
    if first[:4] != last[:4]:
        return date(first)
    words = date(first).split()[:-1]
    if len(first) == len(last) == len("2020-09-14") and first[:7] == last[:7]:
        words = words[:-1]
    return "\u00a0".join(words) or date(first)


def counted(number: int, one: str, many: str | None = None) -> str:
    """Return a number with its noun: "1 fait", "0 fait", "2 faits"."""
    noun = one if abs(number) < 2 else many or f"{one}s"
    return f"{number}\u00a0{noun}"


def capital(text: str) -> str:
    """Return a text with a capital at its beginning."""
    return text[:1].upper() + text[1:]


def unbroken(text: str) -> str:
    """Return a text whose days stay with their months: never "le 14" at a line's end."""
    return _DAY.sub("\\1\u00a0", text)


def clipped(text: str, limit: int) -> str:
    """Return `text` in at most `limit` characters, cut at a word, with an ellipsis where it was cut."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    space = cut.rfind(" ")
    return (cut[:space] if space > limit // 2 else cut).rstrip(" ,;:.") + "…"


def label(text: str, limit: int = 80) -> str:
    """Return a text for a button or a choice: typeset, without line breaks, short enough for Discord."""
    return clipped(typeset(" ".join(text.split())), limit)
