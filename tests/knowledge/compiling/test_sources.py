"""knowledge.compiling.sources: the files of a base, their shape, and where each entry stands."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from knowledge.compiling.sources import Sources, collect


def write(base: Path, name: str, text: str) -> None:
    """Write a file of a base."""
    path = base / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def said(sources: Sources) -> list[str]:
    """Return the problems as a curator reads them."""
    return [str(problem) for problem in sorted(sources.problems)]


def test_every_entry_is_found_with_its_place(small: Path) -> None:
    """Articles, facts, intents, actors and words come from their folders; each knows its file and line."""
    sources = collect(small)
    assert said(sources) == []
    assert len(sources.articles) == 2
    assert len(sources.facts) == 5
    assert len(sources.actors) == 5
    assert len(sources.intents) == 7 + 2  # two of smalltalk
    effectifs = next(fact for fact in sources.facts if fact.value.id == "effectifs")
    assert effectifs.where() == "facts/chiffres.yaml:2"


def test_both_endings_of_yaml_are_read(small: Path) -> None:
    """A file may end in .yml; files that are no YAML are left alone."""
    (small / "facts" / "chiffres.yaml").rename(small / "facts" / "chiffres.yml")
    (small / "facts" / "notes.txt").write_text("[", encoding="utf-8")
    assert len(collect(small).facts) == 5


@pytest.mark.parametrize("name", ["chiffres.YAML", "chiffres.Yml", "chiffres.yaml.txt", "chiffres.yalm"])
def test_a_file_that_only_looks_like_yaml_is_named(small: Path, name: str) -> None:
    """It was meant to be read, and would be missed without a word."""
    (small / "facts" / "chiffres.yaml").rename(small / "facts" / name)
    assert said(collect(small)) == [f"facts/{name}: a file of a base ends in .yaml or .yml; rename this one or move it"]


def test_folders_may_be_nested(small: Path) -> None:
    """A curator may sort files into folders of any depth."""
    (small / "facts" / "a" / "b").mkdir(parents=True)
    (small / "facts" / "chiffres.yaml").rename(small / "facts" / "a" / "b" / "chiffres.yaml")
    assert len(collect(small).facts) == 5


def test_a_base_changes_one_file_of_the_french(copied: Path) -> None:
    """It keeps the rest, and an empty file takes away what the shipped one of its place holds."""
    before = collect(copied)
    write(copied, "french/spelling.yaml", "quand: [qd]\n")
    write(copied, "french/smalltalk/merci.yaml", "")
    write(copied, "french/concepts/argot.yaml", "# Rien.\n")
    after = collect(copied)
    assert said(after) == []
    assert set(after.spelling) == {"quand"}
    assert {talk.value.id for talk in before.intents} - {talk.value.id for talk in after.intents} == {"merci"}
    assert len(after.concepts) == len(before.concepts)
    assert sum(len(one.value) for one in after.concepts) < sum(len(one.value) for one in before.concepts)
    assert after.names == before.names


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        ("facts/x.yaml", "- id: [\n", "facts/x.yaml:2: not valid YAML"),
        ("facts/x.yaml", "id: x\n", "facts/x.yaml:1: the file has to be a list"),
        ("facts/x.yaml", "- 3\n", "facts/x.yaml:1: "),
        ("facts/vente.yaml", "# Plus rien.\n", "facts/vente.yaml: there is nothing in this file; fill it or delete it"),
        ("saga.yaml", "- a\n", "saga.yaml:1: this has to be a mapping"),
        ("saga.yaml", "", "saga.yaml: there is nothing in this file; fill it or delete it"),
        ("seeds/x.yaml", "", "seeds/x.yaml: there is nothing in this file; fill it or delete it"),
        ("vocabulary/x.yaml", "a: b\n", "vocabulary/x.yaml:1: 'a' has to be a list"),
        ("vocabulary/x.yaml", "a: []\n", "vocabulary/x.yaml:1: 'a' is empty"),
        ("vocabulary/x.yaml", "a: [[b]]\n", "vocabulary/x.yaml:1: 'a.1' has to be a text"),
        ("loose.yaml", "a: b\n", "'loose.yaml' is no place for a YAML file"),
        ("other/x.yaml", "a: b\n", "'other' is no place for a YAML file"),
        ("seeds/x.yaml", "id: x\n", "seeds/x.yaml:1: the field 'document' is missing"),
        ("french/texts.yaml", "yes: [oui]\n", "'yes' has to be a text"),
        ("french/numbers.yaml", "numbers: {}\n", "the field 'months' is missing"),
        (
            "french/numbers.yaml",
            "numbers:\n  deux-trois: [deuxtrois]\nmonths: {}\nscales: {}\nordinals: {}\n",
            "french/numbers.yaml:2: 'numbers.deux-trois' has to be a whole number",
        ),
        (
            "french/texts.yaml",
            "unknow-name: Inconnu.\n",
            "french/texts.yaml:1: unknown name 'unknow-name'; known are",
        ),
        (
            "saga.yaml",
            "name: x\ntexts:\n  unknow-name: Inconnu.\n",
            "saga.yaml:3: unknown name 'texts.unknow-name'; known are",
        ),
        (
            "french/actor-questions.yaml",
            "compagny: [a]\n",
            "french/actor-questions.yaml:1: unknown name 'compagny'; known are",
        ),
        (
            "french/question-words.yaml",
            "whne: [quand]\n",
            "question-words.yaml:1: unknown name 'whne'; known are",
        ),
        ("seeds/x.yaml", f"sha256: {'A' * 64}\n", f"seeds/x.yaml:1: '{'A' * 64}' is no sha256: it has 64 digits and"),
        ("seeds/x.yaml", "language: French\n", "seeds/x.yaml:1: 'French' is no language: use its two lower-case"),
        ("intents/x.yaml", "- forgets: oui\n", "intents/x.yaml:1: 'forgets' has to be true or false, not 'oui'"),
        ("intents/x.yaml", f"- question: {'Q' * 100}\n", "'question' is too long (characters: at most 99)"),
        ("french/joints.yaml", "joiner: [et]\n", "french/joints.yaml:1: "),
        ("french/other.yaml", "a: b\n", "is no place for a YAML file"),
    ],
)
def test_a_file_of_the_wrong_shape_is_named(small: Path, name: str, text: str, problem: str) -> None:
    """One sentence that names the file and the line, for each kind of file."""
    write(small, name, text)
    assert any(problem in line for line in said(collect(small))), said(collect(small))


FACT = """\
- id: neuf
  text: "Un fait."
  status: established
  sources: [{article: echo, paragraph: 2, evidence: [offre]}]
"""


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("  txet: a", "facts/x.yaml:5: unknown field 'txet'; did you mean 'text'?"),
        ("  topic: [vente]", "unknown field 'topic'; did you mean 'topics'?"),
        ("  zzz: a", "unknown field 'zzz'; known are id, text, when"),
        ("  status: sure", "facts/x.yaml:5: 'status' has to be 'established', 'reported', "),
        ("  actors: azur", "facts/x.yaml:5: 'actors' has to be a list, not 'azur'; begin each item with '- '"),
        ("  actors:", "facts/x.yaml:5: 'actors' is empty; fill it or delete its line"),
        ("  actors: [azur, ]\n  by:\n  -", "facts/x.yaml:7: 'by.1' is empty; fill it or delete its line"),
        ("  actors: {a: b}", "facts/x.yaml:5: 'actors' has to be a list"),
        ("  actors: [azur brunel]", "'azur brunel' is no id: use lower-case letters a-z, digits and hyphens; a comma"),
        ("  text: [a]", "facts/x.yaml:5: 'text' has to be a text"),
        ("  text: {Le prix: 2 euros}", "facts/x.yaml:5: 'text' has to be a text; one with ': ' in it needs quotes"),
        ("  when: 2031", "facts/x.yaml:5: 'when' has to be a mapping"),
        ("  when: {date: hier, basis: stated}", "'hier' is no date: write YYYY, YYYY-MM, YYYY-MM-DD"),
        ("  when: {date: 01/06/2031, basis: stated}", "'01/06/2031' is no date: write YYYY"),
        ("  when: {date: 2031, basis: guessed}", "'when.basis' has to be 'stated' or 'inferred', not 'guessed'"),
        ("  id: Neuf", "'Neuf' is no id: use lower-case letters a-z, digits and hyphens"),
        ("  sources: []", "facts/x.yaml:5: 'sources' is empty"),
        (
            "  sources: [{article: echo, paragraph: x, evidence: [a]}]",
            "'sources.1.paragraph' has to be a whole number, not 'x'",
        ),
        ("  sources: [{article: echo, page: 3, paragraph: 1, evidence: [a]}]", "unknown field 'sources.1.page'"),
        ("  text: ''", "facts/x.yaml:5: 'text' is too short (characters: at least 1)"),
        ("  when: {date: 2031-02-30, basis: stated}", "facts/x.yaml:5: when.date: '2031-02-30' stands in no calendar"),
        ("  when: {date: 2031-13, basis: stated}", "when.date: '2031-13' stands in no calendar"),
        (
            "  sources: [{article: echo, paragraph: 0, evidence: [a]}]",
            "paragraph' has to be at least 1, not '0'",
        ),
    ],
)
def test_a_wrong_field_is_named_with_its_line(small: Path, line: str, problem: str) -> None:
    """Unknown fields (with what was probably meant), wrong types, impossible values: each at its own line."""
    field = line.split(":", 1)[0]
    kept = [row for row in FACT.splitlines() if not row.replace("- ", "  ").startswith(f"{field}:")]
    kept[0] = kept[0].replace("  ", "- ", 1) if not kept[0].startswith("-") else kept[0]
    filler = ["  # a comment"] * (4 - len(kept))
    write(small, "facts/x.yaml", "\n".join([*kept, *filler, line]) + "\n")
    problems = said(collect(small))
    assert any(problem in row for row in problems), problems


def test_a_misspelt_field_is_one_problem(small: Path) -> None:
    """The field that was meant is not missing, too."""
    write(small, "facts/x.yaml", FACT.replace("text:", "texte:"))
    assert said(collect(small)) == ["facts/x.yaml:2: unknown field 'texte'; did you mean 'text'?"]


def test_all_problems_come_at_once(small: Path) -> None:
    """A curator mends everything in one go: every file, every entry and every field is looked at."""
    write(small, "facts/x.yaml", "- id: a\n  nope: 1\n- id: b\n  status: sure\n")
    write(small, "actors/x.yaml", "- {id: C, name: c, kind: animal, description: d}\n")
    write(small, "intents/x.yaml", "- id: d\n")
    problems = "\n".join(said(collect(small)))
    for piece in ("facts/x.yaml:2", "facts/x.yaml:4", "actors/x.yaml:1: 'C'", "'kind'", "intents/x.yaml:1"):
        assert piece in problems


def test_one_bad_entry_does_not_hide_the_others(small: Path) -> None:
    """The good entries of a file are still read, so that their problems show, too."""
    write(small, "facts/x.yaml", FACT + "- 3\n" + FACT.replace("neuf", "dix"))
    sources = collect(small)
    assert {"neuf", "dix"} <= {fact.value.id for fact in sources.facts}
    assert len(sources.problems) == 1


@pytest.mark.parametrize(
    ("kind", "problem"),
    [
        ("missing", "there is no such folder; name the folder of a fact base"),
        ("file", "this is a file; name the folder of a fact base"),
        ("empty", "the folder has no saga.yaml, so it is no fact base; name one"),
        ("broken link", "there is no such folder; name the folder of a fact base"),
    ],
)
def test_a_folder_that_is_no_base_is_said(tmp_path: Path, kind: str, problem: str) -> None:
    """A missing folder, a file, an empty folder or a dead link: one sentence that names it, and both ways to name it.

    Who reads it may have typed no option: SAGA_BASE was set another day.
    """
    folder = tmp_path / "base"
    if kind == "file":
        folder.touch()
    elif kind == "empty":
        folder.mkdir()
    elif kind == "broken link":
        folder.symlink_to(tmp_path / "nowhere")
    sources = collect(folder)
    assert said(sources) == [f"{folder}: {problem} with --base or SAGA_BASE"]
    assert sources.saga is None


def test_a_folder_that_cannot_be_listed_is_said(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No permission on a folder is one problem; for the superuser, who may list all, the refusal is simulated."""
    closed = small / "facts"
    closed.chmod(0)
    if os.access(closed, os.R_OK):
        scan = os.scandir

        def refuse(path: str) -> object:
            if Path(path) == closed:
                raise PermissionError(13, "Permission denied", path)
            return scan(path)

        monkeypatch.setattr(os, "scandir", refuse)
    problems = said(collect(small))
    closed.chmod(0o755)
    mending = "mend that, or name another base with --base or SAGA_BASE"
    assert problems == [f"{closed}: the folder cannot be read: Permission denied; {mending}"]


def test_links_in_a_circle_end(small: Path) -> None:
    """A link to an enclosing folder is not followed; a file that links to itself is a problem of that file."""
    (small / "facts" / "circle").symlink_to(small, target_is_directory=True)
    assert said(collect(small)) == []
    assert len(collect(small).facts) == 5
    (small / "facts" / "self.yaml").symlink_to("self.yaml")
    (problem,) = said(collect(small))
    assert problem.startswith("facts/self.yaml: ")


def test_a_huge_file_is_a_problem_of_that_file(small: Path) -> None:
    """50 MB among good files: the others are read, that one is named."""
    with (small / "facts" / "huge.yaml").open("wb") as file:
        file.truncate(50_000_000)
    sources = collect(small)
    assert len(sources.facts) == 5
    (problem,) = said(sources)
    assert problem.startswith("facts/huge.yaml: the file has 50,000,000 bytes")


def test_other_systems_files_are_accepted(small: Path) -> None:
    """A byte order mark and CRLF in every file change nothing."""
    before = collect(small)
    for path in small.rglob("*.yaml"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    after = collect(small)
    assert said(after) == []
    assert [fact.value for fact in after.facts] == [fact.value for fact in before.facts]
    assert [fact.where() for fact in after.facts] == [fact.where() for fact in before.facts]
