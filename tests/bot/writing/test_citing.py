"""How firm and how old facts are said to be."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.writing.citing import standing

if TYPE_CHECKING:
    from bot.editions.edition import Edition


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        (["effectifs"], "sans date dans l’article\u00a0· établi par l’article"),
        (["effectifs", "production"], "sans date dans l’article\u00a0· établi par l’article"),
        (["retrait-brunel", "refus-mairie"], "établi par les articles"),
        (["refus-mairie", "effectifs"], "établi par les articles"),
        (["offre-azur"], "mars 2031 (date déduite)\u00a0· rapporté\u00a0· selon le petit journal"),
        (["offre-azur", "refus-mairie"], "mars 2031 (date déduite)"),
    ],
)
def test_the_standing_of_facts_names_their_articles_and_speakers(edition: Edition, facts: list[str], said: str) -> None:
    """One article or several; who speaks with the base's article; nobody for what an article establishes itself.

    No line of a narrow screen begins with the dot between them.
    """
    paper = replace(
        edition.base.actors["gazette"], name="petit journal", description="Le petit journal a révélé l'offre."
    )
    base = replace(edition.base, actors={**edition.base.actors, "gazette": paper})
    told = [replace(base.facts[name], by=("gazette",)) for name in facts]
    assert standing(told, base) == said
