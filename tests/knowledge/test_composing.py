"""knowledge.composing: facts become short French with numbered sources."""

from __future__ import annotations

from dataclasses import replace

import pytest

from knowledge.compiling.references import REQUIRED_TEXTS
from knowledge.composing import cite, compose
from knowledge.engine import answer
from knowledge.model import Citation, KnowledgeBase, Status
from knowledge.reply import Outcome, Rule

WIDE = "\u00a0"


def test_sources_are_numbered_in_the_order_of_the_answer(moulin: KnowledgeBase) -> None:
    """The first article that is cited is [1]; one article is one source, with all its paragraphs in order."""
    first, second = cite(["production", "offre-azur", "retrait-brunel", "effectifs"], moulin)
    assert (first.number, first.article, first.paragraphs) == (1, "echo", (2, 3))
    assert (second.number, second.article, second.paragraphs) == (2, "gazette", (4,))


def test_paragraphs_come_in_order(moulin: KnowledgeBase) -> None:
    """Whatever the order of the facts, the paragraphs of a source are counted upwards, each once."""
    facts = {
        str(n): replace(moulin.facts["effectifs"], id=str(n), citations=(Citation("echo", n, ("x",)),))
        for n in (8, 33, 1)
    }
    (source,) = cite(["33", "8", "1", "8"], replace(moulin, facts=facts))
    assert source.paragraphs == (1, 8, 33)


def test_a_source_holds_what_its_card_holds_and_no_more(moulin: KnowledgeBase) -> None:
    """Title, publication and date come from the card; what the article does not give stays empty."""
    echo, gazette = cite(["effectifs", "offre-azur"], moulin)
    assert (gazette.title, gazette.publication, gazette.date, gazette.document) == (
        "Le moulin de Valrose change de mains ?",
        "La Gazette",
        "2031-03-03",
        "gazette.txt",
    )
    assert (echo.publication, echo.date) == (None, None)


def test_each_statement_carries_the_number_of_its_source(moulin: KnowledgeBase) -> None:
    """A reader sees which article stands behind which sentence."""
    reply = answer("qui voulait racheter le moulin ?", moulin)
    azur, brunel = reply.text.split("[1]")
    assert "Azur" in azur
    assert "Brunel" in brunel
    assert brunel.rstrip().endswith("[2]")


def test_every_mark_has_its_source(moulin: KnowledgeBase) -> None:
    """No number stands in an answer that is not in its list, and none in the list that is not in the answer."""
    for question in ("qui voulait racheter le moulin ?", "qui est Azur ?", "combien de salariés et de farine ?"):
        reply = answer(question, moulin)
        assert reply.sources
        for source in reply.sources:
            assert f"[{source.number}]" in reply.text
        assert f"[{len(reply.sources) + 1}]" not in reply.text


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("que font le Pérou et le Pérou pour le moulin ?", "Pérou"),
        ("que font le Pérou, le Chili et le Pérou pour le moulin ?", "Pérou et Chili"),
        ("que fait la Côte d'Ivoire pour le moulin ?", "Côte d’Ivoire"),
        ("que fait l'Arabie Saoudiite pour le moulin ?", "Arabie Saoudiite"),
        ("que font le Pérou, le Chili, le Brésil et Madrid pour le moulin ?", "Pérou, Chili, Brésil et Madrid"),
    ],
)
def test_strangers_are_named_once_and_listed(moulin: KnowledgeBase, question: str, named: str) -> None:
    """Names that the articles do not have are told once each, as they were typed, with "et" before the last."""
    assert f"«{WIDE}{named}{WIDE}»" in answer(question, moulin).text


def test_two_questions_share_one_numbering(moulin: KnowledgeBase) -> None:
    """Several answers in one message have one list of sources."""
    reply = answer("combien de salariés et combien de farine ?", moulin)
    assert [source.number for source in reply.sources] == [1]
    assert reply.text.count("[1]") == 2


@pytest.mark.parametrize(
    ("lead", "begins"),
    [
        ("Deux candidats :", f"Deux candidats{WIDE}:\n• En mars 2031"),
        ("Aucun n'a réussi.", "Aucun n’a réussi. En mars 2031"),
        ("", "En mars 2031"),
    ],
)
def test_a_lead_that_ends_in_a_colon_is_followed_by_a_list(moulin: KnowledgeBase, lead: str, begins: str) -> None:
    """A colon opens a list, however few the facts; two facts behind another lead, or none, are sentences."""
    intents = {**moulin.intents, "acheteurs": replace(moulin.intents["acheteurs"], text=lead)}
    reply = answer("qui voulait racheter le moulin ?", replace(moulin, intents=intents))
    assert reply.text.startswith(begins)
    assert reply.text.count("\n• ") == (2 if lead.endswith(":") else 0)


@pytest.mark.parametrize(
    ("facts", "opening"),
    [
        (("refus-mairie", "offre-azur"), "Oui, selon l'article."),
        (("offre-azur", "refus-mairie"), "Il semble que oui."),
    ],
)
def test_a_yes_is_as_firm_as_the_least_firm_fact(moulin: KnowledgeBase, facts: tuple[str, str], opening: str) -> None:
    """One fact that is only reported makes it « selon l'article », whatever else of it is established.

    What is told first in the conditional, as "serait prête", only seems to be so.
    """
    part = answer("la mairie refuse ?", moulin).parts[0]._replace(facts=facts)
    assert compose(part, moulin, cite(facts, moulin)).startswith(opening)


def test_a_yes_to_what_several_articles_tell_is_theirs(moulin: KnowledgeBase) -> None:
    """« selon les articles » where the facts are of more than one, but for what overtook one of them."""
    asked = answer("la mairie refuse ?", moulin).parts[0]
    part = asked._replace(facts=("effectifs", "offre-azur"))
    assert compose(part, moulin, cite(part.facts, moulin)).startswith("Oui, selon les articles.")
    facts = {**moulin.facts, "offre-azur": replace(moulin.facts["offre-azur"], supersedes=("effectifs",))}
    overtaken = replace(moulin, facts=facts)
    assert compose(part, overtaken, cite(part.facts, overtaken)).startswith("Oui, selon l'article.")


@pytest.mark.parametrize(("truth", "opening"), [(True, "En mars 2031"), (False, "Non, ")])
def test_what_is_only_imagined_is_not_confirmed(moulin: KnowledgeBase, truth: bool, opening: str) -> None:  # noqa: FBT001 - a case
    """A fact that supposes something makes no yes of it; what it rules out is ruled out."""
    part = answer("la mairie refuse ?", moulin).parts[0]
    assert part.statement
    part = part._replace(statement=part.statement._replace(truth=truth))
    imagined = replace(moulin.facts["refus-mairie"], status=Status.HYPOTHETICAL)
    base = replace(moulin, facts={**moulin.facts, imagined.id: imagined})
    assert part.facts == (imagined.id,)
    assert compose(part, base, cite(part.facts, base)).startswith(opening)


def test_an_admission_cites_what_it_is_near(moulin: KnowledgeBase) -> None:
    """« L'article ne donne pas … » says which article; where nothing is near, nothing is cited."""
    near = answer("combien offrait Brunel ?", moulin)
    assert near.outcome is Outcome.UNKNOWN
    assert near.text.endswith("[1]")
    assert [source.article for source in near.sources] == ["echo"]
    far = answer("quand sort gta 6", moulin)
    assert far.sources == ()
    assert "[" not in far.text


def test_there_is_a_text_for_each_rule_that_leaves_a_question_unknown(moulin: KnowledgeBase) -> None:
    """Whatever rule leaves a part silent, the text that says so is one that every base has to have."""
    part = answer("combien de salariés ?", moulin).parts[0]
    assert {f"unknown-{rule}" for rule in Rule if part._replace(rule=rule).silent} <= REQUIRED_TEXTS
