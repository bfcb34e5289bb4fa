"""knowledge.conversation: what a person's next message may lean on."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from knowledge import tuning
from knowledge.compiling.building import build
from knowledge.compiling.sources import collect
from knowledge.conversation import Conversation
from knowledge.decision.following import merged
from knowledge.engine import answer, replied
from knowledge.language.reading import read
from knowledge.model import KnowledgeBase
from knowledge.reply import Outcome, Part, Rule
from tests.knowledge.talking import talk


@pytest.mark.parametrize(
    ("before", "then", "fact"),
    [
        ("qui est Azur ?", "et Brunel ?", "retrait-brunel"),
        ("que propose Azur ?", "non, je parlais de Brunel", "retrait-brunel"),
        ("la mairie refuse la vente", "pourquoi ?", "refus-mairie"),
        ("Brunel a retiré son offre ?", "quand ?", "retrait-brunel"),
        ("combien de salariés ?", "et de farine ?", "production"),
    ],
)
def test_half_a_question_is_read_with_what_went_before(
    moulin: KnowledgeBase, before: str, then: str, fact: str
) -> None:
    """« Et X ? », « pourquoi ? », « quand ? » and a correction go on from the last question."""
    reply = talk(moulin, before, then)
    assert fact in reply.facts


@pytest.mark.parametrize(
    ("before", "then", "card"),
    [
        ("qui est Azur ?", "et Brunel ?", "acteur-brunel"),
        ("c'est quoi Azur", "et la mairie", "acteur-mairie"),
        ("Azur", "et Brunel ?", "acteur-brunel"),
    ],
)
def test_behind_who_somebody_is_a_mere_name_asks_the_same(
    moulin: KnowledgeBase, before: str, then: str, card: str
) -> None:
    """« et X ? » asks of X what was asked last: there, who that is; any answer beside it would be another one."""
    assert talk(moulin, before, then).intent == card
    assert talk(moulin, "que propose Azur ?", then).intent != card


@pytest.mark.parametrize(
    ("before", "then", "actors"),
    [
        ("combien Azur offre pour le moulin ?", "non, je parlais de Brunel", {"brunel", "moulin"}),
        ("combien Azur offre ?", "et le moulin ?", {"moulin"}),
        ("combien Azur offre pour le moulin ?", "qui est Brunel ?", {"brunel"}),
    ],
)
def test_a_name_replaces_one_of_its_sort(moulin: KnowledgeBase, before: str, then: str, actors: set[str]) -> None:
    """A mere name replaces the company or the thing that was asked about, or the other where there is none."""
    conversation = talk(moulin, before).conversation
    assert set(merged(read(then, moulin.lexicon), conversation, moulin).actors) == actors


def test_a_stranger_replaces_everybody(moulin: KnowledgeBase) -> None:
    """Nothing is known of whom or what a strange name stands for."""
    conversation = talk(moulin, "combien Azur offre pour le moulin ?").conversation
    assert merged(read("et le Pérou ?", moulin.lexicon), conversation, moulin).actors == ()


def test_a_month_replaces_the_year_of_the_last_question(moulin: KnowledgeBase) -> None:
    """It may be one of another year."""
    conversation = talk(moulin, "combien Azur offre en 2031 ?").conversation
    assert conversation.years == (2031,)
    assert merged(read("et en avril ?", moulin.lexicon), conversation, moulin).years == ()
    assert merged(read("et Brunel ?", moulin.lexicon), conversation, moulin).years == (2031,)


@pytest.mark.parametrize(("age", "actors"), [(0, ["azur"]), (tuning.CONTEXT_FADES, [])])
def test_whom_a_talk_is_about_is_kept_while_it_is_fresh(moulin: KnowledgeBase, age: int, actors: list[str]) -> None:
    """A question that names nobody still is about whom was spoken of, and no longer when that has faded."""
    before = replace(talk(moulin, "que propose Azur ?").conversation, age=age)
    known = moulin.index.known("prix-azur")
    after = before.understood(read("quel prix ?", moulin.lexicon), "prix-azur", ("offre-azur",), known, listed=())
    assert [term.actor for term in after.terms if term.actor] == actors


@pytest.mark.parametrize("then", ["tu as une source ?", "quelle est ta source ?"])
def test_the_source_of_an_answer_can_be_asked_for(moulin: KnowledgeBase, then: str) -> None:
    """Who asks for a source after an answer is shown the article that it rests on."""
    reply = talk(moulin, "combien de salariés ?", then)
    assert [source.article for source in reply.sources] == ["echo"]


@pytest.mark.parametrize(
    "question",
    [
        "combien de salariés le moulin emploie-t-il ?",
        "pourquoi la mairie refuse-t-elle la vente ?",
        "combien offrait Brunel ?",
        "qui est Azur ?",
        "bonjour",
        "est-ce que la mairie refuse svp ?",
        "Azur offre 5 millions d'euros ?",
    ],
)
@pytest.mark.parametrize("before", ["qui voulait racheter le moulin ?", "que voulait la mairie en 2031 ?"])
def test_a_whole_question_is_not_bent_to_the_conversation(moulin: KnowledgeBase, before: str, question: str) -> None:
    """A question that stands by itself gets the answer that it gets alone, with its yes or no, whatever was asked."""
    alone, after = answer(question, moulin), talk(moulin, before, question)
    assert (after.outcome, after.intent, after.facts, after.text) == (
        alone.outcome,
        alone.intent,
        alone.facts,
        alone.text,
    )


@pytest.mark.parametrize("question", ["Qui est Walmart ?", "c'est qui Pompeo ?", "Tesla, c'est quoi ?"])
def test_whoever_has_a_card_is_presented_in_any_talk(shipped: KnowledgeBase, question: str) -> None:
    """Who somebody is can be asked behind any question: it is never said that the articles do not say."""
    for before in ("Combien vaut TikTok ?", "Combien Musk a payé Twitter ?"):
        assert talk(shipped, before, question).outcome is Outcome.ANSWERED


def test_a_name_that_leans_on_nothing_is_presented(shipped: KnowledgeBase) -> None:
    """A first message such as "et Musk ?" asks who that is."""
    assert talk(shipped, "et Musk ?").intent == "acteur-elon-musk"


def test_words_that_fit_anything_mean_what_was_spoken_of(shipped: KnowledgeBase) -> None:
    """A phrasing that names nothing, word for word, is only meant where nothing was spoken of that it fits."""
    asked = "c'était la première fois ?"
    assert answer(asked, shipped).intent == "nombre-vagues-licenciements"
    assert talk(shipped, "c'est quoi la liste d'exportation ?", asked).intent == "liste-exportations-chine"


def test_what_is_far_less_likely_is_not_asked_back_about(shipped: KnowledgeBase) -> None:
    """Of what a name alone may ask for behind a list, the likeliest is told."""
    assert talk(shipped, "qui veut racheter TikTok ?", "et Musk ?").intent == "musk-et-tiktok"


@pytest.mark.parametrize("then", ["recette de crêpes", "un chat noir", "quand sort gta 6", "la météo demain"])
def test_another_subject_is_no_follow_up(moulin: KnowledgeBase, then: str) -> None:
    """A message about something else does not get the last answer once more."""
    assert talk(moulin, "la mairie refuse la vente ?", then).outcome is Outcome.UNKNOWN


@pytest.mark.parametrize("then", ["😂", "?!", "\0"])
def test_a_message_without_words_is_no_follow_up(moulin: KnowledgeBase, then: str) -> None:
    """An emoji in reply to an answer is no question."""
    assert talk(moulin, "la mairie refuse la vente ?", then).outcome is not Outcome.ANSWERED


@pytest.mark.parametrize("then", ["tous ?", "et là ?"])
def test_little_words_with_a_question_mark_go_on(moulin: KnowledgeBase, then: str) -> None:
    """« Tous ? » asks about what was just told, though none of its words means anything."""
    assert talk(moulin, "la mairie refuse la vente ?", then).facts == ("refus-mairie",)


def test_who_goes_on_is_not_sent_away(moulin: KnowledgeBase) -> None:
    """What goes on from an answer and is not understood is no other subject: it is not found, and that is said."""
    assert talk(moulin, "la mairie refuse la vente ?", "et les conséquences ?").parts[0].rule == "detail"
    assert answer("et les conséquences ?", moulin).parts[0].rule == "off-topic"


def test_a_name_from_elsewhere_is_no_follow_up(moulin: KnowledgeBase) -> None:
    """« Et le Pérou ? » is not answered with what was said of somebody else."""
    assert talk(moulin, "la mairie refuse la vente ?", "et le Pérou ?").outcome is Outcome.UNKNOWN


@pytest.mark.parametrize("words", [3, 12, 40])
def test_gibberish_is_no_follow_up(moulin: KnowledgeBase, words: int) -> None:
    """What nobody understands is not answered with what was told before, however long it is."""
    text = " ".join(
        ["efyioghe", "wrjvclb", "abvrzpp", "lbbmatr"][place % 4] + "k" * (place // 4) for place in range(words)
    )
    assert talk(moulin, "qui voulait racheter le moulin ?", text).outcome is Outcome.UNKNOWN


def test_what_a_changed_base_no_longer_has_is_forgotten(moulin: KnowledgeBase, small: Path) -> None:
    """A conversation that began before a reload goes on as a new one where what it spoke of is gone."""
    conversation = talk(moulin, "combien de salariés ?").conversation
    for path in small.rglob("*.yaml"):
        path.write_text(path.read_text(encoding="utf-8").replace("effectifs", "employes"), encoding="utf-8")
    reply = answer("et de farine ?", build(collect(small)), conversation)
    assert reply.text == answer("et de farine ?", moulin).text


def test_a_new_conversation_can_be_asked_for(moulin: KnowledgeBase) -> None:
    """« Oublie tout » ends a conversation by whatever door it comes."""
    assert not talk(moulin, "la mairie refuse la vente ?", "oublie tout").conversation.fresh


@pytest.mark.parametrize(
    "said", ["j'ai une autre question", "autre question", "nouvelle question", "dernière question"]
)
def test_one_more_question_may_be_announced(moulin: KnowledgeBase, said: str) -> None:
    """Whoever announces a question, in however few words, is listened to, and the conversation goes on."""
    reply = talk(moulin, "la mairie refuse la vente ?", said)
    assert [part.intent for part in reply.parts] == ["autre-question"]
    assert reply.conversation.fresh


def test_behind_a_choice_what_was_asked_is_meant(moulin: KnowledgeBase) -> None:
    """Somebody who was asked back and goes on means what they asked, not what was told before; or makes a choice."""
    before = talk(moulin, "combien de salariés ?").conversation
    part = Part(read("azur", moulin.lexicon), (), Rule.NEAR, choices=("acheteurs", "prix-azur"))
    after = replied("azur", [part], moulin, before).conversation
    assert after.fresh
    assert [term.actor for term in after.terms] == ["azur"]
    assert after.facts == ()
    assert after.choices == ("acheteurs", "prix-azur")


def test_whom_a_talk_is_about_is_remembered(moulin: KnowledgeBase) -> None:
    """A question that names nobody goes on about whom the one before named, and so does the next."""
    conversation = talk(moulin, "qui est Brunel ?", "pourquoi elle a retiré son offre ?").conversation
    assert "brunel" in [term.actor for term in conversation.terms]


def test_a_source_asked_for_is_no_subject(moulin: KnowledgeBase) -> None:
    """A question behind « ta source ? » goes on from the answer that the source was asked for."""
    reply = talk(moulin, "qui voulait racheter le moulin ?", "ta source ? et combien de farine ?")
    assert [part.intent for part in reply.parts] == ["demande-de-source", "production"]


def test_a_year_alone_asks_the_last_question_for_it(shipped: KnowledgeBase) -> None:
    """Behind a question, "en 2020" does not ask what else happened then, whether or not it has a question mark."""
    asked = ("Qui voulait racheter TikTok ?",)
    assert talk(shipped, *asked, "en 2020").facts == talk(shipped, *asked, "et en 2020 ?").facts
    assert set(talk(shipped, *asked, "en 2020").facts) < set(shipped.intents["candidats-au-rachat"].told)


@pytest.mark.parametrize(
    ("text", "facts"),
    [("et en mars 2031 ?", ("offre-azur",)), ("et en avril 2031 ?", ("retrait-brunel",)), ("et en mai 2031 ?", ())],
)
def test_a_month_of_a_year_asks_the_last_question_for_it(
    moulin: KnowledgeBase, text: str, facts: tuple[str, ...]
) -> None:
    """Of who wanted the mill, who did so then; nothing where nothing is told of that month."""
    assert talk(moulin, "qui voulait racheter le moulin ?", text).facts == facts


def test_another_year_is_looked_for_beside_the_last_answer(small: Path) -> None:
    """« Et en 2029 ? » finds what another intent tells of that year on the same topic, or says it finds nothing."""
    (small / "facts" / "more.yaml").write_text(
        '- id: offre-2029\n  text: "En 2029, Brunel voulait le moulin."\n  when: {date: 2029, basis: stated}\n'
        "  status: established\n  actors: [brunel, moulin]\n  topics: [vente]\n"
        "  sources: [{article: echo, paragraph: 2, evidence: [faute d'accord]}]\n",
        encoding="utf-8",
    )
    (small / "intents" / "more.yaml").write_text(
        '- {id: aa, question: "Qui voulait racheter le moulin en 2029 ?", facts: [offre-2029]}\n', encoding="utf-8"
    )
    base = build(collect(small))
    assert talk(base, "qui voulait racheter le moulin en 2031 ?", "et en 2029 ?").facts == ("offre-2029",)
    assert talk(base, "qui voulait racheter le moulin en 2031 ?", "et en 1999 ?").outcome is Outcome.UNKNOWN


@pytest.mark.parametrize(("then", "outcome"), [("ça marche ?", Outcome.UNKNOWN), ("ça marche", Outcome.SMALLTALK)])
def test_a_question_about_an_answer_is_no_small_talk(moulin: KnowledgeBase, then: str, outcome: Outcome) -> None:
    """With a question mark, « ça marche ? » asks about what was told; without one, it takes note."""
    assert talk(moulin, "que produit le moulin ?", then).outcome is outcome


def test_small_talk_does_not_end_a_conversation(moulin: KnowledgeBase) -> None:
    """After a thank-you, the last question can still be gone on from."""
    reply = talk(moulin, "quel est le prix proposé par Azur ?", "merci", "et Brunel ?")
    assert "retrait-brunel" in reply.facts


def test_an_old_context_fades(moulin: KnowledgeBase) -> None:
    """After some messages that were no questions, a follow-up has nothing to lean on."""
    conversation = talk(moulin, "la mairie refuse la vente ?").conversation
    assert conversation.fresh
    for _ in range(tuning.CONTEXT_FADES):
        conversation = answer("bonjour", moulin, conversation).conversation
    assert not conversation.fresh
    assert answer("pourquoi ?", moulin, conversation).outcome is not Outcome.ANSWERED


def test_a_new_conversation_has_nothing_to_lean_on(moulin: KnowledgeBase) -> None:
    """A follow-up without a question before it is no question."""
    assert not Conversation().fresh
    assert answer("pourquoi ?", moulin).outcome is not Outcome.ANSWERED


def test_the_state_is_a_value(moulin: KnowledgeBase) -> None:
    """Asking leaves the conversation that was passed in as it was, so that a question can be tried twice."""
    before = talk(moulin, "quel est le prix proposé par Azur ?").conversation
    copy = replace(before)
    first, second = answer("et Brunel ?", moulin, before), answer("et Brunel ?", moulin, before)
    assert before == copy
    assert (first.text, first.conversation) == (second.text, second.conversation)


def test_two_people_do_not_hear_each_other(moulin: KnowledgeBase) -> None:
    """The engine keeps no state: interleaved conversations end as they do apart."""
    one, other = Conversation(), Conversation()
    one = answer("quel est le prix proposé par Azur ?", moulin, one).conversation
    other = answer("combien de salariés ?", moulin, other).conversation
    ours, theirs = answer("et Brunel ?", moulin, one), answer("et de farine ?", moulin, other)
    assert ours.text == talk(moulin, "quel est le prix proposé par Azur ?", "et Brunel ?").text
    assert theirs.text == talk(moulin, "combien de salariés ?", "et de farine ?").text


@pytest.mark.parametrize("said", ["inquiétant", "pas bête", "c'est dingue ça", "ils abusent quand même"])
def test_a_remark_is_no_question(shipped: KnowledgeBase, said: str) -> None:
    """Few words amid a talk that ask and name nothing are not answered with facts, and do not end the talk."""
    reply = talk(shipped, "Combien vaut TikTok ?", said)
    assert reply.outcome is not Outcome.ANSWERED
    told = talk(shipped, "Combien vaut TikTok ?").facts
    assert talk(shipped, "Combien vaut TikTok ?", said, "selon qui ?").facts == told


def test_behind_several_questions_the_last_is_meant(shipped: KnowledgeBase) -> None:
    """A follow-up goes on from the questions of one message as from the same ones sent one after the other."""
    first, second = "combien d'utilisateurs aux États-Unis ?", "Que devient Oracle pour TikTok ?"
    together, apart = talk(shipped, f"{first} {second}", "qui l'a dit ?"), talk(shipped, first, second, "qui l'a dit ?")
    assert together.text == apart.text


def test_the_side_of_a_year_is_carried_over(moulin: KnowledgeBase) -> None:
    """Behind "depuis 2030" a follow-up still asks for all the years on that side, not for 2030 alone."""
    reading = read("et Azur ?", moulin.lexicon)
    before = talk(moulin, "qui voulait racheter le moulin depuis 2030 ?").conversation
    assert merged(reading, before, moulin).years == before.years != (2030,)


def test_a_question_without_words_asks_about_what_was_told(shipped: KnowledgeBase) -> None:
    """A bare "combien ?" has no word that leads anywhere: what rests on the facts told last competes, and admits it."""
    assert talk(shipped, "Trump a trouvé un acheteur ?", "combien ?").intent == "sans-details-acheteur-annonce"


def test_what_was_told_beside_an_answer_is_not_meant(shipped: KnowledgeBase) -> None:
    """A bare "pourquoi ?" asks about the answer proper, not about the second one that was told with it."""
    assert talk(shipped, "l'Australie a fait quoi", "pourquoi ?").intent == "enquete-australie"


def test_what_was_spoken_of_stays_through_brief_questions(shipped: KnowledgeBase) -> None:
    """Then "c'est la première fois ?" asks of the dismissals spoken of, and so does what comes next."""
    reply = talk(shipped, "TikTok a viré des gens ?", "c'est la première fois ?")
    assert any(term.text == "vire" for term in reply.conversation.terms)


def test_a_year_of_the_last_question_binds_nothing(shipped: KnowledgeBase) -> None:
    """Then "pourquoi ça ?" behind a question about a law of 2024 is not told that there is nothing for 2024."""
    reply = talk(shipped, "c'est quoi la loi de 2024", "quel jour ?", "pourquoi ça ?")
    assert reply.parts[0].rule != "year"


def test_what_was_not_understood_can_be_put_right(shipped: KnowledgeBase) -> None:
    """Then "je parle de Musk" completes the question before, though that found no answer."""
    asked = "et cette histoire de reprise ?"
    first, put_right = talk(shipped, asked), talk(shipped, asked, "je parle de Musk")
    assert (first.outcome, put_right.intent) == (Outcome.UNKNOWN, "musk-et-tiktok")


def test_that_of_somebody_else_is_what_was_asked_last(moulin: KnowledgeBase) -> None:
    """« et celui de Brunel ? » asks of Brunel what was asked of Azur, and nothing else that is known of Brunel."""
    reply = talk(moulin, "quel est le prix proposé par Azur ?", "et celui de Brunel ?")
    assert (reply.intent, reply.parts[0].followed) == ("sans-prix-de-brunel", True)


def test_whom_a_comparison_names_stands_beside_who_was_spoken_of(moulin: KnowledgeBase) -> None:
    """Who asks "plus que Brunel ?" asks about both; "et Brunel ?" asks about Brunel alone."""
    talk = answer("combien Azur offre-t-elle pour le moulin ?", moulin).conversation
    beside, instead = (
        merged(read(text, moulin.lexicon), talk, moulin) for text in ("c'est plus que Brunel ?", "et Brunel ?")
    )
    assert {"azur", "brunel"} <= {*beside.actors}
    assert not beside.focus
    assert "azur" not in instead.actors
    assert instead.focus == ("brunel",)


def test_what_says_nothing_of_its_own_is_not_taken_for_granted(moulin: KnowledgeBase) -> None:
    """« Qui vend depuis ça ? » denies nothing of what « ça » stands for: it gets no « Ce n'est pas … »."""
    reply = talk(moulin, "la mairie a vendu le moulin à Azur ?", "qui vend depuis ça ?")
    assert reply.parts[0].statement is None


@pytest.mark.parametrize("question", ["pourquoi ce contrat ?", "c'est quoi cette farine ?"])
def test_what_is_pointed_at_before_anything_was_said_is_named(moulin: KnowledgeBase, question: str) -> None:
    """Where nothing was spoken of, "ce contrat" can only be the contract that it names."""
    assert answer(question, moulin).parts[0].reading.terms
