"""A list of facts, page by page. Who did not ask for it gets a page of their own."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final, Self

import discord
from discord import ui

from bot.asking.access import Refusal, in_direct_message
from bot.editions.catalogue import KEY
from bot.editions.listings import Listing, ListKind, Wanted, listing
from bot.views.base import CALM, Layout, Persistent, small
from bot.views.state import PREFIX
from bot.writing.citing import cited
from bot.writing.escaping import plain
from bot.writing.french import DOT, capital, clipped, counted, period, unbroken
from knowledge.language.typography import typeset

if TYPE_CHECKING:
    import re
    from collections.abc import Sequence

    from bot.client import Interaction
    from bot.editions.edition import Edition
    from knowledge.model import Fact, KnowledgeBase

PER_PAGE: Final = 8
"""So many facts, most of them under 200 characters, and their sources are three screens of a phone."""
FACT_AT_MOST, OPENING_AT_MOST, SOURCES_AT_MOST = 270, 300, 800
"""Curators write less; this only keeps a page within Discord's 4,000 characters whatever they write."""
NO_LONGER = "La base ne contient plus ce qui était demandé là. Relancez la commande."


def page(wanted: Wanted, number: int, owner: int, edition: Edition) -> Layout:
    """Return one page of a list (from 0; a number beyond the end is the last page). Raises Refusal."""
    found = listing(wanted, edition)
    if found is None:
        raise Refusal(NO_LONGER)
    pages = max(1, -(-len(found.facts) // PER_PAGE))
    number = max(0, min(number, pages - 1))
    shown = found.facts[number * PER_PAGE : (number + 1) * PER_PAGE]
    container: ui.Container[Layout] = ui.Container(accent_colour=CALM)
    container.add_item(ui.TextDisplay(f"### {found.title}"))
    if pages > 1:
        container.add_item(
            ui.TextDisplay(small(f"Page {number + 1} sur {pages}{DOT}{counted(len(found.facts), found.noun)}"))
        )
    for item in _content(found, shown, number, edition.base):
        container.add_item(item)
    if pages > 1:
        turns = {Turn.FIRST: 0, Turn.BACK: number - 1, Turn.FORWARD: number + 1, Turn.LAST: pages - 1}
        if pages == 2:
            del turns[Turn.FIRST], turns[Turn.LAST]
        row: ui.ActionRow[Any] = ui.ActionRow()
        for turn, to in turns.items():
            there = min(max(0, to), pages - 1)
            row.add_item(PageButton(wanted, there, owner, turn, enabled=there != number))
        container.add_item(row)
    return Layout(container)


def _content(found: Listing, shown: tuple[Fact, ...], number: int, base: KnowledgeBase) -> list[ui.Item[Any]]:
    items: list[ui.Item[Any]] = []
    if found.opening and number == 0:
        items.append(ui.TextDisplay(unbroken(clipped(found.opening, OPENING_AT_MOST))))
        items.append(ui.Separator(spacing=discord.SeparatorSpacing.small))
    if not shown:
        items.append(ui.TextDisplay(typeset(found.nothing)))
        return items
    marks: dict[str, int] = {}
    for fact in shown if found.cites else ():
        for citation in fact.citations:
            marks.setdefault(citation.article, len(marks) + 1)
    for _, group in groupby(shown, key=lambda fact: fact.when and (fact.when.first, fact.when.last)):
        facts = list(group)
        lines = "\n".join(_line(fact, marks) for fact in facts)
        items.append(ui.TextDisplay(f"**{_heading(facts)}**\n{lines}"))
    if marks:
        items.append(ui.Separator(spacing=discord.SeparatorSpacing.small))
        sources = [f"[{mark}]\u00a0{cited(base.articles[article])}" for article, mark in marks.items()]
        items.append(ui.TextDisplay(clipped(small(sources), SOURCES_AT_MOST)))
    return items


def _heading(facts: Sequence[Fact]) -> str:
    """Return the date that facts share, marked where it was inferred for all or for some of them."""
    when = facts[0].when
    inferred = [bool(fact.when and fact.when.inferred) for fact in facts]
    said = period(when and replace(when, inferred=all(inferred)))
    mark = " (date en partie déduite)" if any(inferred) and not all(inferred) else ""
    return typeset(capital(said) + mark)


def _line(fact: Fact, marks: dict[str, int]) -> str:
    cited_by = "".join(dict.fromkeys(f"[{marks[citation.article]}]" for citation in fact.citations if marks))
    said = f"- {unbroken(typeset(plain(clipped(fact.text, FACT_AT_MOST))))}"
    return f"{said}\u00a0{cited_by}" if cited_by else said


class Turn(StrEnum):
    """Where a button turns to; one letter, because it travels in it."""

    FIRST = "s"
    BACK = "b"
    FORWARD = "f"
    LAST = "e"


TURNS: Final = {
    Turn.FIRST: "«\u00a0{}",
    Turn.BACK: "‹\u00a0Page\u00a0{}",
    Turn.FORWARD: "Page\u00a0{}\u00a0›",
    Turn.LAST: "{}\u00a0»",
}
"""Each with the number of its page; that it is a page, the two in the middle say: four words would not stand beside one
another on a phone."""


class PageButton(
    Persistent[ui.Button[Any]],
    template=(
        rf"{PREFIX}:p:(?P<turn>[sbfe]):(?P<kind>[tafs]):(?P<year>\d{{0,4}}):(?P<key>(?:[\w-]{{{KEY}}})?)"
        r":(?P<page>\d{1,4}):(?P<owner>\d{1,20})"
    ),
):
    """Turns the page, for the one who asked for the list; shows anybody else that page alone."""

    def __init__(self, wanted: Wanted, number: int, owner: int, turn: Turn, *, enabled: bool = True) -> None:
        self.wanted, self.number, self.owner = wanted, number, owner
        place = f"{wanted.kind.value}:{wanted.year}:{wanted.key}:{number}:{owner}"
        super().__init__(
            ui.Button(
                label=TURNS[turn].format(number + 1),
                disabled=not enabled,
                custom_id=f"{PREFIX}:p:{turn.value}:{place}",
            )
        )

    @classmethod
    async def from_custom_id(cls, _: Interaction, __: ui.Item[Any], match: re.Match[str], /) -> Self:  # type: ignore[override]
        """Return the button again, from its custom id."""
        wanted = Wanted(ListKind(match["kind"]), match["year"], match["key"])
        return cls(wanted, int(match["page"]), int(match["owner"]), Turn(match["turn"]))

    async def act(self, interaction: Interaction) -> None:
        """Turn the page."""
        edition = interaction.client.holder.current
        if interaction.user.id == self.owner:
            await interaction.response.edit_message(view=page(self.wanted, self.number, self.owner, edition))
        else:
            view = page(self.wanted, self.number, interaction.user.id, edition)
            await interaction.response.send_message(view=view, ephemeral=True)


class ListMenu(Persistent[ui.Select[Any]], template=rf"{PREFIX}:l:(?P<kind>[tafs])"):
    """Opens one of several lists, for the one who chose."""

    def __init__(self, menu: ui.Select[Any], kind: ListKind) -> None:
        self.kind = kind
        super().__init__(menu)

    @classmethod
    def offering(cls, kind: ListKind, options: list[discord.SelectOption], placeholder: str) -> ListMenu:
        """Return the menu for lists of one kind; the options' values are short keys."""
        return cls(ui.Select(custom_id=f"{PREFIX}:l:{kind.value}", placeholder=placeholder, options=options), kind)

    @classmethod
    async def from_custom_id(cls, _: Interaction, item: ui.Item[Any], match: re.Match[str], /) -> Self:  # type: ignore[override]
        """Return the menu again: what was chosen comes with the interaction."""
        assert isinstance(item, ui.Select)  # noqa: S101 - Discord sends back what we sent
        return cls(item, ListKind(match["kind"]))

    async def act(self, interaction: Interaction) -> None:
        """Show the list that was chosen."""
        wanted = Wanted(self.kind, key=self.item.values[0])
        view = page(wanted, 0, interaction.user.id, interaction.client.holder.current)
        await interaction.response.send_message(view=view, ephemeral=not in_direct_message(interaction))
