"""What is looked up in a base, and the cards made of it at their largest."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.asking.answering import Answer
from bot.curating.gaps import exported, grouped
from bot.editions.catalogue import KEY, short
from bot.editions.listings import ListKind, Wanted
from bot.store import Gap
from bot.views.base import TEXT_AT_MOST
from bot.views.buttons import under
from bot.views.card import card
from bot.views.pages import page
from bot.views.sources import details
from bot.views.state import CUSTOM_ID_AT_MOST, Mark
from bot.writing.citing import standing
from knowledge.engine import answer
from tests.bot.conftest import MOMENT

if TYPE_CHECKING:
    from bot.editions.edition import Edition
    from knowledge.model import KnowledgeBase

COMPONENTS_AT_MOST = 40


def huge(edition: Edition) -> Edition:
    """Return a base whose texts are all far too long."""
    facts = {
        name: replace(
            fact,
            text=fact.text * 20,
            citations=tuple(replace(citation, evidence=citation.evidence * 40) for citation in fact.citations * 5),
        )
        for name, fact in edition.base.facts.items()
    }
    articles = {name: replace(article, title=article.title * 10) for name, article in edition.base.articles.items()}
    return replace(edition, base=replace(edition.base, facts=facts, articles=articles))


def test_short_keys_are_stable_and_short() -> None:
    """A key made today is found again by another release: its value is part of the contract with sent messages."""
    assert short("acheteurs") == "V10MUy"
    assert len({short(f"fact-{number}") for number in range(5_000)}) == 5_000
    assert all(len(short(f"fact-{number}")) == KEY for number in range(100))


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        (["effectifs"], "sans date dans l’article · établi par l’article"),
        (["effectifs", "production"], "sans date dans l’article · établi par l’article"),
        (["retrait-brunel", "refus-mairie"], "établi par les articles"),
        (["refus-mairie", "effectifs"], "établi par les articles"),
        (["offre-azur"], "mars 2031 (date déduite) · rapporté · selon le petit journal"),
        (["offre-azur", "refus-mairie"], "mars 2031 (date déduite)"),
    ],
)
def test_the_standing_of_facts_names_their_articles_and_speakers(edition: Edition, facts: list[str], said: str) -> None:
    """One article or several; who speaks with the base's article; nobody for what an article establishes itself."""
    paper = replace(
        edition.base.actors["gazette"], name="petit journal", description="Le petit journal a révélé l'offre."
    )
    base = replace(edition.base, actors={**edition.base.actors, "gazette": paper})
    told = [replace(base.facts[name], by=("gazette",)) for name in facts]
    assert standing(told, base) == said


def test_near_questions_tell_something_new(edition: Edition) -> None:
    """What is offered after an answer is not what was just said."""
    near = edition.catalogue.near(("effectifs",), "effectifs", edition.base)
    assert near
    assert all(set(edition.base.intents[item.intent].facts) - {"effectifs"} for item in near)


async def test_no_card_is_too_large_for_discord(edition: Edition) -> None:
    """Even a base full of endless texts makes messages that Discord takes."""
    big = huge(edition)
    reply = answer("Qui voulait racheter le moulin ?", edition.base)
    reply = replace(reply, text=reply.text * 100, facts=tuple(big.base.facts) * 5)
    views = [card(Answer(reply, big), 1, question="x" * 5_000), *details(list(big.base.facts.values()), big.base)]
    views += [page(Wanted(kind), 0, 1, big) for kind in (ListKind.TIMELINE, ListKind.FIGURES)]
    for view in views:
        assert view.content_length() <= TEXT_AT_MOST
        assert view.total_children_count <= COMPONENTS_AT_MOST
    row = under(Mark.of(reply, big.base), answered=True)
    assert all(len(item["custom_id"]) <= CUSTOM_ID_AT_MOST for item in row.to_component_dict()["components"])


def test_gaps_that_are_nearly_the_same_are_one(edition: Edition) -> None:
    """The most asked form leads, counts add up, the latest time stands; another question stays apart."""
    gaps = [
        Gap("quel temps fait il a paris", "detail", 2, MOMENT),
        Gap("quel temps faitil a paris", "detail", 3, MOMENT),
        Gap("combien coute le pain", "detail", 4, MOMENT),
    ]
    first, second = grouped(gaps, edition.base)
    assert (first.question, first.count, first.others) == (
        "quel temps faitil a paris",
        5,
        ("quel temps fait il a paris",),
    )
    assert second.count == 4
    assert grouped([], edition.base) == []


@pytest.mark.parametrize(
    ("question", "other", "groups"),
    [
        ("est ce que le moulin est interdit au quebec", "le moulin est il interdit au quebec", 1),
        ("le pdg de snapchat c est qui", "qui est le pdg de snap chat", 1),
        ("combien de vues sur youtube", "combien de vues sur you tube", 1),
        ("le moulin est il interdit au quebec", "le moulin est il interdit au quebek", 1),
        ("le moulin est il interdit en iran", "le moulin est il interdit en irak", 2),
        ("le prix du moulin en 2041", "le prix du moulin en 2042", 2),
        ("pourquoi le moulin est interdit au quebec", "quand le moulin est interdit au quebec", 2),
    ],
)
def test_gaps_are_one_by_what_they_mean_not_by_their_letters(
    edition: Edition, question: str, other: str, groups: int
) -> None:
    """Order and frame of a question do not count, nor words glued, split or misspelt; one other word does."""
    gaps = [Gap(question, "name", 2, MOMENT), Gap(other, "name", 1, MOMENT)]
    assert len(grouped(gaps, edition.base)) == groups


def test_an_export_holds_no_formula(edition: Edition) -> None:
    """A cell that a spreadsheet would compute is made a text."""
    rows = exported(grouped([Gap("=cmd()", "off-topic", 1, MOMENT)], edition.base)).decode("utf-8-sig")
    assert "'=cmd()" in rows


def test_who_asked_nothing_finds_the_story_first(shipped: KnowledgeBase) -> None:
    """What is proposed in words is the first of the questions proposed below them: a channel hears only mentions."""
    reply = answer("?!", shipped)
    assert "demandez-moi de résumer la saga" in reply.text
    assert answer("peux-tu résumer la saga", shipped).intent == answer(reply.suggestions[0], shipped).intent
