"""knowledge.language.mending: what was mistyped, words and spaces, is put right by what stands beside it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.language import mending, repairing
from knowledge.language.bigrams import Bigrams, letter_pairs
from knowledge.language.capitals import capitalised
from knowledge.language.lexicon import Lexicon
from knowledge.language.mending import mended
from knowledge.language.normalising import normalise, words
from knowledge.model import KnowledgeBase


def speaking(*said: str) -> Lexicon:
    """Return a lexicon whose base says this."""
    made = Lexicon()
    made.add_neutral(["le", "la", "les", "il", "ont"])
    made.know(words(" ".join(said)))
    made.freeze()
    made.bigrams = Bigrams.of(map(words, said))
    return made


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("le mou lin", "le moulin"),
        ("moulinbrunel", "moulin brunel"),
        ("surla mairie", "sur la mairie"),
        ("moulinbrumel", "moulin brunel"),  # glued, and a neighbouring key
        ("la coope rqtive", "la cooperative"),  # broken, and a neighbouring key
        ("combie nvend azur", "combien vend azur"),  # the space is one letter early
        ("le moulim de Valrose", "le moulin de valrose"),
        ("et cmobien offre Azur", "et combien offre azur"),
    ],
)
def test_words_and_spaces_are_put_right(moulin: KnowledgeBase, typed: str, meant: str) -> None:
    """A word broken in two is joined, two typed together are parted, and what is mistyped is repaired."""
    assert " ".join(mended(normalise(typed), moulin.lexicon)) == meant


@pytest.mark.parametrize("text", ["qui veut Zorblax ?", "le 3 mars 2031, à 2 %", "combien offre Azur ?", ""])
def test_what_is_right_or_like_nothing_stays(moulin: KnowledgeBase, text: str) -> None:
    """A stranger, figures, marks and right words are left as they are."""
    assert mended(normalise(text), moulin.lexicon) == normalise(text)


@pytest.mark.parametrize(("typed", "meant"), [("il avat vendu", "avait"), ("il part avat mars", "avant")])
def test_of_two_words_as_near_the_one_that_fits_is_meant(typed: str, meant: str) -> None:
    """What stands beside a word tells which of two is meant that are as near ("avait" and "avant")."""
    made = speaking("il avait vendu", "il part avant mars")
    assert meant in mended(normalise(typed), made)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("la moirie", "mairie"),  # one slip away
        ("le mulon", "moulin"),  # two: what is one slip away is no better there
        ("le pon fort", "pont"),  # three letters, and the place of a fourth
        ("un mo doux", "mot"),  # two, and that of a third
        ("un moit doux", "mot"),  # three letters and one more
    ],
)
def test_short_words_and_those_two_slips_away_are_put_right(typed: str, meant: str) -> None:
    """Of words that are one slip away and those that are more, the one that fits what stands beside it is meant."""
    made = speaking("la mairie vend", *["le moulin"] * 40, "un melon", "le pont fort", "un mot doux")
    made.add_meaning("=mot", ["mot"])
    made.freeze()
    assert meant in mended(normalise(typed), made)


def test_of_two_names_the_one_that_the_base_has_more_often_is_meant() -> None:
    """All names stand for one where it is asked what fits: how often the base has each tells which is meant."""
    made = speaking("que dit brunal", "que fait brunel", "que vend brunel", "que veut brunel")
    made.add_meaning("@brunel", ["Brunel"], stemmed=False)
    made.add_meaning("@brunal", ["Brunal"], stemmed=False)
    made.freeze()
    assert mended(("que", "dit", "brunol"), made)[-1] == "brunel"


def test_a_name_of_figures_stays() -> None:
    """A name that is no word, which nobody counted, is left as it is beside a word that is put right."""
    made = speaking("il avait vendu")
    made.add_meaning("@trois-cent-soixante", ["360"], stemmed=False)
    made.freeze()
    assert mended(("il", "avat", "360"), made) == ("il", "avait", "360")


def test_of_two_words_as_near_the_frequent_one_is_meant() -> None:
    """Where what stands beside it tells nothing, what the base says again and again is rather meant."""
    made = speaking("la roue", *["tourne"] * 40, "la route")
    assert mended(["toure"], made) == ("tourne",)


def test_a_right_word_is_doubted_where_the_base_never_has_it() -> None:
    """One edit may make another word of a word: it is put right where both neighbours ask for that, and only there."""
    made = speaking(*["les gens ont dit non", "une ong proteste"] * 200)
    assert mended(normalise("les gens ong dit non"), made) == ("les", "gens", "ont", "dit", "non")
    assert mended(normalise("une ong proteste"), made) == ("une", "ong", "proteste")
    assert mended(normalise("une ong dit non"), made) == ("une", "ong", "dit", "non")


def test_little_words_are_never_doubted() -> None:
    """One letter makes "le" of "les", and another question."""
    made = speaking("voici le prix", "voici les fours")
    assert mended(normalise("voici les prix"), made) == ("voici", "les", "prix")


def test_a_name_that_the_saga_does_not_have_is_rarely_meant() -> None:
    """What is as near to a word of the base as to a stranger is that word; what is nearer to the stranger, is that."""
    made = speaking("le maire vend", "la mairie")
    made.add_meaning("~mairel", ["Mairel", "Zorblaxie"], stemmed=False)
    made.freeze()
    assert mended(normalise("le mairej vend"), made) == ("le", "maire", "vend")
    assert mended(normalise("qui est Zorbalxie"), made)[-1] == "zorblaxie"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("lavaleur", ("la", "valeur")), ("zzzzzzzzzz", ("zzzzzzzzzz",))],
)
def test_glued_words_are_parted(typed: str, meant: tuple[str, ...]) -> None:
    """Words typed together are parted between known ones, where the frequent ones are: "la valeur"."""
    made = speaking("la valeur", "la valeur", "laval", "eur")
    assert mended([typed], made) == meant


@given(text=st.text(alphabet="abcdefilmnorstuv ?,", max_size=60))
def test_any_text_is_mended(moulin: KnowledgeBase, text: str) -> None:
    """Whatever is typed, each mark stays, no word is empty, and only of nothing comes nothing."""
    tokens = normalise(text)
    found = mended(tokens, moulin.lexicon)
    assert [token for token in found if not token.isalnum()] == [token for token in tokens if not token.isalnum()]
    assert all(found)
    assert bool(found) == bool(tokens)


def test_a_word_longer_than_any_is_left_as_it_is() -> None:
    """What it costs to repair or to part a word grows with the square of its letters: it is bounded."""
    made = speaking("farine" * 3, "moulin" * 3)
    made.know(["f" * repairing.MAX_REPAIRED])
    made.freeze()
    assert mended(["farine" * 3 + "moulin" * 3], made) == ("farine" * 3, "moulin" * 3)
    longer = "farine" * 3 + "moulin" * 3 + "farine" * 3
    assert mended([longer], made) == (longer,)
    assert made.similar("f" * (repairing.MAX_REPAIRED - 1) + "g")
    assert not made.similar("f" * (repairing.MAX_REPAIRED - 1) + "gg")


def test_the_least_surprising_way_is_the_best_of_all() -> None:
    """Step by step, the same way is found as by comparing every way through a message."""
    made = speaking("la roue tourne", "la route tourne mal", "il tourne la page", "une rose")
    tokens = ["la", "rouse", "tourn", "pal"]
    others = [mending._others(tuple(tokens), at, made, ()) for at in range(len(tokens))]
    guesses = [[mending._itself(token, made), *each] for token, each in zip(tokens, others, strict=True)]
    every: list[tuple[tuple[str, ...], float]] = [((), 0.0)]
    for each in guesses:
        every = [(sofar + guess.words, cost + mending.EDIT * guess.edits) for sofar, cost in every for guess in each]
    costs = {found: cost + made.bigrams.surprising([".", *made.all_spoken(found), "."]) for found, cost in every}
    assert len(costs) > 4
    assert mended(tokens, made) == min(costs, key=costs.__getitem__)


@pytest.mark.parametrize(("typed", "meant"), [("que dit Moulard", "moulard"), ("que dit Brumel", "brunel")])
def test_a_capital_says_that_a_name_is_meant(moulin: KnowledgeBase, typed: str, meant: str) -> None:
    """A name of the saga, mistyped, or a stranger, and hardly another word, which it may be if small."""
    assert mended(normalise(typed), moulin.lexicon, capitalised(typed))[-1] == meant
    assert mended(normalise("que dit moulard"), moulin.lexicon)[-1] == "mouchard"


def test_a_stranger_is_spelled_as_words_are(moulin: KnowledgeBase) -> None:
    """Letters that no word has behind one another tell a typing error; as long a name that looks like a word stays."""
    letters = moulin.lexicon.letters
    assert letters.surprising(letter_pairs("vernois")) < letters.surprising(letter_pairs("vqrnkis"))
