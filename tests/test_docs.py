"""What people can use is documented, and what is documented is there."""

from __future__ import annotations

import inspect
import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import click
import pytest
from pydantic import BaseModel

from bot.asking.answering import QUESTION_AT_MOST
from bot.cli import COMMANDS, saga
from bot.cli.ask import as_object
from bot.cli.showing import written
from knowledge.checks.checking import ANSWER_AT_MOST, FACT_AT_MOST, check
from knowledge.checks.questionnaire import QuestionEntry
from knowledge.compiling import schema
from knowledge.compiling.folders import ENDINGS, SHIPPED
from knowledge.compiling.loading import load
from knowledge.compiling.yamlfiles import MAX_BYTES, MAX_DEPTH
from knowledge.engine import answer
from knowledge.language.reading import MAX_TOKENS
from knowledge.model import Status
from knowledge.reply import Outcome, Rule
from tests.cli.test_ask import FIELDS, SOURCE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knowledge.model import KnowledgeBase

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMAND_LINE = (ROOT / "docs" / "command-line.md").read_text(encoding="utf-8")
FORMAT = (ROOT / "docs" / "base-format.md").read_text(encoding="utf-8")
CURATING = (ROOT / "docs" / "curating.md").read_text(encoding="utf-8")
ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
RUNNING = (ROOT / "docs" / "running.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
DOCUMENTS = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "CHANGELOG.md",
    ROOT / "PRIVACY.md",
    ROOT / "benchmarks" / "README.md",
    *sorted((ROOT / "docs").rglob("*.md")),
]


def commands(group: click.Group, before: str = "saga") -> Iterator[tuple[str, click.Command]]:
    """Yield every command with its whole name."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        yield f"{before} {name}", command
        if isinstance(command, click.Group):
            yield from commands(command, f"{before} {name}")


ALL = list(commands(saga))
LINE = 65
"""Characters that click leaves for the help of a command, in a terminal of 80 columns."""


@pytest.mark.parametrize(("name", "command"), ALL, ids=[name for name, _ in ALL])
def test_commands_and_options_are_documented(name: str, command: click.Command) -> None:
    """The README, or a page of docs/ for one inside a group, names each command; a page names each of its options.

    Each says in its help what it does.
    """
    pages = COMMAND_LINE + RUNNING
    assert f"`{name}`" in (pages if " " in name.removeprefix("saga ") else README)
    assert command.help
    for option in command.params:
        if isinstance(option, click.Option):
            assert option.help
            assert any(re.search(rf"`(?:{name} )?{re.escape(long)}\b", pages) for long in option.opts), option.opts


@pytest.mark.parametrize(("name", "command"), ALL, ids=[name for name, _ in ALL])
def test_the_list_of_commands_says_all_of_each(name: str, command: click.Command) -> None:
    """`saga --help` has a line for each command, and no sentence is cut short there."""
    assert not command.get_short_help_str(LINE).endswith("..."), name


@pytest.mark.parametrize("option", ["--base", "--version", "--help", "-h", "NO_COLOR"])
def test_options_of_the_whole_command_are_documented(option: str) -> None:
    """So are those that stand before a command, and the one variable whose name does not begin with SAGA_."""
    assert option in COMMAND_LINE


def test_the_readme_names_no_command_that_is_not_there() -> None:
    """What is documented can be typed."""
    pages = README + COMMAND_LINE + CURATING + RUNNING
    documented = set(re.findall(r"(?:`|bin/|\$ )saga(?: --base \S+)? ([a-z]+)", pages))
    assert documented == set(COMMANDS)


OPTIONS = sorted(set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", README + COMMAND_LINE + CURATING)))


@pytest.mark.parametrize("option", OPTIONS)
def test_the_pages_name_no_option_that_is_not_there(option: str) -> None:
    """Nor an option of a command, pip or pytest that does not exist."""
    known = {spelling for _, command in ALL for param in command.params for spelling in param.opts}
    assert option in known | {"--base", "--version", "--help", "--dist"}


@pytest.mark.parametrize(
    ("page", "limit"),
    [
        (README, f"first {MAX_TOKENS} words"),
        (README, f"{QUESTION_AT_MOST} characters"),
        (FORMAT, f"at most {FACT_AT_MOST} characters"),
        (FORMAT, f"over {MAX_BYTES:,} bytes"),
        (FORMAT, f"more than {MAX_DEPTH} levels"),
        (FORMAT, f"at most {get_args(schema.Phrasing)[1].max_length} characters"),
        (FORMAT, f"other texts at most {get_args(schema.Text)[1].max_length:,}"),
        (FORMAT, f"at most {ANSWER_AT_MOST:,} of a whole answer"),
    ],
    ids=lambda value: value if len(value) < LINE else "",
)
def test_limits_are_those_of_the_code(page: str, limit: str) -> None:
    """What people run into is as large as the pages say."""
    assert limit in " ".join(page.split())


@pytest.mark.skipif(sys.platform == "win32", reason="systemd and sh are not there")
def test_commands_typed_by_hand_read_the_services_settings(tmp_path: Path, small: Path) -> None:
    """The unit reads its settings from the file of which docs/running.md says how a command reads it, too."""
    (settings,) = re.findall(r"```sh\n(.*?)```", RUNNING, re.DOTALL)
    (unit,) = re.findall(r"```ini\n(.*?)```", RUNNING, re.DOTALL)
    (file,) = re.findall(r"^EnvironmentFile=(.+)$", unit, re.MULTILINE)
    (program,) = re.findall(r"^ExecStart=(\S+) run$", unit, re.MULTILINE)
    (command,) = re.findall(r"^    sudo -u saga (.+)$", RUNNING, re.MULTILINE)
    own = tmp_path / "env"
    own.write_text(f"{settings.replace('=/', f'={tmp_path}/')}SAGA_BASE={small}\n", encoding="utf-8")
    token = tmp_path / "etc/saga-bot/token"
    token.parent.mkdir(parents=True)
    token.write_text("MTA.abc.def", encoding="utf-8")
    line = command.replace(file, str(own)).replace(program, f"{sys.executable} -m bot")
    done = subprocess.run(["/bin/sh", "-c", line], cwd=ROOT, env={}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert f"token: set, from {token} " in done.stdout
    assert f"database: {tmp_path}/var/lib/saga-bot/saga.sqlite3 " in done.stdout


@pytest.mark.parametrize("field", ["id", *FIELDS])
def test_reply_fields_are_documented(field: str) -> None:
    """Each field of a reply has a row in the contract."""
    assert f"| `{field}` |" in COMMAND_LINE


def test_the_example_of_the_contract_is_a_reply(moulin: KnowledgeBase) -> None:
    """The example of the contract is what the invented base answers, field by field, in their order."""
    questions, reply = (json.loads(block) for block in re.findall(r"```json\n(.*?)```", COMMAND_LINE, re.DOTALL))
    assert list(questions) == ["id", "question", "conversation"]
    assert list(reply) == ["id", *FIELDS]
    assert list(reply["sources"][0]) == SOURCE
    real = as_object(answer(reply["question"], moulin), reply["milliseconds"])
    assert reply == {"id": questions["id"], **real, "confidence": reply["confidence"]}


@pytest.mark.parametrize("word", [*Outcome, *SOURCE])
def test_outcomes_and_source_fields_are_documented(word: str) -> None:
    """Whoever parses replies knows the values."""
    assert f"`{word}`" in COMMAND_LINE


ASKED, CHECKED = re.findall(r"```console\n\$ (.*?)```", COMMAND_LINE, re.DOTALL)
"""What docs/command-line.md shows as typed and answered."""


def test_the_example_of_a_question_is_answered_so(moulin: KnowledgeBase) -> None:
    """The terminal prints what docs/command-line.md shows."""
    command, _, printed = ASKED.partition("\n")
    (question,) = re.findall(r'"(.+)"', command)
    # On paper, a space that does not break is a space.
    assert written(answer(question, moulin)).split() == printed.split()


def test_the_example_of_a_check_finds_these_problems(small: Path) -> None:
    """The two mistakes that docs/command-line.md shows are found where it says."""
    facts, intents = small / "facts" / "vente.yaml", small / "intents" / "questions.yaml"
    facts.write_text(facts.read_text(encoding="utf-8").replace("topics", "topic", 1), encoding="utf-8")
    text = intents.read_text(encoding="utf-8")
    intents.write_text(text.replace("facts: [effectifs]", "facts: [effectif]"), encoding="utf-8")
    assert [str(problem) for problem in check(small, quick=True).problems] == CHECKED.splitlines()[1:]


def fields() -> Iterator[tuple[str, str]]:
    """Yield every field of every YAML file, with its model, as a curator types it."""
    for name, model in inspect.getmembers(schema, inspect.isclass):
        if issubclass(model, BaseModel) and not name.startswith("_") and model.__module__ == schema.__name__:
            for field, info in model.model_fields.items():
                yield name, info.alias or field


@pytest.mark.parametrize(("model", "field"), list(fields()))
def test_yaml_fields_are_documented(model: str, field: str) -> None:  # noqa: ARG001 - the model names the test
    """docs/base-format.md names each field that a curator may write."""
    assert f"`{field}`" in FORMAT


@pytest.mark.parametrize("value", [*Status, "person", "company", "product", "institution", "place", "group"])
def test_yaml_values_are_documented(value: str) -> None:
    """So are the values of fields with a fixed choice."""
    assert f"`{value}`" in FORMAT


@pytest.mark.parametrize("path", sorted((SHIPPED / "french").glob("*.yaml")), ids=lambda path: path.name)
def test_vocabulary_files_are_documented(path: Path) -> None:
    """Each file of the French vocabulary has its row."""
    assert f"`{path.name}`" in FORMAT


def test_joints_are_documented() -> None:
    """The table of joints.yaml has just the keys that the schema takes, each once."""
    (rows,) = re.findall(r"^### `joints.yaml`\n\n\|.*\n\|.*\n((?:\|.*\n)+)", FORMAT, re.MULTILINE)
    named = [key for cell in re.findall(r"^\|(.*?)\|", rows, re.MULTILINE) for key in re.findall(r"`(.+?)`", cell)]
    assert sorted(named) == sorted(get_args(get_args(schema.Joints)[0]))


PACKAGES = [*(ROOT / "knowledge").glob("*/__init__.py"), *(ROOT / "bot").glob("*/__init__.py")]
NAMED = frozenset(["cli", "cogs", "curating", "store", "views"])
"""Packages of bot/ whose modules have the names of what they are for: a command, a card, a table."""
MAPPED = [
    *(ROOT / "knowledge").rglob("[a-z]*.py"),
    *(path for path in (ROOT / "bot").rglob("[a-z]*.py") if NAMED.isdisjoint(path.relative_to(ROOT).parts)),
]


@pytest.mark.parametrize("path", sorted(MAPPED), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_modules_are_on_the_map(path: Path) -> None:
    """docs/architecture.md has a place for each module of knowledge/ and bot/."""
    assert f"`{path.relative_to(ROOT).with_suffix('').as_posix().partition('/')[2]}`" in ARCHITECTURE


@pytest.mark.parametrize("package", sorted(path.parent.name for path in PACKAGES))
def test_packages_are_on_the_map(package: str) -> None:
    """So has each package inside them."""
    assert f"`{package}/`" in ARCHITECTURE


def test_rules_are_explained() -> None:
    """docs/architecture.md says what each rule means by which `saga ask --explain` says that it was decided."""
    assert {rule for rule in Rule if f"`{rule}`" not in ARCHITECTURE} == set()


def test_the_map_names_no_module_that_is_gone() -> None:
    """The second column of its tables, and the paths in its text, are files."""
    rows = re.findall(r"^\|[^|]*\|([^|]*`[^|]*)\|", ARCHITECTURE, re.MULTILINE)
    modules = [name for row in rows for name in re.findall(r"`([a-z]+(?:/[a-z]+)?)`", row)]
    paths = re.findall(r"`((?:bot|knowledge)/[\w/.]*)`", ARCHITECTURE)
    assert len(modules) > len(MAPPED) / 2
    assert paths
    for name in modules:
        assert any((ROOT / folder / f"{name}.py").exists() for folder in ("knowledge", "bot")), name
    for name in paths:
        assert (ROOT / name).exists(), name


@pytest.mark.parametrize("field", list(QuestionEntry.model_fields))
def test_fields_of_test_questions_are_documented(field: str) -> None:
    """CONTRIBUTING.md says what a question for the tests may hold."""
    assert f"`{field}`" in CONTRIBUTING


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_somewhere(path: Path) -> None:
    """A link to a file or a heading of the project is not broken."""
    text = path.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if "://" in target:
            continue
        name, _, anchor = target.partition("#")
        file = path.parent / name if name else path
        assert file.exists(), target
        if anchor:
            headings = re.findall(r"^#+ (.+)$", file.read_text(encoding="utf-8"), re.MULTILINE)
            slugs = {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}
            assert anchor in slugs, target


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_documents_hold_no_placeholder(path: Path) -> None:
    """What is not there yet is not announced."""
    assert not re.search(
        r"\b(TODO|FIXME|TBD|coming soon|lorem ipsum)\b", path.read_text(encoding="utf-8"), re.IGNORECASE
    )


def test_the_examples_of_the_format_are_those_of_the_invented_base() -> None:
    """The YAML that curators copy is YAML that the tests check."""
    written = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests/bases/moulin").rglob("*.yaml"))
    plain = re.sub(r"[\s{}-]+", " ", written)
    blocks = re.findall(r"```yaml\n(.*?)```", FORMAT, re.DOTALL)
    assert len(blocks) > 3
    for line in "\n".join(blocks).splitlines():
        assert re.sub(r"[\s{}-]+", " ", line).strip() in plain, line


def test_verdicts_are_those_of_the_table(copied: Path) -> None:
    """Each question of the table in docs/base-format.md gets the yes or no beside it, or the fact alone."""
    (rows,) = re.findall(r"^\| asked \| gets \|.*\n\| ---.*\n((?:\|.*\n)+)", FORMAT, re.MULTILINE)
    (added,) = re.findall(r"^With `(yes: .*)` and `(no: .*)` of", FORMAT, re.MULTILINE)
    intents, own = copied / "intents" / "questions.yaml", "- id: effectifs\n"
    text = intents.read_text(encoding="utf-8")
    intents.write_text(text.replace(own, "".join([own, *(f"  {line}\n" for line in added)])), encoding="utf-8")
    base = load(copied, use_cache=False)
    table = re.findall(r"^\| (.+?) \| (.+?) \|", rows, re.MULTILINE)
    assert len(table) == rows.count("\n")
    for asked, gets in table:
        said = answer(asked, base).text.replace("’", "'")
        assert said.startswith(f"{gets} " if gets != "–" else ("Le moulin emploie", "En mars 2031")), asked


def test_ci_runs_the_readmes_test_command() -> None:
    """The one line that a newcomer types is the one that has to pass."""
    (command,) = [line for line in README.splitlines() if line.startswith("python3 -m venv") and "pytest" in line]
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    (pattern,) = re.findall(r"^tests=\$\(grep -E '(.+)' README\.md\)$", script, re.MULTILINE)
    assert [line for line in README.splitlines() if re.search(pattern, line)] == [command]


def test_the_source_distribution_holds_what_contributing_names() -> None:
    """Who has unpacked it can do what CONTRIBUTING.md says, and its tests find what they read."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        included = tomllib.load(file)["tool"]["hatch"]["build"]["targets"]["sdist"]["include"]
    named = {path.name for path in ROOT.iterdir() if re.search(rf"(?<![\w-]){re.escape(path.name)}\b", CONTRIBUTING)}
    assert named > {".ci", "benchmarks", "constraints.txt"}
    assert named - {".venv", "pyproject.toml"} <= {name.removeprefix("/") for name in included}


def test_the_wheel_holds_cards_and_no_articles() -> None:
    """Whoever builds it with the articles in place packs none of them: `force-include` would ask no pattern."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        wheel = tomllib.load(file)["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert {"seeds", "bot", "knowledge"} == {*wheel["only-include"]}
    assert wheel["sources"] == {"seeds": "knowledge/seeds"}
    assert "force-include" not in wheel
    left_out, *packed = wheel["exclude"]
    assert left_out == "/seeds/*"
    assert packed == [f"!/seeds/*{ending}" for ending in ENDINGS]


def test_the_constraints_name_no_machine() -> None:
    """Names, versions and hashes: no host, no folder."""
    text = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    assert "--hash=sha256:" in text
    assert "://" not in text
    assert not re.search(r"(^|\s)/|--(extra-)?index|--find-links|--trusted", text)
