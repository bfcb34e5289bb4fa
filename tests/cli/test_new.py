"""saga new: a small base to begin with."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from bot.cli import saga
from knowledge.compiling import schema
from knowledge.compiling.folders import TEMPLATE

if TYPE_CHECKING:
    from tests.cli.conftest import Run


def test_a_new_base_is_good(run: Run, tmp_path: Path) -> None:
    """Its files and their evidence are; how to go on is printed."""
    folder = tmp_path / "ma saga"
    done = run("new", folder, base=None)
    assert (done.returncode, done.stderr) == (0, "")
    assert f'saga --base "{folder}" check' in done.stdout
    checked = run("check", "--quick", "--overtaken", base=folder)
    assert (checked.stdout, checked.returncode) == ("", 0)
    assert "7 fragments of evidence stand" in checked.stderr


def test_a_folder_that_holds_something_is_left_alone(run: Run, tmp_path: Path) -> None:
    """Nobody's base is written over; an empty folder is as good as none."""
    kept = tmp_path / "saga.yaml"
    kept.write_text("name: la mienne\n", encoding="utf-8")
    done = run("new", tmp_path, base=None)
    assert (done.returncode, done.stderr) == (1, f"Error: {tmp_path} holds something already: name a new folder\n")
    assert kept.read_text(encoding="utf-8") == "name: la mienne\n"
    assert [*tmp_path.iterdir()] == [kept]
    kept.unlink()
    assert run("new", tmp_path, base=None).returncode == 0
    shutil.rmtree(tmp_path)


@pytest.mark.parametrize("there", [True, False])
def test_a_base_that_cannot_be_written_whole_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *, there: bool
) -> None:
    """A full disk is one sentence, and the next try finds all as it was: no folder, or an empty one."""
    folder = tmp_path / "saga" / "base"
    if there:
        folder.mkdir(parents=True)
    before = [*tmp_path.rglob("*")]
    write, writes = Path.write_bytes, iter(range(3))

    def full(path: Path, data: bytes) -> int:
        write(path, data[:10])
        if next(writes, None) is None:
            raise OSError(28, "No space left on device")
        return write(path, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(SystemExit) as ended:
        saga.main(["new", str(folder)])
    assert ended.value.code == 1
    assert capsys.readouterr().err == f"Error: {folder} cannot be written: No space left on device\n"
    assert next(writes, None) is None
    assert [*tmp_path.rglob("*")] == before


def test_a_new_base_teaches_every_field() -> None:
    """It has each field of facts, actors and intents that most bases need; each file says what it is."""
    files = {path: path.read_text(encoding="utf-8") for path in TEMPLATE.rglob("*.yaml")}
    assert all(text.startswith("# ") for text in files.values())
    typed = set(re.findall(r"[{ -]([a-z_]+):", "\n".join(files.values())))
    for entry in (schema.FactEntry, schema.ActorEntry, schema.WhenEntry, schema.CitationEntry):
        names = {info.alias or name for name, info in entry.model_fields.items()}
        assert names - {"contradicts"} <= typed
    assert {"question", "facts", "lead", "gap", "phrasings", "yes", "no"} <= typed
    assert all(yaml.safe_load(text) for text in files.values())
