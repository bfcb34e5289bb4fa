"""The shipped base: a few questions that show the whole path, and the gate that every phrasing has to pass."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from knowledge.checks.gate import over_match
from knowledge.compiling.sources import Sources
from knowledge.engine import answer
from knowledge.language.normalising import words
from knowledge.model import IntentKind, KnowledgeBase
from knowledge.reply import Outcome


def test_who_wanted_to_buy_gets_every_candidate(shipped: KnowledgeBase) -> None:
    """The first question of the README names each track with its article."""
    reply = answer("qui voulait racheter TikTok ?", shipped)
    assert reply.outcome is Outcome.ANSWERED
    for name in ("Microsoft", "Walmart", "Oracle", "Musk"):
        assert name in reply.text
    assert len({source.document for source in reply.sources}) == 4


def test_a_question_off_the_topic_is_unknown(shipped: KnowledgeBase) -> None:
    """The base does not answer what it does not know."""
    assert answer("quand sort gta 6 ?", shipped).outcome is Outcome.UNKNOWN


def test_every_fact_rests_on_evidence_and_can_be_told(shipped: KnowledgeBase) -> None:
    """No fact without a fragment that proves it, and none that no question leads to."""
    told = {name for intent in shipped.intents.values() for name in intent.told}
    for fact in shipped.facts.values():
        assert fact.citations
        assert all(citation.evidence for citation in fact.citations)
        assert fact.id in told


def test_every_article_is_used(shipped: KnowledgeBase) -> None:
    """Something rests on each of the five articles."""
    cited = {citation.article for fact in shipped.facts.values() for citation in fact.citations}
    assert cited == set(shipped.articles)


def test_offered_questions_are_answered(shipped: KnowledgeBase) -> None:
    """Each intent's own question gets an answer; those to begin with are some of them."""
    offered = {intent.id for intent in shipped.intents.values() if intent.kind is IntentKind.ANSWER}
    assert offered.issuperset(shipped.welcome)
    asked = {name: shipped.intents[name].question for name in sorted(offered)}
    assert [text for text in asked.values() if answer(text, shipped).outcome is not Outcome.ANSWERED] == []


@pytest.mark.parametrize("actor", ["tiktok", "bytedance", "microsoft"])
def test_whom_everything_speaks_of_can_be_asked_for(shipped: KnowledgeBase, actor: str) -> None:
    """A card is told where it is asked for word for word, although dozens of intents that name it are likelier."""
    assert answer(f"parle-moi de {shipped.actors[actor].name}", shipped).intent == f"acteur-{actor}"


def test_whom_the_articles_do_not_name_has_no_card(shipped: KnowledgeBase) -> None:
    """Who asks for the "hauts responsables chinois" is not told what the Chinese government is: nobody names them."""
    assert answer("c'est qui, ces hauts responsables chinois ?", shipped).parts[0].rule == "gap"


@pytest.mark.parametrize(
    ("text", "actor"), [("trump", "donald-trump"), ("pékin", "gouvernement-chinois"), ("fb", "facebook")]
)
def test_a_name_alone_is_presented(shipped: KnowledgeBase, text: str, actor: str) -> None:
    """Who types a name and nothing else, any of its names, wants to know who that is; « et Trump ? » may go on."""
    part = answer(text, shipped).parts[0]
    assert (part.rule, part.intent) == ("card", f"acteur-{actor}")
    before = answer("Combien vaut TikTok ?", shipped).conversation
    assert answer(f"et {text} ?", shipped, before).parts[0].rule != "card"


@pytest.mark.parametrize("asking", ["Présente-moi {}", "Dis-m'en plus sur {}"])
def test_whoever_is_to_be_presented_is(shipped: KnowledgeBase, asking: str) -> None:
    """These ways of asking who or what something is get its card (of a group, one asks in the plural)."""
    lost = [
        actor.name
        for actor in shipped.actors.values()
        if actor.kind != "group" and answer(asking.format(actor.name), shipped).intent != f"acteur-{actor.id}"
    ]
    assert lost == []


def test_a_statement_word_for_word_gets_its_own_answer(shipped: KnowledgeBase) -> None:
    """« Un de tes articles » and « tous tes articles » differ by a word that means nothing elsewhere."""
    asked = ("un de tes articles est signé Yohann Poiron ?", "tous tes articles sont signés Yohann Poiron ?")
    assert [answer(text, shipped).parts[0].truth for text in asked] == [True, False]


def test_another_saga_takes_this_ones_actors_for_strangers(shipped_sources: Sources) -> None:
    """The common French knows whom the shipped base speaks of, so that no other saga answers over them."""
    names = {words(form) for forms in shipped_sources.names.values() for form in forms}
    actors = [actor.value for actor in shipped_sources.actors if actor.value.kind != "group"]
    assert [actor.name for actor in actors if words(actor.name) not in names] == [], "add them to french/names.yaml"


def test_an_intent_has_a_file_of_its_name(shipped_sources: Sources) -> None:
    """Whoever knows what an intent is called finds it; a file can be read at a glance."""
    asked = [(Path(row.path), row.value.id) for row in shipped_sources.intents if row.path.startswith("intents/")]
    assert len(asked) > 500
    assert [str(path) for path, intent in asked if path.stem != intent] == []


def test_phrasings_win_their_own_intent(shipped: KnowledgeBase, shipped_sources: Sources) -> None:
    """The over-match gate on an eightieth of the intents and actors; `saga check` runs them all."""
    some = replace(shipped_sources, intents=shipped_sources.intents[::80], actors=shipped_sources.actors[::80])
    asked = over_match(some, shipped)
    assert [str(problem) for problem in asked.problems] == []
    assert asked.won > 50


def test_cards_cite_only_what_they_rest_on(shipped: KnowledgeBase) -> None:
    """Who asks for two people gets the sources of both cards, and none of what the question was likeliest taken for."""
    reply = answer("qui sont Mike Pompeo et Yohann Poiron ?", shipped)
    assert [part.rule for part in reply.parts] == ["card", "card"]
    assert {source.article for source in reply.sources} == {"pourparlers-microsoft"}
