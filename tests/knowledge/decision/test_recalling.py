"""knowledge.decision.recalling: the last answer in brief, one point of it, or one of the choices offered."""

from __future__ import annotations

import pytest

from knowledge.conversation import Conversation
from knowledge.engine import answer
from knowledge.language.typography import typeset
from knowledge.model import KnowledgeBase
from knowledge.reply import Outcome
from tests.conftest import Changed
from tests.knowledge.talking import replies

LISTED = "Qui voulait racheter TikTok ?"
"""A question whose answer is a list."""


@pytest.mark.parametrize(
    ("wanted", "place"), [("la première ?", 0), ("et le deuxième ?", 1), ("la 3", 2), ("la dernière stp", -1), ("2", 1)]
)
def test_a_point_of_a_list_can_be_picked(shipped: KnowledgeBase, wanted: str, place: int) -> None:
    """A message such as "la deuxième ?" behind a list tells its second point."""
    listed, picked = replies(shipped, LISTED, wanted)
    assert picked.facts == (listed.facts[place],)


def test_one_point_after_the_other_can_be_picked(shipped: KnowledgeBase) -> None:
    """The list is kept while its points are told: the third is not looked for among the one told last."""
    listed, *_, last = replies(shipped, LISTED, "la première", "et la troisième ?")
    assert last.facts == (listed.facts[2],)


def test_a_picked_point_is_what_the_talk_is_about(moulin: KnowledgeBase) -> None:
    """Behind "la deuxième", a source is wanted of that point alone."""
    listed, _, again = replies(moulin, "Qui voulait racheter le moulin ?", "la deuxième", "tu as une source ?")
    assert listed.facts == ("offre-azur", "retrait-brunel")
    assert again.facts == ("retrait-brunel",)


def test_only_the_first_point_is_told_in_brief(shipped: KnowledgeBase) -> None:
    """Who asks for less gets the first point, and can still ask for all of it again."""
    listed, brief, whole = replies(shipped, LISTED, "plus court", "tu peux répéter ?")
    assert brief.facts == listed.facts[:1]
    assert whole.facts == listed.facts


def test_a_choice_can_be_picked_by_its_place(shipped: KnowledgeBase) -> None:
    """Behind a question that was asked back, "la deuxième" chooses, as the button does; the talk goes on from there."""
    unclear = Conversation(choices=("valeur-tiktok", "musk-twitter-prix"))
    picked = answer("la deuxième", shipped, unclear)
    assert (picked.intent, picked.outcome) == ("musk-twitter-prix", Outcome.ANSWERED)
    assert answer("selon quel article ?", shipped, picked.conversation).facts == picked.facts


@pytest.mark.parametrize("said", ["la suite ?", "plus de détails", "tu peux répéter ?"])
def test_before_a_choice_nothing_was_told_that_could_go_on(shipped: KnowledgeBase, said: str) -> None:
    """Behind a question that was asked back, it is asked again, and can still be chosen from."""
    unclear = Conversation(choices=("valeur-tiktok", "musk-twitter-prix"))
    again = answer(said, shipped, unclear)
    assert again.outcome is Outcome.CLARIFY
    assert answer("la deuxième", shipped, again.conversation).intent == "musk-twitter-prix"


def test_choices_are_not_kept_beyond_the_next_message(shipped: KnowledgeBase) -> None:
    """What was offered two messages ago is not what is picked from."""
    unclear = Conversation(choices=("valeur-tiktok", "musk-twitter-prix"))
    asked = answer("Combien d'utilisateurs aux États-Unis ?", shipped, unclear)
    assert answer("la deuxième", shipped, asked.conversation).intent != "musk-twitter-prix"


@pytest.mark.parametrize("said", ["la deuxième ?", "plus court", "tu peux répéter ?"])
def test_who_refers_to_nothing_is_told_so(shipped: KnowledgeBase, said: str) -> None:
    """Where nothing of the talk is left, it is not said that the articles do not say."""
    (reply,) = replies(shipped, said)
    assert reply.text.startswith("Je n’ai pas le fil")


def test_a_talk_can_go_on_in_time(shipped: KnowledgeBase) -> None:
    """A talk goes on: "et ensuite ?" tells what came next, and from there what came after that."""
    *_, sequel, before = replies(shipped, "Musk a voulu acheter Twitter ?", "et ensuite ?", "et avant ?")
    assert sequel.facts == ("musk-twitter-44-milliards",)
    assert before.facts == ("musk-twitter-intention-2022",)


def test_a_sequel_that_is_not_told_is_admitted(shipped: KnowledgeBase) -> None:
    """Where nothing follows, that is said, and not that the articles have no answer."""
    _, reply = replies(shipped, "En quelle année le BlogNT a-t-il été fondé ?", "et ensuite ?")
    assert reply.outcome is Outcome.UNKNOWN
    assert reply.text.startswith("Je n’en trouve pas la suite")


def test_what_came_next_is_what_came_of_it_where_an_intent_tells_that(shipped: KnowledgeBase) -> None:
    """An intent may tell what came of something, or that the articles do not; what was told already is no sequel."""
    _, reply = replies(shipped, "La Chine a-t-elle changé sa liste d'exportations ?", "et la suite ?")
    assert reply.intent == "licence-exportation"
    _, reply = replies(shipped, "Quel pays enquête sur TikTok en 2020 ?", "et ensuite ?")
    assert reply.intent == "sans-suite-enquete-australie"
    told, reply = replies(shipped, "Quel acheteur Donald Trump a-t-il annoncé ?", "et la suite ?")
    assert not {*told.facts} & {*reply.facts}


def test_what_opens_a_list_is_told_again_with_it(shipped: KnowledgeBase) -> None:
    """That no sale is reported is no less a part of the answer when it is wanted in brief, or again."""
    for wanted in ("en bref", "tu peux répéter ?"):
        told, again = replies(shipped, "qui a finalement racheté TikTok ?", wanted)
        assert again.text.split(":")[0] == told.text.split(":")[0]


@pytest.mark.parametrize("before", ["Combien vaut TikTok ?", "Qui est Elon Musk ?"])
def test_a_point_that_was_not_told_is_not_looked_for(shipped: KnowledgeBase, before: str) -> None:
    """Behind no list, or a shorter one, "la cinquième" is no question about the saga."""
    _, reply = replies(shipped, before, "la cinquième")
    assert (reply.outcome, reply.parts[0].rule) == (Outcome.UNKNOWN, "point")


def test_an_admission_is_told_again(shipped: KnowledgeBase) -> None:
    """What the articles do not say is repeated like what they say."""
    told, again = replies(shipped, "combien Oracle a-t-il payé TikTok ?", "tu peux répéter ?")
    assert again.text == told.text


@pytest.mark.parametrize(
    ("asked", "opening"),
    [
        ("Musk a acheté TikTok ?", "Non, selon l’article."),
        ("TikTok a porté plainte ?", "Oui."),
        ("TikTok n'a pas porté plainte ?", "L’essentiel"),
        ("Combien vaut TikTok ?", "L’essentiel"),
    ],
)
def test_who_wants_it_in_brief_hears_the_yes_or_no_again(shipped: KnowledgeBase, asked: str, opening: str) -> None:
    """« oui ou non » wants what the answer began with; where a denial was asked about, either word may mean both."""
    _, brief = replies(shipped, asked, "oui ou non")
    assert brief.text.startswith(opening)


def test_no_yes_or_no_is_left_of_what_was_gone_on_from(shipped: KnowledgeBase) -> None:
    """Behind other facts, « oui ou non » would be said of these."""
    *_, further, brief = replies(shipped, "Musk a acheté TikTok ?", "développe", "oui ou non")
    assert further.facts
    assert not brief.text.startswith("Non")


def test_where_an_admission_comes_from_is_told_by_what_is_near_it(shipped: KnowledgeBase) -> None:
    """Who asks for the source of what the articles do not say hears what they do say, with its article."""
    admission, near = replies(shipped, "Musk a dit qu'il voulait TikTok ?", "tu as une source ?")
    assert admission.outcome is Outcome.UNKNOWN
    assert near.facts == admission.facts
    assert near.text.startswith(typeset(shipped.intents["demande-de-source"].text))


def test_who_asks_for_sources_of_nothing_hears_which_there_are(shipped: KnowledgeBase) -> None:
    """Where nothing was told yet, « tes sources » are the articles; « source ? » alone goes on from something."""
    listed, adrift = (replies(shipped, asked)[0] for asked in ("tes sources stp", "source ?"))
    assert listed.intent == "les-sources"
    assert adrift.parts[0].rule == "adrift"


def test_more_is_what_was_not_told(shipped: KnowledgeBase) -> None:
    """Who wants to know more hears other facts of the same, each time others."""
    heard = replies(shipped, "quelles entreprises Elon Musk a-t-il fondées ?", "quoi d'autre ?", "dis-m'en plus")
    told = [name for reply in heard for name in reply.facts]
    assert len(told) == len({*told}) > len(heard[0].facts)


def test_without_more_there_is_none(moulin: KnowledgeBase) -> None:
    """Where nothing near is left, that is said."""
    *_, last = replies(moulin, "Combien de farine le moulin produit-il ?", *["quoi d'autre ?"] * 4)
    assert (last.outcome, last.parts[0].rule) == (Outcome.UNKNOWN, "more")


def test_behind_a_summary_comes_what_it_left_out(shipped: KnowledgeBase) -> None:
    """Nothing follows a list that reaches to the end: "la suite" is what it did not tell, and that nothing follows."""
    summary, more = replies(shipped, "résume la saga", "la suite")
    assert more.parts[0].rule == "beyond"
    assert more.text.startswith("Je n’en trouve pas la suite")
    assert {*more.facts}.isdisjoint(summary.facts)


def test_others_are_those_not_told(shipped: KnowledgeBase) -> None:
    """Then "qui d'autre ?" tells who was not named yet, and then that there is nobody else."""
    first, others, none = replies(shipped, "Microsoft voulait racheter TikTok ?", "qui d'autre ?", "et les autres ?")
    assert others.facts
    assert {*others.facts}.isdisjoint(first.facts)
    assert (none.outcome, none.parts[0].rule) == (Outcome.UNKNOWN, "more")


OUTCOME = """
- id: sans-suite
  question: "Qu'est devenue l'offre d'Azur ?"
  gap: "Les articles ne disent pas ce qu'est devenue l'offre d'Azur."
  facts: [offre-azur]
  outcome_of: [offre-azur]
"""


@pytest.mark.parametrize("asked", ["et finalement ?", "ça s'est fait ?", "il l'a fait ?", "résultat ?"])
def test_what_came_of_it_is_told(changed: Changed, asked: str) -> None:
    """Behind what an intent tells the outcome of, "ça s'est fait ?" is answered by that intent, which may admit it."""
    base = changed("issue", {"intents/more.yaml": OUTCOME})
    for before in ("Combien Azur offre-t-elle ?", "Qui voulait racheter le moulin ?"):
        *_, reply = replies(base, before, asked)
        assert reply.intent == "sans-suite"


def test_where_no_outcome_is_known_what_came_next_is_told(moulin: KnowledgeBase) -> None:
    """Without one, "ça a marché ?" wants what came next, not what else has worked; cold, it refers to nothing."""
    for asked in ("et finalement ?", "ça a marché ?"):
        *_, reply = replies(moulin, "Pourquoi la mairie refuse-t-elle la vente ?", asked)
        assert reply.facts == ("retrait-brunel",), asked
    (cold,) = replies(moulin, "ça s'est fait ?")
    assert cold.parts[0].rule == "adrift"


@pytest.mark.parametrize(
    ("asked", "facts"),
    [("laquelle est la plus récente ?", ("retrait-brunel",)), ("la plus ancienne ?", ("offre-azur",))],
)
def test_the_latest_of_several_is_picked_by_its_date(moulin: KnowledgeBase, asked: str, facts: tuple[str, ...]) -> None:
    """Of the offers just told, and not of all that the base tells; of one alone there is none."""
    *_, reply = replies(moulin, "Qui voulait racheter le moulin ?", asked)
    assert reply.facts == facts
    *_, alone = replies(moulin, "Combien Azur offre-t-elle ?", asked)
    assert alone.parts[0].rule != "picked"


def test_what_is_so_by_now_is_what_came_of_it(changed: Changed) -> None:
    """Where nothing answers "et maintenant ?", what came of the offer does."""
    base = changed("issue", {"intents/more.yaml": OUTCOME})
    *_, reply = replies(base, "Combien Azur offre-t-elle ?", "et maintenant ?")
    assert reply.intent == "sans-suite"


def test_of_what_has_no_date_none_is_the_latest(changed: Changed) -> None:
    """Where one of them is undated, it may be that one."""
    listed = "- id: tout\n  question: Que sait-on du moulin ?\n  facts: [offre-azur, retrait-brunel, effectifs]\n"
    base = changed("tout", {"intents/more.yaml": listed})
    *_, reply = replies(base, "Que sait-on du moulin ?", "laquelle est la plus récente ?")
    assert reply.parts[0].rule != "picked"
