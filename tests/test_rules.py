"""Rules that hold everywhere in the code."""

from __future__ import annotations

import ast
import graphlib
import os
import re
import subprocess
import sys
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from knowledge.compiling.sources import Sources
from knowledge.compiling.vocabulary import everyday_words
from knowledge.language.normalising import fold, words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

ROOT = Path(__file__).parent.parent
KNOWLEDGE = sorted((ROOT / "knowledge").rglob("*.py"))
BOT = sorted((ROOT / "bot").rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))

ALLOWED = """
__future__ array bisect calendar collections contextlib dataclasses enum functools gc graphlib gzip hashlib heapq
importlib itertools json math operator os pathlib pickle random re stat string sys tempfile time typing unicodedata zlib
knowledge numpy pydantic rapidfuzz snowballstemmer yaml
"""
PURE = frozenset(ALLOWED.split())
"""What knowledge/ may import. All else (sockets, processes, threads, event loops, dates, Discord, SQL) is out."""

POSIX = frozenset(["fcntl", "grp", "pty", "pwd", "resource", "syslog", "termios", "tty"])
"""What Python has on some systems only."""

OF_FILES = frozenset(["environ", "fdopen", "getuid", "path", "walk"])
"""What knowledge/ may use of `os`: what finds, owns and opens files."""
STOPWATCH = frozenset(["evaluating.py"])
"""Modules that may measure how long something takes: of `time`, that alone."""


def short(path: Path) -> str:
    """Return a path as it is written in the project."""
    return path.relative_to(ROOT).as_posix()


def imports(tree: ast.AST) -> Iterator[list[str]]:
    """Yield the names, in their parts, of what a module imports or imports from, wherever in it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name.split(".") for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, "imports are absolute"
            yield (node.module or "").split(".")


def imported(tree: ast.AST) -> Iterator[str]:
    """Yield the top-level packages that a module imports, wherever in it."""
    return (name for name, *_ in imports(tree))


def used(module: str, tree: ast.AST) -> set[str]:
    """Return the names that code takes out of a module, under whatever name it imports that, or them."""
    found, called = set[str](), set[str]()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for name in node.names:
                top, *inner = name.name.split(".")
                if top == module:
                    called.add(name.asname or top)
                    found.update(inner[:1])
        elif isinstance(node, ast.ImportFrom):
            top, *inner = (node.module or "").split(".")
            if top == module:
                found.update(inner[:1] or (name.name for name in node.names))
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in called:
            found.add(node.attr)
    return found


@pytest.mark.parametrize("path", KNOWLEDGE, ids=short)
def test_knowledge_is_pure(path: Path) -> None:
    """knowledge/ has no network, no clock, no process, no Discord, no database, and does not know the bot."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert set(imported(tree)) <= PURE
    assert used("os", tree) <= OF_FILES
    assert used("time", tree) <= ({"perf_counter"} if path.name in STOPWATCH else set())


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("import os\nos.system('')", {"system"}),
        ("import os as system\nsystem.fork()", {"fork"}),
        ("import os.path\nos.popen('')", {"path", "popen"}),
        ("from os import system as run, environ", {"system", "environ"}),
        ("from os import *", {"*"}),
        ("from os.path import join", {"path"}),
        ("def ask(os):\n    import os", set()),
        ("import time\ntime.system", set()),
    ],
)
def test_what_a_module_uses_of_another_is_seen_however_it_is_named(code: str, names: set[str]) -> None:
    """No way to import something hides it from the rule above."""
    assert used("os", ast.parse(code)) == names


@pytest.mark.parametrize("path", KNOWLEDGE, ids=short)
def test_knowledge_has_no_global_state(path: Path) -> None:
    """No `global` statement: a base and a conversation are values that are passed."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert not [node for node in ast.walk(tree) if isinstance(node, (ast.Global, ast.Nonlocal))]


@pytest.mark.parametrize("path", [*KNOWLEDGE, *BOT, *TESTS], ids=short)
def test_every_system_can_import_it(path: Path) -> None:
    """The program, and what tests it, also start on Windows: a test that cannot work there skips itself."""
    assert not POSIX.intersection(imported(ast.parse(path.read_text(encoding="utf-8"))))


@pytest.mark.parametrize("path", [*KNOWLEDGE, *BOT], ids=short)
def test_modules_are_small(path: Path) -> None:
    """A cog has at most 200 lines, any other module at most 400."""
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= (200 if "cogs" in path.parts else 400)


def inner_imports(top: str, modules: list[Path]) -> Iterator[tuple[str, str, bool]]:
    """Yield each import of one module by another inside a package, and whether it is for types only."""
    names = {".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path for path in modules}
    for name, path in names.items():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        checked = [node for node in tree.body if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)]
        typing = {inner for node in checked for inner in ast.walk(node)}
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom):
                for alias in node.names:
                    whole = f"{node.module}.{alias.name}"
                    found = whole if whole in names else node.module or ""
                    if found in names:
                        yield name, found, node in typing
            elif isinstance(node, ast.Import):
                assert not [alias for alias in node.names if alias.name.split(".")[0] == top], "write `from … import`"


@pytest.mark.parametrize(("top", "modules"), [("bot", BOT), ("knowledge", KNOWLEDGE)], ids=["bot", "knowledge"])
def test_packages_import_each_other_one_way(top: str, modules: list[Path]) -> None:
    """No package imports one that imports it, be it by way of others, inside a function or for types only.

    A module beside the packages counts as one, but for types: what travels between them (the client, a base, a part of
    a reply) is there.
    """
    packages = {path.parent.name for path in modules if path.name == "__init__.py"} - {top}
    assert len(packages) > 5
    below: dict[str, set[str]] = {}
    for importer, imported, typing in inner_imports(top, modules):
        own, other = (name.split(".")[1] if "." in name else top for name in (importer, imported))
        if own != other and (not typing or {own, other} <= packages):
            below.setdefault(own, set()).add(other)
    graphlib.TopologicalSorter(below).prepare()  # raises CycleError, which names the packages


BACK = {
    ("knowledge.reply", "knowledge.conversation"): "a reply carries where its conversation then stands",
    ("knowledge.model", "knowledge.search.index"): "a base carries its index, which knows the kinds of intents",
    ("knowledge.language.repairing", "knowledge.language.lexicon"): "a lexicon is searched for what is like a word",
    ("bot", "bot.client"): "the client carries all that an interaction needs, and hands itself over with it",
}
"""Who imports what for types only, by itself or by a module inside it, though that closes a circle; and why it may."""


@pytest.mark.parametrize(("top", "modules"), [("bot", BOT), ("knowledge", KNOWLEDGE)], ids=["bot", "knowledge"])
def test_modules_import_each_other_one_way(top: str, modules: list[Path]) -> None:
    """No module imports one that imports it, be it by way of others, but for those of `BACK`, which all need it."""
    edges = [*inner_imports(top, modules)]
    assert len(edges) > len(modules)

    def circle(allowed: Collection[tuple[str, str]]) -> list[str]:
        below: dict[str, set[str]] = {}
        for importer, imported, typing in edges:
            backs = typing and any(imported == back and f"{importer}.".startswith(f"{one}.") for one, back in allowed)
            below.setdefault(importer, set()).update(() if backs else (imported,))
        try:
            graphlib.TopologicalSorter(below).prepare()
        except graphlib.CycleError as error:
            return [*error.args[1]]
        return []

    assert circle(BACK) == []
    own = [back for back in BACK if back[1].startswith(f"{top}.")]
    assert [back for back in own if not circle(BACK.keys() - {back})] == []


def test_no_cog_imports_another() -> None:
    """What two cogs need belongs to neither."""
    trees = [ast.parse(path.read_text("utf-8")) for path in BOT if path.parent.name == "cogs"]
    assert len(trees) > 5
    assert not [name for tree in trees for name in imports(tree) if name[:2] == ["bot", "cogs"]]


GENERIC = """
amerloques beijing byte connaisseurs creators creatrices gouv influenceurs jurnal justices magistrats mart porteparole
ricains spokesperson videastes
"""
NO_NAMES = frozenset(GENERIC.split())
"""Words among the aliases of actors that name nobody in particular."""
NAMES = frozenset(["trump"])
"""Names that the frequency lists take for everyday words."""


@pytest.fixture(scope="module")
def saga_names(shipped_sources: Sources) -> frozenset[str]:
    """Return the words by which the shipped base names its actors, everyday words left out."""
    actors = [actor.value for actor in shipped_sources.actors]
    found = {word for actor in actors for form in (actor.name, *actor.aliases) for word in words(form)}
    assert {"trump"} <= found
    return frozenset({word for word in found if len(word) > 3} - everyday_words() - NO_NAMES | NAMES)


@pytest.fixture(scope="module")
def saga_ids(shipped_sources: Sources) -> frozenset[str]:
    """Return the ids of the shipped base that could not be anything else."""
    own = (intent.value.id for intent in shipped_sources.intents if "smalltalk" not in intent.path)
    found = {
        *own,
        *(fact.value.id for fact in shipped_sources.facts),
        *(card.value.id for card in shipped_sources.articles),
    }
    return frozenset(name for name in found if "-" in name)


def test_the_names_are_found(saga_names: frozenset[str], saga_ids: frozenset[str]) -> None:
    """The two tests below look for something."""
    assert len(saga_names) > 40
    assert len(saga_ids) > 100


@pytest.mark.parametrize("path", [*KNOWLEDGE, *BOT], ids=short)
def test_no_name_of_the_saga_stands_in_code(path: Path, saga_names: frozenset[str]) -> None:
    """The engine and the bot know no saga: no name of an actor, not even in a comment."""
    hits = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        found = re.findall(r"[a-z]+", fold(line))
        hits += [f"{short(path)}:{number}: {word}" for word in found if word in saga_names]
    assert hits == []


WHEREABOUTS = frozenset(["bavardage", "remarque"])
"""Small talk of the networks that one is on and the lands that one comes from, which any bot is asked about."""


def french(sources: Sources) -> Iterator[tuple[str, str]]:
    """Yield what the French of all sagas lists, names apart, each with where it stands."""
    for placed in sources.concepts:
        yield from ((name, form) for name, forms in placed.value.items() for form in forms)
    for fillers in sources.fillers:
        yield from (("fillers", form) for form in (*fillers.fillers, *fillers.function_words, *fillers.light_words))
    for name, forms in chain(
        *(sources.manner.items(), sources.joints.items(), sources.question_words.items(), sources.exclusives.items()),
        *(sources.actor_questions.items(), sources.strangers.items(), sources.spelling.items()),
    ):
        yield from ((name, form) for form in forms)
    for intent in sources.intents:
        if "french" in Path(intent.path).parts:
            worded = [intent.value.question, *(text for _, _, text in intent.value.worded())]
            yield from ((intent.value.id, text) for text in worded)


def test_no_name_of_the_saga_stands_in_the_french_of_all(shipped_sources: Sources, saga_names: frozenset[str]) -> None:
    """What means something in this saga only is vocabulary of the saga, or small talk of it: another shares the rest.

    How a listed name is spelled stands with the spelling of all.
    """
    listed = {word for names in shipped_sources.names.values() for name in names for word in words(name)}
    spelled = {name for name in shipped_sources.spelling if listed.issuperset(words(name))}
    found = [(place, form) for place, form in french(shipped_sources) if place not in WHEREABOUTS | spelled]
    assert len(found) > 30_000
    assert [(place, form) for place, form in found if not (saga_names & listed).isdisjoint(words(form))] == []


@pytest.mark.parametrize("path", [*KNOWLEDGE, *BOT], ids=short)
def test_no_id_of_the_saga_stands_in_code(path: Path, saga_ids: frozenset[str]) -> None:
    """No code is made for one fact, one intent or one article."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    constants = {
        node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert not constants & saga_ids


TERMINAL = """
import sys
from bot.cli import main
sys.argv = ["saga", *sys.argv[1:]]
try:
    main()
except SystemExit:
    pass
print(" ".join(sorted({name.split(".")[0] for name in sys.modules})), file=sys.stderr)
"""


@pytest.mark.parametrize("options", [["ask", "bonjour"], ["ask", "--json", "bonjour"], ["check"], ["--version"]])
def test_the_terminal_does_without_discord_and_database(compiled: Path, small: Path, options: list[str]) -> None:
    """Who asks in a terminal does not wait for the bot's libraries."""
    base = str(small if options == ["check"] else ROOT / "tests" / "bases" / "moulin")
    done = subprocess.run(
        [sys.executable, "-c", TERMINAL, "--base", base, *options],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env={**os.environ, "SAGA_CACHE": str(compiled)},
    )
    loaded = set(done.stderr.splitlines()[-1].split())
    assert "click" in loaded
    assert not loaded & {"discord", "sqlalchemy", "aiosqlite", "alembic", "aiohttp", "asyncio"}


def test_a_warm_start_reads_no_yaml(compiled: Path) -> None:
    """A compiled base needs neither the YAML reader nor the schema, which take longer to import than to answer."""
    command = [sys.executable, "-c", TERMINAL, "--base", str(ROOT / "tests" / "bases" / "moulin"), "ask", "bonjour"]
    done = subprocess.run(
        command, capture_output=True, text=True, check=True, cwd=ROOT, env={**os.environ, "SAGA_CACHE": str(compiled)}
    )
    assert not set(done.stderr.splitlines()[-1].split()) & {"yaml", "pydantic", "spellchecker"}


@pytest.mark.parametrize("package", ["bot", "knowledge"])
def test_the_packages_are_typed(package: str) -> None:
    """Whoever imports them gets their types."""
    assert (ROOT / package / "py.typed").exists()
