"""A reply as a terminal shows it."""

from __future__ import annotations

from knowledge.model import KnowledgeBase
from knowledge.reply import Part, Reply, Source

DIM, RESET = "\x1b[2m", "\x1b[0m"


def written(reply: Reply, *, colour: bool = False) -> str:
    """Return the text, the numbered sources (dimmed where `colour`), and what to ask next."""
    lines = [reply.text]
    extra = [f"[{source.number}] {cited(source)}" for source in reply.sources]
    if reply.suggestions:
        extra += ["Vous pouvez demander :" if extra else "Ce que je sais dire :"]
        extra += [f"  – {question}" for question in reply.suggestions]
    if extra:
        text = "\n".join(extra)
        lines.append(f"{DIM}{text}{RESET}" if colour else text)
    return "\n\n".join(lines)


def cited(source: Source) -> str:
    """Return a source in one line: title, publication, date, paragraphs."""
    paragraphs = ", ".join(str(number) for number in source.paragraphs)
    return ", ".join(filter(None, [f"« {source.title} »", source.publication, source.date, f"§ {paragraphs}"]))


def explained(reply: Reply, base: KnowledgeBase, milliseconds: float) -> str:
    """Return how each question of the message was read and decided, in English, for curators and developers."""
    blocks = [_part(part, base) for part in reply.parts]
    return "\n\n".join(["", *blocks, f"{milliseconds:.2f} ms"])


def _part(part: Part, base: KnowledgeBase) -> str:
    reading = part.reading
    rows = [
        f"words       {' '.join(reading.tokens)}",
        "reading     "
        + " · ".join(
            f"{term.text} → {'|'.join(f'{name}:{similarity:.2f}' for name, similarity in term.features)}"
            f" ({term.kind.value}, {base.index.weight(term):.2f})"
            for term in reading.terms
        ),
        f"asks        {', '.join(sorted(reading.asks)) or '–'}"
        f"{', confirms' if reading.confirms else ''}{', negated' if reading.negated else ''}"
        f"{', leaning' if reading.leaning else ''}; years {list(reading.years)}",
        f"decided     {part.outcome.value} by rule '{part.rule}'; intent {part.intent}; confidence {part.confidence}"
        f"; truth {part.truth}; followed {part.followed}",
    ]
    for candidate in part.candidates:
        missing = ", ".join(term.text for term in candidate.unexplained)
        rows.append(
            f"{candidate.score:.3f}  {candidate.intent}  explained {candidate.explained:.2f}, covered "
            f"{candidate.covered:.2f}, by “{candidate.phrase.text}”" + (f", unexplained: {missing}" if missing else "")
        )
    return "\n".join(rows)
