"""What every test may use: the invented base about a mill, copies of it to break, and the shipped base."""

from __future__ import annotations

import contextlib
import functools
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from knowledge.compiling import cache, vocabulary
from knowledge.compiling.folders import SHIPPED
from knowledge.compiling.loading import load
from knowledge.compiling.sources import Sources, collect
from knowledge.model import KnowledgeBase
from tests import forking

if TYPE_CHECKING:
    from collections.abc import Iterator

settings.register_profile("suite", derandomize=True, deadline=None, max_examples=60)
settings.register_profile("search", deadline=None, max_examples=5_000, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "suite"))
"""The suite tries the same texts in every run; HYPOTHESIS_PROFILE=search looks for new ones."""

Changed = Callable[[str, Mapping[str, str]], KnowledgeBase]
"""What gives the invented base, with other texts for some of its files."""

MOULIN = Path(__file__).parent / "bases" / "moulin"
"""The invented base."""

PATIENCE = 120.0
"""Seconds that a process waits for another one to compile the shipped base."""

FEW_WORDS = {
    "fillers/fillers.yaml": "fillers: [svp]\nfunction_words: [le, la, les, de, du, un, une, en]\nlight_words: [dire]\n",
    "concepts/argent.yaml": "prix: [prix, montant]\n",
    "spelling.yaml": "quand: [qd]\n",
    "names.yaml": "pays: [Pérou]\nentreprises: [Snapchat]\npersonnes: [Pierre Martin]\n",
    "smalltalk/bonjour.yaml": (
        '- id: bonjour\n  question: "Bonjour"\n  reply: "Bonjour !"\n  phrasings: [bonjour, salut]\n'
    ),
}
"""A French vocabulary of a few words; its other files are the shipped ones."""
KEPT_WORDS = frozenset(["nouvelle-conversation.yaml"])
"""Files of the shipped vocabulary that stay whole: what the bot itself does on a word."""


@pytest.fixture(scope="session")
def callers_cache() -> Path | None:
    """Return where bases are kept outside the tests, if they are: it is only read."""
    with contextlib.suppress(OSError):
        return cache.folder()
    return None


@pytest.fixture(scope="session", autouse=True)
def own_cache(
    callers_cache: Path | None,  # noqa: ARG001 - to be looked up before
    tmp_path_factory: pytest.TempPathFactory,
    worker_id: str,
) -> Iterator[Path]:
    """Keep compiled bases out of the user's cache; all processes of a run share one folder."""
    own = tmp_path_factory.getbasetemp()
    folder = (own if worker_id == "master" else own.parent) / "cache"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cache, "KEPT", 100)
        patch.setenv("SAGA_CACHE", str(folder))
        patch.delenv("SAGA_BASE", raising=False)
        yield folder


@pytest.fixture(scope="session", autouse=True)
def _everyday_words_once() -> Iterator[None]:
    """Read the lists of everyday words once: they never change, and tests build many bases."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(vocabulary, "everyday_words", functools.cache(vocabulary.everyday_words))
        yield


@pytest.fixture(scope="session", autouse=True)
def _forking() -> Iterator[None]:
    """End what processes are forked from, where a test has started it."""
    yield
    forking.end()


@pytest.fixture
def homeless(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the home folder away, as from an account that only runs a service."""
    for name in ("XDG_DATA_HOME", "XDG_CACHE_HOME", "LOCALAPPDATA", "SAGA_CACHE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(os.path, "expanduser", os.fspath)


@pytest.fixture(scope="session")
def lasting_cache(own_cache: Path) -> Path:
    """Return where the bases that no test changes are kept: a process of a test keeps few of the others."""
    return own_cache.with_name("cache-lasting")


@pytest.fixture(scope="session")
def moulin(lasting_cache: Path, _everyday_words_once: None) -> KnowledgeBase:
    """Return the invented base."""
    return _lasting(lasting_cache, MOULIN)


@pytest.fixture(scope="session")
def shipped(callers_cache: Path | None, lasting_cache: Path, _everyday_words_once: None) -> KnowledgeBase:
    """Return the base that comes with the package; whoever runs the tests may have it compiled already."""
    return _lasting(lasting_cache, None, callers_cache)


@pytest.fixture(scope="session")
def shipped_sources() -> Sources:
    """Return the entries of the shipped base, for all tests of a process: whoever changes some copies them first."""
    return collect(SHIPPED)


@pytest.fixture(scope="session")
def changed(lasting_cache: Path, _everyday_words_once: None) -> Changed:
    """Return what compiles the invented base with other files, under a name that stands for them in all processes."""

    @functools.cache
    def named(name: str) -> KnowledgeBase:
        return _lasting(lasting_cache, bases / name)

    def base(name: str, files: Mapping[str, str]) -> KnowledgeBase:
        if not (bases / name).exists():
            with tempfile.TemporaryDirectory(dir=bases) as place:
                folder = Path(shutil.copytree(MOULIN, Path(place) / name))
                for file, text in files.items():
                    (folder / file).write_text(text, encoding="utf-8")
                with contextlib.suppress(OSError):  # another process was quicker
                    folder.rename(bases / name)
        return named(name)

    bases = lasting_cache.with_name("bases")
    bases.mkdir(exist_ok=True)
    return base


def _lasting(folder: Path, base: Path | None, compiled: Path | None = None) -> KnowledgeBase:
    """Return a base that no test changes: the first process that wants it compiles it for all, or finds it compiled."""
    claim = folder.with_name(f"{base.name if base else 'shipped'}.claim")
    try:
        claim.touch(exist_ok=False)
    except FileExistsError:
        give_up = time.monotonic() + PATIENCE
        while not claim.read_bytes() and time.monotonic() < give_up:
            time.sleep(0.1)
    entry = compiled / f"{cache.fingerprint(SHIPPED)}.pickle" if compiled else None
    if entry and entry.exists() and not (folder / entry.name).exists():
        folder.mkdir(exist_ok=True)
        shutil.copy(entry, folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SAGA_CACHE", str(folder))
        made = load(base)
    claim.write_bytes(b"yes")
    return made


@pytest.fixture
def compiled(
    tmp_path_factory: pytest.TempPathFactory,
    moulin: KnowledgeBase,  # noqa: ARG001 - compiled for all
    lasting_cache: Path,
) -> Path:
    """Return a cache of a command's own, which forgets what it likes: what was compiled for all tests is found there.

    The shipped base, too, where the test asks for it.
    """
    folder = tmp_path_factory.mktemp("compiled")
    for entry in lasting_cache.glob("*.pickle"):
        os.link(entry, folder / entry.name)
    return folder


def append(base: Path, name: str, text: str) -> None:
    """Add text to a file of a copied base, and make the file where there is none."""
    with (base / name).open("a", encoding="utf-8") as file:
        file.write(text)


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """Return a copy of the invented base, free to change."""
    folder = tmp_path / "moulin"
    shutil.copytree(MOULIN, folder)
    return folder


@pytest.fixture(scope="session")
def few_words(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the invented base with a French vocabulary of a few words, for `small` to copy."""
    folder = tmp_path_factory.mktemp("few-words")
    french = folder / "french"
    shutil.copytree(MOULIN, folder, dirs_exist_ok=True)
    shutil.copytree(SHIPPED / "french", french)
    for path in french.glob("*/*.yaml"):
        if path.name not in KEPT_WORDS:
            path.write_bytes(b"")
    for name, text in FEW_WORDS.items():
        (french / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def small(few_words: Path, tmp_path: Path) -> Path:
    """Return a copy of the invented base with a French of few words, free to change: quick to read and to build."""
    return Path(shutil.copytree(few_words, tmp_path / "moulin", copy_function=shutil.copyfile))
