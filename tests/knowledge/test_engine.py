"""knowledge.engine, deciding and suggesting: from a typed message to one of four outcomes."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.checks.noise import disturb
from knowledge.compiling.building import build
from knowledge.compiling.loading import load
from knowledge.compiling.sources import collect
from knowledge.conversation import Conversation
from knowledge.decision.several import without_repeats
from knowledge.engine import answer
from knowledge.model import IntentKind, KnowledgeBase
from knowledge.reply import Outcome, Reply, Rule
from tests.conftest import MOULIN, Changed

QUESTIONS = {
    "qui voulait racheter le moulin ?": "acheteurs",
    "quel est le prix proposé par Azur ?": "prix-azur",
    "pourquoi la mairie refuse-t-elle la vente ?": "refus",
    "quand Brunel a-t-elle retiré son offre ?": "retrait",
    "combien de salariés le moulin emploie-t-il ?": "effectifs",
    "combien de farine le moulin produit-il ?": "production",
}


@pytest.mark.parametrize(("question", "intent"), QUESTIONS.items())
def test_a_question_gets_the_facts_of_its_intent(moulin: KnowledgeBase, question: str, intent: str) -> None:
    """An answer tells the facts that the curator put there, whole, and cites the articles of each."""
    reply = answer(question, moulin)
    assert (reply.outcome, reply.intent) == (Outcome.ANSWERED, intent)
    assert reply.facts == moulin.intents[intent].facts
    assert {source.article for source in reply.sources} == {
        citation.article for name in reply.facts for citation in moulin.facts[name].citations
    }


@pytest.mark.parametrize(
    "question",
    [
        "QUI VOULAIT RACHETER LE MOULIN???",
        "ki voulé racheté le moulin",
        "le moulin qui voulait le racheter",
        "quiii voulait racheter le mouliiin 😂😂",
        "qui voulait rachter le moulim",
        "svp qui voulait racheter le moulin",
        "qui\u00a0voulait\u202fracheter le moulin?",
        "who wanted to buy le moulin",
        "« Qui voulait racheter le moulin ? »",
        "**qui** voulait `racheter` le ||moulin||",
    ],
)
def test_typing_habits_do_not_change_the_answer(moulin: KnowledgeBase, question: str) -> None:
    """Capitals, SMS spelling, word order, emojis, typing errors, politeness, English and markdown: the same facts."""
    assert answer(question, moulin).facts == ("offre-azur", "retrait-brunel")


def test_a_question_about_a_set_gets_the_set(moulin: KnowledgeBase) -> None:
    """Each member of the set is told, with its date, hedging and source."""
    reply = answer("qui voulait racheter le moulin ?", moulin)
    assert "serait prête" in reply.text
    assert "retiré" in reply.text
    assert "2031" in reply.text
    assert len(reply.sources) == 2


@pytest.mark.parametrize(
    "question",
    [
        "quand sort gta 6",
        "quelle est la capitale du Pérou ?",
        "recette de crêpes",
        "combien offrait Brunel ?",
        "qui voulait racheter le moulin en 1998 ?",
        "que fait le Pérou pour le moulin ?",
        "de quelle couleur est le moulin ?",
        "xylophone hippopotame",
    ],
)
def test_what_the_articles_do_not_say_is_unknown(moulin: KnowledgeBase, question: str) -> None:
    """Off the topic, a known gap, another year or country, a detail that is missing: nothing false is said."""
    reply = answer(question, moulin)
    assert reply.outcome is Outcome.UNKNOWN
    assert reply.text


def test_each_cause_of_an_unknown_has_its_text(moulin: KnowledgeBase) -> None:
    """Who asks off the topic, about a gap, a name or a year is told which it was."""
    texts = {
        answer(question, moulin).text
        for question in (
            "quand sort gta 6",
            "combien offrait Brunel ?",
            "que fait le Pérou pour le moulin ?",
            "qui voulait racheter le moulin en 1998 ?",
            "",
        )
    }
    assert len(texts) == 5
    assert any("« Pérou »".replace(" ", "\u00a0") in text for text in texts), "a name stands as it was typed"
    assert any("1998" in text for text in texts)


@pytest.mark.parametrize(
    ("when", "lacking"),
    [
        ("depuis 2030", None),
        ("après 2030", None),
        ("après 2031", "à partir de 2032"),
        ("avant 2031", "avant 2031"),
        ("en 2028 ou 2029", "pour 2028 et pour 2029"),
    ],
)
def test_facts_lie_on_the_side_of_a_year_that_is_asked_about(
    moulin: KnowledgeBase, when: str, lacking: str | None
) -> None:
    """Whoever asks what was before or after a year is not told what was in it, alone or going on from an answer."""
    told = answer("qui voulait racheter le moulin ?", moulin)
    for reply in (
        answer(f"qui voulait racheter le moulin {when} ?", moulin),
        answer(f"et {when} ?", moulin, told.conversation),
    ):
        if lacking is None:
            assert reply.text == told.text
        else:
            assert reply.text == f"Je ne trouve rien là-dessus {lacking} dans les articles."


def test_of_several_years_those_of_which_nothing_is_known_are_admitted(moulin: KnowledgeBase) -> None:
    """What the articles lack is said before what they have, in whatever order the years come."""
    told = answer("qui voulait racheter le moulin ?", moulin).text
    for years in ("en 2029 et 2031", "en 2031 et 2029", "en 2029, en 2031 et en 2029"):
        reply = answer(f"qui voulait racheter le moulin {years} ?", moulin)
        assert reply.text == f"Je ne trouve rien là-dessus pour 2029 dans les articles. {told}"


@pytest.mark.parametrize(
    ("question", "rule"),
    [
        ("quel âge a Brunel ?", "detail"),
        ("que s'est-il passé en avril 2031 ?", "period"),
        ("que s'est-il passé en 1998 ?", "year"),
        ("que s'est-il passé avant 1998 ?", "year"),
        ("que devient la girafe depuis 1998 ?", "detail"),
        ("quel temps fera-t-il demain ?", "off-topic"),
    ],
)
def test_what_names_somebody_or_a_time_of_the_saga_is_on_its_topic(
    moulin: KnowledgeBase, question: str, rule: str
) -> None:
    """However much of it is strange, a question about an actor or a year of the base is told that a detail lacks."""
    assert answer(question, moulin).parts[0].rule == rule


@pytest.mark.parametrize("said", ["que la mairie {}", "« la mairie {} »"])
def test_who_said_what_nobody_says_is_unknown(moulin: KnowledgeBase, said: str) -> None:
    """Half of what somebody is asked to have said has to be known, quoted or not."""
    assert answer(f"qui a dit {said.format('refuse la vente')} ?", moulin).facts == ("refus-mairie",)
    assert answer(f"qui a dit {said.format('refuse les pamplemousses grivois')} ?", moulin).outcome is Outcome.UNKNOWN


def test_who_asks_when_is_told_that_there_is_no_date(moulin: KnowledgeBase) -> None:
    """Undated facts are said to be so to who asks for a date, and to nobody else; dated ones never."""
    undated = "Ce qui suit n’est pas daté dans les articles. Le moulin emploie 45 salariés. [1]"
    for question in ("depuis quand le moulin emploie-t-il 45 salariés ?", "quand le moulin a-t-il eu 45 salariés ?"):
        assert answer(question, moulin).text == undated
    assert answer("combien de salariés le moulin emploie-t-il ?", moulin).text == "Le moulin emploie 45 salariés. [1]"
    assert answer("quand Brunel a-t-elle retiré son offre ?", moulin).text.startswith("En avril 2031")


def test_a_year_that_the_facts_cover_is_answered(moulin: KnowledgeBase) -> None:
    """A right year changes nothing."""
    assert answer("en 2031, qui voulait racheter le moulin ?", moulin).outcome is Outcome.ANSWERED


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("que veut Zorglub pour le moulin ?", "Zorglub"),
        ("qui voulait racheter Zorglub ?", "Zorglub"),
        ("combien de salariés chez Zwentibold ?", "Zwentibold"),
        ("que veut Brunel pour W ?", "W"),
    ],
)
def test_a_stranger_makes_an_answer_unknown(moulin: KnowledgeBase, question: str, name: str) -> None:
    """Who has a capital inside a sentence and is like nothing known is not answered about with another's facts."""
    reply = answer(question, moulin)
    assert reply.outcome is Outcome.UNKNOWN
    assert name in reply.text


@pytest.mark.parametrize(
    "text",
    ["QUI VOULAIT RACHETER LE MOULIN ?", "QUI VOULAIT RACHETER LzS MOULIN ?", "quel est le Prix proposé par Azzur ?"],
)
def test_a_capital_alone_makes_no_stranger(moulin: KnowledgeBase, text: str) -> None:
    """A word of the base is none in capitals, and a mistyped actor is that actor."""
    assert answer(text, moulin).outcome is Outcome.ANSWERED


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Azur offre-t-elle 2 millions d'euros ?", "Il semble que oui."),
        ("est-ce qu'Azur offre 2 millions d'euros ?", "Il semble que oui."),
        ("Azur offre 5 millions d'euros ?", "Non"),
        ("est-ce qu'Azur offre 5 millions d'euros ?", "Non"),
    ],
)
def test_a_false_premise_is_corrected_and_a_true_one_confirmed(moulin: KnowledgeBase, question: str, said: str) -> None:
    """A yes/no question gets oui or non, and in both cases the fact."""
    reply = answer(question, moulin)
    assert reply.text.startswith(said)
    assert "2\u00a0millions" in reply.text


@pytest.mark.parametrize("question", ["Azur offre-t-elle 3 millions d'euros ?", "le moulin emploie 60 salariés ?"])
def test_a_wrong_figure_is_never_confirmed(moulin: KnowledgeBase, question: str) -> None:
    """A figure that stands nowhere in the base gets no yes."""
    assert not answer(question, moulin).text.startswith("Oui")


@pytest.mark.parametrize("question", ["le moulin a 30 ou 35 employés ?", "le moulin a 30 employés, c'est ça ?"])
def test_who_guesses_at_a_figure_is_told_the_one_there_is(moulin: KnowledgeBase, question: str) -> None:
    """A question that only has figures which nothing has is taken to ask how many."""
    assert answer(question, moulin).text.startswith("Le moulin emploie 45")


@pytest.mark.parametrize(
    ("question", "facts"),
    [
        ("combien de salariés et combien de farine ?", {"effectifs", "production"}),
        ("Combien de salariés ? Et combien de farine ?", {"effectifs", "production"}),
        ("bonjour ! combien de salariés ?", {"effectifs"}),
        ("Azur offre combien et la mairie refuse la vente depuis quand", {"offre-azur", "refus-mairie"}),
        ("dis-moi ce que propose Azur et ce que dit la mairie", {"offre-azur", "refus-mairie"}),
    ],
)
def test_several_questions_get_several_answers(moulin: KnowledgeBase, question: str, facts: set[str]) -> None:
    """Each question of a message is answered; a greeting before one is no question."""
    reply = answer(question, moulin)
    assert reply.outcome is Outcome.ANSWERED
    assert set(reply.facts) == facts


def test_each_question_put_as_one_gets_its_own_yes_or_no(moulin: KnowledgeBase) -> None:
    """« Est-ce que » before both makes them two questions; before the first alone, one sentence states two things."""
    both = "est-ce qu'Azur offre 5 millions d'euros et {}la mairie refuse ?"
    assert [part.truth for part in answer(both.format("est-ce que "), moulin).parts] == [False, True]
    assert {part.truth for part in answer(both.format(""), moulin).parts} == {None}


@pytest.mark.parametrize("text", ["merci beaucoup et bonjour", "bonjour et merci"])
def test_small_talk_may_be_joined(moulin: KnowledgeBase, text: str) -> None:
    """Two civilities in one breath are no question: the last one is returned."""
    assert answer(text, moulin).outcome is Outcome.SMALLTALK


@pytest.mark.parametrize(
    ("question", "texts"),
    [
        ("combien de salariés au moulin ? et qui dirige la Banque de Madrid ?", ["salariés", "Madrid"]),
        ("qui dirige la Banque de Madrid ? et combien de salariés au moulin ?", ["Madrid", "salariés"]),
    ],
)
def test_of_two_questions_the_one_is_answered_and_the_other_admitted(
    moulin: KnowledgeBase, question: str, texts: list[str]
) -> None:
    """What nothing is known of is said, as it was typed, and does not hide the answer to the other question."""
    reply = answer(question, moulin)
    assert reply.outcome is Outcome.ANSWERED
    found = [text in told for told, text in zip(reply.text.split("\n\n"), texts, strict=True)]
    assert all(found)
    assert answer("et pourquoi ?", moulin, reply.conversation).conversation.fresh


def test_a_long_message_may_name_anything_before_its_question(moulin: KnowledgeBase) -> None:
    """A holiday in Madrid told at length is no reason to say nothing of the mill; asked about Madrid, there is one."""
    told = "L'été 1998 à Madrid chez ma tante il faisait beau, on mangeait des tomates du jardin en parlant de tout. "
    asked = "combien Azur offre pour le moulin ?"
    assert answer(told + asked, moulin).facts == ("offre-azur",)
    assert answer(f"À Madrid, {asked}", moulin).outcome is Outcome.UNKNOWN


def test_a_subject_of_two_is_not_cut_in_two(moulin: KnowledgeBase) -> None:
    """A question that begins with "Azur et Brunel" does not ask who Azur is."""
    reply = answer("Azur et Brunel ont-elles voulu racheter le moulin ?", moulin)
    assert [part.intent for part in reply.parts] == ["acheteurs"]


def test_a_long_message_gets_all_its_questions_answered(moulin: KnowledgeBase) -> None:
    """A sure answer to one question of a rambling message does not hide the others."""
    told = "pour mon exposé de jeudi sur le vieux moulin au bord de la rivière, "
    asked = "pourquoi la mairie refuse-t-elle la vente ? et combien de farine y fait-on ?"
    assert answer(told + asked, moulin).facts == ("refus-mairie", "production")


@pytest.mark.parametrize("text", ["bonjour", "Bonjour !", "salut", "merci", "merci beaucoup 🙏"])
def test_small_talk_is_answered_as_small_talk(moulin: KnowledgeBase, text: str) -> None:
    """A greeting and thanks get a friendly word, and no source."""
    reply = answer(text, moulin)
    assert reply.outcome is Outcome.SMALLTALK
    assert reply.sources == ()
    assert reply.facts == ()


@pytest.mark.parametrize("text", ["", "   ", "\n", "😂🤔", "?!...", "—", "\0", "\ud800", "https://exemple.test/"])
def test_a_message_without_words_is_told_so(moulin: KnowledgeBase, text: str) -> None:
    """Nothing, emojis, punctuation, a link or a broken character: one clear sentence, and where to begin."""
    reply = answer(text, moulin)
    assert reply.outcome is Outcome.UNKNOWN
    assert reply.text == answer("", moulin).text
    assert reply.suggestions


@pytest.mark.parametrize(
    ("text", "opening"),
    [
        ("pourquoi la mairie a-t-elle vendu le moulin à Azur ?", "Non. "),
        ("quand la mairie a vendu le moulin à Azur", "Ce n’est pas ce que disent les articles. "),
        ("pourquoi la mairie refuse-t-elle la vente ?", "En mars"),
        ("quel moulin la mairie a refusé de vendre à Azur ?", "Je ne trouve pas cela, dit ainsi"),
        ("quel moulin la mairie a refusé de vendre ?", "En mars"),
        ("combien Azur offre de millions pour racheter la boulangerie ?", "En mars"),
    ],
)
def test_what_a_question_takes_for_granted_is_put_right(moulin: KnowledgeBase, text: str, opening: str) -> None:
    """An open question that presumes what the base denies is told no, or otherwise where it asks when."""
    assert answer(text, moulin).text.startswith(opening)


def test_what_is_taken_for_granted_is_put_right_whatever_else_fits(changed: Changed) -> None:
    """No phrasing that asks for no circumstance, nor another intent about as likely, hides that it is not so."""
    more = """
- id: avis-azur
  question: "Que dit Azur ?"
  facts: [offre-azur]
  phrasings: [l'achat du moulin par Azur, Azur et le moulin]
  no: [Azur a acheté le moulin]
"""
    base = changed("bought", {"intents/more.yaml": more})
    assert answer("pourquoi Azur a acheté le moulin ?", base).text.startswith("Non, ")
    assert answer("combien Azur a acheté le moulin en mars ?", base).text.startswith("Non, ")
    assert not answer("pourquoi Azur veut acheter le moulin ?", base).text.startswith("Non")
    assert not answer("qui achète le moulin ?", base).text.startswith("Non")


def test_who_asks_about_one_is_not_told_of_others(changed: Changed) -> None:
    """An intent about several does not answer who asks about one of them, where one about that alone fits wholly."""
    more = """
- id: deux-offres
  question: "Combien offrent Azur et Brunel ?"
  facts: [offre-azur, retrait-brunel]
  phrasings: [les sommes offertes par Azur et Brunel, combien proposent Azur et Brunel, combien donnent Azur et Brunel]
"""
    base = changed("two-offers", {"intents/more.yaml": more})
    assert answer("combien offre Azur ?", base).facts == ("offre-azur",)
    assert set(answer("combien offrent Azur et Brunel ?", base).facts) == {"offre-azur", "retrait-brunel"}


@pytest.mark.parametrize("joint", ["et", "puis"])
def test_a_year_beside_another_thing_does_not_cut_that_away(changed: Changed, joint: str) -> None:
    """The year is that of what it stands with: what is named behind "et" or "puis" is told, too, whenever it was."""
    more = """
- id: offre-et-effectifs
  question: "Que dit-on de l'offre d'Azur et des salariés du moulin ?"
  facts: [offre-azur, effectifs]
  phrasings: [l'offre d'Azur et les salariés du moulin]
"""
    base = changed("two-things", {"intents/more.yaml": more})
    reply = answer(f"l'offre d'Azur de 2031 {joint} les salariés du moulin", base)
    assert reply.facts == ("offre-azur", "effectifs")


@pytest.mark.parametrize(("text", "opening"), [("s'oppose pas à la vente", "inexact"), ("veut pas vendre", "exact")])
def test_ne_denies_nothing_by_itself(moulin: KnowledgeBase, text: str, opening: str) -> None:
    """What denies is "pas": "la mairie ne veut pas" and "la mairie veut pas" are one statement.

    « Non » to "elle ne veut pas ?" would say that she does not, or that she does: what is said is put right instead.
    """
    for before in ("la mairie", "la mairie ne"):
        assert answer(f"{before} {text} ?", moulin).text.startswith(f"C’est {opening}. ")


def test_only_what_is_denied_is_told_no(small: Path) -> None:
    """A denied statement whose false word a question lacks is not what it asks: "Azur a acheté ?" may be so."""
    (small / "intents" / "more.yaml").write_text(
        '- {id: aa, question: "Azur a-t-elle porté plainte ?", facts: [refus-mairie],'
        " no: [Azur a porté plainte contre Brunel]}\n",
        encoding="utf-8",
    )
    base = build(collect(small))
    assert answer("est-ce que Azur a porté plainte contre Brunel ?", base).text.startswith("Non.")
    assert answer("est-ce que Azur a porté plainte ?", base).parts[0].truth is None


def test_two_statements_on_one_subject_get_a_yes_and_a_no(moulin: KnowledgeBase) -> None:
    """What proves the one and disproves the other is told to both."""
    reply = answer("Azur offre 2 millions d'euros ? Azur offre 5 millions d'euros ?", moulin)
    assert [part.truth for part in reply.parts] == [True, False]


def test_a_stranger_told_in_passing_does_not_hide_the_question(moulin: KnowledgeBase) -> None:
    """In a tale, a town in a clause that asks nothing is set aside; one that the question names is what is asked."""
    told = "alors voilà je suis à Madrid chez ma tante Paulette, on parle du vieux moulin au bord de la rivière, hein, "
    assert answer(f"{told} combien Azur offre pour le moulin ?", moulin).facts == ("offre-azur",)
    assert answer(f"{told} combien Madrid offre pour le moulin ?", moulin).outcome is Outcome.UNKNOWN
    short = "Moi c'est Léa, j'habite à Madrid."
    assert answer(f"{short} Combien de salariés le moulin emploie-t-il ?", moulin).facts == ("effectifs",)
    assert answer("À Madrid, combien de salariés le moulin emploie-t-il ?", moulin).outcome is Outcome.UNKNOWN


@pytest.mark.parametrize(
    ("text", "told"), [("la mairie refuse", False), ("la mairie refuse ?", True), ("Azur, la mairie ?", False)]
)
def test_a_topic_is_neither_so_nor_not_so(moulin: KnowledgeBase, text: str, *, told: bool) -> None:
    """Two words without a question mark may only name a thing, and names alone say nothing: no yes or no."""
    assert answer(text, moulin).text.startswith(("Oui", "Non")) is told


def test_a_lacking_detail_is_unknown_with_what_is_near(moulin: KnowledgeBase) -> None:
    """Where an admission is likelier than an answer, that is only told behind it."""
    reply = answer("montant de l'offre retirée par Brunel", moulin)
    assert (reply.parts[0].rule, reply.outcome) == ("gap-and-near", "unknown")
    assert reply.text.index("ne donnent pas") < reply.text.index("faute d’accord")


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("Brunel a retiré son offre. Combien offrait Brunel ?", "unknown"),
        ("Combien offrait Brunel ? Et pourquoi a-t-elle retiré son offre ?", "answered"),
    ],
)
def test_what_is_only_said_ahead_of_a_question_is_not_what_is_answered(
    moulin: KnowledgeBase, text: str, outcome: str
) -> None:
    """Who tells what is known and asks for a detail that is not has no answer, though the known is told, too."""
    reply = answer(text, moulin)
    assert reply.outcome == outcome
    assert "faute d’accord" in reply.text


@pytest.mark.parametrize(
    "text",
    [
        "l'offre de la société Brunel sur le moulin, à quel prix ?",
        "l'offre retirée de Brunel pour le moulin, quel montant ?",
    ],
)
def test_what_is_only_named_ahead_of_a_question_is_not_told(moulin: KnowledgeBase, text: str) -> None:
    """Who names at some length what a lacking detail is about asks for that detail alone."""
    reply = answer(text, moulin)
    assert (reply.outcome, reply.text) == ("unknown", answer("combien offrait Brunel ?", moulin).text)


def test_an_admission_is_made_once(moulin: KnowledgeBase) -> None:
    """Two questions whose detail the articles lack in the same way get one sentence."""
    reply = answer("combien offrait Brunel ? et quel montant Brunel proposait ?", moulin)
    assert reply.text.count("le montant de l’offre de Brunel") == 1


def test_an_admission_tells_none_of_its_facts(moulin: KnowledgeBase) -> None:
    """What an admission only rests on is told to the next question that wants it."""
    text = answer("combien offrait Brunel ? et pourquoi Brunel a-t-elle retiré son offre ?", moulin).text
    assert "ne donnent pas" in text
    assert "faute d’accord" in text


def test_what_was_told_beside_an_answer_is_left_out_of_the_next(moulin: KnowledgeBase) -> None:
    """What two answers of a message both tell beside their own is told once, and neither loses a fact of its own."""
    part = answer("qui voulait racheter le moulin ?", moulin).parts[0]
    first = part._replace(facts=("offre-azur", "production"), also=("production",))
    second = part._replace(intent="refus", facts=("refus-mairie", "effectifs", "production"), also=("production",))
    kept = without_repeats([first, second], moulin)[1]
    assert (kept.facts, kept.also) == (("refus-mairie", "effectifs"), ())


def test_who_somebody_is_leaves_the_figures_to_be_told(moulin: KnowledgeBase) -> None:
    """A card rests on facts whose figures it does not have: who asks for these, too, is told them."""
    reply = answer("qui est Azur, et combien offre-t-elle ?", moulin)
    assert "est une coopérative qui serait prête" in reply.text
    assert "pour 2\u00a0millions d’euros" in reply.text


@pytest.mark.parametrize("text", ["aaaa", "b", "a" * 100_000, "z" * 100_000])
def test_a_letter_is_no_greeting(moulin: KnowledgeBase, text: str) -> None:
    """A letter held down is not taken for a farewell that it happens to resemble."""
    assert answer(text, moulin).outcome is Outcome.UNKNOWN


@pytest.mark.parametrize(
    "unit", ["a", "azur ", "qui ? ", "1 ", "é", "😂", "\n", "n'", "moulin brunel azur 2031 et combien "]
)
def test_a_very_long_message_is_answered_like_any_other(moulin: KnowledgeBase, unit: str) -> None:
    """100,000 characters are read as far as a question can reach, and stay one short reply."""
    reply = answer((unit * 100_000)[:100_000], moulin)
    sound(reply, moulin)
    assert len(reply.text) < 2_000


def test_four_questions_of_one_message_are_answered(moulin: KnowledgeBase) -> None:
    """Whoever asks more at once gets the first four answers."""
    asked = [*QUESTIONS][::-1]
    assert len(asked) > 4
    assert [part.intent for part in answer(" ".join(asked), moulin).parts] == [QUESTIONS[text] for text in asked[:4]]


@pytest.mark.parametrize(
    ("told", "asked"),
    [
        ("Ma femme et mes enfants adorent TikTok.", "Combien vaut TikTok ?"),
        ("J'ai mis Yahoo et Kodak dans mon exposé sur les rachats.", "Combien Microsoft avait-il proposé ?"),
        ("Mon cousin vient de perdre son poste.\nIl est dégoûté.", "C'est la combientième vague de licenciements ?"),
    ],
)
def test_what_a_message_only_tells_is_not_answered(shipped: KnowledgeBase, told: str, asked: str) -> None:
    """Before a question, people tell why they ask, and name what has nothing to do with it."""
    assert answer(f"{told} {asked}", shipped).text == answer(asked, shipped).text


def test_what_a_message_tells_is_what_its_question_leans_on(shipped: KnowledgeBase) -> None:
    """A short question behind a tale is about what was told, as behind an earlier message."""
    reply = answer("Trump voulait qu'une partie de la vente aille au Trésor. Il demandait combien ?", shipped)
    assert reply.intent == "sans-montant-part-tresor"


def test_what_a_message_tells_wrongly_is_put_right(shipped: KnowledgeBase) -> None:
    """Before its question is answered."""
    wrong, right = answer("J'ai lu que Microsoft a racheté TikTok. Qui est Elon Musk ?", shipped).parts
    assert (wrong.truth, right.intent) == (False, "acteur-elon-musk")


def test_two_intents_that_fit_alike_are_not_decided_by_chance(small: Path) -> None:
    """Where one phrasing belongs to two matters, the reply tells or offers both, and says neither alone."""
    (small / "intents" / "avenir.yaml").write_text(
        '- {id: aa, question: "Que devient la vente ?", facts: [refus-mairie], phrasings: [avenir du moulin]}\n'
        '- {id: bb, question: "Que deviennent les salariés ?", facts: [effectifs], phrasings: [avenir du moulin]}\n',
        encoding="utf-8",
    )
    reply = answer("avenir du moulin", build(collect(small)))
    if reply.outcome is Outcome.CLARIFY:
        assert {"Que devient la vente ?", "Que deviennent les salariés ?"} <= set(reply.suggestions)
    else:
        assert set(reply.facts) == {"refus-mairie", "effectifs"}


def test_who_asks_for_one_thing_of_several_is_not_asked_back(changed: Changed) -> None:
    """Of two near intents, one of which tells all that the other does and more, the one that tells less is meant."""
    several = "refus-mairie, effectifs, offre-azur, retrait-brunel"
    intents = (
        f'- {{id: aa, question: "Que devient tout cela ?", facts: [{several}], phrasings: [avenir du moulin]}}\n'
        '- {id: bb, question: "Que deviennent les salariés ?", facts: [effectifs], phrasings: [avenir du moulin]}\n'
    )
    reply = answer("quel avenir du moulin ?", changed("one-of-several", {"intents/avenir.yaml": intents}))
    assert (reply.outcome, reply.facts) == (Outcome.ANSWERED, ("effectifs",))


def test_a_stranger_that_only_a_denial_names_is_said_to_be_one(small: Path) -> None:
    """Where that denial is not what was asked, so that nothing is denied, the answer says whom nothing is known of."""
    (small / "intents" / "more.yaml").write_text(
        '- {id: aa, question: "Qui reprend le moulin ?", facts: [offre-azur], no: [le Pérou a repris le moulin]}\n',
        encoding="utf-8",
    )
    base = build(collect(small))
    assert answer("le Pérou a repris le moulin ?", base).text.startswith("Non, selon l’article.")
    reply = answer("le moulin a-t-il été repris par le Pérou ?", base)
    assert reply.text.startswith("Les articles ne parlent pas de")
    assert reply.facts == ("offre-azur",)


def test_a_year_that_only_a_denial_names_is_said_to_be_a_strange_one(small: Path) -> None:
    """Where that denial is not what was asked, the answer says of what year nothing is known."""
    (small / "intents" / "more.yaml").write_text(
        '- {id: aa, question: "Qui reprend le moulin ?", facts: [offre-azur], no: [Azur a repris le moulin en 2019]}\n',
        encoding="utf-8",
    )
    base = build(collect(small))
    assert answer("Azur a repris le moulin en 2019 ?", base).text.startswith("Non, selon l’article.")
    reply = answer("le moulin a-t-il été repris à Azur en 2019 ?", base)
    assert "2019" in reply.text.split("En mars 2031")[0]
    assert reply.facts == ("offre-azur",)


def test_an_admission_knows_the_strangers_of_all_its_phrasings(small: Path) -> None:
    """Whom one phrasing of an admission names may be asked about in the words of another one."""
    (small / "intents" / "more.yaml").write_text(
        '- {id: aa, question: "Quelles voix ont décidé ?", gap: "Les articles ne comptent pas les voix.",\n'
        "   facts: [refus-mairie], phrasings: [combien de voix ont approuvé le refus, le Pérou a-t-il voté]}\n",
        encoding="utf-8",
    )
    reply = answer("avec combien de voix le Pérou a-t-il approuvé le refus ?", build(collect(small)))
    assert (reply.outcome, reply.text) == (Outcome.UNKNOWN, "Les articles ne comptent pas les voix. [1]")


def suggested(base: KnowledgeBase) -> list[tuple[str, str]]:
    """Return every suggestion that a variety of messages leads to, with the message."""
    asked = [
        *QUESTIONS,
        "quand sort gta 6",
        "combien offrait Brunel ?",
        "le moulin en 1998",
        "bonjour",
        "",
        "Brunel",
        "la mairie",
    ]
    return [(question, offered) for question in asked for offered in answer(question, base).suggestions]


def test_a_suggestion_is_a_question_that_gets_an_answer(moulin: KnowledgeBase) -> None:
    """Nothing is offered that would end in an unknown, and nothing that was just asked."""
    offers = suggested(moulin)
    assert offers
    for question, offered in offers:
        assert answer(offered, moulin).outcome is Outcome.ANSWERED, offered
        assert offered != question


def test_what_is_not_offered_is_not_suggested(moulin: KnowledgeBase) -> None:
    """A question that its curator does not offer is answered, and never suggested."""
    offered = {question for _, question in suggested(moulin)}
    kept_back = next(intent for intent in moulin.intents.values() if intent.question in offered)
    intents = {**moulin.intents, kept_back.id: replace(kept_back, offered=False)}
    other = replace(moulin, intents=intents)
    assert kept_back.question not in {question for _, question in suggested(other)}
    assert answer(kept_back.question, other).intent == kept_back.id


def test_an_answer_with_nothing_else_likely_offers_what_is_near_what_it_tells(moulin: KnowledgeBase) -> None:
    """A point of the last answer has no other candidates: what shares most with it, and tells something else, comes."""
    listed = answer("qui voulait racheter le moulin ?", moulin)
    reply = answer("la deuxième ?", moulin, listed.conversation)
    assert reply.outcome is Outcome.ANSWERED
    assert reply.parts[0].candidates == ()
    assert 0 < len(reply.offered) <= 3
    assert all({*intent.told} - {*reply.facts} for intent in reply.offered)
    (told,) = (moulin.facts[name].about for name in reply.facts)
    assert all(any(told & moulin.facts[name].about for name in intent.told) for intent in reply.offered)


def test_suggestions_are_few_and_differ(moulin: KnowledgeBase) -> None:
    """A person is offered three questions at most, each once."""
    offered = [
        answer(question, moulin).suggestions for question in (*QUESTIONS, "le moulin en 2099", "quand sort gta 6")
    ]
    assert max(map(len, offered)) == 3
    assert all(len({*offers}) == len(offers) for offers in offered)


def test_every_question_of_the_base_gets_its_answer(moulin: KnowledgeBase) -> None:
    """The canonical question of each intent, which is what is offered, leads to that intent."""
    for intent in moulin.intents.values():
        if intent.kind is IntentKind.ANSWER:
            assert answer(intent.question, moulin).intent == intent.id


def test_a_reply_explains_itself(moulin: KnowledgeBase) -> None:
    """Each part holds its reading, its ranked candidates and the rule that decided."""
    (part,) = answer("combien de salariés au moulin ?", moulin).parts
    assert part.rule
    assert part.reading.terms
    assert part.candidates[0].intent == part.intent == "effectifs"
    assert 0.0 < part.confidence <= 1.0
    assert part.candidates[0].phrase.text


def test_the_same_message_gets_the_same_reply(moulin: KnowledgeBase) -> None:
    """Nothing is random, and nothing is remembered."""
    for question in QUESTIONS:
        assert answer(question, moulin) == answer(question, moulin)
    assert answer("bonjour", moulin).text == answer("bonjour", moulin).text


def test_a_base_is_the_same_wherever_it_lies(moulin: KnowledgeBase, tmp_path: Path) -> None:
    """A copy of the folder is the same base."""
    shutil.copytree(MOULIN, tmp_path / "ailleurs")
    copy = load(tmp_path / "ailleurs")
    assert copy.version == moulin.version
    assert (
        answer("qui voulait racheter le moulin ?", copy).text == answer("qui voulait racheter le moulin ?", moulin).text
    )


def sound(reply: Reply, base: KnowledgeBase) -> None:
    """Assert what holds of any reply."""
    assert reply.text.strip()
    assert 0.0 <= reply.confidence <= 1.0
    assert all(name in base.facts for name in reply.facts)
    assert reply.intent is None or reply.intent in base.intents
    assert [source.number for source in reply.sources] == list(range(1, len(reply.sources) + 1))
    assert reply.sources or reply.outcome is not Outcome.ANSWERED
    assert {source.number for source in reply.sources} == {int(mark) for mark in re.findall(r"\[(\d+)\]", reply.text)}
    assert "{" not in reply.text
    assert None not in reply.suggestions


ODD = ["\ud800", "\0", "combien ❸ millions", "❸e", "٣ ³ ½ Ⅷ ৪ %", "que veut {what} pour le moulin ?", "[1] [2]"]
"""No examples of Hypothesis: it would write out the whole base for each."""


@pytest.mark.parametrize("text", ODD, ids=ascii)
def test_no_odd_text_makes_the_engine_raise(moulin: KnowledgeBase, text: str) -> None:
    """Half a character, digits of any script, and what means something in texts of ours get a sound reply."""
    sound(answer(text, moulin), moulin)


@given(text=st.text(max_size=200))
def test_no_text_makes_the_engine_raise(moulin: KnowledgeBase, text: str) -> None:
    """Any text at all gets a sound reply."""
    sound(answer(text.replace("{", "("), moulin), moulin)


VOCABULARY = """
qui quand combien pourquoi où azur brunel mairie moulin gazette vente offre refuse retiré salariés farine 2031
1998 45 2  millions % et non pas ne est-ce que ? ! . , bonjour merci pérou peut-être 30 juin là-dessus alors
source au moins plus moins deuxième 3e 40
"""
WORDS = st.lists(st.sampled_from(VOCABULARY.split()), max_size=14)


@given(messages=st.lists(WORDS, min_size=1, max_size=5))
def test_no_conversation_makes_the_engine_raise(moulin: KnowledgeBase, messages: list[list[str]]) -> None:
    """Any talk made of the saga's own words gets sound replies, whatever went before."""
    conversation = Conversation()
    for words in messages:
        reply = answer(" ".join(words), moulin, conversation)
        sound(reply, moulin)
        conversation = reply.conversation


@given(question=st.sampled_from(sorted(QUESTIONS)), seed=st.integers(0, 10_000))
def test_noise_makes_no_false_answer(moulin: KnowledgeBase, question: str, seed: int) -> None:
    """A disturbed question gets facts of its own intent, or no answer; never those of another alone."""
    reply = answer(disturb(question, 6, seed), moulin)
    sound(reply, moulin)
    own = moulin.intents[QUESTIONS[question]].told
    assert reply.outcome is not Outcome.ANSWERED or {*own} & {*reply.facts}


@pytest.mark.parametrize(
    "message",
    [
        "Que fait Oracle ? Combien Musk a payé Twitter ?",
        "1. Combien vaut TikTok ? 2. Qui est Yohann Poiron ?",
        "Salut. Ça va ? Super. Ok. Qui a racheté Twitter ? Combien vaut TikTok ?",
        "Qui signe l'article du 14 septembre 2020 ? Qui a rejeté l'offre ?",
    ],
)
def test_each_question_that_is_marked_as_one_is_answered(shipped: KnowledgeBase, message: str) -> None:
    """Where each of several questions ends in a question mark and has an answer, none is left out for a surer one."""
    assert len([part for part in answer(message, shipped).parts if part.outcome is Outcome.ANSWERED]) == 2


def test_a_stranger_is_named_beside_what_is_known(moulin: KnowledgeBase) -> None:
    """Of several questions, that nothing is known of a stranger is said, too, and what is known is not lost for it."""
    rules = [part.rule for part in answer("combien offre Azur ? et le Pérou ?", moulin).parts]
    assert rules == [Rule.MATCH, Rule.NAME]


def test_several_who_are_asked_for_together_get_their_cards(moulin: KnowledgeBase) -> None:
    """Whoever asks "qui sont A et B ?" asks for both, and for nothing that they have in common."""
    reply = answer("qui sont Azur et Brunel ?", moulin)
    assert [part.intent for part in reply.parts] == ["acteur-azur", "acteur-brunel"]
    assert len(answer("Azur et Brunel, qui voulait le moulin ?", moulin).parts) == 1


@pytest.mark.parametrize(
    ("taken", "righted"),
    [
        ("puisque la mairie a vendu le moulin à Azur, {}", True),
        ("{}, vu que la mairie a vendu le moulin à Azur", True),
        ("{} depuis que la mairie a vendu le moulin à Azur", True),
        ("puisque la mairie refuse, {}", False),
        ("sachant qu'Azur offre 2 millions d'euros, {}", False),
    ],
)
def test_what_is_wrongly_taken_for_granted_is_put_right_first(
    moulin: KnowledgeBase, taken: str, *, righted: bool
) -> None:
    """Before the answer stands the fact that contradicts what a question takes for granted; of what is so, nothing."""
    reply = answer(taken.format("combien de salariés le moulin emploie-t-il") + " ?", moulin)
    assert [part.intent for part in reply.parts][righted:] == ["effectifs"]
    assert reply.text.startswith("Ce n’est pas ce que disent les articles.") is righted


@pytest.mark.parametrize(
    ("asked", "righted"),
    [
        ("la mairie a vendu le moulin à Azur en 2032 ?", True),
        ("la mairie a-t-elle vendu le moulin à Azur depuis mars 2032 ?", True),
        ("la mairie ne s'oppose pas à la vente en 2033 ?", False),
        ("la mairie refuse la vente en 2033 ?", False),
    ],
)
def test_what_is_denied_is_denied_of_any_time(moulin: KnowledgeBase, asked: str, *, righted: bool) -> None:
    """What was not sold was not sold in a year that no article tells of; what is denied of a denial may be so then."""
    assert answer(asked, moulin).text.startswith("Ce n’est pas ce que disent les articles.") is righted
