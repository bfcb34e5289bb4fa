"""What differs between two bases."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.editions.comparing import compare

if TYPE_CHECKING:
    from bot.editions.edition import Edition


def test_a_comparison_names_what_changed(edition: Edition) -> None:
    """Added, changed, removed; nothing where nothing did."""
    base = edition.base
    assert not compare(base, base)
    facts = dict(base.facts)
    facts["neuf"] = facts.pop("production")
    facts["effectifs"] = replace(facts["effectifs"], text="Le moulin emploie 46 salariés.")
    found = compare(base, replace(base, facts=facts)).facts
    assert (found.added, found.changed, found.removed) == (("neuf",), ("effectifs",), ("production",))
