"""Which facts give a figure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.editions.figures import gives_figure

if TYPE_CHECKING:
    from bot.editions.edition import Edition
    from knowledge.model import KnowledgeBase


def test_figures_are_facts_with_a_number_that_is_no_date(edition: Edition) -> None:
    """Dates do not make a fact a figure; amounts and counts do."""
    assert set(edition.catalogue.figures) >= {"offre-azur", "effectifs", "production"}
    assert "retrait-brunel" not in edition.catalogue.figures


@pytest.mark.parametrize(
    ("evidence", "figure"),
    [
        ("14 septembre 2020", False),
        ("Septembre 14, 2020", False),
        ("avant le 20 septembre", False),
        ("depuis 2008", False),
        ("45 salariés, 14 septembre 2020", True),
        ("salariés 45, 2020", True),
        ("63 %", True),
    ],
)
def test_a_date_is_no_figure_however_the_article_writes_it(edition: Edition, evidence: str, *, figure: bool) -> None:
    """The day before the month or behind it, with a year or without."""
    fact = edition.base.facts["effectifs"]
    fact = replace(fact, citations=(replace(fact.citations[0], evidence=(evidence,)),))
    assert gives_figure(fact, edition.base.lexicon) is figure


@pytest.mark.parametrize(
    ("said", "figure"),
    [
        ("La farine fait un quart des ventes du moulin.", True),
        ("Le moulin vend sa farine dans quatre pays.", True),
        ("C'est la troisième offre pour le moulin.", True),
        ("L'offre se chiffrerait en millions d'euros.", True),
        ("La farine fait l'essentiel des ventes du moulin.", False),
        ("M. Brunel dirige les deux moulins depuis mars.", False),
    ],
)
def test_a_figure_may_be_a_word(edition: Edition, said: str, *, figure: bool) -> None:
    """A number, a fraction, a rank; "les deux" counts nothing, and what is only much or little is no figure."""
    fact = edition.base.facts["effectifs"]
    fact = replace(fact, text=said, citations=(replace(fact.citations[0], evidence=("moulin",)),))
    assert gives_figure(fact, edition.base.lexicon) is figure


def test_what_the_base_files_under_figures_and_says_in_words_is_shown(shipped: KnowledgeBase) -> None:
    """A share, a rank, an order of magnitude; a growth without a number is left out."""
    shown = {name for name, fact in shipped.facts.items() if gives_figure(fact, shipped.lexicon)}
    assert shown >= {"part-hors-chine-total-2024", "troisieme-reduction-depuis-avril", "microsoft-depensera-milliards"}
    assert shown.isdisjoint(("croissance-record-2024", "investissements-massifs-ia-2024"))
