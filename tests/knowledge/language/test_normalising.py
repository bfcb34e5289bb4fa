"""knowledge.language.normalising: whatever a person's typing, the same words come out."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from knowledge.language.normalising import MARKS, fold, normalise, words

WANTED = ("combien", "offre", "azur", "?")


@pytest.mark.parametrize(
    "typed",
    [
        "combien offre azur ?",
        "COMBIEN OFFRE AZUR ?",
        "Combien  offre\tAzur\n?",
        "combien offre azur?",
        "combien offre Azùr ?",
        "combien\u00a0offre\u202fazur ?",
        "combien offre l'azur ?",
        "combien offre l\u2019azur ?",
        "combien offre l\u02bcazur ?",
        "combien offre l`azur ?",
        "combien 😂 offre azur 🤔 ?",
        "combien :joy: offre azur :thinking_face::+1_tone2: ?",
        "combien offre « azur » ?",
        "combien offre azur \u200b\u00ad\ufeff?",
        "combien offre <@1234> azur ?",
        "@everyone combien offre azur ? @here",
        "combien offre azur <t:1700000000:R> <t:1700000000> ?",
        "combien offre azur https://exemple.test/x?y=1 ?",
        "combien-offre-azur ?",
        "commmmbien offre azurrrr ?",
        "ｃombien offre azur ？",
    ],
)
def test_typing_habits_make_no_difference(typed: str) -> None:
    """Case, accents, apostrophes, hyphens, spacing, emojis, links, mentions and drawn-out letters change nothing.

    Nor do emojis under the names that Discord gives them.
    """
    assert normalise(typed) == WANTED


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("l'offre d'Azur", ("offre", "azur")),
        ("qu'offre Azur", ("que", "offre", "azur")),
        ("jusqu'où", ("ou",)),
        ("aujourd'hui", ("aujourd", "hui")),
        ("cœur, æquo", ("coeur", ",", "aequo")),
    ],
)
def test_elisions_are_dropped_and_ligatures_written_out(typed: str, wanted: tuple[str, ...]) -> None:
    """An elided article or pronoun is no word, and a ligature is two letters."""
    assert normalise(typed) == wanted


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("le 13.01.2031 ?", "le 13 janvier 2031 ?"),
        ("le 1/8/2031.", "le 1 août 2031."),
        ("le 13-01-2031", "le 13 janvier 2031"),
        ("le 2031-01-13", "le 13 janvier 2031"),
        ("le 01/13/2031", "le 01 13 2031"),
        ("le 45/01/2031", "le 45 01 2031"),
        ("de 10.5.2031.7", "de 10.5 . 2031.7"),
    ],
)
def test_a_date_in_figures_is_the_date_in_words(typed: str, wanted: str) -> None:
    """Day, month and year, or the other way round; figures that are no such date stay."""
    assert normalise(typed) == normalise(wanted)


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("M. Azur vend", ("m", "azur", "vend")),
        ("il vend. M.", ("il", "vend", ".", "m", ".")),
        ("1/ qui vend 2) combien", (";", "qui", "vend", ";", "combien")),
        ("1. qui vend ? 2. combien en 2020. qui", (";", "qui", "vend", "?", ";", "combien", "en", "2020", ".", "qui")),
        ("1/4 de la somme (30)", ("1", "4", "de", "la", "somme", "30")),
    ],
)
def test_an_abbreviation_ends_nothing_and_a_numbered_point_begins_anew(typed: str, wanted: tuple[str, ...]) -> None:
    """The full stop of a title ends no sentence, and the number of a question is no figure to look for."""
    assert normalise(typed) == wanted


@pytest.mark.parametrize("typed", ["Azur n'offre rien", "Azur n\u2019offre rien", "Azur ne offre rien"])
def test_an_elided_negation_is_kept(typed: str) -> None:
    """The n' of a negation is no elided article: it turns a sentence into its opposite."""
    assert normalise(typed) == ("azur", "ne", "offre", "rien")


@pytest.mark.parametrize("typed", ["it doesn't", "it doesn\u2019t", "it does not"])
def test_an_english_contraction_keeps_its_negation(typed: str) -> None:
    """The n't of an English verb is a negation, too."""
    assert normalise(typed)[-1] == "not"
    assert normalise(typed)[1].startswith("does")


@pytest.mark.parametrize("typed", ["9 000", "9\u202f000", "9.000", "9,000", "9'000", "9000"])
def test_a_grouped_number_is_one_word(typed: str) -> None:
    """Thousands may be grouped in any national way."""
    assert normalise(f"environ {typed} postes") == ("environ", "9000", "postes")


@pytest.mark.parametrize("typed", ["1,5 million", "1.5 million"])
def test_a_decimal_comma_is_a_point(typed: str) -> None:
    """A decimal number is one word, the French comma and the English point being the same."""
    assert normalise(typed) == ("1.5", "million")


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("63%", ("63", "%")),
        ("2 M€", ("2", "m", "euros")),
        ("5$", ("5", "dollars")),
        ("30 juin 2031.", ("30", "juin", "2031", ".")),
        ("en 2031, 45 salariés", ("en", "2031", ",", "45", "salaries")),
    ],
)
def test_figures_keep_their_units(typed: str, wanted: tuple[str, ...]) -> None:
    """Percentages, currencies and dates stay what they are, and a year does not swallow the number behind it."""
    assert normalise(typed) == wanted


def test_initials_are_one_word() -> None:
    """Points between single letters do not split an abbreviation."""
    assert normalise("aux U.S.A.")[1] == "usa"


def test_punctuation_that_separates_is_kept() -> None:
    """Questions and clauses are told apart by their marks, all others vanish."""
    text = "quoi ? non ! oui , a ; b : c ."
    assert normalise("Quoi ? Non ! (oui), a ; b : c.") == tuple(text.split())
    assert set("?!.,;:") == MARKS


def test_styled_letters_are_letters() -> None:
    """Bold, script and double-struck letters, which people paste into Discord, are plain letters."""
    assert normalise("𝐂𝐨𝐦𝐛𝐢𝐞𝐧 𝕠𝕗𝕗𝕣𝕖 𝒜𝓏𝓊𝓇 ?") == WANTED


@pytest.mark.parametrize("typed", ["", "   ", "😂🤔", ":joy:", "---", "\0", "\ud800", "\u0301", "https://exemple.test"])
def test_what_holds_no_word_gives_no_word(typed: str) -> None:
    """Emojis, symbols, control characters and broken surrogates are nothing, and no error."""
    assert normalise(typed) == ()


def test_words_are_the_tokens_without_marks() -> None:
    """Punctuation tells clauses apart, not words."""
    assert words("Qui, moi ?") == ("qui", "moi")


@given(st.text(max_size=300))
@example("𝐀")
@example("l'l'l'eau")
@example("n'n'y")
@example("aa a")
@example("\u00a8a")
def test_normalised_text_is_normal_and_raises_never(text: str) -> None:
    """No text makes the normaliser raise, and its words (numbers aside) are not changed by a second pass."""
    plain = [word for word in normalise(text) if not word[0].isdigit()]
    assert normalise(" ".join(plain)) == tuple(plain)


@given(st.text(max_size=300))
@example("𝐀")
def test_folding_twice_is_folding_once(text: str) -> None:
    """Folded text is folded."""
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=300))
@example("𝐀")
def test_words_are_small_letters_digits_or_marks(text: str) -> None:
    """Nothing downstream has to know about capitals, accents or spaces."""
    for word in normalise(text):
        assert word
        assert word == word.lower()
        assert not any(char.isspace() for char in word)
        assert word in MARKS or word == "%" or word.replace(".", "").isalnum()
