"""knowledge.decision.periods: questions about a time, and nothing else."""

from __future__ import annotations

import pytest

from knowledge.conversation import Conversation
from knowledge.decision.periods import when_of
from knowledge.language.reading import read
from knowledge.model import KnowledgeBase
from knowledge.reply import Part, Rule
from tests.conftest import MOULIN, Changed
from tests.knowledge.talking import talk


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
    intents = {name: intent.id for intent in moulin.intents.values() for name in intent.told}
    conversation = Conversation(intent=intents[told[0]], facts=told)
    part = Part(reading, (), Rule.MATCH, intent=intents[found[0]], strength=1.0, facts=found)
    assert when_of(part, reading, moulin, conversation).facts == kept


@pytest.fixture
def dated(changed: Changed) -> KnowledgeBase:
    """Return the invented base with what Azur did two years later."""
    facts = (MOULIN / "facts/vente.yaml").read_text("utf-8")
    later = "[{article: echo, paragraph: 2, evidence: [avril]}]"
    facts += f"""
- id: retour-azur
  text: "En 2033, Azur est revenue sur son offre."
  when: {{date: 2033, basis: inferred, from: "date de l'article"}}
  status: established
  actors: [azur]
  topics: [vente]
  sources: {later}
"""
    more = """
- id: position-azur
  question: "Que veut Azur ?"
  facts: [offre-azur, retour-azur]
  phrasings: [la position d'Azur, que pense Azur]
- id: retour
  question: "Qui est revenu sur son offre ?"
  facts: [retour-azur]
"""
    return changed("dated", {"facts/vente.yaml": facts, "intents/more.yaml": more})


@pytest.mark.parametrize("then", ["et maintenant ?", "et plus récemment ?", "et aujourd'hui ?"])
def test_what_is_so_by_now_is_of_what_was_spoken_of(then: str, dated: KnowledgeBase) -> None:
    """« Et maintenant ? » behind what was so in a year asks what of the same was so since."""
    reply = talk(dated, "quelle est la position d'Azur ?", then)
    assert (reply.parts[0].rule, reply.facts) == (Rule.THEN, ("retour-azur",))


def test_where_nothing_came_since_now_is_asked_like_anything(moulin: KnowledgeBase) -> None:
    """Nothing is told for « et maintenant ? » that is of another matter."""
    assert talk(moulin, "combien Azur offre ?", "et maintenant ?").parts[0].rule is not Rule.THEN


@pytest.mark.parametrize(("then", "facts"), [("et en 2033 ?", ("retour-azur",)), ("et en 2040 ?", ())])
def test_what_happened_is_asked_of_another_year(then: str, facts: tuple[str, ...], dated: KnowledgeBase) -> None:
    """« Et en 2033 ? » behind « que s'est-il passé en 2031 ? » asks what happened then, of whatever matter."""
    assert talk(dated, "que s'est-il passé en 2031 ?", then).facts == facts
