"""knowledge.verdict.statements: a yes or a no only where a question says just what a statement says."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
import yaml

from knowledge.engine import answer
from knowledge.language.reading import read
from knowledge.model import KnowledgeBase
from tests.conftest import MOULIN, Changed

STATEMENTS = """
- id: marche
  question: "Que sait-on du marché entre Azur et Brunel ?"
  facts: [refus-mairie]
  yes:
    - Azur a racheté Brunel
    - Brunel appartient à Azur
    - Brunel est à Azur
    - la mairie doit indemniser Azur
    - Azur emploie 40 salariés
    - la vente a eu lieu le 19 janvier 2031
    - le contrat n'avait pas changé depuis 2008
    - quatre associations ont signé le contrat
    - la mairie a signé le contrat
    - le moulin de Valrose emploie 12 apprentis
    - Azur a été critiqué pour son offre
    - la mairie défend le contrat
    - l'offre d'Azur est connue
    - la mairie voulait acheter la farine
  no:
    - Brunel a vendu la farine
    - Azur veut acheter la farine
    - le contrat a été vendu
    - le contrat ne concerne pas la farine
- id: autre-marche
  question: "Quel contrat la mairie a-t-elle signé ?"
  facts: [refus-mairie]
  yes: [la mairie aime le pain]
"""
MORE = """
- id: reste
  question: "Que sait-on du reste de la farine ?"
  facts: [offre-azur]
  yes:
    - la vente s'est faite en des mois
    - la mairie avait poussé à la vente
    - Azur réclamerait la farine
    - Azur est à la mairie
    - la récolte vaut 12 millions
  no:
    - Azur a acheté la ferme
    - Azur a acheté le moulin
    - la récolte est abondante
"""
SEEMING = """
- id: allure
  question: "De quoi Azur a-t-il l'air ?"
  facts: [effectifs]
  yes: [Azur semble inquiet, Azur a racheté Brunel]
  no: [Azur a acheté la ferme]
"""


@pytest.fixture(scope="module")
def base(changed: Changed) -> KnowledgeBase:
    """Return the invented base, with an intent that has statements of every sort."""
    return changed("marche", {"intents/more.yaml": STATEMENTS})


Judged = Callable[..., "bool | None"]


@pytest.fixture
def judged(changed: Changed) -> Judged:
    """Return what tells the truth of a question by the statements of an intent, which it calls `name`."""

    def truth(question: str, name: str, fact: str, **statements: Sequence[str]) -> bool | None:
        intent = {"id": name, "question": "Qui est curieux ?", "facts": [fact], **statements}
        base = changed(name, {"intents/more.yaml": yaml.safe_dump([intent], allow_unicode=True)})
        return answer(question, base).parts[0].truth

    return truth


@pytest.fixture(scope="module")
def other(changed: Changed) -> KnowledgeBase:
    """Return the invented base, where a word is a part of what everything is about."""
    saga = (MOULIN / "saga.yaml").read_text(encoding="utf-8")
    return changed("reste", {"saga.yaml": saga + "part: [filiale]\n", "intents/more.yaml": MORE})


@pytest.mark.parametrize(
    "question",
    [
        "Azur a racheté Brunel ?",
        "est-ce que Azur a acheté Brunel",
        "Brunel, il appartient à Azur ?",
        "la mairie doit indemniser Azur, c'est ça ?",
        "la vente a eu lieu le 19 janvier 2031 ?",
        "Azur a racheté Brunel, n'est-ce pas ?",
        "Azur a racheté Brunel, si je ne m'abuse ?",
        "Azur a racheté Brunel, tu peux confirmer ?",
        "le contrat avait pas changé depuis 2008 ?",
        "pour l'achat, Azur a acheté Brunel ?",
        "Azur a racheté Brunel ou quoi ?",
        "Azur a racheté Brunel ou koi",
        "brunel c a azur ?",
    ],
)
def test_the_same_in_other_words_is_confirmed(base: KnowledgeBase, question: str) -> None:
    """Synonyms, articles and the form of a question make no other statement."""
    assert answer(question, base).parts[0].truth is True


@pytest.mark.parametrize(
    "question",
    [
        "la mairie a indemnisé Azur ?",
        "la mairie pourrait indemniser Azur ?",
        "Azur rachètera Brunel ?",
        "Azur a été racheté par Brunel ?",
        "Azur appartient à Brunel ?",
        "Brunel a racheté Azur ?",
        "pour l'achat, Brunel a acheté Azur ?",
        "Azur n'a racheté que Brunel ?",
        "Azur a racheté Brunel du jour au lendemain ?",
        "Azur a racheté Brunel en cachette ?",
        "Azur a racheté Brunel temporairement ?",
        "Azur a racheté Brunel pour se venger ?",
        "ce n'est pas vrai que Azur a racheté Brunel ?",
        "Azur a racheté Brunel, c'est faux ?",
        "le contrat n'avait pas changé depuis 2007 ?",
        "la mairie a vendu le contrat ?",
        "toutes les associations ont signé le contrat ?",
    ],
)
def test_what_differs_in_manner_order_or_date_is_not(base: KnowledgeBase, question: str) -> None:
    """What must be done is not done, who is bought is not the buyer, and the one year is not the other."""
    assert answer(question, base).parts[0].truth is not True


@pytest.mark.parametrize(
    ("question", "truth"),
    [
        ("Azur a soutenu financièrement Brunel ?", True),
        ("Azur a financièrement soutenu Brunel ?", None),
        ("Brunel a soutenu financièrement Azur ?", None),
        ("financièrement, Azur et Brunel ont soutenu ?", None),
    ],
)
def test_where_a_name_stands_among_the_words_behind_the_deed_makes_no_difference(
    judged: Judged, question: str, *, truth: bool | None
) -> None:
    """Who does what to whom is told by who stands before the deed; who stands before an adverb tells nothing."""
    assert judged(question, "soutien", "refus-mairie", yes=["Azur a soutenu Brunel financièrement"]) is truth


@pytest.mark.parametrize(
    ("question", "truth"),
    [
        ("le 19 mars 2031, la mairie a vendu la ferme ?", True),
        ("la mairie a vendu le 19 mars 2031 la ferme ?", True),
        ("la ferme a pris 40 % ?", None),
        ("40 % de la ferme, c'est pris ?", True),
    ],
)
def test_a_date_may_stand_anywhere_and_a_share_may_not(judged: Judged, question: str, *, truth: bool | None) -> None:
    """When it was is the same wherever it is said; a share of something is no rise of it."""
    yes = ["la mairie a vendu la ferme le 19 mars 2031", "40 % de la ferme sont pris"]
    assert judged(question, "ferme", "refus-mairie", yes=yes) is truth


@pytest.mark.parametrize(
    ("question", "truth"),
    [
        ("Brunel a été racheté par Azur ?", True),
        ("Brunel racheté par Azur ?", True),
        ("le rachat de Brunel par Azur ?", None),
        ("la farine a été vendue par Brunel ?", False),
        ("la farine a été vendue par Azur ?", None),
    ],
)
def test_what_is_done_by_somebody_is_what_they_did(base: KnowledgeBase, question: str, *, truth: bool | None) -> None:
    """The passive says the same, with whom it is done to in front."""
    assert answer(question, base).parts[0].truth is truth


@pytest.mark.parametrize(
    ("question", "truth"),
    [
        ("le moulin emploie plus de 30 salariés ?", True),
        ("le moulin emploie plus de 45 salariés ?", True),
        ("le moulin emploie plus de 50 salariés ?", None),
        ("le moulin emploie moins de 50 salariés ?", None),
        ("le moulin emploie moins de 30 salariés ?", False),
        ("le moulin emploie 50 salariés ?", None),
        ("le moulin emploie 30 salariés ?", False),
    ],
)
def test_a_figure_that_is_only_passed_may_be_any_above(changed: Changed, question: str, *, truth: bool | None) -> None:
    """Where a fact says "plus de 45", whether there are 50 is not told."""
    facts = (MOULIN / "facts" / "chiffres.yaml").read_text(encoding="utf-8")
    more = {"id": "effectif", "question": "Qui est curieux ?", "facts": ["effectifs"]}
    statements = {**more, "yes": ["le moulin emploie 45 salariés"]}
    base = changed(
        "passe",
        {
            "facts/chiffres.yaml": facts.replace("emploie 45 salariés", "emploie plus de 45 salariés"),
            "intents/more.yaml": yaml.safe_dump([statements], allow_unicode=True),
        },
    )
    assert answer(question, base).parts[0].truth is truth


@pytest.mark.parametrize(
    ("question", "truth"),
    [
        ("Azur n'a plus de farine ?", None),
        ("Azur n'a pas de farine ?", False),
        ("Azur n'a pas que de la farine ?", None),
        ("Azur n'a pas qu'un sac de farine ?", None),
    ],
)
def test_no_longer_and_not_only_are_no_mere_not(judged: Judged, question: str, *, truth: bool | None) -> None:
    """What is so no longer was so, and what is not all there is is there."""
    assert judged(question, "sac", "refus-mairie", yes=["Azur a de la farine", "Azur a un sac de farine"]) is truth


def test_a_month_is_not_denied_for_a_day_of_it(judged: Judged) -> None:
    """That it was not on the 30th does not mean that it was not in that month."""
    no = ["la ferme a fermé le 30 mars 2031"]
    assert judged("la ferme a fermé le 30 mars 2031 ?", "jour", "refus-mairie", no=no) is False
    assert judged("la ferme a fermé en mars 2031 ?", "jour", "refus-mairie", no=no) is None


def test_who_is_named_twice_in_a_statement_is_so_in_a_question(judged: Judged) -> None:
    """Who did not sell to their own company may have sold."""
    no = ["Brunel a loué à la société Brunel"]
    assert judged("Brunel a loué à la société Brunel ?", "double", "retrait-brunel", no=no) is False
    assert judged("Brunel a loué ?", "double", "retrait-brunel", no=no) is None


@pytest.mark.parametrize(
    "question",
    [
        "Azur emploie 20 salariés ?",
        "la vente a eu lieu le 20 janvier 2031 ?",
        "trois associations ont signé le contrat ?",
    ],
)
def test_another_figure_is_denied(base: KnowledgeBase, question: str) -> None:
    """Where the figure of a thing is known, another one is wrong, without being listed."""
    assert answer(question, base).parts[0].truth is False


@pytest.mark.parametrize(
    ("question", "truth"),
    [
        ("Azur emploie plus de 20 salariés ?", True),
        ("Azur emploie moins de 20 salariés ?", False),
        ("Azur emploie plus de 50 salariés ?", False),
        ("Azur emploie plus de 40 salariés ?", None),
        ("Azur emploie environ 38 salariés ?", None),
        ("Azur emploie des milliers de salariés ?", None),
        ("Azur emploie au moins un 4e salarié ?", None),
    ],
)
def test_a_bound_is_no_figure(base: KnowledgeBase, question: str, *, truth: bool | None) -> None:
    """More than 20 are 40; whether more than 40 are is not told, nor what about 38 are; a rank is no number."""
    assert answer(question, base).parts[0].truth is truth


@pytest.mark.parametrize(
    ("question", "truth"),
    [
        ("Azur a payé 3 ?", None),
        ("Azur a payé 3 mille ?", False),
        ("Azur a payé 4 millions ?", False),
        ("Azur a payé 4 millions d'euros ?", False),
    ],
)
def test_a_figure_without_its_millions_is_not_denied(changed: Changed, question: str, *, truth: bool | None) -> None:
    """Whoever leaves out the millions means them: "Azur a payé 3 ?" gets no « Non »; nor does the unit matter."""
    priced = (
        "- id: paye\n  question: Combien Azur a-t-elle payé ?\n  facts: [offre-azur]\n  yes: [Azur a payé 3 millions]\n"
    )
    assert answer(question, changed("paye", {"intents/more.yaml": priced})).parts[0].truth is truth


@pytest.mark.parametrize(
    ("question", "truth"),
    [
        ("Azur n'a pas racheté Brunel ?", False),
        ("Brunel n'a jamais vendu la farine ?", True),
        ("le contrat concerne la farine ?", True),
        ("la mairie ne doit pas indemniser Azur ?", None),
        ("Azur, et pas la mairie, a racheté Brunel ?", None),
        ("ce n'est pas Azur mais la mairie qui a racheté Brunel ?", None),
    ],
)
def test_what_denies_a_statement_gets_the_opposite(base: KnowledgeBase, question: str, *, truth: bool | None) -> None:
    """« pas » and « jamais » turn a statement, where they deny all of it, and "must not" does not."""
    assert answer(question, base).parts[0].truth is truth


@pytest.mark.parametrize(
    ("question", "truth"),
    [
        ("la vente s'est faite en un mois ?", None),
        ("la vente s'est faite en des mois ?", True),
        ("la mairie pousse à la vente ?", None),
        ("la mairie a poussé à la vente ?", True),
        ("Azur réclamerait la farine ?", True),
        ("Azur réclame la farine ?", True),
        ("Azur a acheté la ferme, c'est sûr ?", False),
        ("la récolte est très abondante ?", False),
        ("la récolte n'est pas très abondante ?", None),
        ("c'est Brunel qui réclamerait la farine ?", None),
        ("c'est Azur qui réclamerait la farine ?", True),
        ("Azur est-elle coopérative à la mairie ?", None),
        ("Azur est à la mairie ?", True),
        ("Azur et la mairie ?", None),
        ("Azur a acheté la filiale du moulin ?", False),
        ("la récolte vaut 12 millions de tonnes ?", None),
    ],
)
def test_what_says_less_or_the_same_is_the_same(other: KnowledgeBase, question: str, *, truth: bool | None) -> None:
    """A part meant anyway, a unit, how surely or how much it is said make no difference; tense and number do."""
    assert answer(question, other).parts[0].truth is truth


@pytest.mark.parametrize(
    ("question", "truths"),
    [
        ("Azur a racheté Brunel ? Azur offre 5 millions d'euros ?", [True, False]),
        ("c'est vrai que Azur a racheté Brunel et que Azur offre 5 millions d'euros ?", [None, None]),
    ],
)
def test_one_sentence_gets_one_yes(base: KnowledgeBase, question: str, truths: list[bool | None]) -> None:
    """« Oui » to two things in one sentence would say yes to both."""
    assert [part.truth for part in answer(question, base).parts] == truths


@pytest.mark.parametrize(
    ("question", "truth"),
    [
        ("il emploie 12 apprentis ?", True),
        ("le contrat avait-il changé en 2031 depuis 2008 ?", None),
        ("la mairie a signé le contrat en 2031 ?", True),
        ("la mairie a signé le contrat en mars ?", True),
        ("la mairie a signé le contrat en avril ?", None),
        ("la mairie aurait signé le contrat ?", True),
        ("la mairie semble avoir signé le contrat ?", True),
        ("la mairie signera le contrat ?", None),
        ("Brunel a vendu la farine pour 30 ?", False),
        ("Brunel aurait vendu la farine ?", None),
    ],
)
def test_what_the_facts_bear_out_makes_no_difference(base: KnowledgeBase, question: str, *, truth: bool | None) -> None:
    """What everything is about need not be named, all facts lie in March 2031, and what is so is also said to be so."""
    assert answer(question, base).parts[0].truth is truth


@pytest.mark.parametrize(
    ("question", "truth"),
    [
        ("mon pote affirme que la mairie a signé le contrat", True),
        ("ma mère prétend que Brunel a vendu la farine, c'est vrai ?", False),
        ("Brunel dit que la mairie a signé le contrat ?", None),
        ("mon pote ne dit pas que la mairie a signé le contrat ?", None),
    ],
)
def test_who_repeats_it_makes_no_difference(base: KnowledgeBase, question: str, *, truth: bool | None) -> None:
    """A friend's word is no part of what is asked; an actor's is."""
    assert answer(question, base).parts[0].truth is truth


@pytest.mark.parametrize(
    ("question", "truth"),
    [
        ("la vente vaut 30 millions ?", False),
        ("la vente de farine vaut 30 millions de francs ?", None),
        ("la vente vaut 2 milliards ?", False),
        ("la vente à Azur vaut 12 millions de francs ?", True),
    ],
)
def test_whom_and_in_what_need_not_be_named_with_a_figure(judged: Judged, question: str, *, truth: bool | None) -> None:
    """Who is in all facts, and what is counted, may be left out; a figure is wrong though it is a bound that holds."""
    yes = ["la vente à Azur vaut 12 millions de francs", "la vente vaut moins de 30 millions"]
    assert judged(question, "vente", "offre-azur", yes=yes) is truth


@pytest.mark.parametrize(
    ("question", "truth"),
    [
        ("le scrutin a eu lieu un lundi ?", False),
        ("le scrutin n'a pas eu lieu un lundi ?", True),
        ("le scrutin a eu lieu un jour férié ?", None),
        ("la farine a coûté 12 millions d'euros ?", False),
        ("le scrutin a baissé la dette ?", False),
        ("le scrutin a payé la dette ?", None),
    ],
)
def test_what_excludes_what_is_so_is_false(judged: Judged, question: str, *, truth: bool | None) -> None:
    """A Monday is no Friday, euros are no dollars, and a fall is no rise; what may be so besides is not denied."""
    held = ["le scrutin a eu lieu un vendredi", "le scrutin a augmenté la dette"]
    paid = ["la farine a coûté 12 millions de francs"]
    assert judged(question, "scrutin", "refus-mairie", yes=held + paid) is truth


@pytest.mark.parametrize(
    ("question", "truth"),
    [
        ("La date limite de la loi était en mars 2025 ?", None),
        ("C'est la troisième réduction d'effectifs depuis janvier ?", False),
    ],
)
def test_a_deadline_that_was_moved_may_be_in_any_month(
    shipped: KnowledgeBase, question: str, *, truth: bool | None
) -> None:
    """Where a fact told overtakes another that names a day, no other month is denied."""
    assert answer(question, shipped).parts[0].truth is truth


@pytest.mark.parametrize(
    ("question", "truth"), [("Brunel épie la mairie pour Azur ?", True), ("Brunel épie la mairie, Azur ?", None)]
)
def test_for_whom_is_not_whom(judged: Judged, question: str, *, truth: bool | None) -> None:
    """Who does something for somebody does not do it to them."""
    assert judged(question, "epier", "refus-mairie", yes=["Brunel épie la mairie pour Azur"]) is truth


@pytest.mark.parametrize(
    ("question", "truth"), [("Brunel s'appelle société Brunel ?", True), ("société Brunel s'appelle Brunel ?", None)]
)
def test_a_new_name_is_not_the_old_one(judged: Judged, question: str, *, truth: bool | None) -> None:
    """One who has two names took the one for the other, and not the reverse."""
    assert judged(question, "nom", "retrait-brunel", yes=["Brunel s'appelle société Brunel"]) is truth


@pytest.mark.parametrize(
    ("question", "truth"),
    [
        ("Brunel a été renommé société Brunel ?", True),
        ("société Brunel a été renommé Brunel ?", None),
        ("pourquoi l'ont-ils renommé Brunel, la société Brunel ?", None),
        ("Brunel a été renommé « Y » ?", None),
    ],
)
def test_what_one_was_called_is_not_what_one_called(judged: Judged, question: str, *, truth: bool | None) -> None:
    """Of two names of one, which is new is told by the order and by the voice; a strange letter is one more name."""
    assert judged(question, "nouveau", "retrait-brunel", yes=["Brunel a été renommé société Brunel"]) is truth


@pytest.mark.parametrize("question", ["Azur n'a rien retiré", "Azur n'a rien retiré."])
def test_a_denial_without_a_question_mark_is_a_statement(judged: Judged, question: str) -> None:
    """Who denies says that something is not so; keywords deny nothing."""
    assert judged(question, "rien", "retrait-brunel", no=["Azur n'a rien retiré"]) is False


def test_who_is_criticised_does_not_criticise(base: KnowledgeBase) -> None:
    """Active and passive name the same words in the same order."""
    assert answer("Azur a été critiqué pour son offre ?", base).parts[0].truth is True
    assert answer("Azur a critiqué pour son offre ?", base).parts[0].truth is None


@pytest.mark.parametrize(
    ("question", "truth"),
    [
        ("la mairie voulait acheter la farine ?", True),
        ("la mairie veut acheter la farine ?", None),
        ("Azur veut acheter la farine ?", False),
        ("Azur a acheté la farine ?", None),
        ("le contrat est vendu ?", False),
        ("le contrat est à vendre ?", None),
        ("le contrat ne concerne pas que la farine ?", None),
    ],
)
def test_wanted_is_not_wants_and_to_be_sold_is_not_sold(
    base: KnowledgeBase, question: str, *, truth: bool | None
) -> None:
    """Who wanted something may want it no more, what is for sale is not sold, and not only that is not not that."""
    assert answer(question, base).parts[0].truth is truth


@pytest.mark.parametrize(
    "question",
    [
        "la Gazette a racheté Brunel ?",
        "Azur doit indemniser la mairie ?",
        "c'est Azur que Brunel a racheté ?",
    ],
)
def test_what_the_base_says_of_others_is_told_as_that(base: KnowledgeBase, question: str) -> None:
    """Who does it was somebody else, or it was done to them: it may be so as well, but that is not what is told."""
    reply = answer(question, base)
    assert reply.parts[0].truth is None
    assert reply.text.startswith("Ce n’est pas ce que disent les articles.")


@pytest.mark.parametrize(
    "question",
    [
        "la mairie a racheté Brunel ?",
        "Azur, Brunel l'a racheté ?",
        "Brunel Azur a racheté ?",
        "avec Brunel, Azur a racheté ?",
        "Brunel et Azur ont racheté ?",
        "Brunel n'a pas racheté Azur ?",
        "le moulin de Valrose a signé le contrat ?",
    ],
)
def test_what_may_be_said_of_others_too_is_not(base: KnowledgeBase, question: str) -> None:
    """The first name need not be who does it, a town hall may be whoever, and what all is about is part of it."""
    assert not answer(question, base).text.startswith("Ce n’est pas ce que disent")


@pytest.mark.parametrize(
    ("question", "opening"),
    [
        ("c'est Brunel que Azur a racheté ?", "Oui."),
        ("Azur paraît inquiet ?", "Oui."),
        ("Azur est inquiet ?", "Il semble que oui."),
        ("Azur n'est pas inquiet ?", ""),
        ("Azur a déjà acheté la ferme ?", "Non."),
        ("Azur a acheté la ferme à la mairie ?", ""),
        ("Azur a tout acheté ?", ""),
    ],
)
def test_a_name_in_front_already_and_seemingly(changed: Changed, question: str, opening: str) -> None:
    """Whom it is done to may stand in front; what is not so is not so already; what only seems so gets no plain yes."""
    base = changed("allure", {"intents/more.yaml": SEEMING})
    text = answer(question, base).text
    assert text.startswith(opening) if opening else not text.startswith(("Oui", "Non", "Il semble", "C’est"))


def test_statements_count_less_than_questions(base: KnowledgeBase, changed: Changed) -> None:
    """However many statements are written, their words make an intent less likely than those of its questions do."""
    asked = changed("questions", {"intents/more.yaml": STATEMENTS.replace("  yes:", "  phrasings:")})
    likely = []
    for one in (base, asked):
        found = one.index.likelihood.of(read("la mairie a signé le contrat", one.lexicon))
        likely.append(found[one.index.likelihood.intents.index("marche")])
    assert likely[0] < likely[1]


@pytest.mark.parametrize(("said", "truth"), [("pas que de la farine", True), ("pas de farine", False)])
def test_of_statements_that_read_alike_the_one_asked_word_for_word_counts(
    changed: Changed, said: str, *, truth: bool
) -> None:
    """« ne … pas que » and « ne … pas » have the same words, order and manner, and say the opposite."""
    produced = (
        '- {id: farine, question: "Que produit le moulin ?", facts: [production], '
        "yes: [le moulin ne produit pas que de la farine], no: [le moulin ne produit pas de farine]}\n"
    )
    reply = answer(f"le moulin ne produit {said} ?", changed("farine", {"intents/more.yaml": produced}))
    assert (reply.intent, reply.parts[0].truth) == ("farine", truth)


@pytest.mark.parametrize(
    ("question", "truth"),
    [
        ("Azur réclame la farine ?", True),
        ("est-il confirmé qu'Azur réclame la farine ?", None),
        ("Azur réclame la farine, c'est avéré ?", None),
        ("est-il avéré qu'Azur a acheté la ferme ?", False),
    ],
)
def test_what_is_only_reported_is_not_confirmed(other: KnowledgeBase, question: str, *, truth: bool | None) -> None:
    """A fact that others report gets no « Oui » where it is asked whether it is certain; what is false is denied."""
    assert answer(question, other).parts[0].truth is truth


@pytest.mark.parametrize(
    ("question", "truth"),
    [
        ("est-il confirmé que la mairie refuse ?", True),
        ("il n'est pas confirmé que la mairie refuse ?", False),
        ("est-il confirmé que la mairie ne refuse pas ?", False),
        ("est-il confirmé qu'Azur offre 2 millions d'euros ?", None),
        ("que sait-on de la mairie qui refuse ?", None),
    ],
)
def test_what_the_article_establishes_is_certain(moulin: KnowledgeBase, question: str, *, truth: bool | None) -> None:
    """Of established facts, it makes no difference whether it is asked if they are certain."""
    assert answer(question, moulin).parts[0].truth is truth


@pytest.mark.parametrize(
    "question",
    [
        "Azur a été critiqué puis offre ?",
        "la mairie a signé le contrat, et c'est vrai ?",
        "la mairie voulait acheter à cause de la farine ?",
    ],
)
def test_what_says_more_than_a_statement_gets_neither(base: KnowledgeBase, question: str) -> None:
    """Two things that are joined, a cause, and a doubt behind what is said are more than the statement."""
    assert all(part.truth is None for part in answer(question, base).parts)


def test_another_name_for_somebody_says_nothing_of_them(changed: Changed) -> None:
    """That "roi du blé" means Azur does not make it so: only a statement with that name does."""
    actors = (MOULIN / "actors" / "acteurs.yaml").read_text(encoding="utf-8")
    named = actors.replace("aliases: [coopérative Azur]", "aliases: [coopérative Azur, roi du blé]")
    assert named != actors
    said = "- id: azur-coop\n  question: Azur est-elle une coopérative ?\n  facts: [offre-azur]\n"
    said += "  yes: [Azur est une coopérative Azur]\n"
    base = changed("roi", {"actors/acteurs.yaml": named, "intents/more.yaml": said})
    assert answer("Azur est le roi du blé ?", base).parts[0].truth is None
    assert answer("Azur est une coopérative Azur ?", base).parts[0].truth is True


def test_what_nobody_did_is_denied_as_a_denial(changed: Changed) -> None:
    """« Non » to "personne n'a refusé ?" may be understood both ways."""
    said = "- id: personne\n  question: Qui refuse ?\n  facts: [refus-mairie]\n  no: [personne n'a refusé la vente]\n"
    reply = answer("personne n'a refusé la vente ?", changed("personne", {"intents/more.yaml": said}))
    assert reply.text.startswith("C’est inexact")


def test_since_when_something_was_not_so_takes_nothing_for_granted(changed: Changed) -> None:
    """Whoever asks since when the town hall had not sold does not say that it never did."""
    said = "- id: jamais\n  question: Quand la mairie a-t-elle vendu ?\n  facts: [refus-mairie]\n"
    said += "  no: [la mairie n'a jamais vendu]\n"
    base = changed("jamais", {"intents/more.yaml": said})
    assert answer("depuis quand la mairie n'avait pas vendu ?", base).parts[0].statement is None
