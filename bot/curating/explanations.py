"""Why the bot answers a question as it does, for those who write the base."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.french import clipped

if TYPE_CHECKING:
    from knowledge.model import KnowledgeBase
    from knowledge.reply import Part, Reply

CANDIDATES: Final = 4
WIDTH: Final = 64
YES_NO: Final = {True: "oui", False: "non", None: "–"}


def explained(reply: Reply, base: KnowledgeBase) -> str:
    """Return how each question of a message was read and decided, as plain text."""
    return "\n\n".join(_part(part, base) for part in reply.parts) or "Rien n’a été lu dans ce message."


def _part(part: Part, base: KnowledgeBase) -> str:
    reading = part.reading
    lines = [
        f"mots       {clipped(' '.join(reading.tokens), WIDTH)}",
        f"termes     {clipped(' · '.join(f'{term.text} ({term.kind.value})' for term in reading.terms), WIDTH)}",
        f"demande    {', '.join(sorted(reading.asks)) or '–'} · nié : {YES_NO[reading.negated]}",
        f"années     {', '.join(map(str, reading.years)) or '–'}",
        f"décision   {part.outcome.value}, règle « {part.rule} »",
        f"suite      {YES_NO[part.followed]}",
        f"intention  {part.intent or '–'} (confiance {part.confidence:.2f})",
        f"ensuite    {part.runner_up or '–'}",
        f"faits      {clipped(', '.join(part.facts), WIDTH) or '–'}",
    ]
    for candidate in part.candidates[:CANDIDATES]:
        missing = ", ".join(term.text for term in candidate.unexplained)
        lines.append(
            f"  {candidate.score:.2f}  {candidate.intent} : « {clipped(candidate.phrase.text, WIDTH)} »"
            + (f" ; inexpliqué : {clipped(missing, WIDTH)}" if missing else "")
        )
        if candidate.intent in base.intents:
            lines.append(f"        {base.intents[candidate.intent].question}")
    return "\n".join(lines)
