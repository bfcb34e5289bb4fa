"""The form that reports an error, and what is kept of it: exactly what the form shows, and nothing else."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING, Any, Final

import discord
from discord import ui

from bot import logs
from bot.answering import KEPT_AT_MOST
from bot.store import REPORTS_A_DAY
from bot.views.base import notice
from bot.views.state import DIGEST, KEYS, PREFIX, answer_key, intent_of
from knowledge.composing import typeset
from knowledge.lexicon import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from bot.client import Interaction

log = logging.getLogger(__name__)

COMMENT_AT_MOST: Final = 1_000
THANKS: Final = (
    "Merci ! Votre signalement sera lu par les personnes qui tiennent la base. Vous pouvez l’effacer à tout moment "
    "avec /mesdonnees."
)
ENOUGH: Final = (
    f"Ce signalement n’a pas été gardé : vous en avez déjà envoyé {REPORTS_A_DAY} en un jour. Ils seront lus ; "
    "revenez demain."
)
_FORM = re.compile(rf"{PREFIX}:m:[0-9]+:(?P<intent>{KEYS}):(?P<digest>{DIGEST})")
_TAKEN: Final = "report"
"""Set on an interaction whose report is being kept."""
QUESTION, COMMENT = "question", "commentaire"


class ReportModal(ui.Modal, title="Signaler une erreur"):
    """Two fields: the question (as it was asked, where that is known; free to change) and what is wrong.

    `opening` is the interaction that opens it: discord.py tells forms apart by their ids, and two people may have the
    form of one answer open.
    """

    def __init__(self, intent: str, digest: str, question: str, opening: int) -> None:
        super().__init__(custom_id=f"{PREFIX}:m:{opening}:{intent}:{digest}", timeout=3_600)
        self.intent, self.digest = intent, digest
        self.question: ui.TextInput[Any] = ui.TextInput(
            custom_id=QUESTION,
            default=question[:KEPT_AT_MOST] or None,
            required=False,
            max_length=KEPT_AT_MOST,
            placeholder="Telle qu’elle a été posée",
        )
        self.comment: ui.TextInput[Any] = ui.TextInput(
            custom_id=COMMENT,
            style=discord.TextStyle.paragraph,
            max_length=COMMENT_AT_MOST,
            placeholder=typeset("La date est fausse : l’article dit…"),
        )
        self.add_item(ui.Label(text="La question", component=self.question))
        self.add_item(
            ui.Label(
                text="Ce qui ne va pas",
                description=typeset("Conservé avec la question ; n’écrivez rien de personnel."),
                component=self.comment,
            )
        )

    async def on_submit(self, interaction: Interaction) -> None:  # type: ignore[override]
        """Keep the report."""
        # The form has a task of its own: what goes wrong in it comes under the same id.
        logs.REQUEST.set(logs.new_request())
        await keep(interaction, self.intent, self.digest, self.question.value, self.comment.value)

    async def on_error(self, interaction: Interaction, error: Exception) -> None:  # type: ignore[override]
        """Hand whatever goes wrong to the one error handler."""
        from bot.errors import handle  # noqa: PLC0415 - the handler shows a notice, which is a view

        await handle(interaction, error)


async def keep(interaction: Interaction, intent_key: str, digest: str, question: str, comment: str) -> None:
    """Keep a report, then say so; or that it is one too many."""
    interaction.extras[_TAKEN] = True
    log.info("report", extra={"interaction": interaction.id})
    bot = interaction.client
    intent = intent_of(intent_key, bot.holder.current.catalogue)
    asked = " ".join(words(question))[:KEPT_AT_MOST]
    kept = await bot.store.report(
        interaction.user.id, answer_key(intent_key, digest), intent, asked, comment.strip()[:COMMENT_AT_MOST]
    )
    await interaction.response.send_message(view=notice(THANKS if kept else ENOUGH), ephemeral=True)


async def keep_late(interaction: discord.Interaction[Any]) -> bool:
    """Keep a report of a submitted form that did not take it itself; tell whether it was one.

    discord.py only knows forms that this very process has opened, in the last hour. It hands a submitted one to its
    form before it tells of the interaction.
    """
    data: Any = interaction.data or {}
    form = _FORM.fullmatch(str(data.get("custom_id", "")))
    if form is None or _TAKEN in interaction.extras:
        return False
    fields = dict(_fields(data.get("components", ())))
    await keep(interaction, form["intent"], form["digest"], fields.get(QUESTION, ""), fields.get(COMMENT, ""))
    return True


def _fields(components: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """Yield the fields of a submitted form, however they are nested."""
    for component in components:
        inner = component.get("component")
        if inner:
            yield from _fields([inner])
        yield from _fields(component.get("components", ()))
        if "value" in component:
            yield str(component.get("custom_id")), str(component["value"] or "")
