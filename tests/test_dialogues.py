"""The questions in tests/dialogues: each gets the right reply from the shipped base."""

from __future__ import annotations

import functools
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from knowledge.checks.evaluating import Question, grade, questions

if TYPE_CHECKING:
    from knowledge.model import KnowledgeBase

FOLDER = Path(__file__).parent / "dialogues"
FILES = sorted(FOLDER.glob("*.yaml"))
GAPS = FOLDER / "known-gaps.txt"
"""Ids of open questions that are not answered right yet, one a line; "#" begins a comment."""


def known_gaps() -> list[str]:
    """Return the ids that are listed as not right yet."""
    lines = (line.split("#")[0].strip() for line in GAPS.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line]


GAP_IDS = frozenset(known_gaps())


@functools.cache
def asked() -> tuple[Question, ...]:
    """Return the questions of all files."""
    return tuple(questions([FOLDER]))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_questions_get_the_right_replies(shipped: KnowledgeBase, path: Path) -> None:
    """Outcome, content, facts and sources are what the file says, for each of its questions."""
    wanted = [question for question in questions([path]) if not question.blind and question.id not in GAP_IDS]
    wrong = [
        f"{found.question.id} {found.question.text!r}: {found.reason}; said {found.reply.text!r}"
        for found in grade(wanted, shipped).verdicts
        if found.result != "right"
    ]
    assert wrong == [], "\n".join(wrong)


def test_known_gaps_are_still_gaps(shipped: KnowledgeBase) -> None:
    """A listed question that has become right is taken off the list, so that the list only shrinks."""
    listed = [question for question in asked() if question.id in GAP_IDS]
    right = [found.question.id for found in grade(listed, shipped).verdicts if found.result == "right"]
    assert right == [], f"these are right now: take them off {GAPS.name}"


def test_the_list_of_gaps_names_open_questions_once() -> None:
    """No id is listed twice, is blind, or belongs to no question."""
    listed = known_gaps()
    assert len(listed) == len(GAP_IDS)
    assert sorted(GAP_IDS - {question.id for question in asked() if not question.blind}) == []


def test_questions_stand_once() -> None:
    """The same talk is not asked twice; that an id names one question, reading the files has seen to."""
    talks = Counter((*question.before, question.text) for question in asked())
    assert [talk for talk, times in talks.items() if times > 1] == []


def test_every_kind_of_question_is_listed() -> None:
    """One sort of question has one name, so that its figure counts all of it: the guide for contributors has them."""
    guide = (FOLDER.parents[1] / "CONTRIBUTING.md").read_text("utf-8")
    (row,) = re.findall(r"^\| `kind` \|.*$", guide, re.MULTILINE)
    assert {question.kind for question in asked()} == {*re.findall(r"`(\w+)`", row)} - {"kind"}


def test_every_question_says_what_it_wants() -> None:
    """A question that has to be answered names what the answer has to hold, by pattern, fact or wording."""
    vague = [
        question.id
        for question in asked()
        if question.accept == ("answered",) and not (question.must or question.facts or question.answer)
    ]
    assert vague == []


def test_facts_and_sources_exist(shipped: KnowledgeBase) -> None:
    """No question wants a fact or an article that the base does not have."""
    assert len(questions([FOLDER], shipped)) == len(asked())
