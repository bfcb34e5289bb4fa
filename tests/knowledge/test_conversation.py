"""knowledge.conversation: what a person's next message may lean on."""

from __future__ import annotations

import pytest

from knowledge import tuning
from knowledge.conversation import Conversation, merged
from knowledge.engine import answer
from knowledge.model import KnowledgeBase
from knowledge.reading import read
from knowledge.reply import Outcome, Reply


def talk(base: KnowledgeBase, *messages: str) -> Reply:
    """Return the reply to the last message of one person's talk."""
    conversation = Conversation()
    for message in messages:
        reply = answer(message, base, conversation)
        conversation = reply.conversation
    return reply


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
    ],
)
def test_a_whole_question_is_not_bent_to_the_conversation(moulin: KnowledgeBase, question: str) -> None:
    """A question that stands by itself gets the answer that it gets alone."""
    alone, after = answer(question, moulin), talk(moulin, "qui voulait racheter le moulin ?", question)
    assert (after.outcome, after.intent, after.facts, after.text) == (
        alone.outcome,
        alone.intent,
        alone.facts,
        alone.text,
    )


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
    copy = Conversation(before.terms, before.asks, before.intent, before.facts, before.age)
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
