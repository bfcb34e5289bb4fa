"""The details behind an answer: for each article, the facts that rest on it, and the paragraphs that prove them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import discord
from discord import ui

from bot.views.base import CALM, Layout, small
from bot.writing.citing import cited, standing
from bot.writing.escaping import plain
from bot.writing.french import capital, clipped, unbroken
from knowledge.language.typography import typeset

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knowledge.model import Article, Citation, Fact, KnowledgeBase

TITLE: Final = "### D’où vient cette réponse"
MORE: Final = "D’autres faits encore sont derrière cette réponse. Posez ses questions une à une pour les voir tous."
PAGE_AT_MOST: Final = 3_800
"""How much text one message of details may have; what does not fit is told in the next one."""
BLOCKS_AT_MOST: Final = 20
"""With what separates them and what holds them they are 40 components, as many as Discord takes."""

FACT_AT_MOST, CITATIONS_AT_MOST, EVIDENCE_AT_MOST = 300, 5, 250


def details(facts: Sequence[Fact], base: KnowledgeBase, *, more: bool = False) -> list[Layout]:
    """Return the details of some facts, article by article, as the private cards that it takes to show them all.

    `more` says that the answer rests on others, too, which a button could not hold.
    """
    pages = [[f"{TITLE}\n{small(MORE)}" if more else TITLE]]
    for name in dict.fromkeys(citation.article for fact in facts for citation in fact.citations):
        article = base.articles[name]
        heading = f"**{cited(article)}**"
        resting = [fact for fact in facts if any(citation.article == name for citation in fact.citations)]
        for number, fact in enumerate(resting):
            block = _fact(fact, article, base)
            text = sum(map(len, (*pages[-1], heading, block)))
            full = text > PAGE_AT_MOST or len(pages[-1]) == BLOCKS_AT_MOST
            if full:
                pages.append([])
            pages[-1].append(f"{heading}\n{block}" if full or number == 0 else block)
    return [_page(blocks) for blocks in pages]


def _page(blocks: Sequence[str]) -> Layout:
    container: ui.Container[Layout] = ui.Container(accent_colour=CALM)
    for number, block in enumerate(blocks):
        if number:
            container.add_item(ui.Separator(visible=False, spacing=discord.SeparatorSpacing.small))
        container.add_item(ui.TextDisplay(block))
    return Layout(container)


def _fact(fact: Fact, article: Article, base: KnowledgeBase) -> str:
    """Return a fact, how firm and how old it is, and what proves it in one of its articles."""
    citations = [citation for citation in fact.citations if citation.article == article.id][:CITATIONS_AT_MOST]
    return "\n".join(
        (
            unbroken(typeset(plain(clipped(fact.text, FACT_AT_MOST)))),
            small([unbroken(line) for line in _standing(fact, base)]),
            *(_citation(citation, article) for citation in citations),
        )
    )


def _standing(fact: Fact, base: KnowledgeBase) -> list[str]:
    """Return how old and how firm a fact is, and from what a date was inferred: in whatever way the base writes it."""
    lines = [standing([fact], base)]
    if fact.when and fact.when.inferred:
        lines.append(typeset(f"Pourquoi cette date ? {capital(plain(fact.when.why)).rstrip('.')}."))
    return lines


def _citation(citation: Citation, article: Article) -> str:
    gist = next((p.gist for p in article.paragraphs if p.number == citation.paragraph), "")
    about = f" ({capital(plain(gist))})" if gist else ""
    evidence = clipped(", ".join(f"« {plain(fragment)} »" for fragment in citation.evidence), EVIDENCE_AT_MOST)
    return typeset(f"- §\u00a0{citation.paragraph}{about} : {evidence}")
