"""Recognising greetings, thanks and the like, and requests to hear the last answer again.

Smalltalk is told from questions by what tells questions from one another: how likely its wordings make a message.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from knowledge import tuning
from knowledge.conversation import Conversation
from knowledge.likelihood import Floats
from knowledge.model import KnowledgeBase
from knowledge.reading import Reading
from knowledge.reply import Outcome, Part
from knowledge.terms import SLIGHT

LEAST_LETTERS = 2
"""A single letter is a slip of the finger."""
_ASKING = frozenset(["when", "why", "how-many"])
"""What people hardly ever ask in smalltalk."""


def talk(reading: Reading, evidence: Floats, base: KnowledgeBase, conversation: Conversation) -> Part | None:
    """Return the part for a message that is smalltalk rather than a question; None for others.

    `evidence` is how likely every intent is for it, as `Index.evidence` gives it.
    """
    said = " ".join(reading.words)
    if reading.actors or len(said) < LEAST_LETTERS:
        return None
    intent = base.index.smalltalk.get(said)
    strength = 1.0
    if intent is None:
        questions, chatter = evidence[: base.index.asked], evidence[base.index.asked :]
        if not len(chatter) or reading.asks & _ASKING:
            return None
        best = int(chatter.argmax())
        likely = float(chatter[best])
        strength = likely - float(questions.max(initial=0.0))
        following = reading.leaning or (conversation.fresh and bool(reading.asks))
        if likely < tuning.SMALLTALK_AT or strength < (tuning.SMALLTALK_AMID if following else tuning.SMALLTALK_BEYOND):
            return None
        intent = base.index.likelihood.intents[len(questions) + best]
        if _accounted(reading, base.index.chatter[intent]) <= tuning.SMALLTALK_ACCOUNTS:
            return None
    if base.intents[intent].again:
        return _again(reading, intent, conversation)
    return Part(reading, (), Outcome.SMALLTALK, "smalltalk", intent, min(1.0, 0.5 + strength))


def _accounted(reading: Reading, known: AbstractSet[str]) -> float:
    """Return the share of the terms that carry meaning which smalltalk that knows these features accounts for."""
    telling = [term for term in reading.terms if term.kind not in SLIGHT]
    return sum(any(name in known for name, _ in term.features) for term in telling) / len(telling) if telling else 1.0


def _again(reading: Reading, intent: str, conversation: Conversation) -> Part | None:
    """Tell the facts of the last answer once more; None where there is none to which the question could refer."""
    if not conversation.fresh or not conversation.facts:
        return None
    return Part(reading, (), Outcome.ANSWERED, "again", intent, 1.0, facts=conversation.facts)
