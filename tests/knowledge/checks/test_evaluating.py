"""knowledge.checks.evaluating: right, wrong or silent, on questions whose right answers are known."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from knowledge.checks.evaluating import Figures, Question, disturbed, grade, judge
from knowledge.engine import answer
from knowledge.model import KnowledgeBase
from knowledge.reply import Outcome, Reply

STAFF = Question("q1", "combien de salariés ?", (), "plain", ("answered",))


@pytest.fixture(scope="module")
def reply(moulin: KnowledgeBase) -> Reply:
    """Return a true answer."""
    found = answer(STAFF.text, moulin)
    assert found.outcome is Outcome.ANSWERED
    return found


@pytest.mark.parametrize(
    ("wanted", "result"),
    [
        ({}, "right"),
        ({"must": ("45",)}, "right"),
        ({"must": ("salaries",)}, "right"),  # patterns read the folded answer
        ({"must": ("46",)}, "wrong"),
        ({"must": ("45", "46")}, "wrong"),
        ({"must_not": ("45",)}, "wrong"),
        ({"must_not": ("46",)}, "right"),
        ({"facts": ("effectifs", "production")}, "right"),
        ({"facts": ("production",)}, "wrong"),
        ({"sources": ("echo",)}, "right"),
        ({"sources": ("gaz", "echo")}, "right"),
        ({"sources": ("ech",)}, "wrong"),  # half a name
        ({"sources": ("gazette",)}, "wrong"),
        ({"accept": ("unknown",)}, "wrong"),
        ({"accept": ("unknown", "answered")}, "right"),
        ({"answer": "Autre chose."}, "wrong"),
    ],
)
def test_an_answer_is_judged_by_what_it_has_to_say(
    reply: Reply, wanted: dict[str, tuple[str, ...]], result: str
) -> None:
    """Outcome, patterns that must and must not stand, facts, sources: one that fails makes it wrong, with a reason."""
    found, reason = judge(replace(STAFF, **wanted), reply)  # type: ignore[arg-type]
    assert found == result
    assert bool(reason) == (result != "right")


def test_the_exact_answer_may_be_asked_for(reply: Reply) -> None:
    """Where the wording matters, it is compared letter by letter."""
    assert judge(replace(STAFF, answer=reply.text), reply)[0] == "right"
    assert judge(replace(STAFF, answer=reply.text + " "), reply)[0] == "wrong"


def test_an_answer_without_source_is_wrong(reply: Reply) -> None:
    """Nothing is right that cites nothing."""
    assert judge(STAFF, replace(reply, sources=())) == ("wrong", "cites no source")


@pytest.mark.parametrize("outcome", [Outcome.UNKNOWN, Outcome.CLARIFY, Outcome.SMALLTALK])
def test_silence_is_not_the_same_as_error(reply: Reply, outcome: Outcome) -> None:
    """Not to answer an answerable question is silent; to answer an unanswerable one is wrong."""
    assert judge(STAFF, replace(reply, outcome=outcome))[0] == "silent"
    assert judge(replace(STAFF, accept=(outcome.value,)), reply)[0] == "wrong"
    assert judge(replace(STAFF, accept=(outcome.value,)), replace(reply, outcome=outcome))[0] == "right"


def test_a_question_is_asked_in_its_conversation(moulin: KnowledgeBase) -> None:
    """What was said before is said before, and each question has a conversation of its own."""
    follow = Question("q2", "et Brunel ?", ("que propose Azur ?",), "follow-up", ("answered",), must=("retire",))
    alone = Question("q3", "pourquoi ?", (), "follow-up", ("unknown", "clarify", "smalltalk"))
    figures = grade([follow, alone], moulin)
    assert [verdict.result for verdict in figures.verdicts] == ["right", "right"]


def test_figures_add_up(moulin: KnowledgeBase) -> None:
    """Shares of right, wrong and silent are percentages of all; kinds are counted apart."""
    asked = [
        STAFF,
        replace(STAFF, id="q2", must=("46",), kind="trap"),
        replace(STAFF, id="q3", text="xylophone hippopotame", kind="trap"),
        replace(STAFF, id="q4"),
    ]
    figures = grade(asked, moulin)
    assert [figures.share(name) for name in ("right", "wrong", "silent")] == [50.0, 25.0, 25.0]
    assert figures.kinds()["trap"] == {"wrong": 1, "silent": 1}
    printed = figures.as_object()
    assert printed["questions"] == 4
    assert printed["milliseconds, median"] <= printed["milliseconds, 99th percentile"]
    json.dumps(printed)


def test_only_what_was_answered_right_is_disturbed(moulin: KnowledgeBase) -> None:
    """What was wrong cannot get worse, and noise makes an admission no less right."""
    asked = [
        STAFF,
        replace(STAFF, id="q2", must=("46",)),
        Question("q3", "quand sort gta 6", (), "trap", ("unknown",)),
    ]
    assert [question.id for question in disturbed(grade(asked, moulin), 8)] == ["q1"]


def test_no_question_gives_no_figure() -> None:
    """Nothing graded is nothing, and no division by zero."""
    printed = Figures().as_object()
    assert printed["right %"] == printed["calibration error"] == 0.0


def test_the_calibration_error_measures_confidence(moulin: KnowledgeBase) -> None:
    """Certain and right is 0; certain and wrong is 1; half of each is a half."""
    figures = grade([STAFF, replace(STAFF, id="q2")], moulin)
    sure = [replace(v, reply=replace(v.reply, confidence=1.0)) for v in figures.verdicts]
    wrong = [replace(v, result="wrong") for v in sure]
    assert Figures(sure).calibration_error() == 0.0
    assert Figures(wrong).calibration_error() == 1.0
    assert Figures([sure[0], wrong[0]]).calibration_error() == 0.5
