"""The details behind an answer: for each fact, the paragraphs it rests on and the fragments that prove it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import discord
from discord import ui

from bot.escaping import plain
from bot.french import STATUS, clipped, counted, period
from bot.views.base import CALM, Layout, small
from bot.views.citing import cited
from knowledge.composing import typeset

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knowledge.model import Article, Citation, Fact, KnowledgeBase

BUDGET: Final = 3_600
"""How much text the details may have; what does not fit is counted, not cut in the middle."""

FACT_AT_MOST, CITATIONS_AT_MOST, EVIDENCE_AT_MOST = 300, 5, 250


def details(facts: Sequence[Fact], base: KnowledgeBase) -> Layout:
    """Return the details of some facts as a private card."""
    container: ui.Container[Layout] = ui.Container(accent_colour=CALM)
    title = "### D’où vient cette réponse"
    container.add_item(ui.TextDisplay(title))
    used = len(title)
    for number, fact in enumerate(facts):
        block = _fact(fact, base)
        if used + len(block) > BUDGET:
            left = counted(len(facts) - number, "autre fait", "autres faits")
            container.add_item(ui.TextDisplay(small(f"… et {left}.")))
            break
        used += len(block)
        if number:
            container.add_item(ui.Separator(visible=False, spacing=discord.SeparatorSpacing.small))
        container.add_item(ui.TextDisplay(block))
    return Layout(container)


def _fact(fact: Fact, base: KnowledgeBase) -> str:
    lines = [typeset(plain(clipped(fact.text, FACT_AT_MOST))), small(f"{STATUS[fact.status]} · {_dated(fact)}")]
    citations = fact.citations[:CITATIONS_AT_MOST]
    for name in dict.fromkeys(citation.article for citation in citations):
        article = base.articles[name]
        lines.append(typeset(f"{cited(article)} :"))
        lines += [_citation(citation, article) for citation in citations if citation.article == name]
    return "\n".join(lines)


def _dated(fact: Fact) -> str:
    said = period(fact.when, missing="sans date dans l’article")
    if fact.when and fact.when.inferred and fact.when.why:
        said += f" : {typeset(plain(fact.when.why))}"
    return typeset(said)


def _citation(citation: Citation, article: Article) -> str:
    gist = next((p.gist for p in article.paragraphs if p.number == citation.paragraph), "")
    about = f" ({plain(gist)})" if gist else ""
    evidence = clipped(", ".join(f"« {plain(fragment)} »" for fragment in citation.evidence), EVIDENCE_AT_MOST)
    return typeset(f"- §\u00a0{citation.paragraph}{about} : {evidence}")
