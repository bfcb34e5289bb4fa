"""saga new: a small base to begin with."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import yaml

from knowledge.compiling import schema
from knowledge.compiling.folders import TEMPLATE

if TYPE_CHECKING:
    from pathlib import Path

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
