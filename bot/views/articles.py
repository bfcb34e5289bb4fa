"""The articles with what rests on each, to choose from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import discord
from discord import ui

from bot.editions.catalogue import CHOICES, short
from bot.editions.listings import ListKind, resting_on
from bot.views.base import CALM, Layout
from bot.views.pages import ListMenu
from bot.writing.citing import described
from bot.writing.escaping import plain
from bot.writing.french import DOT, clipped, counted, label
from knowledge.decision.chronology import moment
from knowledge.language.typography import typeset

if TYPE_CHECKING:
    from bot.editions.edition import Edition
    from knowledge.model import Article

LIST_AT_MOST: Final = 3_800
"""How much text the list of articles may have."""


def overview(edition: Edition) -> Layout:
    """Return the articles with what rests on each, to choose from."""
    articles = sorted(edition.base.articles.values(), key=lambda article: moment(article.when))
    container: ui.Container[Any] = ui.Container(accent_colour=CALM)
    number = counted(len(articles), "article de presse", "articles de presse")
    container.add_item(ui.TextDisplay(f"### Mes sources\nTout ce que je dis repose sur {number}."))
    entries = [_entry(article, edition) for article in articles[:CHOICES]]
    options = [
        discord.SelectOption(label=label(article.title, 100), value=short(article.id)) for article in articles[:CHOICES]
    ]
    if options:
        container.add_item(ui.TextDisplay(clipped("\n\n".join(entries), LIST_AT_MOST)))
        container.add_item(ui.ActionRow(ListMenu.offering(ListKind.ARTICLE, options, "Les faits d’un article")))
    return Layout(container)


def _entry(article: Article, edition: Edition) -> str:
    facts = counted(len(resting_on(article.id, edition)), "fait")
    title = f"[{plain(article.title)}](<{article.url}>)" if article.url else plain(article.title)
    return typeset(f"**« {title} »**\n{described(article)}{DOT}{facts}")
