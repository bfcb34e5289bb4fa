"""What is looked up in a base."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.editions.catalogue import KEY, build, short
from knowledge.engine import answer

if TYPE_CHECKING:
    from bot.editions.edition import Edition
    from knowledge.model import KnowledgeBase


def test_short_keys_are_stable_and_short() -> None:
    """A key made today is found again by another release: its value is part of the contract with sent messages."""
    assert short("acheteurs") == "V10MUy"
    assert len({short(f"fact-{number}") for number in range(5_000)}) == 5_000
    assert all(len(short(f"fact-{number}")) == KEY for number in range(100))


def test_who_asked_nothing_finds_the_story_first(shipped: KnowledgeBase) -> None:
    """What is proposed in words is the first of the questions proposed below them: a channel hears only mentions."""
    reply = answer("?!", shipped)
    assert "demandez-moi de résumer la saga" in reply.text
    assert answer("peux-tu résumer la saga", shipped).intent == answer(reply.suggestions[0], shipped).intent


def test_figures_are_facts_with_a_number_that_is_no_date(edition: Edition) -> None:
    """Dates do not make a fact a figure; amounts and counts do."""
    assert set(edition.catalogue.figures) >= {"offre-azur", "effectifs", "production"}
    assert "retrait-brunel" not in edition.catalogue.figures


def test_what_the_base_files_under_figures_and_says_in_words_is_shown(shipped: KnowledgeBase) -> None:
    """A share, a rank, an order of magnitude; a growth without a number is left out."""
    shown = set(build(shipped).figures)
    assert shown >= {"part-hors-chine-total-2024", "troisieme-reduction-depuis-avril", "microsoft-depensera-milliards"}
    assert shown.isdisjoint(("croissance-record-2024", "investissements-massifs-ia-2024"))
