"""Composing an answer: facts -> short French text with numbered sources, in good typography."""

from __future__ import annotations

import re
from collections.abc import Iterable

from knowledge.model import Article, KnowledgeBase, Status
from knowledge.normalising import fold
from knowledge.reply import Outcome, Part, Source

NARROW, WIDE = "\u202f", "\u00a0"
_MARKS = re.compile(r"[ \u00a0\u202f]*([?!;:]+)(?=\s|$)")
_OPEN, _CLOSE = re.compile(r"«\s*"), re.compile(r"\s*»")
_WORD, _BETWEEN = re.compile(r"\w+"), re.compile(r"\W+")
_THOUSANDS = re.compile(r"(?<=\d) (?=\d{3}\b)")
_UNIT = re.compile(r"(?<=\d) (?=%|€|millions?\b|milliards?\b|ans?\b|dollars?\b)")
_LIST_FROM = 3
"""From this many facts on, an answer is a list."""


def typeset(text: str) -> str:
    """Return `text` with French typography: curly apostrophes, unbreakable spaces before ? ! ; : » % and in numbers."""
    text = text.replace("'", "’")
    text = _CLOSE.sub(f"{WIDE}»", _OPEN.sub(f"«{WIDE}", text))
    text = _MARKS.sub(lambda marks: (WIDE if marks[1].startswith(":") else NARROW) + marks[1], text)
    text = _THOUSANDS.sub(NARROW, text)
    return _UNIT.sub(WIDE, text)


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
    if part.outcome is Outcome.CLARIFY:
        return base.texts["clarify"]
    if part.outcome is not Outcome.ANSWERED:
        return _admission(part, base)
    intent = base.intents[part.intent or ""]
    marks = {source.article: f"[{source.number}]" for source in sources}
    opening = _opening(part, base)
    if intent.kind == "actor":
        cited = dict.fromkeys(marks[c.article] for name in part.facts for c in base.facts[name].citations)
        return f"{intent.text} {''.join(cited)}"
    statements = []
    for name in part.facts:
        fact = base.facts[name]
        cited = dict.fromkeys(marks[citation.article] for citation in fact.citations)
        statements.append(f"{fact.text} {''.join(cited)}")
    lead = intent.text if part.facts == intent.facts or intent.again else ""
    closing = ""
    if part.rule == "corrected":
        lead = _named(base.texts["unknown-name"], part)
    elif part.rule == "gap-and-near" and part.gap:
        lead = f"{base.intents[part.gap].text} {lead}".strip()
    elif part.gap:
        closing = base.intents[part.gap].text
    if len(statements) >= _LIST_FROM:
        opening = f"{opening} {lead}".strip() or base.texts["list"]
        return "\n".join(filter(None, [opening, *(f"• {text}" for text in statements), closing]))
    return " ".join(filter(None, [opening, lead, *statements, closing]))


def _opening(part: Part, base: KnowledgeBase) -> str:
    """Return the yes or no of an answer, as firm as the fact behind it; none for what is only imagined."""
    if part.truth is None or not part.facts:
        return ""
    status = base.facts[part.facts[0]].status
    if part.truth and status is Status.HYPOTHETICAL:
        return ""
    said = ("yes" if status is Status.ESTABLISHED else "yes-hedged") if part.truth else "no"
    return base.texts[f"{said}-negated" if part.reading.negated else said]


def _admission(part: Part, base: KnowledgeBase) -> str:
    """Return the sentence for a question that the articles do not answer."""
    if part.rule == "gap":
        return base.intents[part.intent or ""].text
    return _named(base.texts[f"unknown-{part.rule}"], part)


def _named(text: str, part: Part) -> str:
    """Return a fixed sentence that speaks of the names, or else the years, of a question."""
    names = " et ".join(_as_typed(name, part.reading.text) for name in part.reading.names)
    return text.replace("{what}", names or " ".join(str(year) for year in part.reading.years))


def _as_typed(name: str, text: str) -> str:
    """Return a normalised name as it stands in a message, with its capitals and accents."""
    runs = [run.span() for run in _WORD.finditer(text)]
    width = len(name.split())
    for first, last in zip(runs, runs[width - 1 :], strict=False):
        typed = text[first[0] : last[1]]
        if fold(_BETWEEN.sub(" ", typed)) == name:
            return typed
    return name
