"""knowledge.checks.evidence: a fact's evidence stands in the paragraph that it cites."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from knowledge.checks.evidence import paragraphs, plain, prove
from knowledge.compiling.sources import Sources, collect


def proved(base: Path, texts: Path | None = None) -> tuple[list[str], int]:
    """Return the problems and the number of proved fragments."""
    sources: Sources = collect(base)
    proof = prove(sources, texts or base / "seeds" / "articles")
    return [str(problem) for problem in proof.problems], proof.proved


def fragments(base: Path) -> int:
    """Return how many fragments of evidence a base has."""
    return sum(len(citation.evidence) for fact in collect(base).facts for citation in fact.value.sources)


def test_all_evidence_of_the_invented_base_is_proved(small: Path) -> None:
    """Each fragment of each citation counts once."""
    problems, count = proved(small)
    assert problems == []
    assert count == fragments(small) > 0


def test_paragraphs_are_the_lines_that_are_not_empty() -> None:
    """Numbering starts at 1 and skips blank lines, whatever the line ends."""
    assert paragraphs("Un\r\n\r\n  \nDeux\n\n\n Trois ") == {1: " un ", 2: " deux ", 3: " trois "}


@pytest.mark.parametrize(
    "written", ["L'offre « faible »", "l’offre   faible", 'L\u2019OFFRE "faible"', "l\u2019offre\u00a0“faible”"]
)
def test_typography_does_not_hide_evidence(written: str) -> None:
    """Quotation marks, apostrophes, case, accents and spaces of the article and of the curator may differ."""
    assert plain(written) == plain("l'offre faible")


def test_evidence_in_another_paragraph_is_no_evidence(small: Path) -> None:
    """The fragment has to stand in the very paragraph that is cited."""
    path = small / "facts" / "chiffres.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("paragraph: 3", "paragraph: 2"), encoding="utf-8")
    problems, _ = proved(small)
    place = "facts/chiffres.yaml:7: the evidence «45 salariés»"
    assert f"{place} does not stand in echo, paragraph 2, but in paragraph 3" in problems


def test_a_changed_figure_is_caught(small: Path) -> None:
    """One digit off, and the evidence fails, at its line."""
    path = small / "facts" / "vente.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace('"2 millions d\'euros"]', '"3 millions d\'euros"]'), encoding="utf-8"
    )
    problems, count = proved(small)
    assert problems == ["facts/vente.yaml:9: the evidence «3 millions d'euros» does not stand in gazette, paragraph 4"]
    assert count == fragments(small) - 1


@pytest.mark.parametrize(
    ("fragment", "stands"),
    [
        ("170 millions", True),
        ("70 millions", False),
        ("300 000 euros", True),
        ("000 euros", False),
        ("1,5 %", True),
        ("5 %", False),
        ("offre", True),
        ("off", False),
        ("« »", False),
    ],
)
def test_evidence_is_whole_words_and_whole_numbers(fragment: str, stands: bool) -> None:  # noqa: FBT001 - a parameter
    """A figure is not proved by a longer one that ends like it, nor a word by another one that holds it."""
    paragraph = paragraphs("Son offre : 300 000 euros, 1,5 % des 170 millions d'habitants.")[1]
    assert (plain(fragment) in paragraph) is stands


def test_another_document_is_noticed(small: Path) -> None:
    """The card names the very file, byte by byte, that the facts were drawn from; what it would have to say is told."""
    path = small / "seeds" / "articles" / "echo.txt"
    path.write_bytes(path.read_bytes() + b" ")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    problems, _ = proved(small)
    assert problems == [
        f"seeds/echo.yaml:4: the document has another sha256; if it is the right document, write {digest}"
    ]


def test_a_document_in_another_encoding_is_named_once(small: Path) -> None:
    """As with one that is missing, no fact that cites it is blamed."""
    path = small / "seeds" / "articles" / "echo.txt"
    path.write_bytes(path.read_text(encoding="utf-8").encode("cp1252"))
    problems, _ = proved(small)
    assert [problem.split(" (")[0] for problem in problems] == [
        "seeds/echo.yaml:4: the document has another sha256; if it is the right document, write "
        + hashlib.sha256(path.read_bytes()).hexdigest(),
        "seeds/echo.yaml:3: the document is not UTF-8 text",
    ]


def test_a_missing_document_is_named_once(small: Path, tmp_path: Path) -> None:
    """Where a text is missing, its card is named, and not each fact that cites it."""
    empty = tmp_path / "empty"
    empty.mkdir()
    problems, count = proved(small, empty)
    assert [problem.split(": ")[0] for problem in problems] == ["seeds/echo.yaml:3", "seeds/gazette.yaml:3"]
    assert count == 0


def test_a_gist_of_no_paragraph_is_named(small: Path) -> None:
    """A card may not describe a paragraph that the document does not have."""
    path = small / "seeds" / "echo.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("{n: 3,", "{n: 33,"), encoding="utf-8")
    problems, _ = proved(small)
    assert "seeds/echo.yaml:9: the document has no paragraph 33" in problems


@pytest.mark.parametrize(
    ("file", "old", "new", "problem"),
    [
        (
            "seeds/gazette.yaml",
            "Le moulin de Valrose change",
            "Un moulin change",
            "'Un moulin change de mains ?' does",
        ),
        ("seeds/gazette.yaml", "Odile Marchand", "Odile Mercier", "'Odile Mercier' does not stand in the document"),
        ("seeds/gazette.yaml", "2031-03-03", "2031-04-03", "the date is stated, but the document has no month 04"),
    ],
)
def test_a_card_says_what_its_document_says(small: Path, file: str, old: str, new: str, problem: str) -> None:
    """Title, author, publication and stated date stand in the document: members read them as the source."""
    path = small / file
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    assert problem in "\n".join(proved(small)[0])


@pytest.mark.parametrize(
    ("date", "lacking"), [("2034-04", "year 2034"), ("2031-12-17", "month 12, no day 17"), ("2031/2031-04", "")]
)
def test_a_stated_date_stands_in_the_paragraph(small: Path, date: str, lacking: str) -> None:
    """Its year, month and day do; a date that follows from something else is an inferred one."""
    path = small / "facts" / "vente.yaml"
    written = path.read_text(encoding="utf-8").replace("date: 2031-04, basis: stated", f"date: {date}, basis: stated")
    path.write_text(written, encoding="utf-8")
    said = f"the date is stated, but the paragraphs cited have no {lacking}; cite it, or infer the date"
    assert proved(small)[0] == ([f"facts/vente.yaml:19: {said}"] if lacking else [])


def test_what_nothing_was_drawn_from_is_said(small: Path) -> None:
    """Paragraphs of a card that no fact rests on, other than a title that is repeated, and texts without a card."""
    card = small / "seeds" / "echo.yaml"
    card.write_text(
        card.read_text(encoding="utf-8").replace("  - {n: 3", "  - {n: 1, gist: titre}\n  - {n: 3"), encoding="utf-8"
    )
    facts = small / "facts" / "vente.yaml"
    facts.write_text(facts.read_text(encoding="utf-8").split("- id: retrait-brunel")[0], encoding="utf-8")
    (small / "seeds" / "articles" / "neuf.txt").write_text("Un article de plus.", encoding="utf-8")
    proof = prove(collect(small), small / "seeds" / "articles")
    assert proof.notes == ["no fact rests on § 2 of 'echo'", "neuf.txt has no card"]
    facts.write_text("- [\n", encoding="utf-8")  # what it would say of the other paragraphs is not known
    assert prove(collect(small), small / "seeds" / "articles").notes == []


def test_what_else_stands_in_a_paragraph_does_not_matter() -> None:
    """A fragment with "ou" stands in a paragraph that has an "où" as well."""
    assert plain("restreinte ou interdite") in plain("Là où elle est restreinte ou interdite, elle dort.")
