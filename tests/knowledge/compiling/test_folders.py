"""knowledge.compiling.folders and .problems: where the files of a base are, and how a place in them is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.compiling.folders import SHIPPED, all_files, seeds_folder, yaml_files
from knowledge.compiling.problems import BaseProblemsError, Problem, shown


def test_cards_lie_in_the_base_or_up_to_two_folders_above(tmp_path: Path) -> None:
    """A base that is shipped with a project shares the project's cards; one of its own wins."""
    base = tmp_path / "package" / "base"
    base.mkdir(parents=True)
    assert seeds_folder(base) == base / "seeds"
    for place in (tmp_path, tmp_path / "package", base):
        (place / "seeds").mkdir()
        assert seeds_folder(base) == place / "seeds"


def test_a_base_has_the_same_cards_however_it_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those of the folder that one stands in are none of a base beside it."""
    for place in ("clone/seeds", "moulin"):
        (tmp_path / place).mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "clone")
    for named in (tmp_path / "moulin", Path("../moulin"), Path("../moulin").absolute()):
        assert not seeds_folder(named).exists()


def test_the_french_of_a_base_lies_over_the_shipped_one(copied: Path) -> None:
    """A file of its own takes the place of the shipped one at the same place, or stands beside the others."""
    shipped = {path.relative_to(SHIPPED).as_posix(): path for path in yaml_files(SHIPPED / "french")}
    assert all_files(copied).items() > shipped.items()
    own = {place: copied / place for place in ("french/smalltalk/merci.yaml", "french/concepts/moulin.yaml")}
    for path in own.values():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    found = all_files(copied)
    assert {place: path for place, path in found.items() if place.startswith("french/")} == shipped | own


def test_files_come_sorted_and_each_once(small: Path) -> None:
    """Whatever the file system's order, a base is always read in the same one."""
    found = all_files(small)
    files = list(found.values())
    assert len(set(files)) == len(files)
    assert {"saga.yaml", "facts/vente.yaml", "french/concepts/argent.yaml", "seeds/echo.yaml"} <= found.keys()
    facts = [path for path in files if path.parent.name == "facts"]
    assert facts == sorted(facts)
    assert not any("articles" in path.parts for path in files)


def test_a_link_to_a_folder_is_not_followed(tmp_path: Path) -> None:
    """A circle of links ends at once."""
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x.yaml").touch()
    (tmp_path / "a" / "circle").symlink_to(tmp_path, target_is_directory=True)
    assert list(yaml_files(tmp_path)) == [tmp_path / "a" / "x.yaml"]


@pytest.mark.parametrize("name", [".#x.yaml", "._x.yaml", ".pre-commit-config.yaml", ".github/workflows/ci.yml"])
def test_what_begins_with_a_dot_is_no_part_of_a_base(tmp_path: Path, name: str) -> None:
    """Editors, systems and repositories keep such files beside one's own."""
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    assert list(yaml_files(tmp_path)) == []


@pytest.mark.parametrize(("line", "said"), [(3, "x.yaml:3: wrong"), (0, "x.yaml: wrong")])
def test_a_problem_is_said_as_editors_expect(line: int, said: str) -> None:
    """`path:line: problem`, without a line where none is to blame."""
    assert str(Problem("x.yaml", line, "wrong")) == said


def test_problems_are_sorted_and_said_once() -> None:
    """By file and line, as one mends them."""
    one, two, ten = Problem("a.yaml", 2, "x"), Problem("a.yaml", 10, "x"), Problem("b.yaml", 1, "x")
    assert BaseProblemsError([ten, two, one, two]).problems == [one, two, ten]


def test_a_path_is_shown_from_the_base(tmp_path: Path) -> None:
    """Inside the base, its path from there; elsewhere, whole."""
    assert shown(tmp_path / "facts" / "x.yaml", tmp_path) == "facts/x.yaml"
    assert shown(SHIPPED / "saga.yaml", tmp_path) == str(SHIPPED / "saga.yaml")
