"""knowledge.language.lexicon: what words mean."""

from __future__ import annotations

import pickle
from copy import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.language import lexicon as module
from knowledge.language.lexicon import Lexicon
from knowledge.language.mending import mended
from knowledge.language.normalising import words
from knowledge.language.words import told_at, words_of


@pytest.mark.parametrize("typed", ["acheter", "achète", "achetaient", "racheter", "rachetait"])
def test_the_forms_of_a_word_carry_its_concept(lexicon: Lexicon, typed: str) -> None:
    """A verb is known by all its forms, though the vocabulary lists one."""
    assert lexicon.features(words(typed)[0]) == ("=acheter",)


def test_names_and_question_words_are_not_stemmed(lexicon: Lexicon) -> None:
    """A word that only resembles a name is not that name."""
    assert lexicon.features("azur") == ("@azur",)
    assert "@azur" not in lexicon.features("azurs")


def test_little_words_are_no_forms_of_others() -> None:
    """Whatever is cut to the stem of a little word, that word does not mean it, unless it is listed itself."""
    made = Lexicon()
    made.add_meaning("=equipe", ["teament"])
    made.add_meaning("=proposer", ["proposer"])
    made.add_meaning("=machine", ["bot"])
    made.add_meaning("?address", ["te", "bot"], stemmed=False)
    made.add_neutral(["propos"], light=True)
    made.freeze()
    assert made.stem("teament") == "te"
    assert made.features("te") == ("?address",)
    assert made.features("bot") == ("?address", "=machine")
    assert made.features("propose") == ("=proposer",)
    assert made.features("propos") == ("propos",)


def test_a_word_without_meaning_has_no_feature(lexicon: Lexicon) -> None:
    """Fillers weigh nothing; any other word stands for itself, by its stem."""
    assert lexicon.features("bien") == ()
    assert lexicon.features("farine") == lexicon.features("farines") != ()


@pytest.mark.parametrize("order", [1, -1])
@pytest.mark.parametrize(
    ("typed", "feature", "width"),
    [
        ("prise de courant", "=prise", 3),
        ("prise de courant continu", "=prise", 3),
        ("prise de courant alternatif", "=alternateur", 4),
    ],
)
def test_longer_expressions_come_first(typed: str, feature: str, width: int, order: int) -> None:
    """An expression wins over the expression that it begins with, whichever of them is listed first."""
    made = Lexicon()
    for name, form in [("=prise", "prise de courant"), ("=alternateur", "prise de courant alternatif")][::order]:
        made.add_meaning(name, [form])
    made.freeze()
    meaning, taken = told_at(words_of(words(typed), made), 0, made)
    assert (meaning.features[0][0], taken) == (feature, width)


def test_spelling_maps_what_people_type(lexicon: Lexicon) -> None:
    """An SMS form stands for one word or several."""
    assert lexicon.spelling["cb"] == ("combien",)
    assert lexicon.spelling["esk"] == ("est", "ce", "que")


def test_what_was_remembered_is_not_kept(lexicon: Lexicon) -> None:
    """A compiled base holds no memory of what people typed."""
    lexicon.similar("moulim")
    assert "moulim" in lexicon._similar
    assert not pickle.loads(pickle.dumps(lexicon))._similar  # noqa: S301 - our own, just made


def test_a_copy_remembers_by_itself(lexicon: Lexicon) -> None:
    """What one engine reads is not read faster by another: a measurement can begin anew."""
    other = copy(lexicon)
    other.similar("farrrine")
    other.stem("farrrine")
    assert "farrrine" in other._similar
    assert "farrrine" in other._stem_cache
    assert "farrrine" not in {*lexicon._similar, *lexicon._stem_cache}


def test_the_memory_is_bounded(lexicon: Lexicon, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many different words people type, memory stays bounded, and so do the answers."""
    monkeypatch.setattr(module, "REMEMBERED", 20)
    first = lexicon.similar("moulim")
    for number in range(200):
        lexicon.similar("mot" + "abcdefghij"[number % 10] * (number // 10 + 1))
        lexicon.stem("mot" + "klmnopqrst"[number % 10] * (number // 10 + 1))
    assert len(lexicon._similar) <= 20
    assert lexicon.similar("moulim") == first


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("moulin", True),
        ("marin", True),
        ("cb", True),
        ("2031", True),
        ("moulins", True),
        ("moulim", False),
        ("farinne", False),
    ],
)
def test_words_and_their_forms_need_no_mending(lexicon: Lexicon, typed: str, *, right: bool) -> None:
    """A known word, an everyday one, a short form, a number, and a form that the base does not use are right."""
    assert lexicon.right(typed) is right


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", max_size=40))
def test_no_word_makes_it_raise(typed: str) -> None:
    """Mending and meaning take any word."""
    made = Lexicon()
    made.add_meaning("=acheter", ["acheter"])
    made.know(["moulin", "farine"])
    made.freeze()
    assert all(0.0 < alike <= 1.0 for alike in made.similar(typed).values())
    assert all(mended([typed] if typed else [], made)) or not typed
    assert isinstance(made.features(typed), tuple)
