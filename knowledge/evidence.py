"""Proving the facts: each one's evidence has to stand in the paragraph that it cites."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from knowledge import schema
from knowledge.normalising import normalise
from knowledge.problems import Problem
from knowledge.sources import Placed


def plain(text: str) -> str:
    """Return `text` for comparison: its words and numbers, each between spaces, without quotation marks."""
    return f" {' '.join(normalise(text))} "


def paragraphs(text: str) -> dict[int, str]:
    """Return the paragraphs of a document: its lines that are not empty, numbered from 1."""
    lines = (line.strip() for line in text.splitlines())
    return {number: plain(line) for number, line in enumerate(filter(None, lines), 1)}


def prove(
    cards: Iterable[Placed[schema.ArticleCard]], facts: Iterable[Placed[schema.FactEntry]], texts: Path
) -> tuple[list[Problem], int]:
    """Check cards and facts against the folder of original texts.

    Returns the problems and the number of fragments that were found in their paragraph.
    """
    problems: list[Problem] = []
    documents: dict[str, dict[int, str]] = {}
    for card in cards:
        path = texts / card.value.document
        try:
            data = path.read_bytes()
        except OSError as error:
            problems.append(card.problem(f"the document cannot be read in {texts}: {error.strerror}", "document"))
            continue
        if hashlib.sha256(data).hexdigest() != card.value.sha256:
            problems.append(card.problem("the document is not the one whose sha256 the card gives", "sha256"))
        documents[card.value.id] = paragraphs(data.decode("utf-8-sig", errors="replace"))
        for number, entry in enumerate(card.value.paragraphs):
            if entry.n not in documents[card.value.id]:
                problems.append(card.problem(f"the document has no paragraph {entry.n}", "paragraphs", number))
    proved = 0
    for fact in facts:
        for number, citation in enumerate(fact.value.sources):
            if citation.article not in documents:
                continue
            paragraph = documents[citation.article].get(citation.paragraph, "")
            for position, fragment in enumerate(citation.evidence):
                if plain(fragment) in paragraph:
                    proved += 1
                    continue
                message = (
                    f"the evidence «{fragment}» does not stand in {citation.article}, paragraph {citation.paragraph}"
                )
                problems.append(fact.problem(message, "sources", number, "evidence", position))
    return problems, proved
