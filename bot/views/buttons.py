"""The buttons and menus under an answer. Each one finds what it needs by its custom id, before and after a restart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Self

import discord
from discord import ui

from bot.asking.access import Refusal, in_direct_message
from bot.asking.answering import Door
from bot.connection.waiting import waited
from bot.editions.catalogue import CHOICES
from bot.views.base import Layout, Persistent, notice, show
from bot.views.echo import echo, echoed
from bot.views.report import ReportModal
from bot.views.sources import details
from bot.views.state import DIGEST, FACTS_AT_MOST, KEYS, PREFIX, Mark, answer_key, intent_of, intents_of, unpacked
from knowledge.language.typography import typeset

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable

    from bot.client import Interaction
    from bot.editions.catalogue import Catalogue, Proposal

GONE = "Cette réponse reposait sur des faits que la base n’a plus. Reposez la question : elle a peut-être changé."
NOT_YOURS = "Ce choix revient à la personne qui a posé la question. Posez la vôtre avec /question."
THANKS: Final = "Merci ! C’est noté : cette réponse vous a été utile."
WHY: Final = "C’est noté, merci. Qu’est-ce qui ne va pas dans cette réponse ? Vous pouvez le dire ici :"


class SourcesButton(Persistent[ui.Button[Any]], template=rf"{PREFIX}:s:(?P<facts>(?:{KEYS})+)(?P<more>\+?)"):
    """Shows the paragraphs and the evidence behind an answer, only to the one who asks for them."""

    def __init__(self, facts: tuple[str, ...], *, more: bool) -> None:
        self.facts, self.more = facts, more
        custom_id = f"{PREFIX}:s:{''.join(facts)}{'+' if more else ''}"
        super().__init__(ui.Button(label="Sources", emoji="📄", custom_id=custom_id))

    @classmethod
    async def from_custom_id(cls, _: Interaction, __: ui.Item[Any], match: re.Match[str], /) -> Self:  # type: ignore[override]
        """Return the button again, from its custom id."""
        return cls(unpacked(match["facts"]), more=bool(match["more"]))

    async def act(self, interaction: Interaction) -> None:
        """Show the details, in as many messages as they take."""
        edition = interaction.client.holder.current
        known = edition.catalogue.facts
        facts = [edition.base.facts[known[key]] for key in self.facts if key in known]
        if not facts:
            raise Refusal(GONE)
        first, *others = details(facts, edition.base, more=self.more)
        await interaction.response.send_message(view=first, ephemeral=True)
        for view in others:
            await interaction.followup.send(view=view, ephemeral=True)


class VoteButton(
    Persistent[ui.Button[Any]], template=rf"{PREFIX}:v:(?P<useful>[01]):(?P<answered>(?:{KEYS})+):(?P<digest>{DIGEST})"
):
    """Says whether an answer was useful: one vote, on all that the card answers; a person's last word counts."""

    def __init__(self, useful: bool, answered: tuple[str, ...], digest: str) -> None:  # noqa: FBT001 - the button says it
        self.useful, self.answered, self.digest = useful, answered, digest
        super().__init__(
            ui.Button(
                label="Utile" if useful else "Pas utile",
                emoji="👍" if useful else "👎",
                custom_id=f"{PREFIX}:v:{int(useful)}:{''.join(answered)}:{digest}",
            )
        )

    @classmethod
    async def from_custom_id(cls, _: Interaction, __: ui.Item[Any], match: re.Match[str], /) -> Self:  # type: ignore[override]
        """Return the button again, from its custom id."""
        return cls(match["useful"] == "1", unpacked(match["answered"]), match["digest"])

    async def act(self, interaction: Interaction) -> None:
        """Keep the vote, then say so."""
        bot = interaction.client
        intents = intents_of(self.answered, bot.holder.current.catalogue)
        key = answer_key(self.answered, self.digest)
        await waited(interaction, bot.store.vote(interaction.user.id, key, intents, self.useful))
        await show(interaction, notice(THANKS) if self.useful else self._why(interaction.message))

    def _why(self, message: discord.Message | None) -> Layout:
        """Ask what is wrong, with the button that takes it, and the question, if the card has it: the form reads it."""
        question = echoed(message)
        container: ui.Container[Layout] = ui.Container()
        if question:
            container.add_item(ui.TextDisplay(echo(question)))
        container.add_item(ui.TextDisplay(typeset(WHY)))
        container.add_item(ui.ActionRow(ReportButton(self.answered, self.digest, ())))
        return Layout(container)


class ReportButton(
    Persistent[ui.Button[Any]],
    template=rf"{PREFIX}:r:(?P<answered>(?:{KEYS})+):(?P<digest>{DIGEST}):(?P<asked>(?:{KEYS})*)",
):
    """Opens the form that reports an error in an answer; each answer has it, and holds in it what was asked."""

    def __init__(self, answered: tuple[str, ...], digest: str, asked: tuple[str, ...]) -> None:
        self.answered, self.digest, self.asked = answered, digest, asked
        custom_id = f"{PREFIX}:r:{''.join(answered)}:{digest}:{''.join(asked)}"
        super().__init__(ui.Button(label="Signaler", emoji="⚠️", custom_id=custom_id))

    @classmethod
    async def from_custom_id(cls, _: Interaction, __: ui.Item[Any], match: re.Match[str], /) -> Self:  # type: ignore[override]
        """Return the button again, from its custom id."""
        return cls(unpacked(match["answered"]), match["digest"], unpacked(match["asked"]))

    async def act(self, interaction: Interaction) -> None:
        """Open the form, with the question where the card shows it: Discord does not send the message replied to."""
        question = echoed(interaction.message)
        await interaction.response.send_modal(ReportModal(self.answered, self.digest, question))


class RelatedMenu(Persistent[ui.Select[Any]], template=rf"{PREFIX}:q"):
    """Offers questions that get an answer; the answer goes to the one who chose."""

    def __init__(self, menu: ui.Select[Any]) -> None:
        super().__init__(menu)

    @classmethod
    def offering(cls, proposals: Iterable[Proposal], placeholder: str) -> RelatedMenu:
        """Return the menu for some questions."""
        options = [discord.SelectOption(label=proposal.label, value=proposal.key) for proposal in proposals]
        return cls(ui.Select(custom_id=f"{PREFIX}:q", placeholder=placeholder, options=options))

    @classmethod
    async def from_custom_id(cls, _: Interaction, item: ui.Item[Any], __: re.Match[str], /) -> Self:  # type: ignore[override]
        """Return the menu again: what was chosen comes with the interaction."""
        assert isinstance(item, ui.Select)  # noqa: S101 - Discord sends back what we sent
        return cls(item)

    async def act(self, interaction: Interaction) -> None:
        """Answer the question that was chosen."""
        await _answer(interaction, self.item.values[0], private=not in_direct_message(interaction))


class ChoiceButton(Persistent[ui.Button[Any]], template=rf"{PREFIX}:c:(?P<asker>\d{{1,20}}):(?P<intent>{KEYS})"):
    """One reading of an ambiguous question, by its number on the card; only the asker may choose it."""

    def __init__(self, asker: int, intent: str, number: int) -> None:
        self.asker, self.intent = asker, intent
        super().__init__(
            ui.Button(
                label=f"Choix\u00a0{number}",
                style=discord.ButtonStyle.primary,
                custom_id=f"{PREFIX}:c:{asker}:{intent}",
            )
        )

    @classmethod
    async def from_custom_id(cls, _: Interaction, __: ui.Item[Any], match: re.Match[str], /) -> Self:  # type: ignore[override]
        """Return the button again, from its custom id; what it is called matters no more."""
        return cls(int(match["asker"]), match["intent"], 1)

    async def act(self, interaction: Interaction) -> None:
        """Put the answer in the place of the choices."""
        if interaction.user.id != self.asker:
            raise Refusal(NOT_YOURS)
        await _answer(interaction, self.intent, replace=True)


async def _answer(interaction: Interaction, key: str, *, private: bool = False, replace: bool = False) -> None:
    """Answer the question of the intent behind a short key. Raises Refusal where the base no longer has it."""
    edition = interaction.client.holder.current
    intent = intent_of(key, edition.catalogue)
    if intent is None:
        raise Refusal(GONE)
    question = edition.base.intents[intent].question
    await interaction.client.delivery.answer_interaction(
        interaction, question, Door.BUTTON, private=private, replace=replace
    )


def first_questions(catalogue: Catalogue) -> list[ui.ActionRow[Any]]:
    """Return the menu of the questions that the base begins with; no row where none of them has an answer."""
    welcome = catalogue.welcome[:CHOICES]
    return [ui.ActionRow(RelatedMenu.offering(welcome, "Essayez une question"))] if welcome else []


def under(mark: Mark, *, answered: bool) -> ui.ActionRow[Any]:
    """Return the row of buttons under an answer, or under what is said where there is none."""
    row: ui.ActionRow[Any] = ui.ActionRow()
    digest = mark.digest
    if mark.facts:
        row.add_item(SourcesButton(mark.facts[:FACTS_AT_MOST], more=len(mark.facts) > FACTS_AT_MOST))
    # A vote on an admission would only say that the articles are silent.
    if answered:
        row.add_item(VoteButton(True, mark.answered, digest))  # noqa: FBT003
        row.add_item(VoteButton(False, mark.answered, digest))  # noqa: FBT003
    row.add_item(ReportButton(mark.answered, digest, mark.asked))
    return row
