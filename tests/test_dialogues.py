"""The questions in tests/dialogues: each gets the right reply from the shipped base."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from knowledge.evaluating import Question, grade, questions

if TYPE_CHECKING:
    from knowledge.model import KnowledgeBase

FOLDER = Path(__file__).parent / "dialogues"
ASKED = questions([FOLDER])
OPEN = {question.id: question for question in ASKED if not question.blind}
GAPS = FOLDER / "known-gaps.txt"
"""Ids of open questions that are not answered right yet, one a line; "#" begins a comment."""


def known_gaps() -> list[str]:
    """Return the ids that are listed as not right yet."""
    lines = (line.split("#")[0].strip() for line in GAPS.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line]


GAP_IDS = frozenset(known_gaps())


def verdict(question: Question, base: KnowledgeBase) -> tuple[str, str]:
    """Return the result for one question and, where it is not right, what happened."""
    (found,) = grade([question], base).verdicts
    return found.result, f"{question.text!r}: {found.reason}; said {found.reply.text!r}"


@pytest.mark.parametrize("name", [name for name in OPEN if name not in GAP_IDS])
def test_a_question_gets_the_right_reply(shipped: KnowledgeBase, name: str) -> None:
    """Outcome, content, facts and sources are what the file says."""
    result, reason = verdict(OPEN[name], shipped)
    assert result == "right", reason


def test_known_gaps_are_still_gaps(shipped: KnowledgeBase) -> None:
    """A listed question that has become right is taken off the list, so that the list only shrinks."""
    right = [name for name in sorted(GAP_IDS & OPEN.keys()) if verdict(OPEN[name], shipped)[0] == "right"]
    assert right == [], f"these are right now: take them off {GAPS.name}"


def test_the_list_of_gaps_names_open_questions_once() -> None:
    """No id is listed twice, is blind, or belongs to no question."""
    listed = known_gaps()
    assert len(listed) == len(GAP_IDS)
    assert sorted(GAP_IDS - OPEN.keys()) == []


def test_questions_stand_once() -> None:
    """The same talk is not asked twice; that an id names one question, reading the files has seen to."""
    talks = Counter((*question.before, question.text) for question in ASKED)
    assert [talk for talk, times in talks.items() if times > 1] == []


def test_every_question_says_what_it_wants() -> None:
    """A question that has to be answered names what the answer has to hold, by pattern, fact or wording."""
    vague = [
        question.id
        for question in ASKED
        if question.accept == ("answered",) and not (question.must or question.facts or question.answer)
    ]
    assert vague == []


def test_facts_and_sources_exist(shipped: KnowledgeBase) -> None:
    """No question wants a fact or an article that the base does not have."""
    assert len(questions([FOLDER], shipped)) == len(ASKED)
