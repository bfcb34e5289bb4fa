"""A base that another process compiles."""

from __future__ import annotations

import shutil
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from bot.editions.edition import load_edition
from bot.editions.handover import KILLED, MADE_BY, program, rebuilt
from knowledge.compiling.problems import BaseProblemsError

ROOT = Path(__file__).parents[3]


def test_another_process_hands_over_what_this_one_would_make(small: Path) -> None:
    """The same base, the same catalogue."""
    ours, theirs = load_edition(small), rebuilt(small, program())
    assert theirs.base.version == ours.base.version
    assert theirs.base.facts == ours.base.facts
    assert list(theirs.base.index.phrases) == list(ours.base.index.phrases)
    assert theirs.catalogue == ours.catalogue


def test_what_another_process_finds_wrong_is_raised_here(small: Path) -> None:
    """Every problem, as if this process had looked."""
    (small / "facts" / "chiffres.yaml").write_text("- id: x\n", encoding="utf-8")
    problems = []
    for make in (load_edition, partial(rebuilt, running=program())):
        with pytest.raises(BaseProblemsError) as caught:
            make(small)
        problems.append(caught.value.problems)
    assert problems[0] == problems[1] != []


def test_without_another_process_this_one_compiles(
    small: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A machine that starts no second process still gets its base; the log says so, and why."""
    monkeypatch.setattr("sys.executable", str(small / "no-such-python"))
    assert rebuilt(small, program()).base.facts
    assert "compiled in this process: [Errno 2] No such file or directory" in caplog.text


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("raise SystemExit('no room')", "no room"),
        ("import os; os.kill(os.getpid(), 9)", KILLED),
        ("import os; os.write(1, b'\\x80\\x05'); os.kill(os.getpid(), 9)", KILLED),
        ("import time; time.sleep(60)", KILLED),
    ],
)
def test_what_was_too_much_for_another_process_is_not_done_in_this_one(
    small: Path, monkeypatch: pytest.MonkeyPatch, code: str, why: str
) -> None:
    """It would be too much here as well, and end the bot: the reload is refused, with the reason."""
    monkeypatch.setattr("bot.editions.handover._CODE", code)
    monkeypatch.setattr("bot.editions.handover.COMPILES_WITHIN", 1.0)
    monkeypatch.setattr("bot.editions.handover.load_edition", None)
    with pytest.raises(BaseProblemsError) as refused:
        rebuilt(small, program())
    assert str(refused.value) == f"saga-bot: the process that compiles this base ended: {why}"


UPDATED = """
import sys
from pathlib import Path
from bot.editions.edition import load_edition
from bot.editions.handover import program, rebuilt
from knowledge.compiling.problems import BaseProblemsError
base, module = map(Path, sys.argv[1:])
running = program()
module.write_text(module.read_text(encoding="utf-8") + "# Updated.", encoding="utf-8")
try:
    rebuilt(base, running)
except BaseProblemsError as error:
    print(error)
"""


@pytest.mark.parametrize("module", ["knowledge/model.py", "bot/editions/catalogue.py", "bot/writing/french.py"])
def test_a_program_that_was_updated_meanwhile_hands_nothing_over(small: Path, tmp_path: Path, module: str) -> None:
    """What the new code compiles, the old one would read wrongly: the curator hears that a restart is needed."""
    for package in ("bot", "knowledge"):
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("base", "__pycache__"))
    done = subprocess.run(
        [sys.executable, "-c", UPDATED, str(small), module], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("saga-bot: the program was updated while it ran: restart it")


def test_all_code_that_makes_an_edition_is_compared() -> None:
    """The other process imports nothing of the bot that this one does not look at."""
    command = [sys.executable, "-c", "import sys, bot.editions.handover; print(*sys.modules)"]
    loaded = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    assert {name.split(".")[1] for name in loaded if name.startswith("bot.")} == set(MADE_BY)
