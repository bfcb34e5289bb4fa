"""Recognising greetings, thanks and the like, and requests to hear the last answer again."""

from __future__ import annotations

from collections.abc import Collection

from rapidfuzz import fuzz, process

from knowledge import tuning
from knowledge.conversation import Conversation
from knowledge.lexicon import standard
from knowledge.model import KnowledgeBase
from knowledge.reading import Reading
from knowledge.reply import Outcome, Part
from knowledge.terms import SLIGHT, Kind

TOKENS_AT_MOST = 16
"""Longer messages say more than hello."""
TINY = 1e-6
"""More than rounding makes of a likeness."""
CHATTY_AT_MOST = 6
"""Words at most of a clause that is compared with smalltalk whatever their order."""
NEAREST = 8
"""How many of the nearest smalltalk are looked at."""
ALIKE = 70
"""rapidfuzz ratio (0..100) from which a word is one of a smalltalk's."""
_ASKING = frozenset(["when", "why", "how-many"])
"""What people hardly ever ask in smalltalk."""
TYPED_EXACTLY = 4
"""Clauses up to this many characters are only compared exactly."""


def talk(
    reading: Reading, base: KnowledgeBase, conversation: Conversation, at: int = tuning.SMALLTALK_AT
) -> Part | None:
    """Return the part for a message whose every clause is at least `at` (0..100) like smalltalk; None for others."""
    if len(reading.tokens) > TOKENS_AT_MOST or any(term.kind is Kind.ACTOR for term in reading.terms):
        return None
    following = reading.leaning or (conversation.fresh and bool(reading.asks))
    least = tuning.SMALLTALK_AMID if following or reading.asks & _ASKING else at
    last: Part | None = None
    for clause in _clauses(reading):
        said = standard(clause, base.lexicon)
        if len(said) == 1:
            return None
        cutoff = least if len(said) > TYPED_EXACTLY else 100
        alike = _alike(said, cutoff, base)
        if not alike and not reading.asks and "?" not in reading.text and _chatty(clause, base):
            alike = _sharing(said, cutoff, base)
        if not alike or not _accounted(reading, clause, {word for phrase, _ in alike for word in phrase.split()}):
            return None
        nearest, likeness = alike[0]
        intent = base.index.smalltalk[nearest]
        if base.intents[intent].again:
            return _again(reading, intent, conversation)
        last = Part(reading, (), Outcome.SMALLTALK, "smalltalk", intent, likeness / 100)
    return last


def _chatty(clause: list[str], base: KnowledgeBase) -> bool:
    """Tell whether a clause is short, and every word of it one of smalltalk's, with a repair where need be."""
    if len(clause) > CHATTY_AT_MOST:
        return False
    words = (base.lexicon.repair(word) for token in clause for word in base.lexicon.spelling.get(token, (token,)))
    known = base.index.chatter
    return all(found and (found[0].word in known or found[0].word in base.lexicon.neutral) for found in words)


def _alike(said: str, cutoff: float, base: KnowledgeBase) -> list[tuple[str, float]]:
    """Return the smalltalk that a clause is like, nearest first, with the likeness (0..100)."""
    found: list[tuple[float, int, str]] = []
    for length, band in base.index.bands.items():
        # Every letter that one has more than the other is an edit: most lengths are too far away.
        if 100 * abs(length - len(said)) <= (100 - cutoff + TINY) * (length + len(said)):
            near = process.extract(said, band.wordings, scorer=fuzz.ratio, score_cutoff=cutoff, limit=NEAREST)
            found += [(-likeness, band.places[place], wording) for wording, likeness, place in near]
    return [(wording, -unlikeness) for unlikeness, _, wording in sorted(found)[:NEAREST]]


def _sharing(said: str, cutoff: float, base: KnowledgeBase) -> list[tuple[str, float]]:
    """Return the smalltalk that has words of a clause, in any order, nearest first, with the likeness (0..100)."""
    choices = base.index.smalltalk.keys()
    found = process.extract(said, choices, scorer=fuzz.token_set_ratio, score_cutoff=cutoff, limit=NEAREST)
    return [(wording, likeness) for wording, likeness, _ in found]


def _accounted(reading: Reading, clause: list[str], words: Collection[str]) -> bool:
    """Tell whether what carries meaning in a clause stands, more or less, in the smalltalk that it is like."""
    return all(
        process.extractOne(word, words, scorer=fuzz.ratio, score_cutoff=ALIKE)
        for term in reading.terms
        if term.kind not in SLIGHT
        for word in term.text.split()
        if word in clause
    )


def _clauses(reading: Reading) -> list[list[str]]:
    """Return the words between marks of punctuation."""
    clauses: list[list[str]] = [[]]
    for token in reading.tokens:
        if token.isalnum():
            clauses[-1].append(token)
        else:
            clauses.append([])
    return [clause for clause in clauses if clause]


def _again(reading: Reading, intent: str, conversation: Conversation) -> Part | None:
    """Tell the facts of the last answer once more; None where there is none to which the question could refer."""
    if not conversation.fresh or not conversation.facts:
        return None
    return Part(reading, (), Outcome.ANSWERED, "again", intent, 1.0, facts=conversation.facts)
