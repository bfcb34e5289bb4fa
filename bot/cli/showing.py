"""A reply as a terminal shows it."""

from __future__ import annotations

import re
import shutil
import textwrap
from pathlib import Path
from typing import Any

from bot.writing.citing import dated
from knowledge.language.terms import Term
from knowledge.language.typography import typeset
from knowledge.model import KnowledgeBase, When
from knowledge.reply import Part, Reply, Source
from knowledge.verdict.opening import opened

DIM, RESET = "\x1b[2m", "\x1b[0m"


def written(reply: Reply, *, colour: bool = False, width: int | None = None) -> str:
    """Return the text, the numbered sources (dimmed where `colour`), and what to ask next.

    Lines are broken between words where they are longer than `width`.
    """
    lines = [folded(reply.text, width)]
    extra = [f"[{source.number}] {cited(source)}" for source in reply.sources]
    if reply.suggestions:
        extra += ["Vous pouvez demander :" if extra else "Ce que je sais dire :"]
        extra += [f"  – {question}" for question in reply.suggestions]
    if extra:
        text = folded("\n".join(extra), width)
        lines.append(f"{DIM}{text}{RESET}" if colour else text)
    return "\n\n".join(lines)


def width_of(stream: Any) -> int | None:
    """Return how many columns a terminal has; None for what is no terminal."""
    return shutil.get_terminal_size().columns if stream.isatty() else None


def folded(text: str, width: int | None) -> str:
    """Return a text whose lines are broken between words, never at a space that French holds together.

    The points of a list, sources and proposals go on under their first word. Without a width, it stays as it is.
    """
    if not width:
        return text
    held = typeset(text).replace("§ ", "§\u00a0")
    return "\n".join(_folded(line, width) for line in held.split("\n"))


def _folded(line: str, width: int) -> str:
    mark = _MARK.match(line)
    under = " " * len(mark[0]) if mark else ""
    return textwrap.fill(line, width, subsequent_indent=under, break_long_words=False, break_on_hyphens=False)


_MARK = re.compile(r"• |\[\d+\] |  – ")
"""What stands before a point, a source or a proposal."""


def cited(source: Source) -> str:
    """Return a source in one line: title, publication, date, paragraphs."""
    date = dated(When(source.date, source.date, source.inferred) if source.date else None)
    paragraphs = ", ".join(str(number) for number in source.paragraphs)
    return ", ".join(filter(None, [f"« {source.title} »", source.publication, date, f"§ {paragraphs}"]))


def explained(reply: Reply, base: KnowledgeBase, folder: Path, milliseconds: float) -> str:
    """Return how each question of the message was read and decided, in English, for curators and developers.

    `folder` is that of the base: where the phrasing stands that won is looked up there.
    """
    blocks = [_part(part, base, folder) for part in reply.parts]
    return "\n\n".join(["", *blocks, f"{milliseconds:.2f} ms"])


def _part(part: Part, base: KnowledgeBase, folder: Path) -> str:
    from knowledge.compiling.locating import located  # noqa: PLC0415 - only who has it explained needs YAML

    reading = part.reading
    read = " · ".join(_term(term, base) for term in reading.terms)
    flags = [*(name for name in ("confirms", "leaning") if getattr(reading, name)), *sorted(reading.manner)]
    years = ", ".join(map(str, reading.years))
    rows = [
        f"words       {' '.join(reading.tokens)}",
        f"reading     {read}",
        f"asks        {', '.join(sorted(reading.asks)) or '–'}; years {years or '–'}; {', '.join(flags) or '–'}",
        f"decided     {part.outcome.value} by rule '{part.rule}'; intent {part.intent}; truth {part.truth}",
        f"confidence  {part.confidence:.3f}, of strength {part.strength:.3f}; runner-up {part.runner_up}",
    ]
    if part.statement:
        place = located(folder, part.statement.intent, part.statement.text)
        rows.append(f"statement   “{part.statement.text}”" + (f" ({place})" if place else ""))
        rows.append(f"opening     {opened(part, base) or 'none'}")
    for candidate in part.candidates:
        missing = ", ".join(term.text for term in candidate.unexplained)
        place = located(folder, candidate.intent, candidate.phrase.text) if candidate.intent == part.intent else None
        rows.append(
            f"{candidate.score:.3f}  {candidate.intent}  explained {candidate.explained:.2f}, covered "
            f"{candidate.covered:.2f}, by “{candidate.phrase.text}”"
            + (f" ({place})" if place else "")
            + (f", unexplained: {missing}" if missing else "")
        )
    return "\n".join(rows)


def _term(term: Term, base: KnowledgeBase) -> str:
    meant = "|".join(f"{feature}:{similarity:.2f}" for feature, similarity in term.features)
    return f"{term.text} → {meant} ({term.kind.value}, {base.index.weight(term):.2f})"
