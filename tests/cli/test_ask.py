"""saga ask: one question, answered as a person reads it or as one JSON object."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pexpect
import pytest

from tests.cli.conftest import LIMIT, SAGA, Run, environment
from tests.conftest import MOULIN

QUESTION = "qui voulait racheter le moulin ?"
FIELDS = [
    "question", "outcome", "answer", "sources", "facts", "intent", "confidence", "runner_up", "suggestions",
    "milliseconds",
]  # fmt: skip
SOURCE = ["article", "document", "title", "publication", "date", "paragraphs"]


def test_an_answer_comes_with_its_sources(run: Run) -> None:
    """The answer first, then each source by its number, with title, publication, date as on Discord, and paragraph."""
    done = run("ask", QUESTION)
    assert done.returncode == 0
    assert done.stderr == ""
    answer, extra = done.stdout.split("\n\n", 1)
    assert "Azur" in answer
    assert "[1] « Le moulin de Valrose change de mains ? », La Gazette, 3\u00a0mars 2031, § 4" in extra
    assert "[2] « Valrose : Brunel retire son offre », article sans date, § 2" in extra


def test_quotes_are_not_needed(run: Run) -> None:
    """Several arguments are the words of one question."""
    assert run("ask", *QUESTION.split()).stdout == run("ask", QUESTION).stdout


def test_an_unknown_offers_what_works(run: Run) -> None:
    """Who gets no answer is offered questions that do get one, and the command has not failed."""
    done = run("ask", "quand sort gta 6")
    assert done.returncode == 0
    assert "Qui voulait racheter le moulin ?" in done.stdout


def test_json_is_the_documented_object(run: Run) -> None:
    """One object on one line, with the documented fields in their order."""
    done = run("ask", "--json", QUESTION)
    assert done.returncode == 0
    (line,) = done.stdout.splitlines()
    reply = json.loads(line)
    assert list(reply) == FIELDS
    assert [list(source) for source in reply["sources"]] == [SOURCE, SOURCE]
    assert reply["question"] == QUESTION
    assert reply["outcome"] == "answered"
    assert reply["facts"] == ["offre-azur", "retrait-brunel"]
    assert reply["sources"][0] == {
        "article": "gazette",
        "document": "gazette.txt",
        "title": "Le moulin de Valrose change de mains ?",
        "publication": "La Gazette",
        "date": "2031-03-03",
        "paragraphs": [4],
    }
    assert reply["sources"][1]["date"] is None
    assert 0.0 <= reply["confidence"] <= 1.0
    assert reply["milliseconds"] >= 0


def test_explain_shows_the_way(run: Run) -> None:
    """Normalised words, reading, the deciding rule, the candidates with their scores, and where the winner stands."""
    done = run("ask", "--explain", "Combien de salariés au Moulin ?")
    assert done.returncode == 0
    for piece in (
        "combien de salaries au moulin ?",
        "@moulin",
        "how-many",
        "by rule",
        "effectifs",
        "” (intents/questions.yaml:",
    ):
        assert piece in done.stdout
    assert done.stdout.startswith("Le moulin emploie 45 salariés.")
    confidence = json.loads(run("ask", "--json", "Combien de salariés au Moulin ?").stdout)["confidence"]
    assert f"\nconfidence  {confidence:.3f}, of strength " in done.stdout


def test_explain_names_the_statement_behind_a_verdict(run: Run) -> None:
    """Whoever looks for the line that gave a « Non » is told which it was, and where it stands."""
    done = run("ask", "--explain", "Azur offre 5 millions d'euros ?")
    assert "statement   “Azur offre 5 millions d'euros” (intents/questions.yaml:" in done.stdout


@pytest.mark.parametrize(
    ("options", "question"), [([], []), ([], [""]), (["--json"], ["   "]), (["--explain"], ["\t", "\n"])]
)
def test_an_empty_question_is_wrong_usage(run: Run, question: list[str], options: list[str]) -> None:
    """One sentence that shows how to ask, and status 2."""
    done = run("ask", *options, *question)
    assert done.returncode == 2
    assert done.stdout == ""
    assert "there is no question" in done.stderr


@pytest.mark.parametrize("question", ["😂🤔👀", "?!..."])
def test_a_question_without_words_gets_one_clear_sentence(run: Run, question: str) -> None:
    """Emojis or punctuation alone are no question, and no error."""
    done = run("ask", "--json", "--", question)
    assert done.returncode == 0
    reply = json.loads(done.stdout)
    assert (reply["outcome"], reply["sources"]) == ("unknown", [])
    assert reply["answer"].count(".") <= 2


@pytest.mark.parametrize("unit", ["moulin ", "é", "? "])
def test_100_000_characters_are_answered(run: Run, unit: str) -> None:
    """A question of any length costs a blink and gets a short answer."""
    done = run("ask", "--json", "--", (unit * 100_000).encode()[:100_000])
    assert done.returncode == 0
    assert len(json.loads(done.stdout)["answer"]) < 2_000


def test_bytes_that_are_no_text_are_answered(run: Run) -> None:
    """An argument that is not UTF-8 is read as far as it is text, and what is printed is UTF-8 and JSON."""
    done = run("ask", "--json", b"combien de salari\xe9s au moulin \xff", fresh=True)
    assert done.returncode == 0
    assert json.loads(done.stdout)["outcome"] in ("answered", "unknown")
    assert run("ask", b"\xff\xfe").returncode == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full device")
@pytest.mark.parametrize("options", [["ask", QUESTION], ["ask", "--json", QUESTION], ["ask", "--jsonl"]])
def test_a_full_disk_is_said(options: list[str], compiled: Path) -> None:
    """Output that cannot be written ends with one sentence and status 1."""
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*SAGA, "--base", MOULIN, *options],
            input=b'{"question": "x"}\n',
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
            env=environment(SAGA_CACHE=str(compiled)),
            timeout=LIMIT,
        )
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr
    assert len(done.stderr.decode().strip().splitlines()) == 1


@pytest.mark.parametrize("stream", [0, 1, 2])
@pytest.mark.parametrize("options", [["ask", QUESTION], ["ask", "--jsonl"], ["chat"]])
def test_a_stream_that_was_closed_before_is_no_crash(options: list[str], stream: int) -> None:
    """A process may be started with standard input, output or error closed, as some services do."""
    command = " ".join(["exec", '"$@"', f"{stream}>&-" if stream else "<&-"])
    done = subprocess.run(
        ["/bin/sh", "-c", command, "sh", *SAGA, "--base", str(MOULIN), *options],
        input=b"" if stream else None,
        capture_output=True,
        check=False,
        env=environment(),
        timeout=LIMIT,
    )
    assert done.returncode in (0, 1, 2)
    assert b"Traceback" not in done.stderr


def test_a_closed_pipe_ends_quietly() -> None:
    """Who reads only the first line (`| head -1`) sees no error."""
    process = subprocess.Popen(
        [*SAGA, "--base", str(MOULIN), "ask", "--explain", QUESTION],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    errors = process.stderr.read()
    process.stderr.close()
    assert process.wait(LIMIT) in (0, 1)
    assert errors == b""


def in_a_terminal(encoding: str = "utf-8", **more: str) -> str:
    """Return what a terminal shows of an answer."""
    child = pexpect.spawn(
        SAGA[0],
        [*SAGA[1:], "--base", str(MOULIN), "ask", QUESTION],
        env=environment(**more),
        encoding=encoding,
        timeout=LIMIT,
        dimensions=(50, 300),
    )
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
    return str(child.before)


def test_sources_are_dimmed_on_a_terminal_only(run: Run) -> None:
    """Colours are for people: on a terminal, and not where NO_COLOR is set."""
    assert "\x1b[2m" in in_a_terminal()
    assert "\x1b[" not in in_a_terminal(NO_COLOR="1")
    assert "\x1b[" not in run("ask", QUESTION).stdout


def test_a_terminal_shows_what_it_can() -> None:
    """A letter that the terminal's encoding lacks costs that letter, and not the answer."""
    assert " d?euros" in in_a_terminal("latin-1", PYTHONIOENCODING="latin-1")


def test_it_works_from_any_folder_and_without_a_home(run: Run, small: Path, tmp_path: Path) -> None:
    """Neither the current folder nor a home for the cache is needed; why each question then waits is noted, once."""
    blocked = tmp_path / "blocked"
    blocked.touch()
    env = {"SAGA_CACHE": str(blocked), "HOME": os.devnull}
    done = run("ask", QUESTION, base=small, env=env)
    assert done.returncode == 0
    assert "Azur" in done.stdout
    assert "cannot be kept" not in done.stdout
    (note,) = done.stderr.splitlines()
    assert note.startswith(f"note: the compiled base cannot be kept, in {blocked}, ")
    assert run("ask", QUESTION, base=small).stderr == ""


@pytest.mark.usefixtures("shipped")
def test_the_shipped_base_answers_the_first_question(run: Run) -> None:
    """The command of the README."""
    done = run("ask", "qui voulait racheter TikTok ?", base=None, fresh=True)
    assert done.returncode == 0
    for name in ("Microsoft", "Walmart", "Oracle", "Musk", "[4]"):
        assert name in done.stdout
