"""Which questions are proposed for what was typed so far."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.editions.catalogue import CHOICES, Proposal, Rank
from bot.editions.likeness import BEGUN, likeness, sureness
from knowledge.language.normalising import words
from knowledge.language.reading import read
from knowledge.search.matching import match

if TYPE_CHECKING:
    from bot.editions.edition import Edition

TYPED_AT_MOST: Final = 200
WORDS_AT_MOST: Final = 12
"""So much of a half-typed question is compared: more words change no proposal, and cost time at each key."""
MEANING: Final = 0.8
"""What the engine's own understanding counts for beside the words as they stand."""
SAME: Final = 0.999
"""How much of a question's meaning was typed where it asks just that."""
SURE: Final = 0.8
"""How likely a question is the one that was typed, where it counts as if it had its words."""
CURATED: Final = 0.1
"""What it counts for that a question is one to begin with."""
OPENING: Final = 0.3
"""What it counts for that a question begins with what was typed, or that it presents somebody where one asks who."""
ENOUGH: Final = 0.25
"""Score that a proposal has to exceed."""
BEHIND: Final = 1 / 3
"""Share of the best score that it has to exceed, too."""
UNSEEN: Final = 3.0
"""Weight of one that no proposal has."""


def nearest(typed: str, edition: Edition) -> tuple[Proposal, ...]:
    """Return the questions nearest to what was typed so far, best first; the curated ones where nothing was."""
    base, catalogue = edition.base, edition.catalogue
    wanted = words(typed[:TYPED_AT_MOST])[:WORDS_AT_MOST]
    if not wanted:
        return catalogue.welcome[:CHOICES]

    def weigh(word: str) -> float:
        return catalogue.rarity.get(word, UNSEEN)

    reading = read(typed[:TYPED_AT_MOST], base.lexicon)
    meant = {found.intent: found for found in match(reading, base.index).candidates}
    of_articles = any(len(word) > 2 and "articles".startswith(word) for word in wanted)
    floor = Rank.FIRST if of_articles else Rank.OF_ARTICLES

    def place(item: Proposal) -> tuple[int, float]:
        # What was only spelt nearly so, or means much the same, comes behind all that has the words as they stand,
        # or that asks just what was typed in words of its own.
        rank = Rank.FIRST if max(sureness(wanted, item.names), default=0.0) >= BEGUN else max(item.rank, floor)
        found = meant.get(item.intent)
        means = found.signals["fit"] if found else 0.0
        asked = found is not None and (found.score >= SURE or (means >= SAME and not reading.asks))
        presents = bool(item.names) and not reading.terms and not reading.asks.isdisjoint(item.asks)
        stands = asked or presents or min(sureness(wanted, item.words)) >= BEGUN
        begun = " ".join(item.words).startswith(" ".join(wanted))
        score = (
            likeness(wanted, item.words, weigh)
            + means * MEANING
            + (begun or presents) * OPENING
            + (item in catalogue.welcome) * CURATED
        )
        return (rank if stands else min(rank, Rank.USUAL) - Rank.USUAL), score

    placed = sorted(((*place(item), -number) for number, item in enumerate(catalogue.proposals)), reverse=True)
    least = max([ENOUGH, *(score * BEHIND for _, score, _ in placed)])
    near = [catalogue.proposals[-number] for _, score, number in placed if score > least]
    if reading.terms:
        return tuple(near[:CHOICES])
    # Whoever has not named anything yet is shown what to begin with, too.
    first = [item for item in catalogue.welcome if item not in near[: CHOICES - len(catalogue.welcome)]]
    return (*near[: CHOICES - len(first)], *first[:CHOICES])
