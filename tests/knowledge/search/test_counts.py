"""knowledge.search.counts: what phrasings are compiled to, however many an intent has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge.language.reading import read
from knowledge.search.counts import Counts

if TYPE_CHECKING:
    from knowledge.model import KnowledgeBase


def test_few_phrasings_stand_up_to_many(moulin: KnowledgeBase) -> None:
    """An intent does not win by the number of its phrasings: five that hardly fit against one that does."""
    counts = Counts()
    for word in ("Azur", "Brunel", "le maire", "le prix", "la date"):
        counts.add("many", read(f"la farine du moulin et {word}", moulin.lexicon))
    counts.add("one", read("la farine", moulin.lexicon))
    likely = counts.compiled()
    many, one = likely.of(read("la farine", moulin.lexicon))
    assert likely.intents == ("many", "one")
    assert one > many


def test_nothing_counted_is_no_error() -> None:
    """A base without phrasings has no likelihood to give."""
    assert Counts().compiled().intents == ()
