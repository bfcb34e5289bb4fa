"""Composing an answer: facts -> short French text with numbered sources."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from rapidfuzz.distance import OSA

from knowledge.language.counting import FIRST_YEAR, Side
from knowledge.language.normalising import fold
from knowledge.language.typography import listed
from knowledge.model import Article, IntentKind, KnowledgeBase
from knowledge.reply import Outcome, Part, Rule, Source
from knowledge.verdict.opening import opened

_WORD, _BETWEEN = re.compile(r"\w+"), re.compile(r"\W+")
_LIST_FROM = 3
"""From this many facts on, an answer is a list; fewer are one behind a lead that ends in a colon."""
_TYPED_AT = 0.6
"""Likeness from which something in a message is a mistyped name."""


def rests_on(part: Part, base: KnowledgeBase) -> tuple[str, ...]:
    """Return the facts that a part tells, and those near what it admits, in the order of its text."""
    near = base.intents[part.gap].told if part.gap else ()
    return (*near, *part.facts) if part.rule is Rule.GAP_AND_NEAR else (*part.facts, *near)


def cite(facts: Iterable[str], base: KnowledgeBase) -> tuple[Source, ...]:
    """Return the numbered sources of facts, in the order in which they come up."""
    paragraphs: dict[str, set[int]] = {}
    for name in facts:
        for citation in base.facts[name].citations:
            paragraphs.setdefault(citation.article, set()).add(citation.paragraph)
    return tuple(
        source(number, base.articles[article], sorted(used))
        for number, (article, used) in enumerate(paragraphs.items(), 1)
    )


def source(number: int, article: Article, paragraphs: Iterable[int]) -> Source:
    """Return an article as a numbered source."""
    return Source(
        number=number,
        article=article.id,
        document=article.document,
        title=article.title,
        publication=article.publication,
        date=article.when.first if article.when else None,
        inferred=bool(article.when and article.when.inferred),
        paragraphs=tuple(paragraphs),
    )


def compose(part: Part, base: KnowledgeBase, sources: tuple[Source, ...]) -> str:
    """Return the text of one decided question; `sources` gives the numbers of its citations."""
    marks = {source.article: f"[{source.number}]" for source in sources}

    def marked(text: str, facts: Iterable[str]) -> str:
        cited = dict.fromkeys(marks[citation.article] for name in facts for citation in base.facts[name].citations)
        return _spaced(text, "".join(cited))

    if part.outcome is Outcome.CLARIFY:
        return base.texts["clarify"]
    if part.silent:
        text = base.texts[f"unknown-{part.rule}"]
        return _without(part.reading.years, base) if part.rule is Rule.YEAR else _named(text, part)
    intent = base.intents[part.intent or ""]
    if not part.tells or intent.kind is IntentKind.ACTOR:
        return marked(intent.text, part.facts)
    own = part.facts[: len(part.facts) - len(part.also)]
    statements, also = ([marked(base.facts[name].text, [name]) for name in names] for names in (own, part.also))
    gap = base.intents[part.gap] if part.gap else None
    admission = marked(gap.text, gap.told) if gap else ""
    admitted, left = (admission, "") if part.rule is Rule.GAP_AND_NEAR else ("", admission)
    lacking, ahead = _lacking(part, base), _spaced(_opening(part, base), _lead(part, own, base))
    if len(statements) >= _LIST_FROM or ahead.endswith(":"):
        lines = [_spaced(lacking, ahead or base.texts["list"]), *(f"• {text}" for text in statements)]
    else:
        lines = [_spaced(lacking, ahead, *statements)]
    return "\n".join(filter(None, [admitted, *lines, *also, left]))


def _spaced(*texts: str) -> str:
    """Return texts one behind the other, without those that are empty."""
    return " ".join(filter(None, texts))


def _lacking(part: Part, base: KnowledgeBase) -> str:
    """Return what an answer says first where it does not tell the time that was asked about, or any."""
    if part.missing:
        return _without(part.missing, base)
    if part.untold:
        return base.texts["untold"]
    return base.texts["undated"] if part.undated else ""


def _lead(part: Part, own: Sequence[str], base: KnowledgeBase) -> str:
    """Return what an answer says ahead of its `own` facts: the lead of its intent, but not for some of them alone."""
    if part.rule is Rule.CORRECTED:
        return _named(base.texts["unknown-name"], part)
    intent = base.intents[part.intent or ""]
    if part.rule is Rule.BEYOND:
        return _spaced(base.texts["unknown-later"], intent.text)
    return intent.text if {*intent.facts} <= {*own} or part.rule in (Rule.AGAIN, Rule.PICKED, Rule.MOVED) else ""


def _opening(part: Part, base: KnowledgeBase) -> str:
    """Return the yes or no of an answer; empty for none."""
    opening = opened(part, base)
    return base.texts[opening].replace("{what}", _tellers(part.facts, base)) if opening else ""


def _tellers(facts: Sequence[str], base: KnowledgeBase) -> str:
    """Return who tells facts, one article or several; what overtook a fact does not say that it was so."""
    own = (base.facts[name] for name in facts if {*facts}.isdisjoint(base.facts[name].supersedes))
    articles = {citation.article for fact in own for citation in fact.citations}
    return base.texts["one-article" if len(articles) == 1 else "articles"]


def _named(text: str, part: Part) -> str:
    """Return a fixed sentence that speaks of the names in a question."""
    return text.replace(
        "{what}", listed([_as_typed(name, part.reading.text) for name in dict.fromkeys(part.reading.names)])
    )


def _without(years: Iterable[int | Side], base: KnowledgeBase) -> str:
    """Return the admission that nothing is known of some years."""
    return base.texts["unknown-year"].replace(
        "{what}", listed([_year_in_words(year, base) for year in dict.fromkeys(years)])
    )


def _year_in_words(year: int | Side, base: KnowledgeBase) -> str:
    """Return a year, or the side of one, in French."""
    if not isinstance(year, Side):
        return base.texts["in-year"].replace("{what}", str(year))
    if year.first == FIRST_YEAR:
        return base.texts["before-year"].replace("{what}", str(year.last + 1))
    return base.texts["since-year"].replace("{what}", str(year.first))


def _as_typed(name: str, text: str) -> str:
    """Return a normalised name as it stands in a message, with its capitals, accents and typing errors.

    What is not like it there was written in another way: then as it is.
    """
    runs = [run.span() for run in _WORD.finditer(text)]
    width = len(name.split())
    # A space may have been left out or put in, and an expression leaves little words out ("Côte d'Ivoire").
    written = [
        text[first[0] : last[1]]
        for words in range(max(width - 1, 1), width + 2)
        for first, last in zip(runs, runs[words - 1 :], strict=False)
    ]
    alike = [OSA.normalized_similarity(fold(_BETWEEN.sub(" ", typed)), name) for typed in written]
    most = max(alike, default=0.0)
    return written[alike.index(most)] if most >= _TYPED_AT else name
