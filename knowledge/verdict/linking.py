"""Causes and effects that a question joins, where no article tells of both."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from knowledge import tuning
from knowledge.language.normalising import unmarked
from knowledge.language.reading import Reading, perfect, read_tokens
from knowledge.language.words import INFINITIVE_ENDINGS
from knowledge.model import KnowledgeBase
from knowledge.search.matching import Candidate


def unlinked(reading: Reading, best: Candidate, base: KnowledgeBase) -> bool:
    """Tell whether a question says that one thing was the cause of another, of which no article tells both.

    Where what the question is taken for knows of both, they may be joined. What no article tells of may only be said in
    other words: that is not looked at. In a long tale, "parce que" joins anything.
    """
    if reading.rambling or reading.negated or not reading.verifying or not (sides := _sides(reading, base)):
        return False
    articles = base.told_in.values()
    told = [_weightiest(side & frozenset().union(*articles), base) for side in sides]
    joining = (*articles, base.index.known(best.intent))
    return all(told) and not any(
        all(len(side & one) > tuning.LINKED_ABOVE * len(side) for side in told) for one in joining
    )


def _weightiest(side: set[str], base: KnowledgeBase) -> set[str]:
    """Return the features of what is said to be a cause or an effect, or else of whom that names."""
    said = {feature for feature in side if feature[0] == "=" and feature not in base.portion}
    return said or {feature for feature in side if feature[0] == "@" and feature[1:] not in base.omnipresent}


def _sides(reading: Reading, base: KnowledgeBase) -> list[set[str]]:
    """Return what a question names of a cause and of its effect; nothing where it joins no two things so."""
    joints, words = base.lexicon.joints, unmarked(reading.tokens)
    for place, (last, word) in enumerate(pairwise(["", *words])):
        before, behind = words[:place], words[place + 1 :]
        # "a fait fermer" tells a cause, "a fait une offre" does not.
        made = word in joints["made"] and behind[:1] and behind[0].endswith(INFINITIVE_ENDINGS)
        if word in joints["because"] or ((made or word in joints["caused"]) and perfect(last, word, base.lexicon)):
            sides = [_named(side, reading.text, base) for side in (before, behind)]
            if not sides[0]:
                # In "c'est à cause d'Azur que le moulin a fermé", the effect stands behind the "que".
                cut = next((at for at, one in enumerate(behind) if at and one in joints["that"]), len(behind))
                sides = [_named(side, reading.text, base) for side in (behind[:cut], behind[cut:])]
            return sides
    return []


def _named(side: Sequence[str], text: str, base: KnowledgeBase) -> set[str]:
    """Return the first features of what words say and of whom they name."""
    return {term.feature for term in read_tokens(text, side, base.lexicon).terms if term.feature[0] in "=@"}
