"""knowledge.decision.periods: questions about a time, and nothing else."""

from __future__ import annotations

import pytest

from knowledge.conversation import Conversation
from knowledge.decision.periods import when_of
from knowledge.language.reading import read
from knowledge.model import KnowledgeBase
from knowledge.reply import Part, Rule


@pytest.mark.parametrize(
    ("told", "found", "kept"),
    [
        (("retrait-brunel", "effectifs"), ("retrait-brunel", "effectifs"), ("retrait-brunel",)),
        (("retrait-brunel",), ("effectifs",), ("retrait-brunel",)),
        (("retrait-brunel",), ("refus-mairie",), ("refus-mairie",)),
        (("effectifs",), ("effectifs",), ("effectifs",)),
    ],
)
def test_when_is_answered_by_what_tells_a_time(
    told: tuple[str, ...], found: tuple[str, ...], kept: tuple[str, ...], moulin: KnowledgeBase
) -> None:
    """« Quand ? » gets what tells a time of what was told, rather than what is of no topic of that."""
    reading = read("quand ?", moulin.lexicon)
    intents = {name: intent.id for intent in moulin.intents.values() for name in intent.facts}
    conversation = Conversation(intent=intents[told[0]], facts=told)
    part = Part(reading, (), Rule.MATCH, intent=intents[found[0]], confidence=1.0, facts=found)
    assert when_of(part, reading, moulin, conversation).facts == kept
