"""knowledge.compiling.yamlfiles: YAML written by people is read strictly, with lines, and without surprises."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from knowledge.compiling import yamlfiles
from knowledge.compiling.yamlfiles import MAX_BYTES, Document, read


def parsed(folder: Path, text: str | bytes) -> Document:
    """Write a file and read it."""
    path = folder / "x.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read(path, "x.yaml")


def refused(folder: Path, text: str | bytes) -> str:
    """Return the one problem of a file that gives no value."""
    document = parsed(folder, text)
    assert document.value is None
    (problem,) = document.problems
    return str(problem)


def test_scalars_stay_what_was_typed(tmp_path: Path) -> None:
    """No word turns into a truth value, no year into a number, no date into a date."""
    document = parsed(tmp_path, "a: no\nb: 2024\nc: 2020-08\nd: 1e3\ne: '~'\nf: \"null\"\ng: 012\n")
    assert document.value == {
        "a": "no",
        "b": "2024",
        "c": "2020-08",
        "d": "1e3",
        "e": "~",
        "f": "null",
        "g": "012",
    }
    assert not document.problems


def test_an_empty_value_is_no_text(tmp_path: Path) -> None:
    """A key without a value, or with a bare null, has none."""
    assert parsed(tmp_path, "a:\nb: ~\nc: null\n").value == {"a": None, "b": None, "c": None}


@pytest.mark.parametrize("text", ["", "# only a comment\n", "\n\n", "\ufeff"])
def test_an_empty_file_is_empty(tmp_path: Path, text: str) -> None:
    """A file that holds nothing is no error of YAML; its shape is for others to judge."""
    document = parsed(tmp_path, text)
    assert document.value is None
    assert not document.problems


def test_the_line_of_each_place_is_known(tmp_path: Path) -> None:
    """An editor can be sent to every entry, key and item; an unknown place leads to what encloses it."""
    document = parsed(tmp_path, "# header\n- id: one\n  list:\n    - a\n    - b\n- id: two\n")
    assert [document.line(place) for place in [(0,), (0, "id"), (0, "list", 1), (1,)]] == [2, 2, 5, 6]
    assert document.line((0, "list", 7)) == 3
    assert document.line(("nothing",)) == document.line(())


@pytest.mark.parametrize("text", ["\ufeffa: [é]\n", "a: [é]\r\nb: [c]\r\n", "\ufeffa: [é]\r\n"])
def test_a_byte_order_mark_and_windows_line_ends_are_accepted(tmp_path: Path, text: str) -> None:
    """Editors of other systems write these."""
    document = parsed(tmp_path, text)
    assert not document.problems
    assert document.value["a"] == ["é"]


def test_windows_line_ends_count_as_one_line(tmp_path: Path) -> None:
    """Line numbers are those that an editor shows."""
    assert parsed(tmp_path, "a: x\r\nb: y\r\nc: z\r\n").line(("c",)) == 3


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: [1\n", "x.yaml:2: not valid YAML:"),
        ("&x a: b\n", "anchors and aliases"),
        ("a: b: c\n", "x.yaml:1: not valid YAML:"),
        ("a: 'open\n", "not valid YAML:"),
        ("- a\nb: c\n", "x.yaml:2: not valid YAML:"),
        ("\ta: b\n", "not valid YAML:"),
        ("a: b\x07\n", "U+0007"),
        ("a: b\0\n", "U+0000"),
        (b"b: c\na: \xff\xfe\n", "x.yaml:2: the file is not UTF-8 text (byte 8)"),
        ("a: &x [1]\n", "anchors and aliases"),
        ("a: &x [1]\nb: *x\n", "x.yaml:1: not valid YAML: anchors and aliases"),
        ("a: *x\n", "anchors and aliases"),
        ("--- \na: b\n---\nc: d\n", "x.yaml:3: not valid YAML: a second document"),
        ("? [a]\n: b\n", "a key has to be a plain word"),
        ("{a: b}: c\n", "a key has to be a plain word"),
    ],
)
def test_what_is_not_plain_yaml_is_refused_with_its_line(tmp_path: Path, text: str | bytes, said: str) -> None:
    """Syntax errors, control characters, other encodings, aliases, two documents, odd keys: one clear sentence."""
    assert said in refused(tmp_path, text)


@pytest.mark.parametrize(
    ("text", "line", "hint"),
    [
        ("- id: a\n\ttext: b\n", 2, "indent with spaces, not tabs"),
        ("- id: a\n  list:\n\t- b\n", 3, "indent with spaces, not tabs"),
        ("- id: a\n  text: @b\n", 2, "what begins with @, % or ` needs quotes"),
        ("- id: a\n  gap: Les articles : rien\n", 2, "a text with ': ' needs quotes"),
        ("- id: a\n   text: b\n", 2, "is the line indented too far?"),
        ("- id: a\n  list: [b]\n   text: c\n", 3, "does this line begin where those beside it do"),
        ("- id: a\n text: b\n", 2, "does this line begin where those beside it do"),
        ("- id: a\n\u00a0 text: b\n", 2, "the line begins with a no-break space; indent with plain spaces"),
        ('- id: a\n  text: "b\n- id: c\n  text: "d"\n', 2, "the quote that is opened here is closed only in line 4"),
        ('- id: a\n  text: "b "c" d"\n', 2, "the text in quotes ends too early; write « »"),
        ("- id: a\n  text: 'b l'eau'\n", 2, "or '' for an apostrophe"),
        ("a: [{place} mesure combien]\n", 1, "does a text here need quotes"),
        ("a:\n  - b\n  - {place} mesure combien\n", 3, "a text that begins with a bracket needs quotes around all"),
        ("- id: a\n  text: [b] c\n", 2, "a text that begins with a bracket needs quotes around all"),
        ("- id: a\n  list: [b, c],\n  text: d\n", 2, "a comma stands behind all that it could separate; delete it"),
        ("- id: a\n  text: 'b',\n", 2, "a comma stands behind all that it could separate; delete it"),
        ("a: [b, c\nd: e\n", 1, "the bracket that is opened here is not closed before line 2"),
        ("- a: {b: c\n  # d\n  e: f\n", 1, "the bracket that is opened here is not closed before line 3"),
        ("a: [b}\n", 1, "is a bracket left open?"),
        ("a: b\nc\nd: e\n", 2, "a key is followed by ': '"),
        ('a: b\nc: "d\ne: f\n', 2, "a quote is opened here and never closed"),
    ],
)
def test_what_to_do_about_an_error_is_said(tmp_path: Path, text: str, line: int, hint: str) -> None:
    """The parser names what it expected; a curator is told what is usually wrong then, where it begins."""
    said = refused(tmp_path, text)
    assert said.startswith(f"x.yaml:{line}: not valid YAML: ")
    assert hint in said
    assert not re.search("expected|found|mapping values|token", said)


@pytest.mark.parametrize(
    "text", ["a: !!python/object:os.system [x]\n", "a: !!int 3\n", "a: !own x\n", "!!set {a, b}\n", "!!str a: b\n"]
)
def test_tags_are_refused(tmp_path: Path, text: str) -> None:
    """A file means what it shows; a tag would say that it means something else."""
    assert "x.yaml:1: not valid YAML: tags (!" in refused(tmp_path, text)


def test_an_unresolved_merge_is_called_so(tmp_path: Path) -> None:
    """What Git could not merge is named at its first mark, whatever the parser would stumble over."""
    text = "- a\n<<<<<<< HEAD\n- id: b\n=======\n- id: c\n>>>>>>> other\n"
    assert refused(tmp_path, text).startswith("x.yaml:2: not valid YAML: an unresolved merge")
    assert refused(tmp_path, text.replace("<<<<<<< HEAD\n", "")).startswith(
        "x.yaml:5: not valid YAML: an unresolved merge"
    )


def test_an_entry_without_its_dash_is_one_problem(tmp_path: Path) -> None:
    """The keys of two entries that became one are not told one by one."""
    document = parsed(tmp_path, "- id: a\n  text: b\n  id: c\n  text: d\n")
    assert [str(problem) for problem in document.problems] == [
        "x.yaml:3: the key 'id' stands twice; a new entry begins with '- '"
    ]


def test_a_key_that_stands_twice_is_named(tmp_path: Path) -> None:
    """The second one would silently win; both places are for the curator to look at."""
    document = parsed(tmp_path, "a: [1]\nb:\n  c: d\n  c: e\na: [2]\n")
    assert [str(problem) for problem in document.problems] == [
        "x.yaml:4: the key 'c' stands twice",
        "x.yaml:5: the key 'a' stands twice",
    ]


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("a: [à, 6,4 millions d'euros, b]\n", ["6,4 millions d'euros"]),
        ("a: [1,5, 2,5]\n", ["1,5", "2,5"]),
        ("a: ['6,4 millions', 2020, 2021, b2,c, '1','2']\n", []),
        ("a:\n  - 6,4 millions\n  - 1\n  - 2\n", []),
    ],
)
def test_a_number_that_its_comma_cuts_in_two_is_named(tmp_path: Path, text: str, items: list[str]) -> None:
    """In brackets YAML takes a comma for the end of an item, where French means a decimal number."""
    problems = [str(problem) for problem in parsed(tmp_path, text).problems]
    assert problems == [f"x.yaml:1: '{item}' is cut in two by its comma; put it in quotes" for item in items]


def test_a_bomb_of_aliases_costs_nothing(tmp_path: Path) -> None:
    """Nine levels of nine references would be 387 million words; the first anchor ends the reading."""
    lines = ["l0: &l0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]"]
    lines += [f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]" for n in range(1, 10)]
    assert "anchors and aliases" in refused(tmp_path, "\n".join(lines))


@pytest.mark.parametrize("text", ["[" * 100_000, "- " * 3_000 + "x", "{a: " * 50_000, "? " * 5_000])
def test_deep_nesting_is_refused(tmp_path: Path, text: str) -> None:
    """No depth of nesting exhausts the stack."""
    assert refused(tmp_path, text)


def test_a_huge_file_is_not_read(tmp_path: Path) -> None:
    """50 MB of zeros (which take no disk) are refused by size, before a byte is read."""
    path = tmp_path / "x.yaml"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    document = read(path, "x.yaml")
    assert document.value is None
    assert "50,000,000 bytes" in str(document.problems[0])
    assert f"{MAX_BYTES:,}" in str(document.problems[0])


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    """A missing file, a folder in its place and a link to itself are problems of that file, not errors."""
    (tmp_path / "folder.yaml").mkdir()
    (tmp_path / "loop.yaml").symlink_to("loop.yaml")
    for name in ("missing.yaml", "folder.yaml", "loop.yaml"):
        document = read(tmp_path / name, name)
        assert document.value is None
        assert str(document.problems[0]).startswith(f"{name}: ")


def test_an_unreadable_file_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No permission is a problem of that file; for the superuser, who may read all, the refusal is simulated."""
    path = tmp_path / "x.yaml"
    path.write_text("a: b\n", encoding="utf-8")
    path.chmod(0)
    if os.access(path, os.R_OK):

        def refuse(self: Path) -> bytes:
            raise PermissionError(13, "Permission denied", str(self))

        monkeypatch.setattr(Path, "read_bytes", refuse)
    (problem,) = read(path, "x.yaml").problems
    assert str(problem) == "x.yaml: the file cannot be read: Permission denied"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_what_is_no_ordinary_file_is_refused(tmp_path: Path) -> None:
    """A named pipe that nobody writes to does not hang the check."""
    os.mkfifo(tmp_path / "x.yaml")
    assert read(tmp_path / "x.yaml", "x.yaml").problems


@given(st.binary(max_size=300))
def test_no_bytes_make_it_raise(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    """Whatever a file holds is either a value or a problem."""
    document = parsed(tmp_path_factory.getbasetemp(), data)
    assert document.value is None or not any("not valid" in problem.message for problem in document.problems)


@given(st.text(alphabet="ab:-[]{}&*!|>'\"#?%@`, \n\t\ufeff", max_size=60))
def test_no_punctuation_makes_it_raise(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    """Every mixture of YAML's own signs is either a value or a problem with a line."""
    for problem in parsed(tmp_path_factory.getbasetemp(), text).problems:
        assert problem.line <= text.count("\n") + 2


def test_both_parsers_of_the_library_agree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where PyYAML comes without its C part, files are read the same."""
    text = "# x\n- [1,5]\n- id: a\n  none:\n  null: ~\n  list: [b, 'c: d', \"é\"]\n  text: |\n    two\n    lines\n"
    quick = parsed(tmp_path, text)
    monkeypatch.setattr(yamlfiles, "_LOADER", yaml.SafeLoader)
    slow = parsed(tmp_path, text)
    assert quick == slow
