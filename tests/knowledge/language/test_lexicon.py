"""knowledge.language.lexicon: what words mean, and which known word a mistyped one stands for."""

from __future__ import annotations

import pickle
from copy import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.compiling.building import everyday_words
from knowledge.language import lexicon as module
from knowledge.language.lexicon import Lexicon
from knowledge.language.normalising import words


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    """Return a lexicon of a few words."""
    made = Lexicon()
    made.add_meaning("=acheter", ["acheter", "racheter", "faire l'acquisition de"])
    made.add_meaning("=refuser", ["refuser", "dire non"])
    made.add_meaning("=droits", ["droits de douane"])
    made.add_meaning("@azur", ["Azur", "coopérative Azur"], stemmed=False)
    made.add_meaning("@coop", ["coopérative"], stemmed=False)
    made.add_meaning("?how-many", ["combien"], stemmed=False)
    made.add_neutral(["s'il te plaît", "bien", "les", "en"])
    made.add_neutral(["vraiment"], light=True)
    made.add_spelling({"combien": ["cb", "kombien"], "est-ce que": ["esk"]})
    made.know(words("le moulin produit de la farine"))
    made.common = frozenset(["marin", "matin"])
    made.freeze()
    return made


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


def test_longer_expressions_come_first(lexicon: Lexicon) -> None:
    """An expression wins over the expression that it begins with."""
    for rows in lexicon.expressions.values():
        lengths = [len(stems) for stems, _ in rows]
        assert lengths == sorted(lengths, reverse=True)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("moulim", "moulin"),  # a neighbouring key
        ("muolin", "moulin"),  # two letters swapped
        ("moullin", "moulin"),  # a letter doubled
        ("mouln", "moulin"),  # a letter dropped
        ("farinne", "farine"),
        ("pharine", "farine"),  # what sounds the same
    ],
)
def test_a_typing_error_is_repaired(lexicon: Lexicon, typed: str, meant: str) -> None:
    """The usual slips of the finger and of the ear lead to the word that was meant, below certainty."""
    best = lexicon.repair(typed)[0]
    assert best.word == meant
    assert 0.5 <= best.similarity < 1.0


def test_of_two_words_as_near_the_frequent_one_is_meant() -> None:
    """Somebody who mistypes means what the base speaks of again and again, rather than what it names once."""
    made = Lexicon()
    made.know(words("la roue" + 40 * " tourne" + " la route"))
    made.freeze()
    assert [candidate.word for candidate in made.repair("toure")] == ["tourne"]


def test_a_doubled_letter_makes_no_word_of_the_same_stem(lexicon: Lexicon) -> None:
    """A word whose stem is known is no form of it where a letter was typed twice ("combienn")."""
    assert lexicon.repair("combienn")[0].word == "combien"


@pytest.mark.parametrize("typed", ["moulin", "moulins", "marin", "matin"])
def test_a_word_that_exists_is_not_repaired(lexicon: Lexicon, typed: str) -> None:
    """A known word, a form of it, or an everyday word ("marin" is one letter from "farin") is taken as typed."""
    assert [(c.word, c.similarity) for c in lexicon.repair(typed)] == [(typed, 1.0)]


@pytest.mark.parametrize("typed", ["azr", "le", "fa", "x"])
def test_short_words_are_never_repaired(lexicon: Lexicon, typed: str) -> None:
    """Too many words lie one letter from a short one."""
    assert typed in lexicon.known or lexicon.repair(typed) == ()


@pytest.mark.parametrize(
    ("typed", "meant"), [("lse", "les"), ("leq", "les"), ("lzs", "les"), ("lts", None), ("azt", None)]
)
def test_of_the_shortest_words_only_little_ones_are_meant(lexicon: Lexicon, typed: str, meant: str | None) -> None:
    """Three letters may be "les", one slip away, never a name; without a vowel, only by a neighbouring key."""
    assert next((found.word for found in lexicon.repair(typed)), None) == meant


@pytest.mark.parametrize(("typed", "meant"), [("upb", "pub"), ("oub", "pub"), ("pbu", "pub"), ("xub", None)])
def test_three_letters_may_be_a_slip_of_a_word_that_tells(typed: str, meant: str | None) -> None:
    """Two letters swapped or a neighbouring key, and no other edit, make one of the vocabulary's shortest words."""
    made = Lexicon()
    made.add_meaning("=publicite", ["pub"])
    made.freeze()
    assert next((found.word for found in made.repair(typed)), None) == meant


def test_sms_spelling_may_be_mistyped_too(lexicon: Lexicon) -> None:
    """Who slips in "kombien" means what "kombien" stands for."""
    assert lexicon.repair("kobmien")[0].word == "combien"


def test_a_form_by_chance_is_a_typing_error() -> None:
    """What only shares a short stem with a known word ("pase", "pas") is no form of it where a frequent one is near."""
    made = Lexicon()
    made.know(words("le pas" + 400 * " pause"))
    made.freeze()
    assert made.repair("pase")[0].word == "pause"


def test_what_resembles_nothing_stays_unknown(lexicon: Lexicon) -> None:
    """No word is forced upon gibberish."""
    assert lexicon.repair("zxqwvkjh") == ()


def test_repairs_are_few_and_best_first(lexicon: Lexicon) -> None:
    """A word has a handful of readings at most, ordered by similarity."""
    found = lexicon.repair("moulim")
    assert len(found) <= module.MAX_ALTERNATIVES + 1
    assert [c.similarity for c in found] == sorted((c.similarity for c in found), reverse=True)


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("lemoulin", ()),
        ("moulinazur", ("moulin", "azur")),
        ("enfarine", ("en", "farine")),
        ("lesmoulin", ("les", "moulin")),
        ("moulin", ()),
        ("zzzzzzzzzz", ()),
    ],
)
def test_glued_words_are_split(lexicon: Lexicon, typed: str, parts: tuple[str, ...]) -> None:
    """A missing space is put back between known words of some length or without meaning, and nowhere else."""
    assert lexicon.split(typed) == parts


def test_glued_words_are_split_where_both_are_frequent() -> None:
    """Of several places for a space, the one between the base's most frequent words is meant."""
    made = Lexicon()
    made.add_neutral(["la"])
    made.know(words("laval eur valeur valeur loi"))
    made.freeze()
    assert made.split("lavaleur") == ("la", "valeur")
    assert made.split("laloi") == ("la", "loi")
    assert made.split("oiloi") == ()


@pytest.mark.parametrize(("typed", "meant"), [("azr", "azur"), ("aur", "azur"), ("zur", None)])
def test_a_short_name_may_lack_a_letter(lexicon: Lexicon, typed: str, meant: str | None) -> None:
    """Three letters are a name of four without one behind the first."""
    assert lexicon.slips.get(typed) == meant


def test_spelling_maps_what_people_type(lexicon: Lexicon) -> None:
    """An SMS form stands for one word or several."""
    assert lexicon.spelling["cb"] == ("combien",)
    assert lexicon.spelling["esk"] == ("est", "ce", "que")


def test_what_was_remembered_is_not_kept(lexicon: Lexicon) -> None:
    """A compiled base holds no memory of what people typed."""
    lexicon.repair("moulim")
    assert "moulim" in lexicon._repaired
    assert not pickle.loads(pickle.dumps(lexicon))._repaired  # noqa: S301 - our own, just made


def test_a_copy_remembers_by_itself(lexicon: Lexicon) -> None:
    """What one engine reads is not read faster by another: a measurement can begin anew."""
    other = copy(lexicon)
    other.repair("farrrine")
    assert "farrrine" in other._repaired
    assert "farrrine" in other._stem_cache
    assert "farrrine" not in {*lexicon._repaired, *lexicon._stem_cache}


def test_a_word_longer_than_any_is_left_as_it_is() -> None:
    """What it costs to repair or to split a word grows with the square of its letters: it is bounded."""
    lexicon = Lexicon()
    lexicon.know(["farine" * 3, "moulin" * 3, "f" * module.MAX_REPAIRED, "m" * (module.MAX_REPAIRED + 1)])
    lexicon.freeze()
    assert lexicon.split("farine" * 3 + "moulin" * 3) == ("farine" * 3, "moulin" * 3)
    assert lexicon.split("farine" * 3 + "moulin" * 3 + "farine" * 3) == ()
    assert lexicon.repair("f" * (module.MAX_REPAIRED - 1) + "g")
    assert not lexicon.repair("m" * module.MAX_REPAIRED + "n")


def test_the_memory_is_bounded(lexicon: Lexicon, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many different words people type, memory stays bounded, and so do the answers."""
    monkeypatch.setattr(module, "REMEMBERED", 20)
    first = lexicon.repair("moulim")
    for number in range(200):
        lexicon.repair("mot" + "abcdefghij"[number % 10] * (number // 10 + 1))
        lexicon.stem("mot" + "klmnopqrst"[number % 10] * (number // 10 + 1))
    assert len(lexicon._repaired) <= 20
    assert lexicon.repair("moulim") == first


def test_words_drops_punctuation() -> None:
    """Words are the normalised tokens without the marks."""
    assert words("Qui, moi ?") == ("qui", "moi")


def test_everyday_words_are_normal_words() -> None:
    """The frequency lists give common French and English words, normalised, without one- and two-letter ones."""
    found = everyday_words()
    assert {"maison", "demain", "house"} <= found
    assert "xqzt" not in found
    assert all(len(word) > 2 and word.isalpha() and word == word.lower() for word in found)


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", max_size=40))
def test_no_word_makes_it_raise(typed: str) -> None:
    """Repair, splitting and meaning take any word."""
    made = Lexicon()
    made.add_meaning("=acheter", ["acheter"])
    made.know(["moulin", "farine"])
    made.freeze()
    for candidate in made.repair(typed):
        assert 0.0 < candidate.similarity <= 1.0
    assert "".join(made.split(typed)) in ("", typed)
    assert isinstance(made.features(typed), tuple)


@pytest.mark.parametrize(
    ("typed", "meant"), [("lostralie", "australie"), ("zostralie", "australie"), ("mostralie", None)]
)
def test_an_article_may_be_typed_together_with_what_is_heard(typed: str, meant: str | None) -> None:
    """The "l" of an article and the "s" heard of a plural do not belong to the word that they stand before."""
    made = Lexicon()
    made.know(["australie", "astral"])
    made.freeze()
    found = next(iter(made.repair(typed)), None)
    assert (found.word if found and found.similarity >= module.PHONETIC_SIMILARITY else None) == meant


@pytest.mark.parametrize(("typed", "meant"), [("ccb", "combien"), ("aa", "a"), ("enn", "en"), ("llo", None)])
def test_a_short_word_may_have_a_letter_twice(lexicon: Lexicon, typed: str, meant: str | None) -> None:
    """A little word, a short form or a single letter is meant by what has one of its letters twice."""
    assert lexicon.slips.get(typed) == meant


def test_two_letters_are_a_slip_of_a_frequent_little_word(lexicon: Lexicon) -> None:
    """Two letters that mean nothing stand for a little word one slip away; those that mean something do not."""
    assert lexicon.slips["rn"] == "en"
    assert lexicon.slips["ls"] == "les"
    assert not lexicon.slips.keys() & lexicon.spelling.keys()
