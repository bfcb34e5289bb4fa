"""What a reload did, or why it was refused; and the reloads before it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from discord.utils import format_dt

from bot.writing.citing import VERSION
from bot.writing.escaping import coded
from bot.writing.french import counted
from knowledge.composing import typeset

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.editions.comparing import Change, Difference, Rewording
    from bot.store import Reload
    from knowledge.compiling.problems import Problem

NAMED_AT_MOST: Final = 12
"""So many ids are named for each sort of change; the rest is counted."""
SHOWN_AT_MOST: Final = 8
"""So many problems are shown in the message; more go into a file, all of them."""
PROBLEM_AT_MOST: Final = 300
"""How much of a problem is shown in the message."""


def done(difference: Difference) -> str:
    """Return what a reload did."""
    if difference.before == difference.after:
        return typeset(f"### Base rechargée\nRien n’a changé. Version `{difference.after[:VERSION]}`.")
    lines = ["### Base rechargée"]
    if not difference:
        lines.append("Réglages, textes fixes, vocabulaire ou commentaires modifiés.")
    for noun, agreeing, change in (
        ("Articles", "", difference.articles),
        ("Faits", "", difference.facts),
        ("Intentions", "e", difference.intents),
        ("Acteurs", "", difference.actors),
    ):
        if change:
            lines.append(f"**{noun}**")
            lines += _changes(change, agreeing)
    if difference.wordings:
        lines += ["**Formulations**", *_rewordings(difference.wordings)]
    lines.append(f"-# Version `{difference.before[:VERSION]}` → `{difference.after[:VERSION]}`")
    return "\n".join(lines)


def listed(difference: Difference) -> Iterator[str]:
    """Yield what a reload changed as lines of the log, with every id."""
    for noun, change in (
        ("facts", difference.facts),
        ("intents", difference.intents),
        ("actors", difference.actors),
    ):
        for verb, names in (("added", change.added), ("changed", change.changed), ("removed", change.removed)):
            if names:
                yield f"{noun} {verb}: {', '.join(names)}"
    if difference.wordings:
        yield f"wordings: {', '.join(f'{one.intent} +{one.added} -{one.removed}' for one in difference.wordings)}"


def history(reloads: Sequence[Reload]) -> str:
    """Return the latest reloads: when, by whom, to which version, and what came of it."""
    return "\n".join(
        typeset(
            f"- {format_dt(reload.at, 'f')}, {_by(reload.by)} : "
            f"{f'version `{reload.version[:VERSION]}`' if reload.ok else 'refusé'}, {reload.summary}"
        )
        for reload in reloads
    )


def _by(curator: int | None) -> str:
    if curator is None:
        return "auteur effacé"
    return f"par <@{curator}>" if curator else "par un signal"


def _rewordings(wordings: Sequence[Rewording]) -> list[str]:
    """Return how many wordings were added and removed, and of which intents."""
    rows = (
        ("ajoutée", [(one.intent, one.added) for one in wordings if one.added]),
        ("retirée", [(one.intent, one.removed) for one in wordings if one.removed]),
    )
    return [
        f"- {(number := sum(many for _, many in row))} {word}{'s' if number > 1 else ''}{typeset(' :')} "
        f"{_named([intent for intent, _ in row])}"
        for word, row in rows
        if row
    ]


def _changes(change: Change, agreeing: str) -> list[str]:
    """Return what was added, changed and removed; `agreeing` is the "e" behind which a feminine noun agrees."""
    rows = (("ajouté", change.added), ("modifié", change.changed), ("retiré", change.removed))
    return [
        f"- {len(names)} {word}{agreeing}{'s' if len(names) > 1 else ''}{typeset(' :')} {_named(names)}"
        for word, names in rows
        if names
    ]


def _named(names: Sequence[str]) -> str:
    shown = ", ".join(f"`{name}`" for name in names[:NAMED_AT_MOST])
    left = len(names) - NAMED_AT_MOST
    return f"{shown} et {counted(left, 'autre')}" if left > 0 else shown


def refused(problems: Sequence[Problem]) -> str:
    """Return why a base was refused: its problems, the first ones where they are many."""
    many = counted(len(problems), "problème à corriger", "problèmes à corriger")
    lines = [
        typeset(
            f"### Base refusée : {many}\nL’ancienne base reste en service : les réponses continuent. "
            "Voici ce que dit `saga check`, dans ses propres mots :"
        ),
        *(f"- {coded(str(problem), PROBLEM_AT_MOST)}" for problem in problems[:SHOWN_AT_MOST]),
    ]
    if not shown_whole(problems):
        lines.append("-# La liste complète est dans le fichier joint.")
    return "\n".join(lines)


def shown_whole(problems: Sequence[Problem]) -> bool:
    """Tell whether `refused` shows all there is, so that no file is needed."""
    return len(problems) <= SHOWN_AT_MOST and all(len(str(problem)) <= PROBLEM_AT_MOST for problem in problems)
