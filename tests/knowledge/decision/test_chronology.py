"""knowledge.decision.chronology: the order of what came about, and what came before or after what was told."""

from __future__ import annotations

import pytest

from knowledge.decision.chronology import events, in_order, neighbours
from knowledge.engine import answer
from knowledge.model import Again, Fact, KnowledgeBase, Status, When
from knowledge.reply import Outcome


def fact(name: str, date: str = "", *supersedes: str) -> Fact:
    """Return a fact of that date or period."""
    first, _, last = date.partition("/")
    when = When(first, last or first) if date else None
    return Fact(name, "", Status.ESTABLISHED, (), when=when, supersedes=supersedes)


@pytest.mark.parametrize(
    ("facts", "order"),
    [
        ([fact("a", "2031-09"), fact("b", "2031"), fact("c", "2031-03"), fact("d", "2032")], "cbad"),
        ([fact("a", "2031-03-28"), fact("b", "2031-01/2031-03-20"), fact("c", "2031-03")], "bca"),
        ([fact("a", "2031-03-16"), fact("b", "2031-03"), fact("c", "2031-03-16")], "bac"),
        ([fact("a", "2031", "c"), fact("b", "2031"), fact("c", "2031")], "cab"),
        ([fact("a", "2031", "b"), fact("b", "2031-12"), fact("c", "2031-08")], "bac"),
        ([fact("a", "", "c"), fact("b", "2031"), fact("c", "", "b"), fact("d", "2032"), fact("e")], "bcade"),
        ([fact("a", "2031", "b"), fact("b", "2031", "a")], "ba"),
    ],
)
def test_facts_come_in_order(facts: list[Fact], order: str) -> None:
    """By the middle of their time, the wider first; behind those that they supersede; without a date, right behind."""
    assert "".join(fact.id for fact in in_order(facts)) == order


def test_the_shipped_timeline_is_in_the_order_of_the_articles(shipped: KnowledgeBase) -> None:
    """A decree stands before its deadlines, talks before their end, seized before heard, January before all of 2025."""
    told = [fact.id for fact in events(shipped)]
    assert 25 <= len(told) <= 45
    for order in (
        ("pompeo-interdiction-envisagee", "trump-interdisons-tiktok-2020", "decret-urgence-nationale"),
        ("decret-urgence-nationale", "plainte-tiktok-2020", "echeance-15-septembre-2020", "echeance-20-septembre-2020"),
        ("microsoft-pourparlers-avances", "revelation-wall-street-journal", "negociations-microsoft-suspendues"),
        ("negociations-microsoft-suspendues", "bytedance-refuse-microsoft", "oracle-partenaire-confiance"),
        ("liste-exportations-chine-2020", "bytedance-respecte-regles-pekin", "echeance-15-septembre-2020"),
        ("musk-twitter-intention-2022", "musk-twitter-44-milliards", "musk-twitter-renomme-x"),
        ("musk-twitter-renomme-x", "loi-2024-vendre-ou-interdiction", "cour-supreme-saisie", "cour-supreme-audience"),
        ("cour-supreme-audience", "loi-2024-echeance-19-janvier-2025", "trump-reprise-fonctions-janvier-2025"),
        ("trump-reprise-fonctions-janvier-2025", "reports-successifs-delais", "acheteur-annonce-trump"),
        ("tiktok-shop-lancement", "licenciements-equipe-tiktok-shop"),
    ):
        assert sorted(order, key=told.index) == list(order)


@pytest.mark.parametrize(
    ("told", "way", "found"),
    [
        ("microsoft-pourparlers-avances", Again.LATER, "bytedance-refuse-microsoft"),
        ("loi-2024-echeance-19-janvier-2025", Again.LATER, "reports-successifs-delais"),
        ("cour-supreme-saisie", Again.LATER, "cour-supreme-audience"),
        ("bytedance-refuse-microsoft", Again.EARLIER, "negociations-microsoft-suspendues"),
        ("musk-twitter-44-milliards", Again.EARLIER, "musk-twitter-intention-2022"),
        ("ancien-president-plus-conciliant", Again.EARLIER, "ancien-president-poussait-vente"),
    ],
)
def test_what_came_next_is_of_the_same_matter(shipped: KnowledgeBase, told: str, way: Again, found: str) -> None:
    """What overtakes a fact follows it; else what shares an actor and a topic, and lies on that side of it."""
    assert found in neighbours([told], way, shipped)


def test_nothing_is_told_that_came_before_the_first_or_after_the_last(shipped: KnowledgeBase) -> None:
    """Before the first event, and after the last one, there is nothing to tell."""
    first, *_, last = (fact.id for fact in events(shipped))
    assert neighbours([first], Again.EARLIER, shipped) == ()
    assert neighbours([last], Again.LATER, shipped) == ()


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("que s'est-il passé depuis 2030 ?", ("offre-azur", "refus-mairie", "retrait-brunel")),
        ("qu'a fait Azur depuis 2030 ?", ("offre-azur",)),
        ("qu'a fait Brunel après 2031 ?", ()),
        ("combien Azur a payé depuis 2030 ?", ()),
        ("que s'est-il passé en avril 2031 ?", ("retrait-brunel",)),
        ("qu'a fait Azur en avril 2031 ?", ()),
        ("que s'est-il passé le 3 mars 2031 ?", ()),
    ],
)
def test_a_mere_time_is_told_with_its_events(moulin: KnowledgeBase, question: str, told: tuple[str, ...]) -> None:
    """What came about since a year, and what somebody did then, is no question that the articles leave open."""
    (part,) = answer(question, moulin).parts
    assert (part.facts if part.rule == "period" else ()) == told


def test_a_month_without_events_is_admitted(moulin: KnowledgeBase) -> None:
    """Where nothing is known of a month or a day, that is what is said, not that no answer was found."""
    (part,) = answer("que s'est-il passé en mai 2031 ?", moulin).parts
    assert (part.outcome, part.rule) == (Outcome.UNKNOWN, "date")


def test_what_happened_may_be_asked_in_the_middle_of_a_talk(moulin: KnowledgeBase) -> None:
    """A time in which nothing lies of what was talked of still has its events; a mere year goes on with the talk."""
    talked = answer("combien de salariés le moulin emploie-t-il ?", moulin).conversation
    asked = [answer(text, moulin, talked).parts[0] for text in ("que s'est-il passé en 2031 ?", "et en 2031 ?")]
    assert [part.rule for part in asked] == ["period", "year"]
