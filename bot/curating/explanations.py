"""Why the bot answers a question as it does, for those who write the base."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.curating.gaps import CAUSES
from bot.curating.statistics import OUTCOMES
from bot.writing.escaping import coded, harmless
from knowledge.language.terms import Kind, QuestionType
from knowledge.language.typography import typeset

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from knowledge.reply import Part, Reply

CANDIDATES: Final = 4
WIDTH: Final = 100
"""How much of a line that grows with the question is shown."""
ID_AT_MOST: Final = 60
KINDS: Final = {
    Kind.ACTOR: "acteur",
    Kind.NAME: "nom inconnu",
    Kind.NUMBER: "nombre",
    Kind.YEAR: "année",
    Kind.CONCEPT: "concept",
    Kind.WORD: "mot",
    Kind.LIGHT: "petit mot",
    Kind.COMMON: "mot courant",
    Kind.VERBAL: "verbe courant",
    Kind.UNKNOWN: "mot inconnu",
}
ASKED: Final[dict[QuestionType, str]] = {
    "who": "qui",
    "what": "quoi",
    "which": "lequel",
    "when": "quand",
    "where": "où",
    "why": "pourquoi",
    "how": "comment",
    "how-many": "combien",
    "how-long": "combien de temps",
    "since-when": "depuis quand",
    "whose": "de qui",
}


def explained(reply: Reply) -> str:
    """Return how each question of a message was read and decided, for a card."""
    read = [part for part in reply.parts if part.reading.tokens]
    return "\n\n".join("\n".join(_part(part)) for part in read) or "Rien n’a été lu dans ce message."


def _part(part: Part) -> Iterator[str]:
    reading = part.reading
    asked = harmless(" ".join(reading.tokens), WIDTH)
    yield typeset(f"### « {asked} »")
    terms = harmless(" · ".join(f"{term.text} ({KINDS[term.kind]})" for term in reading.terms), WIDTH)
    followed = ", lue comme une suite" if part.followed else ""
    cause = f" ({CAUSES[part.rule]})" if part.rule in CAUSES else ""
    rows = {
        "Décision": f"{OUTCOMES[part.outcome][0]}{cause}, règle {coded(part.rule, ID_AT_MOST)}{followed}",
        "Intention": f"{_ids([part.intent])}, confiance {_number(part.confidence)}" if part.intent else "",
        "Ensuite": _ids([part.runner_up]),
        "Faits": _ids(part.facts),
        "Termes": terms,
        "Demande": ", ".join(ASKED[name] for name in sorted(reading.asks)) + (", niée" if reading.negated else ""),
        "Années": ", ".join(map(str, reading.years)),
    }
    for name, value in rows.items():
        if value:
            yield typeset(f"**{name}** : {value}")
    for candidate in part.candidates[:CANDIDATES]:
        phrase = harmless(candidate.phrase.text, WIDTH)
        yield typeset(f"- {_number(candidate.score)} {_ids([candidate.intent])} : « {phrase} »")
        missing = harmless(", ".join(term.text for term in candidate.unexplained), WIDTH)
        if missing:
            yield typeset(f"  -# inexpliqué : {missing}")


def _ids(names: Iterable[str | None]) -> str:
    return ", ".join(coded(name, ID_AT_MOST) for name in names if name)


def _number(share: float) -> str:
    return f"{share:.2f}".replace(".", ",")
