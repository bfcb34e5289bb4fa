"""knowledge.attributing: what only tells where a thing was read is not what is asked."""

from __future__ import annotations

import pytest

from knowledge.lexicon import Lexicon
from knowledge.model import KnowledgeBase
from knowledge.reading import read


@pytest.mark.parametrize(
    "text",
    [
        "selon l'article sur la fermeture, qui veut acheter le moulin ?",
        "qui veut acheter le moulin, d'après le papier consacré à la fermeture ?",
        "qui veut acheter le moulin dans ton article de 2019",
    ],
)
def test_the_description_of_a_source_is_not_asked_for(moulin: KnowledgeBase, text: str) -> None:
    """What stands behind "selon l'article sur", up to the next mark, adds nothing to a question."""
    assert read(text, moulin.lexicon).features == read("qui veut acheter le moulin", moulin.lexicon).features


@pytest.mark.parametrize(
    "text",
    [
        "que lit-on dans l'article sur la fermeture ?",
        "dans l'article sur la fermeture la mairie dit quoi",
        "qui a écrit l'article sur la fermeture ?",
    ],
)
def test_a_question_that_has_nothing_else_is_about_the_article(moulin: KnowledgeBase, text: str) -> None:
    """Where no question is left beside it, or nobody says "selon", the description of a source counts."""
    assert read("fermeture", moulin.lexicon).features <= read(text, moulin.lexicon).features


def test_a_tale_without_punctuation_is_no_description(moulin: KnowledgeBase) -> None:
    """What goes on for longer than any description is read as part of the question."""
    tale = "qui veut acheter le moulin, selon l'article sur " + "la fermeture du moulin " * 5
    assert read("fermeture", moulin.lexicon).features <= read(tale, moulin.lexicon).features


def test_a_language_without_attributions_reads_everything() -> None:
    """Nothing is set apart where no list says how."""
    assert {"moulin", "articl"} <= read("selon l'article sur le moulin, quoi", Lexicon()).features
