"""knowledge.compiling.loading and knowledge.compiling.cache: a base comes whole or not at all, and never stale."""

from __future__ import annotations

import os
import pickle
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import IO

import pytest

from knowledge.checks import checking
from knowledge.checks.checking import check
from knowledge.compiling import cache, sources
from knowledge.compiling.loading import load
from knowledge.compiling.problems import BaseProblemsError
from knowledge.compiling.sources import Sources, collect
from knowledge.engine import answer
from knowledge.model import KnowledgeBase


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty cache folder."""
    folder = tmp_path / "store"
    monkeypatch.setenv("SAGA_CACHE", str(folder))
    return folder


def entries(store: Path) -> list[Path]:
    """Return what the cache holds."""
    return sorted(store.glob("*")) if store.exists() else []


def test_a_base_is_compiled_once(small: Path, store: Path) -> None:
    """The second start takes the compiled base and answers the same."""
    said: list[str] = []
    first = load(small, compiling=lambda: said.append("compiling"))
    (entry,) = entries(store)
    written = entry.stat().st_mtime_ns
    second = load(small, compiling=lambda: said.append("again"))
    assert said == ["compiling"]
    assert entries(store) == [entry]
    assert entry.stat().st_mtime_ns == written
    assert first.version == second.version
    question = "qui voulait racheter le moulin ?"
    assert answer(question, first) == answer(question, second)


@pytest.mark.parametrize("name", ["facts/vente.yaml", "seeds/echo.yaml", "french/texts.yaml", "saga.yaml"])
def test_a_changed_file_is_a_new_base(small: Path, store: Path, name: str) -> None:
    """A change in any file is seen at once, even where size and time stay the same."""
    before = load(small).version
    path = small / name
    status = path.stat()
    text = path.read_text(encoding="utf-8")
    path.write_text(text, encoding="utf-8")
    assert load(small).version == before
    path.write_text(text + "\n# changed\n", encoding="utf-8")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert load(small).version != before
    assert len(entries(store)) == 2


def test_a_moved_file_is_a_new_base(small: Path, store: Path) -> None:
    """Where a file stands says what it holds: in another folder it is none of the base, or something else."""
    load(small)
    (small / "facts").rename(small / "fact")
    with pytest.raises(BaseProblemsError, match="'fact' is no place for a YAML file"):
        load(small)
    assert len(entries(store)) == 1


@pytest.mark.parametrize("use", [load, check])
def test_what_was_saved_while_it_was_read_is_not_kept(
    small: Path, store: Path, monkeypatch: pytest.MonkeyPatch, use: Callable[[Path], object]
) -> None:
    """No hash stands for files that were read half before a save and half after it."""
    path = small / "facts" / "chiffres.yaml"
    before = path.read_text(encoding="utf-8")

    def saving(folder: Path) -> Sources:
        path.write_text(before.replace("45 salariés", "46 salariés"), encoding="utf-8")
        return collect(folder)

    monkeypatch.setattr(sources, "collect", saving)
    monkeypatch.setattr(checking, "collect", saving)
    use(small)
    assert entries(store) == []
    monkeypatch.undo()
    monkeypatch.setenv("SAGA_CACHE", str(store))
    path.write_text(before, encoding="utf-8")
    assert "45" in answer("combien de salariés ?", load(small)).text


@pytest.mark.parametrize("library", ["numpy", "pydantic", "pyspellchecker", "PyYAML", "rapidfuzz", "snowballstemmer"])
def test_another_version_of_a_library_is_another_base(
    small: Path, monkeypatch: pytest.MonkeyPatch, library: str
) -> None:
    """What was stemmed, spelled or counted by another version is compiled again."""
    before = cache.fingerprint(small)
    monkeypatch.setattr(cache, "version", lambda name: f"{version(name)}.1" if name == library else version(name))
    assert cache.fingerprint(small) != before


def test_a_changed_fact_changes_the_answer(small: Path, store: Path) -> None:
    """What is answered is what the files say now."""
    assert "45" in answer("combien de salariés ?", load(small)).text
    path = small / "facts" / "chiffres.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("45 salariés", "46 salariés"), encoding="utf-8")
    assert "46" in answer("combien de salariés ?", load(small)).text
    assert len(entries(store)) == 2


@pytest.mark.parametrize("text", ["46 salariés.", "cinquante salariés."])
def test_a_number_that_nothing_proves_is_not_loaded(small: Path, store: Path, text: str) -> None:
    """Members never read it: neither the one who starts the bot nor a reload needs the articles to see it."""
    path = small / "facts" / "chiffres.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("45 salariés.", text), encoding="utf-8")
    with pytest.raises(BaseProblemsError, match=r"chiffres\.yaml:3: the number \w+ .* in no evidence"):
        load(small)
    assert entries(store) == []


@pytest.mark.parametrize("damage", ["empty", "half", "noise", "other"])
def test_a_damaged_entry_is_no_entry(small: Path, store: Path, damage: str) -> None:
    """Whatever is in the cache, the base is built from its files, and the entry is mended."""
    load(small)
    (entry,) = entries(store)
    data = entry.read_bytes()
    entry.write_bytes(
        {"empty": b"", "half": data[: len(data) // 2], "noise": b"\xff" * 99, "other": pickle.dumps(3)}[damage]
    )
    assert load(small).facts
    assert pickle.loads(entry.read_bytes()).facts  # noqa: S301 - our own, just made


def test_an_entry_of_somebody_else_is_not_read(small: Path, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pickle can run code: only the user's own files are opened."""
    base = load(small)
    assert cache.get(base.version) is not None
    uid = os.getuid()
    monkeypatch.setattr(os, "getuid", lambda: uid + 1)
    assert cache.get(base.version) is None
    assert entries(store)


@pytest.mark.parametrize("place", ["a file", "below a file"])
def test_a_cache_that_cannot_be_written_changes_nothing(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    """The cache only saves time."""
    blocked = tmp_path / "blocked"
    blocked.touch()
    monkeypatch.setenv("SAGA_CACHE", str(blocked if place == "a file" else blocked / "below"))
    assert load(small).facts
    assert load(small).facts


@pytest.mark.usefixtures("homeless")
def test_without_a_home_folder_there_is_no_cache(small: Path) -> None:
    """An account that has none, as services often do, reads its base from the files."""
    assert load(small).facts
    assert load(small).facts


def test_a_full_disk_leaves_no_scraps(small: Path, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What could not be written whole is taken away again, or each start would fill the disk a little more."""

    def dump(_: object, file: IO[bytes], **__: object) -> None:
        file.write(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pickle, "dump", dump)
    assert load(small).facts
    assert store.exists()
    assert entries(store) == []


def test_the_cache_keeps_few_entries_and_no_scraps(small: Path, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Old compiled bases are removed; nothing half-written stays."""
    monkeypatch.setattr(cache, "KEPT", 3)
    for number in range(cache.KEPT + 2):
        (small / "vocabulary" / "x.yaml").write_text(f"mot{number}: [mot{number}]\n", encoding="utf-8")
        load(small)
        time.sleep(0.002)  # distinct times of writing
    assert len(entries(store)) == cache.KEPT
    assert all(path.suffix == ".pickle" for path in entries(store))


def test_what_a_killed_process_left_behind_is_removed(small: Path, store: Path) -> None:
    """A base that is kept takes along what was half written hours before, and nothing that somebody writes now."""
    store.mkdir()
    old, new = store / "old.part", store / "new.part"
    for scrap in (old, new):
        scrap.write_bytes(b"half")
    os.utime(old, (time.time() - 2 * cache.ABANDONED,) * 2)
    load(small)
    assert new in entries(store)
    assert old not in entries(store)


def test_a_clock_that_was_set_back_does_not_switch_the_cache_off(
    small: Path, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The base that was just compiled is kept, though all others seem newer, and so is what somebody writes now."""
    monkeypatch.setattr(cache, "KEPT", 3)
    store.mkdir()
    others, writing = [store / f"{number}.pickle" for number in range(cache.KEPT)], store / "now.part"
    for path in (*others, writing):
        path.write_bytes(b"")
    for path in others:
        os.utime(path, (time.time() + 9 * cache.ABANDONED,) * 2)
    base = load(small)
    kept = entries(store)
    assert {store / f"{base.version}.pickle", writing} < {*kept}
    assert len(kept) == cache.KEPT + 1


def test_without_the_cache_nothing_is_written(small: Path, store: Path) -> None:
    """Checking and testing can leave no trace."""
    assert load(small, use_cache=False).facts
    assert entries(store) == []


def test_a_bad_base_is_not_loaded_and_not_kept(small: Path, store: Path) -> None:
    """One wrong line, and nothing of the base is there."""
    (small / "facts" / "x.yaml").write_text("- nope\n", encoding="utf-8")
    with pytest.raises(BaseProblemsError):
        load(small)
    assert entries(store) == []


@pytest.mark.usefixtures("store")
def test_nobody_is_told_to_wait_for_a_base_that_cannot_be_read(small: Path) -> None:
    """Compiling, which takes long, begins where the files are good, and is told then; next time the cache has it."""
    told: list[str] = []
    for _ in range(2):
        load(small, compiling=lambda: told.append("compiling"))
    assert told == ["compiling"]
    with pytest.raises(BaseProblemsError):
        load(small / "nowhere", compiling=lambda: told.append("nothing"))
    assert told == ["compiling"]


def test_a_bad_base_does_not_come_from_the_cache(small: Path, store: Path) -> None:
    """A base that was good and is broken now is not answered from what was good."""
    load(small)
    (small / "facts" / "vente.yaml").write_text("- [", encoding="utf-8")
    with pytest.raises(BaseProblemsError):
        load(small)
    assert len(entries(store)) == 1


@pytest.mark.parametrize("kind", ["missing", "empty", "file"])
def test_a_folder_that_is_no_base_is_refused(tmp_path: Path, store: Path, kind: str) -> None:
    """A missing or empty folder gives its one problem."""
    folder = tmp_path / "base"
    if kind == "empty":
        folder.mkdir()
    elif kind == "file":
        folder.touch()
    with pytest.raises(BaseProblemsError) as caught:
        load(folder)
    assert len(caught.value.problems) == 1
    assert entries(store) == []


def test_a_base_may_be_named_relatively(small: Path, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder that one stands in is a folder like any other."""
    whole = load(small).version
    monkeypatch.chdir(small.parent)
    assert load(Path(small.name)).version == whole
    assert len(entries(store)) == 1


def test_the_shipped_base_loads(shipped: KnowledgeBase) -> None:
    """The base in the package has no problem of shape or reference."""
    assert shipped.articles
    assert len(shipped.facts) > 65
    assert shipped.name
