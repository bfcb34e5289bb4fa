"""Articles, sources, questions, dates and versions, as they are cited wherever something is told."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.writing.escaping import plain
from bot.writing.french import DOT, STATUS, clipped, period
from knowledge.language.typography import listed, typeset
from knowledge.model import Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from knowledge.model import Article, Fact, KnowledgeBase, When
    from knowledge.reply import Source

TITLE_AT_MOST: Final = 140
"""A longer title is cut: no card may outgrow what Discord takes."""
TOGETHER: Final = " + "
"""Between questions that were answered on one card."""
VERSION: Final = 10
"""How much of the hash is shown that is the version of a base."""


def cited(article: Article) -> str:
    """Return an article in one line: title, publication, date."""
    parts = [f"« {plain(clipped(article.title, TITLE_AT_MOST))} »"]
    if article.publication:
        parts.append(plain(article.publication))
    parts.append(dated(article.when))
    return typeset(", ".join(parts))


def dated(when: When | None) -> str:
    """Return when an article is of, as a citation says it."""
    return period(when, missing="article sans date")


def questions_of(intents: str | None, base: KnowledgeBase) -> list[str]:
    """Return the questions of intents, as the store keeps them; its id for one that the base no longer has.

    Nothing where it has none of them.
    """
    names = (intents or "").split()
    if not any(name in base.intents for name in names):
        return []
    return [base.intents[name].question if name in base.intents else name for name in names]


def question_of(intents: str | None, base: KnowledgeBase) -> str:
    """Return the questions of intents, as the store keeps them, in one line; the empty string where there are none."""
    return TOGETHER.join(questions_of(intents, base))


def described(article: Article) -> str:
    """Return where an article comes from: publication, author, date."""
    parts = [plain(article.publication) if article.publication else "Publication non précisée"]
    if article.author:
        parts.append(f"par {plain(article.author)}")
    parts.append(period(article.when, missing="sans date"))
    return ", ".join(parts)


def numbered(sources: Iterable[Source], base: KnowledgeBase) -> list[str]:
    """Return the numbered sources of an answer, one line each."""
    return [
        f"[{source.number}]\u00a0{cited(base.articles[source.article])}"
        for source in sources
        if source.article in base.articles
    ]


def standing(facts: Sequence[Fact], base: KnowledgeBase) -> str:
    """Return date, status and speaker of some facts in one line, each only where all of the facts share it."""
    alone = len({citation.article for fact in facts for citation in fact.citations}) == 1
    where = "l’article" if alone else "les articles"
    parts = [_when(facts, missing=f"sans date dans {where}")]
    statuses, said_by = {fact.status for fact in facts}, {fact.by for fact in facts}
    if len(statuses) == 1:
        parts += [f"établi par {where}" if status is Status.ESTABLISHED else STATUS[status] for status in statuses]
    # What an article establishes it says itself, whoever did it.
    if len(said_by) == 1 and Status.ESTABLISHED not in statuses:
        names = [plain(base.actors[name].called) for name in said_by.pop()]
        parts += [f"selon {listed(names)}"] if names else []
    return typeset(DOT.join(filter(None, parts)))


def _when(facts: Sequence[Fact], *, missing: str) -> str:
    """Return the date that facts share; nothing where they have several: the answer says which is of when."""
    if len({fact.when and (fact.when.first, fact.when.last) for fact in facts}) != 1:
        return ""
    when = facts[0].when
    inferred = any(fact.when.inferred for fact in facts if fact.when)
    return period(when and replace(when, inferred=inferred), missing=missing)
