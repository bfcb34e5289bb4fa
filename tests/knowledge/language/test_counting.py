"""knowledge.language.counting: numbers, percentages, years, days and ranks, however they are written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.language.counting import FIRST_YEAR, LAST_YEAR, gives_figure, is_year
from knowledge.language.reading import Reading, read
from knowledge.model import KnowledgeBase


@pytest.mark.parametrize(
    ("text", "feature"),
    [
        ("en 2031", "#2031"),
        ("45 salariés", "#45"),
        ("quarante-cinq salariés", "#45"),
        ("deux cents tonnes", "#200"),
        ("2 millions", "#2e+06"),
        ("deux millions", "#2e+06"),
        ("63 %", "#63%"),
        ("63 pour cent", "#63%"),
        ("soixante-trois pour cent", "#63%"),
        ("9 000 postes", "#9000"),
        ("neuf mille postes", "#9000"),
        ("le 30 juin", "#d06-30"),
        ("en avril", "#m04"),
        ("april", "#m04"),
    ],
)
def test_figures_are_read_however_they_are_written(moulin: KnowledgeBase, text: str, feature: str) -> None:
    """Digits and words, French and English, give the same number, percentage, date or month."""
    assert feature in read(text, moulin.lexicon).features


def test_years_are_told_apart_from_numbers(moulin: KnowledgeBase) -> None:
    """A year selects by time, a number does not."""
    reading = read("en 2031 et 1998, 2150 tonnes", moulin.lexicon)
    assert reading.years == (2031, 1998)


def test_a_year_lies_between_the_first_and_the_last() -> None:
    """All of them are years, and no other number of four digits: "9000 employés" names none."""
    assert [number for number in range(12_000) if is_year(f"{number}")] == [*range(FIRST_YEAR, LAST_YEAR + 1)]
    assert not is_year("2031.5")
    assert not is_year("mars 2031")


JOINED = pytest.mark.xfail(reason="number words joined by « et » are read apart", strict=True)


@pytest.mark.parametrize(
    ("text", "feature"),
    [
        ("quatre-vingt-dix-neuf tonnes", "#99"),
        ("cent vingt tonnes", "#120"),
        ("deux cent vingt tonnes", "#220"),
        pytest.param(*("soixante et onze tonnes", "#71"), marks=JOINED),
        ("septante-deux tonnes", "#72"),
        pytest.param(*("deux mille trente et un", "#2031"), marks=JOINED),
        ("1,5 million", "#1.5e+06"),
        ("le 3e candidat", "#3e"),
        ("le troisième candidat", "#3e"),
        ("20K", "#20000"),
    ],
)
def test_long_number_words_and_ranks_are_read(moulin: KnowledgeBase, text: str, feature: str) -> None:
    """Composed numbers of France, Belgium and Switzerland, decimals with a scale, and ranks."""
    assert feature in read(text, moulin.lexicon).features


ODD_NUMBERS = st.text(st.characters(categories=["Nd", "Nl", "No", "Zs", "Sc", "Pd"]), max_size=30)


def test_a_digit_in_a_circle_does_not_raise(moulin: KnowledgeBase) -> None:
    """It is a number, or nothing."""
    assert isinstance(read("❸ 1e 2", moulin.lexicon), Reading)


@given(text=ODD_NUMBERS)
def test_no_digit_of_any_script_raises(moulin: KnowledgeBase, text: str) -> None:
    """Circled, Roman, Arabic-Indic and other digits are numbers or nothing."""
    assert isinstance(read(text, moulin.lexicon), Reading)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("depuis 2031", ["2031-2099"]),
        ("à partir de 2031", ["2031-2099"]),
        ("après 2031", ["2032-2099"]),
        ("avant 2031", ["1900-2030"]),
        ("before 2031", ["1900-2030"]),
        ("après le 3 mars 2031", ["2031-2099"]),
        ("avant mars 2031", ["1900-2031"]),
        ("en 2030 et après 2031", ["2030", "2032-2099"]),
        ("en mars 2031", ["2031"]),
    ],
)
def test_a_year_may_stand_for_all_on_one_side_of_it(moulin: KnowledgeBase, text: str, asked: list[str]) -> None:
    """Which years are asked about says the word before a date; that of a day lies on both sides of it."""
    assert [str(year) for year in read(text, moulin.lexicon).years] == asked


@pytest.mark.parametrize(
    ("said", "figure"),
    [
        ("Le moulin emploie 45 salariés depuis le 14 septembre 2020.", True),
        ("La farine fait 63 % des ventes du moulin.", True),
        ("La farine fait un quart des ventes du moulin.", True),
        ("Le moulin vend sa farine dans quatre pays.", True),
        ("C'est la troisième offre pour le moulin.", True),
        ("L'offre se chiffrerait en millions d'euros.", True),
        ("La farine fait l'essentiel des ventes du moulin.", False),
        ("M. Brunel dirige les deux moulins depuis mars.", False),
        ("Le moulin a fermé le 14 septembre 2020.", False),
        ("Le moulin ferme avant le 20 septembre, et pour de bon en 2031.", False),
    ],
)
def test_a_figure_is_a_number_that_is_no_date_or_a_word(moulin: KnowledgeBase, said: str, *, figure: bool) -> None:
    """An amount, a share, a rank; "les deux" counts nothing, and what is only much or little is no figure."""
    assert gives_figure(said, read(said, moulin.lexicon).features) is figure
