"""What was asked in vain, grouped and exported."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.curating.gaps import CAUSES, Group, exported, grouped, shown
from bot.store import Gap
from bot.writing.french import counted
from knowledge.reply import Outcome, Rule
from tests.bot.conftest import MOMENT

if TYPE_CHECKING:
    from bot.editions.edition import Edition


def test_every_reason_for_no_answer_is_said_in_french() -> None:
    """A curator never reads the name of a rule."""
    assert {rule for rule in Rule if rule.outcome is Outcome.UNKNOWN} == CAUSES.keys()


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


@pytest.mark.parametrize("room", [3_400, 900, 100])
def test_gaps_are_left_out_whole_where_there_is_no_room(room: int) -> None:
    """The last line says how many there are beside those shown, however long these are."""
    groups = [
        Group("*" * 110, cause, 2, MOMENT, ("a", "b"), answered=False)
        for cause in (Rule.DETAIL, Rule.OFF_TOPIC)
        for _ in range(30)
    ]
    said = shown(groups, room)
    assert len(said) <= max(room, len(shown(groups, 0)))
    first, second = said.split("### ")[1:]
    for part in (first, second):
        _, *listed, rest = part.splitlines()
        assert rest == f"-# … et {counted(30 - len(listed) // 2, 'autre')}, dans le fichier joint."
        assert all(line.startswith(("- **2\u00a0×** \\*", "  -# ")) for line in listed)


def test_an_export_holds_no_formula(edition: Edition) -> None:
    """A cell that a spreadsheet would compute is made a text."""
    rows = exported(grouped([Gap("=cmd()", "off-topic", 1, MOMENT)], edition.base)).decode("utf-8-sig")
    assert "'=cmd()" in rows
