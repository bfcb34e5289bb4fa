"""French for people: dates, counts, lists, labels."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.writing.french import clipped, counted, date, label, period, unbroken
from knowledge.model import Actor, When


@pytest.mark.parametrize(
    ("iso", "said"),
    [
        ("2025", "2025"),
        ("2020-08", "août 2020"),
        ("2020-09-14", "14\u00a0septembre 2020"),
        ("2025-01-01", "1er\u00a0janvier 2025"),
    ],
)
def test_dates(iso: str, said: str) -> None:
    """A date is said as precisely as it is known."""
    assert date(iso) == said


@pytest.mark.parametrize(
    ("when", "said"),
    [
        (None, "sans date"),
        (When("2024", "2024"), "2024"),
        (When("2024", "2025"), "2024-2025"),
        (When("2020-08", "2020-08", inferred=True), "août 2020 (date déduite)"),
        (When("2020-08", "2020-09"), "août – septembre 2020"),
        (When("2020-12", "2021-01"), "décembre 2020 – janvier 2021"),
        (When("2020-09-14", "2020-09-20"), "14 – 20\u00a0septembre 2020"),
        (When("2020-09-14", "2020-10-02"), "14\u00a0septembre – 2\u00a0octobre 2020"),
        (When("2020-09-14", "2025"), "14\u00a0septembre 2020 – 2025"),
        (When("2020", "2020-09-14"), "2020 – 14\u00a0septembre 2020"),
    ],
)
def test_periods(when: When | None, said: str) -> None:
    """A period names what its ends share once, and says when it was inferred."""
    assert period(when) == said


def test_a_day_stays_with_its_month() -> None:
    """No line ends in "le 14"; a number before another word breaks as it may."""
    said = "Le 14 septembre 2020, le 1er août, 800 % de plus, en mars 2031, 2 marsouins."
    assert unbroken(said) == said.replace("14 s", "14\u00a0s").replace("1er a", "1er\u00a0a")


def test_counts() -> None:
    """The French plural begins at two."""
    assert [counted(number, "fait") for number in (0, 1, 2)] == ["0\u00a0fait", "1\u00a0fait", "2\u00a0faits"]
    assert counted(2, "journal", "journaux") == "2\u00a0journaux"


@pytest.mark.parametrize(
    ("name", "description", "said"),
    [
        ("gouvernement australien", "Le gouvernement australien chercherait…", "le gouvernement australien"),
        ("experts", "Des experts, que l'article ne nomme pas, …", "des experts"),
        ("Écho", "L'Écho est un journal.", "l'Écho"),
        ("la Gazette", "La Gazette est un journal.", "la Gazette"),
        ("Azur", "Azur est une coopérative.", "Azur"),
        ("Azur", "Les candidats, dont Azur.", "Azur"),
        ("eau", "Eaux et forêts.", "eau"),
    ],
)
def test_a_name_is_said_as_its_description_begins(name: str, description: str, said: str) -> None:
    """A common noun has the article that the base gives it; a proper name has none."""
    assert Actor("x", name, "group", (), description, ()).called == said


@given(st.text(), st.integers(2, 300))
def test_what_is_clipped_fits(text: str, limit: int) -> None:
    """Never longer than asked for; untouched where it fits."""
    assert len(clipped(text, limit)) <= limit
    if len(text) <= limit:
        assert clipped(text, limit) == text


@given(st.text())
def test_a_label_is_one_short_line(text: str) -> None:
    """Discord refuses longer labels."""
    assert len(label(text)) <= 80
    assert "\n" not in label(text)
