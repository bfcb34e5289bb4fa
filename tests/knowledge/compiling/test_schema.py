"""knowledge.compiling.schema: the shape of every YAML file, said to somebody who knows no Python."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from knowledge.compiling.schema import FactEntry, IntentEntry, WhenEntry

CITATION = {"article": "echo", "paragraph": "2", "evidence": ["offre"]}


@pytest.mark.parametrize(
    "date", ["2031", "2031-04", "2031-04-30", "2032-02-29", "2031/2032", "2031-04/2031-05", "2031-04-01/2031-04-30"]
)
def test_dates_and_periods_have_a_precision(date: str) -> None:
    """A year, a month, a day, or a period between two of them."""
    assert WhenEntry.model_validate({"date": date, "basis": "stated"}).date == date


@pytest.mark.parametrize(
    "date",
    [
        "",
        "avril 2031",
        "31",
        "2031-13",
        "2031-04-32",
        "2031-4",
        "2031-02-31",
        "2031-02-29",
        "2031-04-00",
        "2032/2031",
        "2031/",
        "/2031",
    ],
)
def test_what_is_no_date_is_refused(date: str) -> None:
    """Words, months and days that no calendar has, and periods that end before they begin."""
    with pytest.raises(ValidationError):
        WhenEntry.model_validate({"date": date, "basis": "stated"})


def test_an_inferred_date_says_from_what() -> None:
    """A date that the article does not give is marked and explained."""
    with pytest.raises(ValidationError, match="inferred from"):
        WhenEntry.model_validate({"date": "2031", "basis": "inferred"})
    assert WhenEntry.model_validate({"date": "2031", "basis": "inferred", "from": "x"}).why == "x"


def test_a_fact_needs_a_source_with_evidence() -> None:
    """No statement without the paragraph and the fragments that it rests on."""
    fact: dict[str, Any] = {"id": "a", "text": "A.", "status": "established", "sources": [CITATION]}
    assert FactEntry.model_validate(fact).id == "a"
    for sources in ([], [{**CITATION, "evidence": []}], [{**CITATION, "paragraph": "0"}]):
        with pytest.raises(ValidationError):
            FactEntry.model_validate({**fact, "sources": sources})


@pytest.mark.parametrize("name", ["A", "é", "a_b", "-a", "a-", "a--b", "a b", "", "a" * 61])
def test_ids_are_plain(name: str) -> None:
    """Lower-case ASCII words joined by hyphens, of at most 60 characters."""
    with pytest.raises(ValidationError):
        FactEntry.model_validate({"id": name, "text": "A.", "status": "established", "sources": [CITATION]})


INTENT = {"id": "a", "question": "Qui ?"}


@pytest.mark.parametrize(
    "entry",
    [
        {},
        {"reply": "Bonjour", "facts": ["b"]},
        {"reply": "Bonjour", "gap": "Non dit."},
        {"gap": "Non dit.", "lead": "Voici :", "facts": ["b"]},
        {"facts": ["b"], "question": "Q" * 100},
        {"facts": ["b"], "question": "?"},
        {"facts": ["b"], "phrasings": ["x" * 201]},
        {"facts": ["b"], "phrasings": [" "]},
    ],
)
def test_an_intent_is_of_one_kind_and_fits_a_button(entry: dict[str, Any]) -> None:
    """It answers with facts, or admits a gap, or replies; its question fits where it is offered."""
    with pytest.raises(ValidationError):
        IntentEntry.model_validate({**INTENT, **entry})


@pytest.mark.parametrize(
    "entry",
    [
        {"facts": ["b"]},
        {"facts": ["b"], "lead": "Voici :"},
        {"gap": "Non dit."},
        {"gap": "Non dit.", "facts": ["b"]},
        {"reply": "Oui"},
    ],
)
def test_each_kind_of_intent_is_accepted(entry: dict[str, Any]) -> None:
    """Facts with or without opening words; a gap with or without what is near; a reply."""
    assert IntentEntry.model_validate({**INTENT, **entry}).id == "a"
