"""Proving the facts: each one's evidence has to stand in the paragraph that it cites, and its numbers in evidence."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from knowledge import schema
from knowledge.normalising import fold, normalise
from knowledge.problems import Problem
from knowledge.sources import Placed

PROVED_FROM = 5
"""Least number that has to be proved where it is a word; smaller ones mostly count what the text itself names."""


def plain(text: str) -> str:
    """Return `text` for comparison: its words and numbers, each between spaces, without quotation marks."""
    # Folded first: an "où" elsewhere in a paragraph is to say nothing about an "ou" of it.
    return f" {' '.join(normalise(fold(text)))} "


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
        found = hashlib.sha256(data).hexdigest()
        if found != card.value.sha256:
            problems.append(card.problem(f"the document is another one: its sha256 is {found}", "sha256"))
        try:
            documents[card.value.id] = paragraphs(data.decode("utf-8-sig"))
        except UnicodeDecodeError as error:
            message = f"the document is not UTF-8 text (byte {error.start}); save it as UTF-8"
            problems.append(card.problem(message, "document"))
            continue
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


def figures(
    cards: Iterable[Placed[schema.ArticleCard]],
    facts: Sequence[Placed[schema.FactEntry]],
    spelled: Mapping[str, int],
) -> Iterator[Problem]:
    """Find numbers in the text of a fact that nothing proves; `spelled` are those that are words ("deux", "septième").

    Small words among them need no proof. A number may stand in the fact's evidence, in the reason of its date, or in a
    date: of the fact, of an article that it cites, or of another fact on the same paragraph (one dates a law, the next
    speaks of the law of that year).
    """
    dates: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
    for fact in facts:
        for citation in fact.value.sources:
            if fact.value.when:
                dates[citation.article, citation.paragraph].append(fact.value.when.date)
    published = {card.value.id: card.value.date.date for card in cards if card.value.date}
    for fact in facts:
        proofs = [fact.value.when.why or ""] if fact.value.when else []
        for citation in fact.value.sources:
            proofs += [*citation.evidence, *dates[citation.article, citation.paragraph]]
            proofs.append(published.get(citation.article, ""))
        tokens = [token for proof in proofs for token in normalise(proof)]
        proved = {str(spelled.get(token, token)).lstrip("0") for token in tokens}
        for token in dict.fromkeys(normalise(fact.value.text)):
            stated = token[0].isdigit() or spelled.get(token, 0) >= PROVED_FROM
            if stated and str(spelled.get(token, token)).lstrip("0") not in proved:
                message = f"the number {token} of the text stands neither in the evidence nor in a date"
                yield fact.problem(message, "text")
