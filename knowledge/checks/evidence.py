"""Proving cards and facts: what they say of an article stands in it, evidence in the very paragraph that is cited."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from knowledge.compiling import schema
from knowledge.compiling.amounts import Numbers
from knowledge.compiling.problems import Problem
from knowledge.compiling.sources import Placed, Sources
from knowledge.language.normalising import fold, normalise


def plain(text: str) -> str:
    """Return `text` for comparison: its words and numbers, each between spaces, without quotation marks."""
    # Folded first: an "où" elsewhere in a paragraph is to say nothing about an "ou" of it.
    return f" {' '.join(normalise(fold(text)))} "


def paragraphs(text: str) -> dict[int, str]:
    """Return the paragraphs of a document: its lines that are not empty, numbered from 1."""
    lines = (line.strip() for line in text.splitlines())
    return {number: plain(line) for number, line in enumerate(filter(None, lines), 1)}


@dataclass(slots=True)
class Proof:
    """What came of reading the original texts."""

    problems: list[Problem] = field(default_factory=list)
    proved: int = 0
    """Fragments of evidence that were found in their paragraph."""
    notes: list[str] = field(default_factory=list)
    """Texts and paragraphs that nothing was drawn from."""


def prove(sources: Sources, texts: Path) -> Proof:
    """Check cards and facts against the folder of original texts."""
    proof = Proof()
    months = Numbers.of(sources).months
    documents: dict[str, dict[int, str]] = {}
    for card in sources.articles:
        path = texts / card.value.document
        try:
            data = path.read_bytes()
        except OSError as error:
            proof.problems.append(card.problem(f"the document cannot be read in {texts}: {error.strerror}", "document"))
            continue
        found = hashlib.sha256(data).hexdigest()
        if found != card.value.sha256:
            message = f"the document has another sha256; if it is the right document, write {found}"
            proof.problems.append(card.problem(message, "sha256"))
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            message = f"the document is not UTF-8 text (byte {error.start}); save it as UTF-8"
            proof.problems.append(card.problem(message, "document"))
            continue
        documents[card.value.id] = paragraphs(text)
        proof.problems += _card(card, text, documents[card.value.id], months)
    for fact in sources.facts:
        _fact(fact, documents, months, proof)
    if not sources.problems:  # what could not be read may rest on it
        proof.notes += _undrawn(sources, documents, texts)
    return proof


def _card(
    card: Placed[schema.ArticleCard], text: str, read: Mapping[int, str], months: Mapping[str, int]
) -> Iterator[Problem]:
    """Find what a card says otherwise than its document."""
    for number, entry in enumerate(card.value.paragraphs):
        if entry.n not in read:
            yield card.problem(f"the document has no paragraph {entry.n}", "paragraphs", number)
    for key in ("title", "author", "publication"):
        said = getattr(card.value, key)
        if said and plain(said) not in plain(text) and not (key == "publication" and card.value.publication_basis):
            yield card.problem(f"'{said}' does not stand in the document", key)
    for part in _unstated_parts(card.value.date, plain(text), months):
        yield card.problem(f"the date is stated, but the document has no {part}", "date")


def _fact(
    fact: Placed[schema.FactEntry],
    documents: Mapping[str, Mapping[int, str]],
    months: Mapping[str, int],
    proof: Proof,
) -> None:
    """Look for a fact's evidence, and for its date where the article states it."""
    cited = []
    for number, citation in enumerate(fact.value.sources):
        if citation.article not in documents:
            continue
        paragraph = documents[citation.article].get(citation.paragraph, "")
        cited.append(paragraph)
        for position, fragment in enumerate(citation.evidence):
            if plain(fragment) in paragraph:
                proof.proved += 1
                continue
            message = f"the evidence «{fragment}» does not stand in {citation.article}, paragraph {citation.paragraph}"
            elsewhere = next((n for n, read in documents[citation.article].items() if plain(fragment) in read), None)
            message += f", but in paragraph {elsewhere}" if elsewhere else ""
            proof.problems.append(fact.problem(message, "sources", number, "evidence", position))
    whole = len(cited) == len(fact.value.sources) and all(cited)
    lacking = [*_unstated_parts(fact.value.when, "".join(cited), months)] if whole else []
    if lacking:
        parts = ", no ".join(lacking)
        message = f"the date is stated, but the paragraphs cited have no {parts}; cite it, or infer the date"
        proof.problems.append(fact.problem(message, "when"))


def _unstated_parts(when: schema.WhenEntry | None, text: str, months: Mapping[str, int]) -> Iterator[str]:
    """Yield the years, months and days of a stated date that do not stand in a text."""
    if when is None or when.basis != "stated":
        return
    tokens = text.split()
    there = {"year": {*tokens}, "month": {str(months.get(token, "")) for token in tokens}, "day": {*tokens}}
    for date in when.date.split("/"):
        for name, part in zip(there, date.split("-"), strict=False):
            if part.lstrip("0") not in there[name]:
                yield f"{name} {part}"


def _undrawn(sources: Sources, documents: Mapping[str, Mapping[int, str]], texts: Path) -> Iterator[str]:
    """Say which paragraphs no fact rests on, other than those that repeat a title, and which texts have no card."""
    cited = {(citation.article, citation.paragraph) for fact in sources.facts for citation in fact.value.sources}
    for card in sources.articles:
        read = documents.get(card.value.id, {})
        left = [
            str(entry.n)
            for entry in card.value.paragraphs
            if (card.value.id, entry.n) not in cited and read.get(entry.n, "") != plain(card.value.title)
        ]
        if read and left:
            yield f"no fact rests on § {', '.join(left)} of '{card.value.id}'"
    known = {card.value.document for card in sources.articles}
    for path in sorted(texts.iterdir()):
        if path.name not in known and not path.name.startswith("."):
            yield f"{path.name} has no card"
