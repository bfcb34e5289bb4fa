"""saga check: every problem of a base, as `path:line: problem`."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pexpect
import pytest

from tests.cli.conftest import LIMIT, SAGA, Run, environment


def test_a_good_base_passes(run: Run, small: Path) -> None:
    """Nothing on standard output, which folder and what of it was checked on standard error, status 0."""
    done = run("check", base=small)
    assert (done.stdout, done.returncode) == ("", 0)
    assert done.stderr.startswith(f"checking {small}\n")
    assert "no problem found" in done.stderr
    assert "phrasings won their own intent" in done.stderr
    assert "fragments of evidence stand" in done.stderr


def test_undecided_statements_are_listed_where_they_are_wanted(run: Run, small: Path) -> None:
    """They are counted, and no problems; --undecided names each with its place."""
    (small / "intents" / "x.yaml").write_text(
        "- {id: a, question: Que vend le moulin ?, facts: [production], yes: [c'est bien le moulin]}\n",
        encoding="utf-8",
    )
    row = "intents/x.yaml:1: 'c'est bien le moulin' gets neither a yes nor a no\n"
    plain, listed = run("check", base=small), run("check", "--undecided", base=small)
    assert (plain.returncode, plain.stdout) == (0, "")
    assert re.search(r"^\d of 7 statements got neither", plain.stderr, re.MULTILINE)
    assert listed.returncode == 0
    assert row in listed.stdout


def test_a_quick_check_ends_before_the_phrasings(run: Run, small: Path) -> None:
    """--quick proves files and evidence, and lists with --overtaken who tells what is no longer all."""
    facts = small / "facts" / "vente.yaml"
    facts.write_text(facts.read_text(encoding="utf-8") + "  contradicts: [refus-mairie]\n", encoding="utf-8")
    done = run("check", "--quick", "--overtaken", base=small)
    assert done.returncode == 0
    assert "intents/questions.yaml:14: tells 'refus-mairie' without 'retrait-brunel'\n" in done.stdout
    assert "fragments of evidence stand" in done.stderr
    assert "won their own intent" not in done.stderr


def test_a_terminal_shows_how_far_it_is(run: Run, small: Path) -> None:
    """Asking every phrasing of a large base takes minutes; what is no terminal gets the result alone."""
    assert "asking every phrasing" not in run("check", base=small).stderr
    child = pexpect.spawn(
        SAGA[0], [*SAGA[1:], "--base", str(small), "check"], env=environment(), encoding="utf-8", timeout=LIMIT
    )
    child.expect("asking every phrasing")
    child.expect("no problem found")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0


def test_a_good_base_passes_where_nobody_listens(small: Path) -> None:
    """Started with standard error closed, as some services do, it ends with the same status."""
    command = [*SAGA, "--base", str(small), "check"]
    done = subprocess.run(
        ["/bin/sh", "-c", 'exec "$@" 2>&-', "sh", *command], check=False, env=environment(), timeout=LIMIT
    )
    assert done.returncode == 0


def bombs(base: Path) -> None:
    """Put one file of each bad kind into a base."""
    files = {
        "facts/syntax.yaml": b"- id: [\n",
        "facts/twice.yaml": b"- id: a\n  id: b\n",
        "facts/field.yaml": b"- id: a\n  txet: b\n",
        "facts/type.yaml": b"- id: a\n  actors: b\n",
        "vocabulary/alias.yaml": b"a: &a [x]\nb: [*a, *a]\n",
        "vocabulary/bytes.yaml": b"a: [\xff]\n",
        "vocabulary/nul.yaml": b"a: [\x00]\n",
        "facts/dangling.yaml": b"- {id: zz, text: Zz., status: opinion, topics: [nul], sources: "
        b"[{article: echo, paragraph: 2, evidence: [offre]}]}\n",
        "intents/twin.yaml": b'- {id: refus, question: "Quoi donc ?", facts: [effectifs]}\n',
    }
    for name, data in files.items():
        (base / name).write_bytes(data)
    with (base / "facts" / "huge.yaml").open("wb") as file:
        file.truncate(50_000_000)
    (base / "facts" / "loop.yaml").symlink_to("loop.yaml")
    (base / "facts" / "circle").symlink_to(base, target_is_directory=True)


def test_all_problems_come_in_one_run(run: Run, small: Path) -> None:
    """Syntax, keys, fields, types, aliases, bytes, sizes, links, references, duplicates: each a line with its place."""
    bombs(small)
    done = run("check", base=small)
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    for start in (
        "facts/syntax.yaml:2: not valid YAML",
        "facts/twice.yaml:2: the key 'id' stands twice",
        "facts/field.yaml:2: unknown field 'txet'; did you mean 'text'?",
        "facts/type.yaml:2: 'actors' has to be a list",
        "vocabulary/alias.yaml:1: not valid YAML: anchors and aliases",
        "vocabulary/bytes.yaml:1: the file is not UTF-8 text",
        "vocabulary/nul.yaml: not valid YAML",
        "facts/dangling.yaml:1: there is no topic 'nul'",
        "intents/twin.yaml:1: the intent 'refus' already stands at intents/questions.yaml:12",
        "facts/huge.yaml: the file has 50,000,000 bytes",
        "facts/loop.yaml: ",
    ):
        assert any(line.startswith(start) for line in lines), (start, lines)
    assert all(re.match(r"[\w/-]+\.yaml(:\d+)?: \S", line) for line in lines), lines
    assert lines == sorted(lines, key=lambda line: (line.split(":")[0],))
    assert f"{len(lines)} problems found" in done.stderr
    assert "not checked" in done.stderr


def test_one_problem_is_counted_in_the_singular(run: Run, small: Path) -> None:
    """It speaks English."""
    (small / "facts" / "x.yaml").write_text("- [\n", encoding="utf-8")
    done = run("check", base=small)
    assert "1 problem found" in done.stderr


def test_the_articles_may_lie_elsewhere(run: Run, small: Path, tmp_path: Path) -> None:
    """--articles names their folder; without them the check says what it skipped, and passes."""
    shutil.move(small / "seeds" / "articles", tmp_path / "texts")
    without = run("check", base=small)
    assert without.returncode == 0
    assert "evidence skipped" in without.stderr
    named = run("check", "--articles", tmp_path / "texts", base=small)
    assert named.returncode == 0
    assert "fragments of evidence stand" in named.stderr


def test_evidence_that_is_missing_fails(run: Run, small: Path) -> None:
    """A figure that does not stand in the article is a problem at its line."""
    path = small / "facts" / "chiffres.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("45 salariés", "46 salariés"), encoding="utf-8")
    done = run("check", base=small)
    assert done.returncode == 1
    assert done.stdout == "facts/chiffres.yaml:7: the evidence «46 salariés» does not stand in echo, paragraph 3\n"


@pytest.mark.parametrize("folder", ["nowhere", "file"])
def test_a_folder_of_articles_that_is_none_is_wrong_usage(run: Run, tmp_path: Path, folder: str) -> None:
    """A folder that was named has to be there."""
    (tmp_path / "file").touch()
    done = run("check", "--articles", tmp_path / folder)
    assert done.returncode == 2
    assert "--articles" in done.stderr
