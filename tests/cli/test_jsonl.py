"""saga ask --jsonl: a stream of questions, one JSON object a line."""

from __future__ import annotations

import json
import signal
import subprocess
from typing import Any

import pytest

from tests.cli.conftest import LIMIT, SAGA, Run, environment, interruptible
from tests.cli.test_ask import FIELDS
from tests.conftest import MOULIN

STAFF = '{"id": "good", "question": "combien de salariés ?"}'


def replies(run: Run, given: str | bytes) -> list[dict[str, Any]]:
    """Return the replies to a stream, which has to end well."""
    done = run("ask", "--jsonl", given=given)
    assert done.returncode == 0
    assert done.stderr == ""
    return [json.loads(line) for line in done.stdout.split("\n") if line]


def test_each_line_gets_its_object_in_order(run: Run) -> None:
    """As many lines come out as went in, each with the id of its question and the documented fields."""
    given = "\n".join(json.dumps({"id": number, "question": f"question {number}"}) for number in range(30))
    found = replies(run, given)
    assert [reply["id"] for reply in found] == list(range(30))
    assert [list(reply) for reply in found] == [["id", *FIELDS]] * 30


def test_a_reply_comes_before_the_next_question() -> None:
    """It is a stream: a program can ask, wait for the reply, and ask again."""
    with subprocess.Popen(
        [*SAGA, "--base", str(MOULIN), "ask", "--jsonl"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment(),
        text=True,
        encoding="utf-8",
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for number in range(3):
            process.stdin.write(json.dumps({"id": number, "question": "combien de salariés ?"}) + "\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == number
        process.stdin.close()
        assert process.wait(LIMIT) == 0


def test_an_id_comes_back_as_it_was(run: Run) -> None:
    """Text, numbers, nothing: the id is the caller's, and may be missing."""
    given = (
        '{"id": "é/1", "question": "x"}\n{"id": 3.5, "question": "x"}\n{"id": null, "question": "x"}\n{"question": "x"}'
    )
    assert [reply["id"] for reply in replies(run, given)] == ["é/1", 3.5, None, None]


def test_lines_of_one_conversation_are_one_talk(run: Run) -> None:
    """A follow-up is read with its own conversation, however the lines are mixed; without one, it stands alone."""
    lines = [
        {"id": 1, "question": "qui est Azur ?", "conversation": "a"},
        {"id": 2, "question": "combien de salariés ?", "conversation": "b"},
        {"id": 3, "question": "et Brunel ?", "conversation": "a"},
        {"id": 4, "question": "et de farine ?", "conversation": "b"},
        {"id": 5, "question": "pourquoi ?"},
    ]
    found = {reply["id"]: reply for reply in replies(run, "\n".join(map(json.dumps, lines)))}
    assert "retrait-brunel" in found[3]["facts"]
    assert found[4]["facts"] == ["production"]
    assert found[5]["outcome"] != "answered"


BAD = [
    b"pas du json",
    b"{",
    b"[1, 2]",
    b'"combien de salaries ?"',
    b"3",
    b"null",
    b'{"question": 4}',
    b'{"question": null}',
    b'{"question": ["a"]}',
    b'{"id": 7}',
    b"{}",
    b'{"question": "a", "conversation": []}',
    b'{"question": "a", "conversation": {"b": 1}}',
    b'{"question": "a", "conversation": true}',
    b'{"question": "caf\xe9"}',
    b"\xff\xfe{\x00",
    b"\x00",
    b"[" * 100_000,
    b'{"a":' * 50_000,
    b'{"question": "' + b"a" * 50,
]


def test_a_bad_line_gets_an_error_in_its_place(run: Run) -> None:
    """What is no question object is told so, in one sentence, and the lines around it are answered."""
    good = STAFF.encode()
    found = replies(run, b"".join(good + b"\n" + bad + b"\n" for bad in BAD))
    assert len(found) == 2 * len(BAD)
    for bad, reply, error in zip(BAD, found[::2], found[1::2], strict=True):
        assert reply["facts"] == ["effectifs"], bad[:40]
        assert list(error) == ["id", "error"], bad[:40]
        assert error["error"]
        assert "\n" not in error["error"]


def test_an_error_names_the_line_it_is_for(run: Run) -> None:
    """An object with an id gets its error under that id, with the name of the field that is wrong."""
    lines = ['{"id": "a", "question": 4}', '{"id": "b"}', '{"id": "c", "question": "a", "conversation": []}']
    first, second, third = replies(run, "\n".join(lines))
    assert [error["id"] for error in (first, second, third)] == ["a", "b", "c"]
    assert all("'question'" in error["error"] for error in (first, second))
    assert "'conversation'" in third["error"]


ODD = [
    r'{"id": 1, "question": "\ud800"}',
    r'{"id": 1, "question": "combien \udfff"}',
    r'{"id": "\ud800", "question": "combien de salariés ?"}',
    r'{"id": 1, "question": "a", "conversation": "\ud800"}',
    r'{"id": 1, "question": "a\u0000b"}',
    r'{"id": 1, "question": "\u001b[31m"}',
    r'{"id": 1, "question": "\u2028 a"}',
    '{"id": 1, "question": "\u2028 a \x85"}',
    '{"id": NaN, "question": "a"}',
    '{"id": 1e999, "question": "a"}',
]


def test_odd_characters_do_not_end_the_stream(run: Run) -> None:
    """Half a surrogate pair, NUL, escape codes, line separators: a reply or an error, on one line, and on it goes."""
    found = replies(run, "".join(f"{line}\n{STAFF}\n" for line in ODD))
    assert len(found) == 2 * len(ODD)
    for line, reply, after in zip(ODD, found[::2], found[1::2], strict=True):
        assert "outcome" in reply or "error" in reply, line
        assert after["facts"] == ["effectifs"], line


NO_NUMBERS = ["NaN", "Infinity", "-Infinity", "1e999", "-1e999"]


def test_every_line_that_comes_out_is_strict_json(run: Run) -> None:
    """No NaN and no Infinity: any JSON reader can read what is printed."""
    done = run("ask", "--jsonl", given="".join(f'{{"id": {name}, "question": "a"}}\n' for name in NO_NUMBERS))

    def refuse(name: str) -> float:
        raise ValueError(name)

    lines = done.stdout.splitlines()
    assert len(lines) == len(NO_NUMBERS)
    for line in lines:
        json.loads(line, parse_constant=refuse)


@pytest.mark.parametrize(
    "given",
    [
        b"\xef\xbb\xbf" + STAFF.encode() + b"\r\n" + STAFF.encode() + b"\r\n",
        b"\n\n" + STAFF.encode() + b"\n  \n" + STAFF.encode(),
        STAFF.encode() + b"\n" + STAFF.encode(),
    ],
    ids=["other systems", "blank lines", "no last line end"],
)
def test_line_ends_do_not_matter(run: Run, given: bytes) -> None:
    """A byte order mark, CRLF, blank lines and a missing last line end are fine."""
    assert [reply["facts"] for reply in replies(run, given)] == [["effectifs"], ["effectifs"]]


def test_any_text_is_a_question(run: Run) -> None:
    """Empty, without words or of 100,000 characters: each gets its reply, with the question as it was."""
    asked = ["", "   ", "😂", "?!", "moulin " * 15_000, "a" * 100_000]
    found = replies(
        run, "\n".join(json.dumps({"question": question}) for question in [*asked, "combien de salariés ?"])
    )
    assert [reply["question"] for reply in found[:-1]] == asked
    assert all(reply["outcome"] in ("answered", "unknown", "clarify", "smalltalk") for reply in found)
    assert all(len(reply["answer"]) < 2_000 for reply in found)
    assert found[-1]["facts"] == ["effectifs"]


def test_no_line_gives_no_line(run: Run) -> None:
    """An empty stream is answered by an empty stream."""
    assert replies(run, "") == []


def test_a_reader_that_goes_away_ends_it_quietly() -> None:
    """A closed pipe (`| head -1`) ends the command with status 1 and not a word."""
    with subprocess.Popen(
        [*SAGA, "--base", str(MOULIN), "ask", "--jsonl"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(STAFF.encode() + b"\n")
        process.stdin.flush()
        assert process.stdout.readline()
        process.stdout.close()
        process.stdin.write(STAFF.encode() + b"\n")
        process.stdin.close()
        assert process.stderr.read() == b""
        assert process.wait(LIMIT) == 1


def test_ctrl_c_ends_it() -> None:
    """An interrupt ends the stream at once, with a status that tells, and without a traceback."""
    with subprocess.Popen(
        [*SAGA, "--base", str(MOULIN), "ask", "--jsonl"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
        preexec_fn=interruptible,  # noqa: PLW1509 - no threads here
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(STAFF.encode() + b"\n")
        process.stdin.flush()
        assert process.stdout.readline()
        process.send_signal(signal.SIGINT)
        assert process.wait(LIMIT) in (1, 130)
        assert b"Traceback" not in process.stderr.read()
