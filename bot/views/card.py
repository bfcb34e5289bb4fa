"""The card of an answer: the answer, how firm and how old it is, its sources, then what one can do."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import discord
from discord import ui

from bot.editions.catalogue import short
from bot.views.base import CALM, GREY, WARM, Layout, small
from bot.views.buttons import ChoiceButton, RelatedMenu, under
from bot.views.echo import echo
from bot.views.state import Mark, behind
from bot.writing.citing import numbered, standing
from bot.writing.escaping import plain
from bot.writing.french import clipped, unbroken
from knowledge.language.typography import typeset
from knowledge.model import Intent, IntentKind
from knowledge.reply import Outcome, Reply

if TYPE_CHECKING:
    from bot.asking.answering import Answer
    from bot.editions.catalogue import Proposal

ANSWER_AT_MOST: Final = 2_600
"""No single answer is that long; several in one message now and then are, and end in « … »."""
CHOICES_AT_MOST: Final = 5
RELATED_AT_MOST: Final = 5
_MARK = re.compile(r" (?=\[\d+\])")
_BELOW_A_LIST = re.compile(r"^(- .*\n)(?=[^-\n])", re.MULTILINE)
_OFFERED: Final = {
    Outcome.ANSWERED: "Questions voisines",
    Outcome.UNKNOWN: "Essayez une autre question",
    Outcome.SMALLTALK: "Essayez une question",
}
_COLOURS: Final = {Outcome.ANSWERED: CALM, Outcome.CLARIFY: WARM, Outcome.UNKNOWN: GREY, Outcome.SMALLTALK: None}


def card(
    answer: Answer, asker: int, *, question: str | None = None, quoted: bool = False, note: str | None = None
) -> Layout:
    """Return the card of an answer.

    `asker` is the only one who may choose where the card asks back. `question` is shown in a line above the card, for
    questions that the channel does not show itself; `quoted` says that it is somebody else's message. `note` is a small
    line at the end.
    """
    reply, base = answer.reply, answer.edition.base
    container: ui.Container[Layout] = ui.Container(accent_colour=_COLOURS[reply.outcome])
    container.add_item(ui.TextDisplay(body(reply.text)))
    if reply.outcome is Outcome.CLARIFY:
        # Where nobody's screen cuts them: a phone shows half a question on a button.
        lines = [f"{number}. {plain(item.question)}" for number, item in enumerate(_choices(reply), 1)]
        container.add_item(ui.TextDisplay(typeset("\n".join(lines))))
    if reply.outcome is Outcome.ANSWERED and not _presents(answer):
        facts = [base.facts[name] for name in behind(reply, base)]
        firm = standing(facts, base) if facts else ""
        if firm:
            container.add_item(ui.TextDisplay(small(firm)))
    if reply.sources:
        container.add_item(ui.Separator(spacing=discord.SeparatorSpacing.small))
        container.add_item(ui.TextDisplay(small(numbered(reply.sources, base))))
    for row in _rows(answer, asker):
        container.add_item(row)
    if note:
        container.add_item(ui.TextDisplay(small(note)))
    return Layout(ui.TextDisplay(echo(question, quoted=quoted)), container) if question else Layout(container)


def _presents(answer: Answer) -> bool:
    """Tell whether an answer says who somebody is: date, status and speaker of the facts behind it are not its own."""
    intent = answer.edition.base.intents.get(answer.reply.intent or "")
    return intent is not None and intent.kind is IntentKind.ACTOR


def body(text: str) -> str:
    """Return an answer's text for Discord: its bullets as a list, its marks unbroken, no accidental markup.

    What follows a list stands apart from its last point.
    """
    lines = _MARK.sub("\u00a0", unbroken(plain(clipped(text, ANSWER_AT_MOST)))).split("\n")
    shown = "\n".join(f"- {line[1:].strip()}" if line.startswith("•") else line for line in lines)
    return _BELOW_A_LIST.sub(r"\1\n", shown) or "…"


def _rows(answer: Answer, asker: int) -> list[ui.ActionRow[Any]]:
    reply = answer.reply
    rows: list[ui.ActionRow[Any]] = []
    if reply.outcome is Outcome.CLARIFY:
        buttons = (ChoiceButton(asker, short(item.id), number) for number, item in enumerate(_choices(reply), 1))
        return [ui.ActionRow(*buttons)]
    related = related_to(answer)
    if related:
        rows.append(ui.ActionRow(RelatedMenu.offering(related, _OFFERED[reply.outcome])))
    if reply.outcome is not Outcome.SMALLTALK:
        mark = Mark.of(reply, answer.edition.base)
        rows.append(under(mark, answered=reply.outcome is Outcome.ANSWERED))
    return rows


def _choices(reply: Reply) -> tuple[Intent, ...]:
    """Return what a `clarify` lets its asker choose from."""
    return reply.offered[:CHOICES_AT_MOST]


def related_to(answer: Answer) -> list[Proposal]:
    """Return what to ask next: what the engine offers and a proposal asks."""
    proposed = answer.edition.catalogue.proposed
    return [proposed[intent.id] for intent in answer.reply.offered if intent.id in proposed][:RELATED_AT_MOST]
