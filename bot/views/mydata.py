"""What is kept about a person, and its deletion, which takes two clicks: nothing brings it back."""

from __future__ import annotations

import io
from collections import Counter
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, Self

import discord
from discord import ui

from bot.asking.access import Refusal
from bot.connection.waiting import waited
from bot.store import EntryKind
from bot.views.base import ALARM, CALM, Layout, Persistent, notice, replace, small
from bot.views.state import PREFIX
from bot.writing.citing import VERSION, question_of
from bot.writing.escaping import harmless
from bot.writing.french import counted, date
from knowledge.language.typography import listed, typeset

if TYPE_CHECKING:
    import re
    from collections.abc import Sequence

    from bot.client import Interaction, SagaBot
    from bot.store import PersonalEntry
    from knowledge.model import KnowledgeBase

ENTRIES_AT_MOST: Final = 10
"""So many entries are shown on the card, the newest; the file has all of them."""
QUOTED_AT_MOST: Final = 100
"""Characters of a question, and of a comment, on the card."""
NOUNS: Final = {EntryKind.VOTE: "vote", EntryKind.REPORT: "signalement", EntryKind.RELOAD: "rechargement"}
FILE: Final = "donnees.txt"
FILE_AT_MOST: Final = 8_000_000
"""Bytes of the file: Discord takes 10 MB, which years of votes and reports hardly ever make."""
SURE: Final = "Effacer {kept} ? C’est définitif."
NOT_YOURS = "Chacun n’efface que ses propres données. Les vôtres : /mesdonnees."
WHOLE: Final = "Le fichier joint contient tout, en entier."
CUT: Final = (
    "Le fichier contient {} ; Discord n’en prend pas plus. Le reste existe : demandez-le à la personne qui héberge "
    "le bot."
)
KEPT_NOT = (
    "Sauf dans vos signalements, je ne conserve ni vos messages ni vos questions avec votre identifiant. Une question "
    "restée sans réponse est notée sans auteur, réduite à ses mots ; le message de quelqu’un d’autre, jamais. "
    "La conversation en cours n’est qu’en mémoire, une demi-heure au plus."
)


def overview(entries: Sequence[PersonalEntry], base: KnowledgeBase, user_id: int) -> tuple[Layout, list[discord.File]]:
    """Return what is kept about a person: how much, the latest entries, and all of them as a file, if any."""
    said = (
        f"Je conserve à votre sujet {_counted(entries)}, avec votre identifiant Discord."
        if entries
        else "Je ne conserve rien à votre sujet."
    )
    container: ui.Container[Layout] = ui.Container(
        ui.TextDisplay(typeset(f"### Vos données\n{said}")),
        ui.TextDisplay(small(typeset(KEPT_NOT))),
        accent_colour=CALM,
    )
    files = []
    if entries:
        exported, held = _exported(entries, base)
        lines = [f"- {_entry(entry, base)}" for entry in entries[:ENTRIES_AT_MOST]]
        if len(entries) > ENTRIES_AT_MOST:
            older = counted(len(entries) - ENTRIES_AT_MOST, "autre, plus ancien", "autres, plus anciens")
            lines.append(f"-# … et {older}.")
        lines.append(small(WHOLE if held == len(entries) else typeset(_cut(held))))
        container.add_item(ui.TextDisplay("\n".join(lines)))
        container.add_item(ui.File(f"attachment://{FILE}"))
        container.add_item(ui.ActionRow(ForgetButton(user_id)))
        files.append(discord.File(io.BytesIO(exported), filename=FILE))
    return Layout(container), files


def _counted(entries: Sequence[PersonalEntry]) -> str:
    """Return how much is kept, by its kind."""
    numbers = Counter(entry.kind for entry in entries)
    return listed([counted(numbers[kind], noun) for kind, noun in NOUNS.items() if numbers[kind]])


def _entry(entry: PersonalEntry, base: KnowledgeBase) -> str:
    day = date(entry.at.date().isoformat())
    if entry.kind is EntryKind.RELOAD:
        return typeset(f"{day} : base rechargée, version `{entry.text[:VERSION]}`")
    asked = entry.question or question_of(entry.intent, base)
    about = f" — {harmless(asked, QUOTED_AT_MOST)}" if asked else ""
    if entry.kind is EntryKind.REPORT:
        return typeset(f"{day} : ⚠️ « {harmless(entry.text, QUOTED_AT_MOST)} »{about}")
    return typeset(f"{day} : {'👍' if entry.useful else '👎'}{about}")


def _exported(entries: Sequence[PersonalEntry], base: KnowledgeBase) -> tuple[bytes, int]:
    """Return what is kept about a person, whole, as a text file, and how many entries that are.

    Of what Discord would not take as a file, the newest entries are given, and the file ends in saying so.
    """
    blocks: list[bytes] = []
    left = FILE_AT_MOST
    for entry in entries:
        block = _whole(entry, base).encode()
        left -= len(block) + 2
        if left < 0:
            return b"\n\n".join((*blocks, typeset(_cut(len(blocks))).encode())), len(blocks)
        blocks.append(block)
    return b"\n\n".join(blocks), len(blocks)


def _cut(held: int) -> str:
    """Return what is said where the file does not hold everything."""
    return CUT.format(counted(held, "donnée, la plus récente", "données, les plus récentes"))


def _whole(entry: PersonalEntry, base: KnowledgeBase) -> str:
    at = entry.at.isoformat(timespec="minutes")
    if entry.kind is EntryKind.RELOAD:
        return f"{at} · base rechargée, version {entry.text}"
    about = question_of(entry.intent, base) or entry.intent or "–"
    if entry.kind is EntryKind.REPORT:
        return f"{at} · signalement, réponse à : {about}\nQuestion : {entry.question or '–'}\n{entry.text}"
    return f"{at} · réponse jugée {'utile' if entry.useful else 'inutile'} : {about}"


class Step(StrEnum):
    """What a button of the deletion does; one letter, because it travels in it."""

    ASK = "a"
    DELETE = "d"
    KEEP = "k"


LABELS: Final = {Step.ASK: "Tout effacer", Step.DELETE: "Effacer pour de bon", Step.KEEP: "Ne rien effacer"}


class ForgetButton(Persistent[ui.Button[Any]], template=rf"{PREFIX}:f:(?P<step>[adk]):(?P<owner>\d{{1,20}})"):
    """Leads to the deletion of everything that is kept about the one who clicks, or back from it."""

    def __init__(self, owner: int, step: Step = Step.ASK) -> None:
        self.owner, self.step = owner, step
        super().__init__(
            ui.Button(
                label=LABELS[step],
                emoji=None if step is Step.KEEP else "🗑️",
                style=discord.ButtonStyle.secondary if step is Step.KEEP else discord.ButtonStyle.danger,
                custom_id=f"{PREFIX}:f:{step.value}:{owner}",
            )
        )

    @classmethod
    async def from_custom_id(cls, _: Interaction, __: ui.Item[Any], match: re.Match[str], /) -> Self:  # type: ignore[override]
        """Return the button again, from its custom id."""
        return cls(int(match["owner"]), Step(match["step"]))

    async def act(self, interaction: Interaction) -> None:
        """Ask whether it is meant, delete and say so, or show again what is kept: in the place of the card."""
        if interaction.user.id != self.owner:
            raise Refusal(NOT_YOURS)
        view, files = await waited(interaction, self._next(interaction.client), replacing=True)
        await replace(interaction, view, files)

    async def _next(self, bot: SagaBot) -> tuple[Layout, list[discord.File]]:
        if self.step is Step.DELETE:
            return await self._deleted(bot), []
        entries = await bot.store.personal(self.owner)
        if entries and self.step is Step.ASK:
            return self._asked(entries), []
        return overview(entries, bot.holder.current.base, self.owner)

    def _asked(self, entries: Sequence[PersonalEntry]) -> Layout:
        """Ask whether everything is to be deleted."""
        container: ui.Container[Layout] = ui.Container(
            ui.TextDisplay(typeset(SURE.format(kept=_counted(entries)))), accent_colour=ALARM
        )
        container.add_item(ui.ActionRow(*(ForgetButton(self.owner, step) for step in (Step.DELETE, Step.KEEP))))
        return Layout(container)

    async def _deleted(self, bot: SagaBot) -> Layout:
        """Delete everything, and say so."""
        deleted = await bot.store.forget(self.owner)
        bot.answering.forget(self.owner)
        said = f"C’est fait : {counted(deleted, 'donnée effacée', 'données effacées')}. Il ne reste rien à votre sujet."
        return notice(said, colour=CALM)
