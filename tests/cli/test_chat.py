"""saga chat: a conversation in the terminal."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pexpect
import pytest

from tests.cli.conftest import LIMIT, SAGA, Run, environment, interruptible
from tests.conftest import MOULIN

if TYPE_CHECKING:
    from collections.abc import Iterator

PROMPT = "› "


class Terminal:
    """A person at a terminal."""

    def __init__(self, columns: int = 250, **more: str) -> None:
        self.child = pexpect.spawn(
            SAGA[0],
            [*SAGA[1:], "--base", str(MOULIN), "chat"],
            env=environment(**more),
            encoding="utf-8",
            timeout=LIMIT,
            dimensions=(60, columns),
            preexec_fn=interruptible,
        )
        self.child.expect(PROMPT)
        self.greeting = str(self.child.before)

    def say(self, text: str) -> str:
        """Type a line and return what is shown until the next prompt."""
        self.child.sendline(text)
        self.child.expect(PROMPT)
        return str(self.child.before)

    def end(self) -> str:
        """Press Ctrl-D and return the last words."""
        self.child.sendeof()
        self.child.expect(pexpect.EOF)
        self.child.close()
        return str(self.child.before)


@pytest.fixture
def terminal(compiled: Path) -> Iterator[Terminal]:
    """Return a terminal in which a conversation has begun."""
    opened = Terminal(SAGA_CACHE=str(compiled))
    yield opened
    opened.child.close(force=True)


def test_a_conversation_goes_on_until_ctrl_d(terminal: Terminal) -> None:
    """It greets, answers, reads a follow-up with what went before, skips empty lines, and says goodbye."""
    assert "la vente du moulin de Valrose" in terminal.greeting
    assert "Ctrl-D" in terminal.greeting
    assert "45 salariés" in terminal.say("combien de salariés ?")
    assert "300" in terminal.say("et de farine ?")
    assert "[1]" not in terminal.say("")
    assert "bientôt" in terminal.end()
    assert terminal.child.exitstatus == 0


def test_ctrl_c_ends_it_too(terminal: Terminal) -> None:
    """An interrupt at the prompt is a goodbye, not a crash."""
    terminal.child.sendintr()
    terminal.child.expect(pexpect.EOF)
    terminal.child.close()
    assert "Traceback" not in str(terminal.child.before)
    assert terminal.child.exitstatus == 0


def test_sources_are_dimmed(terminal: Terminal) -> None:
    """On a terminal the answer stands out from its sources."""
    assert re.search(r"\x1b\[2m\[1\] «\u00a0Valrose", terminal.say("combien de salariés ?"))


def test_lines_are_broken_between_words(compiled: Path) -> None:
    """On a narrow terminal no word is cut, a source goes on under its title, and no line begins with a mark."""
    narrow = Terminal(columns=40, SAGA_CACHE=str(compiled), NO_COLOR="1")
    lines = [line.rstrip() for line in narrow.say("qui voulait racheter le moulin ?").split("\n")[1:]]
    assert max(map(len, lines)) <= 40
    assert "coopérative" in " ".join(lines).split()
    assert any(line.startswith("    ") for line in lines)
    assert not any(line.startswith((":", "»", "?")) or line.endswith(("«", "§")) for line in lines)
    narrow.end()


def test_no_color_is_respected(compiled: Path) -> None:
    """NO_COLOR turns the dimming off."""
    plain = Terminal(SAGA_CACHE=str(compiled), NO_COLOR="1", TERM="dumb")
    assert "\x1b[2m" not in plain.say("combien de salariés ?")
    plain.end()


def test_lines_can_be_edited_and_called_back(terminal: Terminal, compiled: Path) -> None:
    """Backspace edits, the arrow up brings the last line back, and the history outlives the session."""
    assert "45" in terminal.say("combien de salzz\x7f\x7fariés ?")
    assert "45" in terminal.say("\x1b[A")
    terminal.end()
    assert (compiled / "history").read_text(encoding="utf-8").count("combien de salariés ?") >= 1
    again = Terminal(SAGA_CACHE=str(compiled))
    assert "45" in again.say("\x1b[A")
    again.end()


def test_a_history_that_cannot_be_kept_is_no_crash(tmp_path: Path) -> None:
    """Without a place for the history, the conversation works and ends well."""
    blocked = tmp_path / "blocked"
    blocked.touch()
    opened = Terminal(SAGA_CACHE=str(blocked))
    assert "45" in opened.say("combien de salariés ?")
    assert "Traceback" not in opened.end()
    assert opened.child.exitstatus == 0


def test_it_can_be_piped(run: Run) -> None:
    """Lines of a file are a conversation, without prompts and greetings."""
    done = run("chat", given="combien de salariés ?\n\net de farine ?\n")
    assert done.returncode == 0
    assert PROMPT not in done.stdout
    assert "45 salariés" in done.stdout
    assert "300" in done.stdout
    assert "\x1b[" not in done.stdout


@pytest.mark.parametrize("encoding", ["utf-8:surrogateescape", "utf-8:strict"])
def test_lines_that_are_no_text_do_not_end_it(run: Run, encoding: str) -> None:
    """Bytes that are not UTF-8, a NUL, or a line of 100,000 characters are messages like others."""
    given = b"\xff\xfe\ncombien\x00 de salari\xc3\xa9s\n" + b"a" * 100_000 + b"\ncombien de salari\xc3\xa9s ?"
    done = run("chat", given=given, env={"PYTHONIOENCODING": encoding}, fresh=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("45 salariés") == 2


def test_nothing_to_say_is_nothing_said(run: Run) -> None:
    """An empty input ends it at once."""
    done = run("chat", given="")
    assert (done.returncode, done.stdout) == (0, "")
