"""knowledge.language.splitting: the questions that one message holds."""

from __future__ import annotations

import pytest

from knowledge.engine import answer
from knowledge.language.mending import mended
from knowledge.language.normalising import normalise
from knowledge.language.splitting import Cut, granted, itemised, split
from knowledge.model import KnowledgeBase


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("qui veut le moulin ?", 1),
        ("qui veut le moulin ? et pourquoi ?", 2),
        ("qui veut le moulin et combien offre Azur", 2),
        ("qui veut le moulin, combien offre Azur et quand", 3),
        ("bonjour ! qui veut le moulin", 2),
        ("Azur et Brunel veulent le moulin", 1),
        ("le moulin, la mairie, Azur", 1),
        ("qui veut le moulin puis depuis quand", 2),
        ("selon la Gazette, qui veut le moulin", 1),
        ("en 2031, combien offrait Azur, et pour quand ?", 2),
        ("qui veut le moulin et cb offre Azur", 2),
        ("qui veut le moulin zt combien offre Azur", 2),
        ("qui veut le moulin ett combien offre Azur", 2),
        ("le moulin te plaît combien", 1),
        ("quel jour et à quel prix Azur a-t-elle vendu", 1),
        ("qui vend, à quel prix et que dit Azur", 3),
        ("combien de fois et quand Azur a-t-elle vendu", 2),
        ("quand et qui", 2),
        ("quel prix et quel jour ?", 2),
        ("qui veut le moulin et est-ce que la mairie le vend", 2),
        ("combien offre Azur, a-t-elle payé ?", 2),
        ("Azur vend le moulin et est riche", 1),
        ("quand Azur vend-elle et que dit la mairie", 2),
        ("Azur dit que le moulin est vieux et que la mairie le vend", 1),
        ("qui veut le moulin et c'est quoi Azur", 2),
        ("qui veut le moulin, et c'était qui le maire", 2),
        ("le patron qui dirige Azur, c'est qui", 1),
        ("Azur ou Brunel, qui vend le moulin", 1),
        ("prix du moulin\n- effectifs\n- production", 3),
        ("prix du moulin\neffectifs", 2),
        ("prix du moulin :\neffectifs", 1),
        ("prix du moulin / effectifs", 2),
        ("prix 2030/2031", 1),
    ],
)
def test_a_message_is_cut_before_each_question(moulin: KnowledgeBase, text: str, pieces: int) -> None:
    """Strong punctuation cuts, a new line behind none, and a slash between words, as one: "prix / effectifs".

    A joint or a comma before a question does too, unless "en 2031," stands before it.

    A question opens with its word, with the verb before its subject, or behind "et" with the first "que" or with "c'est
    qui". "ou" between two names is no "où".
    """
    assert len(split(mended(normalise(text), moulin.lexicon), moulin.lexicon, Cut.BEFORE_QUESTIONS)) == pieces


@pytest.mark.parametrize(
    ("text", "cut", "pieces"),
    [
        ("Azur offre combien et le moulin est à vendre depuis quand", Cut.BEFORE_QUESTIONS, 1),
        ("Azur offre combien et le moulin est à vendre depuis quand", Cut.AMONG_QUESTIONS, 2),
        ("combien offrent Azur et Brunel", Cut.AMONG_QUESTIONS, 1),
        ("combien de salariés et de farine", Cut.AMONG_QUESTIONS, 1),
        ("combien de salariés et de farine", Cut.EVERYWHERE, 2),
        ("les salariés et puis la farine", Cut.EVERYWHERE, 2),
        ("que s'est-il passé entre Azur et la mairie", Cut.EVERYWHERE, 1),
        ("entre qui et qui ?", Cut.BEFORE_QUESTIONS, 1),
    ],
)
def test_bolder_cuts_find_more_questions(moulin: KnowledgeBase, text: str, cut: Cut, pieces: int) -> None:
    """A question word may stand last, and "et" may join what is asked for without one."""
    assert len(split(normalise(text), moulin.lexicon, cut)) == pieces


@pytest.mark.parametrize("text", ["", "?", "? ! . ;", ",,,"])
def test_punctuation_alone_is_no_question(moulin: KnowledgeBase, text: str) -> None:
    """A piece has a word."""
    assert split(normalise(text), moulin.lexicon, Cut.BEFORE_QUESTIONS) == []


def test_no_word_is_lost(moulin: KnowledgeBase) -> None:
    """Cutting drops marks and joints only."""
    tokens = normalise("Qui veut le moulin ? Combien offre Azur ; et pourquoi la mairie refuse-t-elle ?")
    kept = [token for piece in split(tokens, moulin.lexicon, Cut.BEFORE_QUESTIONS) for token in piece]
    assert [word for word in tokens if word.isalnum() and word != "et"] == [word for word in kept if word.isalnum()]


@pytest.mark.parametrize(
    ("text", "things"),
    [
        (
            "deux choses : le prix offert par Azur, le nombre de salariés",
            ("le prix offert par azur", "le nombre de salaries"),
        ),
        ("il me faut : le prix et la date", ("le prix", "la date")),
        ("Azur, Brunel : qui veut le moulin ?", ()),
        ("une question : combien offre Azur, et Brunel", ()),
        ("Azur : le prix", ()),
    ],
)
def test_a_list_behind_a_colon_is_taken_apart(moulin: KnowledgeBase, text: str, things: tuple[str, ...]) -> None:
    """Each of several things is wanted, unless a question word asks of all of them, or there is but one."""
    assert tuple(" ".join(thing) for thing in itemised(normalise(text), moulin.lexicon)[1:]) == things


def test_each_thing_of_a_list_is_answered(moulin: KnowledgeBase) -> None:
    """Where each of the things that a message lists is known, each gets its answer; mere names do not."""
    asked = "deux choses : le prix offert par Azur, le nombre de salariés du moulin"
    assert [part.intent for part in answer(asked, moulin).parts] == ["prix-azur", "effectifs"]
    assert len(answer("note : Azur, Brunel", moulin).parts) == 1


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("vu qu'Azur a fermé, qui vend ?", ["azur a ferme ?", "qui vend ?"]),
        ("qui vend, puisque Azur a fermé ?", ["azur a ferme ?", "qui vend , ?"]),
        ("qui vend depuis qu'Azur a fermé", ["azur a ferme ?", "qui vend"]),
        ("vu qu'Azur a fermé", []),
        ("euh alors Azur a fermé ?", []),  # fillers alone ask nothing
        ("comme si Azur avait fermé, qui vend ?", []),
        ("qui vend le moulin ?", []),
    ],
)
def test_what_is_taken_for_granted_is_told_apart(moulin: KnowledgeBase, text: str, pieces: list[str]) -> None:
    """A clause at the beginning or the end is put as a question of its own; alone, or only imagined, it is none."""
    assert [" ".join(piece) for piece in granted(normalise(text), moulin.lexicon)] == pieces
