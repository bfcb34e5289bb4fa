"""knowledge.checks.questionnaire: what question files may hold, and what is wrong with one that holds anything else."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

import pytest

from knowledge.checks.questionnaire import Question, handles, questions
from knowledge.compiling.problems import BaseProblemsError

if TYPE_CHECKING:
    from pathlib import Path


def test_a_fifth_of_the_questions_is_blind() -> None:
    """Which ones is decided by the id alone, so that it is the same for everybody and for ever."""
    share = sum(Question(f"q{n}", "", (), "", ()).blind for n in range(2_000)) / 2_000
    assert 0.15 < share < 0.25
    for name in ("q1", "q2", "q3"):
        assert Question(name, "", (), "", ()).blind == (int(hashlib.sha256(name.encode()).hexdigest(), 16) % 5 == 0)


YAML = """\
- id: a
  q: combien de salariés ?
  kind: plain
  accept: [answered]
  must: ["45"]
- id: b
  q: et Brunel ?
  before: [que propose Azur ?]
  kind: follow-up
  accept: [answered, unknown]
"""


def test_questions_come_from_yaml_and_json_lines_and_folders(tmp_path: Path) -> None:
    """Both forms give the same questions; a folder is searched for both, by any of their endings."""
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "x.yaml").write_text(YAML, encoding="utf-8")
    lines = [
        {"id": "a", "q": "combien de salariés ?", "kind": "plain", "accept": ["answered"], "must": ["45"]},
        {
            "id": "b",
            "q": "et Brunel ?",
            "before": ["que propose Azur ?"],
            "kind": "follow-up",
            "accept": ["answered", "unknown"],
        },
    ]
    (tmp_path / "y.jsonl").write_text("\n\n".join(map(json.dumps, lines)), encoding="utf-8")
    one, other = questions([tmp_path / "sub" / "x.yaml"]), questions([tmp_path / "y.jsonl"])
    assert one == other
    (tmp_path / "y.jsonl").write_text(json.dumps({**lines[0], "id": "c"}), encoding="utf-8")
    assert [question.id for question in questions([tmp_path])] == ["a", "b", "c"]
    (tmp_path / "sub" / "x.yaml").rename(tmp_path / "sub" / "x.yml")
    assert [question.id for question in questions([tmp_path])] == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("document", "names"),
    [
        ("gazette.txt", {"lettre", "gazette"}),
        ("003_e9e4c306.txt", {"lettre", "003_e9e4c306", "003"}),
        ("12 mars.v2.txt", {"lettre", "12 mars.v2", "12"}),
        ("2031", {"lettre", "2031"}),
    ],
)
def test_an_article_is_cited_by_its_id_or_its_document(document: str, names: set[str]) -> None:
    """A question names an article by its id, its document's name, or the number that this begins with."""
    assert handles("lettre", document) == names


ENTRY = {"id": "a", "q": "combien de salariés ?", "kind": "plain", "accept": ["answered"]}


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        ("x.jsonl", "{\n", "x.jsonl:1: not valid JSON"),
        ("x.jsonl", "[1]\n", "x.jsonl:1: this has to be a mapping"),
        ("x.jsonl", '\n{"id": "a"}\n', "x.jsonl:2: the field 'q' is missing"),
        ("x.yaml", "- id: [\n", "x.yaml:2: not valid YAML"),
        (
            "x.yaml",
            "- id: a\n  q: b\n  kind: c\n  accept: [maybe]\n",
            "x.yaml:4: 'accept.1' has to be 'answered', 'clarify', ",
        ),
        ("x.yaml", "- id: a\n  q: b\n  kind: c\n  accept: [answered]\n  must: ['(']\n", "x.yaml:5: 'must.1': "),
        *(
            ("x.jsonl", json.dumps({**ENTRY, key: value}), f"x.jsonl:1: {problem}")
            for key, value, problem in [
                ("id", 5, "'id' has to be a text"),
                ("q", 7, "'q' has to be a text"),
                ("kind", None, "'kind' is empty; fill it or delete its line"),
                ("before", "que propose Azur ?", "'before' has to be a list"),
                ("accept", [], "'accept' is empty"),
                ("musts", ["45"], "unknown field 'musts'; did you mean 'must'?"),
            ]
        ),
        ("x.jsonl", f"{json.dumps(ENTRY)}\n{json.dumps(ENTRY)}", "x.jsonl:2: the question 'a' already stands at "),
    ],
)
def test_what_is_no_question_is_named(tmp_path: Path, name: str, text: str, problem: str) -> None:
    """A broken line, a field that is missing or of another type, an id that stands twice: with file and line."""
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(BaseProblemsError) as caught:
        questions([tmp_path])
    assert problem in str(caught.value)


@pytest.mark.parametrize("key", ["must", "must_not", "facts", "sources"])
def test_what_is_wanted_of_an_answer_needs_one_to_be_accepted(tmp_path: Path, key: str) -> None:
    """Any other reply is right as it is: what it should say would never be looked at."""
    path = tmp_path / "x.jsonl"
    path.write_text(json.dumps({**ENTRY, "accept": ["unknown", "clarify"], key: ["x"]}), encoding="utf-8")
    with pytest.raises(BaseProblemsError, match=rf"x.jsonl:1: '{key}' is about an answer: accept 'answered', too"):
        questions([path])
    path.write_text(json.dumps({**ENTRY, "accept": ["unknown", "answered"], key: ["x"]}), encoding="utf-8")
    assert len(questions([path])) == 1


@pytest.mark.parametrize("pattern", ["rachetée", "[eé]", "Azur", "5 €", "l’offre", "« oui", "a\u00a0b"])
def test_a_pattern_that_no_folded_answer_matches_is_named(tmp_path: Path, pattern: str) -> None:
    """Nobody sees that a `must_not` with an accent holds nothing: the answer is without."""
    path = tmp_path / "x.jsonl"
    for key in ("must", "must_not"):
        path.write_text(json.dumps({**ENTRY, key: ["x", pattern]}), encoding="utf-8")
        with pytest.raises(BaseProblemsError, match=r"x.jsonl:1: no answer has '.+': patterns are found in lower case"):
            questions([path])


@pytest.mark.parametrize("pattern", [r"^\W*oui\W*$", r"\S\B5 %", "{admission}", "(?<!n')a vendu", "9[ .]?000"])
def test_classes_of_characters_are_no_capitals(tmp_path: Path, pattern: str) -> None:
    """What a regular expression is written with is not looked for."""
    path = tmp_path / "x.jsonl"
    path.write_text(json.dumps({**ENTRY, "must": [pattern]}), encoding="utf-8")
    assert questions([path])[0].must == (pattern,)


@pytest.mark.parametrize("text", ["- 3\n", "- [a]\n", "-\n"])
def test_an_entry_that_is_no_mapping_is_named(tmp_path: Path, text: str) -> None:
    """A stray word in a list of questions is named, too."""
    (tmp_path / "x.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(BaseProblemsError, match=r"x.yaml:1: "):
        questions([tmp_path])
