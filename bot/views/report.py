"""The form that reports an error, and what is kept of it: exactly what the form shows, and nothing else."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING, Any, Final

import discord
from discord import ui

from bot.asking.answering import KEPT_AT_MOST
from bot.connection.waiting import waited
from bot.store import REPORTS_A_DAY
from bot.views.base import notice, show
from bot.views.state import DIGEST, KEYS, PREFIX, answer_key, intents_of, unpacked
from knowledge.language.normalising import words
from knowledge.language.typography import typeset

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

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
_FORM = re.compile(rf"{PREFIX}:m:(?P<answered>(?:{KEYS})+):(?P<digest>{DIGEST})")
QUESTION, COMMENT = "question", "commentaire"


class ReportModal(ui.Modal, title="Signaler une erreur"):
    """Two fields: the question (as it was asked, where that is known; free to change) and what is wrong."""

    def __init__(self, answered: tuple[str, ...], digest: str, question: str) -> None:
        super().__init__(custom_id=f"{PREFIX}:m:{''.join(answered)}:{digest}", timeout=None)
        self.add_item(
            ui.Label(
                text="La question",
                component=ui.TextInput(
                    custom_id=QUESTION,
                    default=question[:KEPT_AT_MOST] or None,
                    required=False,
                    max_length=KEPT_AT_MOST,
                    placeholder="Telle qu’elle a été posée",
                ),
            )
        )
        self.add_item(
            ui.Label(
                text="Ce qui ne va pas",
                description=typeset("Conservé avec la question ; n’écrivez rien de personnel."),
                component=ui.TextInput(
                    custom_id=COMMENT,
                    style=discord.TextStyle.paragraph,
                    max_length=COMMENT_AT_MOST,
                    placeholder=typeset("La date est fausse : l’article dit…"),
                ),
            )
        )
        self.stop()  # not remembered by discord.py: `keep` takes what is submitted, whichever process opened it


async def keep(interaction: discord.Interaction[Any]) -> None:
    """Keep a report that was submitted, then say so; or that it is one too many."""
    data: Any = interaction.data or {}
    form = _FORM.fullmatch(str(data.get("custom_id", "")))
    if form is None:
        return
    log.info("report", extra={"interaction": interaction.id})
    fields = dict(_fields(data.get("components", ())))
    bot = interaction.client
    catalogue = bot.holder.current.catalogue
    about = unpacked(form["answered"])
    intents = intents_of([key for key in about if key in catalogue.intents], catalogue) or None
    asked = " ".join(words(fields.get(QUESTION, "")))[:KEPT_AT_MOST]
    said = fields.get(COMMENT, "").strip()[:COMMENT_AT_MOST]
    key = answer_key(about, form["digest"])
    kept = await waited(interaction, bot.store.report(interaction.user.id, key, intents, asked, said))
    await show(interaction, notice(THANKS if kept else ENOUGH))


def _fields(components: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """Yield the fields of a submitted form, however they are nested."""
    for component in components:
        inner = component.get("component")
        if inner:
            yield from _fields([inner])
        yield from _fields(component.get("components", ()))
        if "value" in component:
            yield str(component.get("custom_id")), str(component["value"] or "")
