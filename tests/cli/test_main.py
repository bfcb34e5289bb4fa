"""bot.cli: the command as a whole."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from unittest.mock import Mock

import pytest

from bot.cli import COMMANDS, main, saga
from tests.cli.conftest import LIMIT, Run, environment
from tests.conftest import MOULIN

QUESTION = "qui voulait racheter le moulin ?"


@pytest.mark.parametrize("option", ["--help", "-h"])
def test_help_names_every_command(run: Run, option: str) -> None:
    """Who asks for help sees what there is."""
    done = run(option, base=None)
    assert done.returncode == 0
    for name in COMMANDS:
        assert f"\n  {name} " in done.stdout


@pytest.mark.parametrize("command", ["ask", "chat", "check", "evaluate"])
def test_each_command_has_help(run: Run, command: str) -> None:
    """Each command says what it does and what its options mean."""
    done = run(command, "--help", base=None)
    assert done.returncode == 0
    usage, said, *_ = done.stdout.split("\n\n")
    assert re.fullmatch(rf"Usage: .+ {command} \[OPTIONS\].*", usage)
    assert said.endswith(".")
    assert "\nOptions:\n" in done.stdout


def test_version_is_the_packages(run: Run) -> None:
    """One version, that of the distribution."""
    assert run("--version", base=None).stdout.strip() == f"saga, version {version('saga-bot')}"


def test_a_clone_that_is_not_installed_has_no_version() -> None:
    """`python -m bot` needs no installed package, and says so where it is asked for its version."""
    code = (
        "from importlib import metadata\n"
        "def version(_): raise metadata.PackageNotFoundError\n"
        "metadata.version = version\n"
        "from bot.cli import main\n"
        "main()"
    )
    command = [sys.executable, "-c", code, "--version"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment(), timeout=LIMIT)
    assert (done.stdout, done.stderr) == ("saga, version ?\n", "")


@pytest.mark.parametrize(
    "arguments",
    [
        ["nosuch"],
        ["ask", "--nosuch"],
        ["--nosuch"],
        ["ask", "--jsonl", "x"],
        ["ask", "--json", "--explain", "x"],
        ["evaluate"],
    ],
)
def test_wrong_usage_ends_with_2(run: Run, arguments: list[str]) -> None:
    """An unknown command or option, or a contradiction: one sentence on standard error, status 2."""
    done = run(*arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert "Error: " in done.stderr


def test_a_number_that_is_none_is_called_so(run: Run) -> None:
    """What an option takes is told in words that no programmer is needed for."""
    assert "'abc' is not a valid whole number." in run("invite", "--id", "abc", base=None).stderr


@pytest.mark.parametrize(
    ("command", "kind"),
    [
        *((["ask", QUESTION], kind) for kind in ("missing", "empty", "file", "broken", "long")),
        *((command, "broken") for command in (["ask", "--jsonl"], ["ask", "--json", QUESTION], ["chat"], ["check"])),
        (["check"], "long"),
    ],
)
def test_a_bad_base_ends_every_command_with_1(run: Run, tmp_path: Path, command: list[str], kind: str) -> None:
    """No folder, an empty one, a file, YAML that does not parse, a name that no system takes: named, and status 1."""
    folder = tmp_path / ("x" * 300 if kind == "long" else "base")
    if kind in ("empty", "broken"):
        folder.mkdir()
    if kind == "file":
        folder.touch()
    if kind == "broken":
        (folder / "saga.yaml").write_text("name: [\n", encoding="utf-8")
    done = run(*command, base=folder, given='{"question": "x"}\n')
    assert done.returncode == 1
    said = done.stdout if command == ["check"] else done.stderr
    assert said.splitlines()[0].startswith("saga.yaml:2: " if kind == "broken" else f"{folder}: ")
    if command != ["check"]:
        assert done.stdout == ""


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (PermissionError(13, "Permission denied", "history"), "history: Permission denied\n"),
        (FileNotFoundError(2, "No usable temporary directory"), "No usable temporary directory\n"),
        (OSError("no disk"), "no disk\n"),
    ],
)
def test_trouble_with_a_file_is_not_blamed_on_the_output(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], error: OSError, said: str
) -> None:
    """An error that names a file is told with that file, and another one as it is."""
    monkeypatch.setattr(saga, "main", Mock(side_effect=error))
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 1
    assert capsys.readouterr().err == said


def test_every_problem_of_a_base_is_shown_before_answering(run: Run, small: Path) -> None:
    """Who asks of a broken base sees all that is to be mended, and no answer from half of it."""
    (small / "facts" / "x.yaml").write_text("- {id: a, txet: b}\n", encoding="utf-8")
    (small / "intents" / "x.yaml").write_text('- {id: b, question: "Quoi donc ?", facts: [nul]}\n', encoding="utf-8")
    done = run("ask", QUESTION, base=small)
    assert done.returncode == 1
    assert done.stdout == ""
    lines = done.stderr.splitlines()
    assert "facts/x.yaml:1: unknown field 'txet'; did you mean 'text'?" in lines
    assert "intents/x.yaml:1: there is no fact 'nul'" in lines


@pytest.mark.parametrize("encoding", ["cp1252", "iso8859-1"])
@pytest.mark.parametrize("command", [["ask", "--explain", QUESTION], ["chat"]])
def test_what_is_no_terminal_gets_utf_8(run: Run, command: list[str], encoding: str) -> None:
    """A pipe or a file gets every letter, also where the system's encoding lacks an apostrophe or an arrow."""
    done = run(*command, given=f"{QUESTION}\n", env={"PYTHONIOENCODING": encoding}, fresh=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert "d’euros" in done.stdout


@pytest.mark.usefixtures("shipped")
def test_the_base_comes_from_the_option_then_the_environment(run: Run, tmp_path: Path) -> None:
    """--base wins over SAGA_BASE, which wins over the shipped base."""
    by_environment = run("ask", QUESTION, base=None, env={"SAGA_BASE": str(MOULIN)})
    assert "Azur" in by_environment.stdout
    both = run("ask", QUESTION, base=MOULIN, env={"SAGA_BASE": str(tmp_path / "nowhere")})
    assert "Azur" in both.stdout
    assert "Azur" not in run("ask", QUESTION, base=None).stdout


@pytest.mark.parametrize("command", [["ask", QUESTION], ["check"]])
def test_a_tilde_is_the_home_folder(run: Run, small: Path, command: list[str]) -> None:
    """A base and a cache may be named from there, also where no shell has seen the name; nobody's home is no base."""
    env = {"HOME": str(small.parent), "SAGA_BASE": f"~/{small.name}", "SAGA_CACHE": "~/store"}
    assert run(*command, base=None, env=env).returncode == 0
    assert not (small.parent / "~").exists()
    assert (small.parent / "store").exists()
    nobody = run(*command, base=None, env={**env, "SAGA_BASE": "~nobody-here/x"})
    assert nobody.returncode == 1
    assert "~nobody-here/x: there is no such folder" in nobody.stdout + nobody.stderr


def test_a_closed_base_is_told_like_a_missing_one(
    small: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """No permission on its folder is a problem of the base, and no wrong usage of an option that nobody typed."""

    def refuse(path: str) -> None:
        raise PermissionError(13, "Permission denied", path)

    monkeypatch.setenv("SAGA_BASE", str(small))
    monkeypatch.setattr(os, "access", Mock(return_value=False))
    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(SystemExit) as ended:
        saga.main(["ask", QUESTION])
    assert ended.value.code == 1
    assert capsys.readouterr().err.endswith("; mend that, or name another base with --base or SAGA_BASE\n")


def test_a_base_may_be_named_relatively(run: Run, small: Path) -> None:
    """A folder is found from where one stands."""
    assert small.parent.exists()
    assert "Azur" in run("ask", QUESTION, base=Path(small.name)).stdout
