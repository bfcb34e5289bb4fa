"""What a reload did, or why it was refused; and the reloads before it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from discord.utils import format_dt

from bot.views.base import small
from bot.writing.citing import VERSION
from bot.writing.escaping import coded
from bot.writing.french import counted
from knowledge.language.typography import typeset

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.editions.comparing import Difference
    from bot.store import Reload
    from knowledge.compiling.problems import Problem

NAMED_AT_MOST: Final = (12, 6, 3, 1)
"""So many ids are named for each sort of change, fewer where the card has no room for them; the rest is counted."""
SHOWN_AT_MOST: Final = 8
"""So many problems are shown in the message; more go into a file, all of them."""
IN_FILE: Final = "La liste complète est dans le fichier joint."
UNNAMED: Final = "Réglages, textes fixes, vocabulaire ou commentaires modifiés"
"""What has changed where nothing that has an id or a wording did."""
PROBLEM_AT_MOST: Final = 300
"""How much of a problem is shown in the message."""


def done(difference: Difference, room: int) -> tuple[str, bool]:
    """Return what a reload did, in at most `room` characters, and whether that names all that changed."""
    if difference.before == difference.after:
        return typeset(f"### Base rechargée\nRien n’a changé. Version `{difference.after[:VERSION]}`."), True
    shown = [_done(difference, most) for most in NAMED_AT_MOST]
    if shown[0] == _done(difference, None) and len(shown[0]) <= room:
        return shown[0], True
    file = small(IN_FILE)
    said = next((text for text in shown if len(f"{text}\n{file}") <= room), shown[-1][: room - len(file) - 1])
    return f"{said}\n{file}", False


def _done(difference: Difference, most: int | None) -> str:
    """Return what a reload changed, `most` ids of each sort of change by name (None: all)."""
    lines = ["### Base rechargée"]
    if not difference:
        lines.append(f"{UNNAMED}.")
    for noun, rows in _changes(difference):
        lines.append(f"**{noun}**")
        lines += [f"- {number} {said}{typeset(' :')} {_named(names, most)}" for number, said, names in rows]
    lines.append(f"-# Version `{difference.before[:VERSION]}` → `{difference.after[:VERSION]}`")
    return "\n".join(lines)


def summary(difference: Difference) -> str:
    """Return how much a reload changed, for the list of reloads."""
    if difference.before == difference.after:
        return "rien n’a changé"
    told = [
        f"{counted(number, noun.removesuffix('s').lower())} {said}"
        for noun, rows in _changes(difference)
        for number, said, _ in rows
    ]
    return ", ".join(told) or UNNAMED.lower()


def exported(difference: Difference) -> bytes:
    """Return what a reload changed as a text file, with every id."""
    lines = [f"Version {difference.before[:VERSION]} → {difference.after[:VERSION]}"]
    for noun, rows in _changes(difference):
        for number, said, names in rows:
            lines += ["", typeset(f"{noun} : {number} {said}"), *names]
    return "\n".join([*lines, ""]).encode()


def _changes(difference: Difference) -> Iterator[tuple[str, list[tuple[int, str, tuple[str, ...]]]]]:
    """Yield each noun with what happened: to how many, how that is said, to which ids. Nouns without any are left out.

    An intent is named for the wordings that it gained or lost.
    """
    for noun, agreeing, change in (
        ("Articles", "", difference.articles),
        ("Faits", "", difference.facts),
        ("Intentions", "e", difference.intents),
        ("Acteurs", "", difference.actors),
    ):
        rows = [
            (len(names), _agreed(f"{word}{agreeing}", len(names)), names)
            for word, names in (("ajouté", change.added), ("modifié", change.changed), ("retiré", change.removed))
            if names
        ]
        if rows:
            yield noun, rows
    came = [(one.intent, one.added) for one in difference.wordings if one.added]
    went = [(one.intent, one.removed) for one in difference.wordings if one.removed]
    rows = [
        (number := sum(many for _, many in row), _agreed(word, number), tuple(intent for intent, _ in row))
        for word, row in (("ajoutée", came), ("retirée", went))
        if row
    ]
    if rows:
        yield "Formulations", rows


def _agreed(word: str, number: int) -> str:
    return f"{word}s" if number > 1 else word


def listed(difference: Difference) -> Iterator[str]:
    """Yield what a reload changed as lines of the log, with every id."""
    for noun, change in (
        ("articles", difference.articles),
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


def _named(names: Sequence[str], most: int | None) -> str:
    shown = ", ".join(f"`{name}`" for name in names[:most])
    left = len(names[most:]) if most else 0
    return f"{shown} et {counted(left, 'autre')}" if left else shown


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
        lines.append(small(IN_FILE))
    return "\n".join(lines)


def shown_whole(problems: Sequence[Problem]) -> bool:
    """Tell whether `refused` shows all there is, so that no file is needed."""
    return len(problems) <= SHOWN_AT_MOST and all(len(str(problem)) <= PROBLEM_AT_MOST for problem in problems)
