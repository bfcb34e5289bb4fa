"""The buttons and menus under an answer, before and after a restart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.client import PERSISTENT
from bot.store import REPORTS_A_DAY
from bot.views.base import Persistent
from bot.views.state import CUSTOM_ID_AT_MOST, FACTS_AT_MOST
from tests.bot.conftest import components, labels, offered, seen, text, values

if TYPE_CHECKING:
    from tests.bot.conftest import World

QUESTION = "Qui voulait racheter le moulin ?"
STAFF = "Combien de salariés le moulin emploie-t-il\u202f?"
REFUSAL = "Pourquoi la mairie refuse-t-elle la vente\u202f?"
both = pytest.mark.parametrize("restarted", [False, True], ids=["same process", "after a restart"])


async def test_custom_ids_fit(world: World) -> None:
    """No custom id is longer than Discord's 100 characters."""
    shown = components(seen(await world.ask(QUESTION)))
    assert all(len(item["custom_id"]) <= CUSTOM_ID_AT_MOST for item in shown if "custom_id" in item)


async def test_every_button_is_registered(world: World) -> None:
    """What is to outlive a restart is in the client's list: discord.py would not find it again otherwise."""
    assert world.bot.cogs
    assert {item for item in Persistent.__subclasses__() if item.__module__.startswith("bot.")} == set(PERSISTENT)


@both
async def test_sources_show_paragraph_and_evidence_to_the_one_who_clicks(world: World, *, restarted: bool) -> None:
    """Anybody may look, and alone: each fact with its article, paragraph, gist and evidence, and who says so."""
    answer = seen(await world.ask(QUESTION))
    if restarted:
        await world.restart()
    result = await world.bob.click(answer, label="Sources")
    assert result.ephemeral
    shown = text(result.response)
    assert "§\u00a04 (L’offre d’Azur)" in shown
    assert "«\u00a0coopérative Azur\u00a0»" in shown
    standing = "mars 2031 (date déduite)\u00a0· rapporté\u00a0· selon la Gazette"
    assert f"-# {standing}\n-# Pourquoi cette date\u202f? Date de l’article." in shown


FACT = """
- id: essai-{number}
  text: "Essai {name}, {words}."
  status: established
  actors: [moulin]
  topics: [vente]
  sources:
"""
SOURCE = """
  - {{article: {article}, paragraph: {paragraph}, evidence: [{name}]}}
"""
TITLES = ("Brunel retire son offre", "Le moulin de Valrose change de mains")


@pytest.mark.parametrize(
    ("times", "cited"), [(15, [("echo", 3)]), (1, [("echo", 3), ("gazette", 4)])], ids=["long", "many"]
)
async def test_sources_hide_nothing(world: World, times: int, cited: list[tuple[str, int]]) -> None:
    """What one message cannot hold is told in the next, alone too; an article's title stands in each of them once."""
    names = [f"numéro {number}" for number in range(FACTS_AT_MOST)]
    facts = "".join(
        FACT.format(number=number, name=name, words="l'eau du moulin " * times)
        + "".join(SOURCE.format(article=article, paragraph=paragraph, name=name) for article, paragraph in cited)
        for number, name in enumerate(names)
    )
    told = ", ".join(f"essai-{number}" for number in range(FACTS_AT_MOST))
    intent = (
        f"- id: essais\n  question: Que racontent les essais ?\n  facts: [{told}]\n  phrasings: [les essais racontés]\n"
    )
    (world.folder / "facts" / "essais.yaml").write_text(facts, encoding="utf-8")
    (world.folder / "intents" / "essais.yaml").write_text(intent, encoding="utf-8")
    await world.bot.reload_base()
    result = await world.ada.click(seen(await world.ask("Que racontent les essais ?")), label="Sources")
    assert result.ephemeral
    shown = [text(message) for message in (result.response, *result.followups)]
    assert len(shown) > 1
    assert all(message.flags.ephemeral for message in result.followups)
    assert all(max(page.count(title) for title in TITLES) == 1 for page in shown)
    assert all(f"Essai {name}," in "".join(shown) for name in names)


async def test_a_vote_on_several_answers_is_one_vote_on_all_of_them(world: World) -> None:
    """It counts once, for what was on the card, and is shown as such to the voter and to curators; a report, too."""
    answer = seen(await world.ask("Qui refuse la vente du moulin ? Qui voulait le racheter ?"))
    await world.ada.click(answer, label="Utile")
    asks = seen(await world.ada.click(answer, label="Pas utile"))
    (voted,) = await world.store.votes_down(10)
    assert (voted.intent, voted.up, voted.down) == ("refus acheteurs", 0, 1)
    await world.ada.submit_modal(await world.ada.click(asks, label="Signaler"), {"commentaire": "Faux."})
    await world.ada.submit_modal(await world.ada.click(answer, label="Signaler"), {"commentaire": "Faux aussi."})
    assert [report.intent for report in await world.store.reports(5)] == ["refus acheteurs"] * 2
    both = "Pourquoi la mairie refuse-t-elle la vente ? + Qui voulait racheter le moulin ?"
    (data,) = seen(await world.ada.slash(world.channel, "mesdonnees")).attachments
    assert f"inutile : {both}" in (await data.read()).decode()
    shown = text(seen(await world.carla.slash(world.channel, "admin avis")))
    assert f"👎 1 · 👍 0 — {both[:54].rstrip()}" in shown.replace("\u202f", " ")


@pytest.mark.parametrize("more", [False, True])
async def test_sources_say_where_a_button_cannot_hold_all(world: World, *, more: bool) -> None:
    """Of more facts than fit into a button the others are not shown: that is said, with the way to see them."""
    names = [f"numéro {number}" for number in range(FACTS_AT_MOST + more)]
    facts = "".join(
        FACT.format(number=number, name=name, words="") + SOURCE.format(article="echo", paragraph=3, name=name)
        for number, name in enumerate(names)
    )
    told = ", ".join(f"essai-{number}" for number in range(len(names)))
    intent = (
        f"- id: essais\n  question: Que racontent les essais ?\n  facts: [{told}]\n  phrasings: [les essais racontés]\n"
    )
    (world.folder / "facts" / "essais.yaml").write_text(facts, encoding="utf-8")
    (world.folder / "intents" / "essais.yaml").write_text(intent, encoding="utf-8")
    await world.bot.reload_base()
    shown = text(seen(await world.ada.click(seen(await world.ask("Que racontent les essais ?")), label="Sources")))
    assert ("D’autres faits encore" in shown) == more


@both
async def test_the_last_vote_counts(world: World, *, restarted: bool) -> None:
    """A person has one vote on an answer; a thank-you is said to them alone once it is kept."""
    answer = seen(await world.ask(QUESTION))
    if restarted:
        await world.restart()
    assert (await world.ada.click(answer, label="Utile")).ephemeral
    assert await world.store.votes_down(10) == []
    result = await world.ada.click(answer, label="Pas utile")
    assert result.ephemeral
    assert "noté" in text(result.response)
    (voted,) = await world.store.votes_down(10)
    assert (voted.intent, voted.up, voted.down) == ("acheteurs", 0, 1)


@both
async def test_a_vote_against_an_answer_asks_why(world: World, *, restarted: bool) -> None:
    """The thank-you has the button that reports what is wrong, with the question already in its form."""
    result = await world.ada.click(seen(await world.ask(QUESTION)), label="Pas utile")
    assert labels(result.response) == ["Signaler"]
    if restarted:
        await world.restart()
    form = await world.ada.click(seen(result), label="Signaler")
    assert form.modal is not None
    assert form.modal["components"][0]["component"]["value"] == "Qui voulait racheter le moulin\u202f?"
    await world.ada.submit_modal(form, {"commentaire": "La date."})
    (report,) = await world.store.reports(10)
    assert (report.intent, report.comment) == ("acheteurs", "La date.")


async def test_a_vote_belongs_to_what_was_answered(world: World) -> None:
    """Of several questions, one of which the articles say nothing of, the vote and the report are of the answer."""
    answer = seen(await world.ask("combien de farine le moulin produit-il ? combien offrait Brunel ?"))
    await world.bob.click(answer, label="Pas utile")
    form = await world.bob.click(answer, label="Signaler")
    await world.bob.submit_modal(form, {"commentaire": "Faux."})
    (voted,) = await world.store.votes_down(10)
    (report,) = await world.store.reports(10)
    assert (voted.intent, report.intent) == ("production", "production")


@both
async def test_a_report_keeps_what_the_form_shows(world: World, *, restarted: bool) -> None:
    """The form comes with the question filled in; the report is kept with it and acknowledged privately."""
    answer = seen(await world.ask("qui voulait  racheter le *moulin* ?"))
    if restarted:
        await world.restart()
    form = await world.ada.click(answer, label="Signaler")
    assert form.modal is not None
    assert form.modal["components"][0]["component"]["value"] == "qui voulait racheter le *moulin*\u202f?"
    result = await world.ada.submit_modal(form, {"question": "Qui rachète ?", "commentaire": "Il manque la mairie."})
    assert result.ephemeral
    assert "mesdonnees" in text(result.response)
    (report,) = await world.store.reports(10)
    assert (report.intent, report.question, report.comment) == ("acheteurs", "qui rachete", "Il manque la mairie.")


async def test_a_report_holds_no_words_that_its_member_did_not_write(world: World) -> None:
    """The field is empty where the card shows no question: not the base's wording, nor somebody else's message."""
    await world.ada.send(world.channel, world.mention("cmb de gens bossent au moulin"))
    message = await world.bob.send(world.channel, "au fait, combien de salariés le moulin emploie-t-il ?")
    result = await world.ada.context_menu(world.channel, "Que dit la saga ?", message)
    for answer in (world.last(), seen(result)):
        form = await world.ada.click(answer, label="Signaler")
        assert form.modal is not None
        assert "value" not in form.modal["components"][0]["component"]


async def test_a_form_opened_before_a_restart_is_still_taken(world: World) -> None:
    """Who was still writing while the bot restarted loses nothing."""
    form = await world.ada.click(seen(await world.ask(QUESTION)), label="Signaler")
    await world.restart()
    result = await world.ada.submit_modal(form, {"question": "qui ?", "commentaire": "Faux."})
    assert "Merci" in text(result.response)
    (report,) = await world.store.reports(10)
    assert (report.intent, report.comment) == ("acheteurs", "Faux.")


async def test_an_open_form_is_not_held_in_memory(world: World) -> None:
    """The question that a form shows is with its member alone until it is sent; then it is kept, once."""
    form = await world.ada.click(seen(await world.ask(QUESTION)), label="Signaler")
    assert not world.bot._connection._view_store._modals
    await world.ada.submit_modal(form, {"commentaire": "Faux."})
    assert len(await world.store.reports(10)) == 1


async def test_a_flood_of_reports_is_told_to_stop(world: World) -> None:
    """A report beyond the day's number is not kept, and the form says so rather than thank for it."""
    answer = seen(await world.ask(QUESTION))
    for _ in range(REPORTS_A_DAY):
        await world.store.report(world.ada.id, "k", None, "q", "Faux.")
    form = await world.ada.click(answer, label="Signaler")
    assert "n’a pas été gardé" in text((await world.ada.submit_modal(form, {"commentaire": "Encore."})).response)
    assert len(await world.store.reports(100)) == REPORTS_A_DAY


async def test_two_people_report_one_answer(world: World) -> None:
    """What each wrote is kept, whoever sends first."""
    answer = seen(await world.ask(QUESTION))
    forms = [(who, await who.click(answer, label="Signaler")) for who in (world.ada, world.bob)]
    for number, (who, form) in enumerate(forms):
        result = await who.submit_modal(form, {"commentaire": f"Faux {number}."})
        assert "Merci" in text(result.response)
    assert {report.comment for report in await world.store.reports(10)} == {"Faux 0.", "Faux 1."}


@both
async def test_a_related_question_is_answered_to_the_one_who_chose(world: World, *, restarted: bool) -> None:
    """The menu offers questions that get an answer, and answers privately in a server."""
    answer = seen(await world.ask(QUESTION))
    if restarted:
        await world.restart()
    result = await world.bob.select(answer, [values(answer)[0]])
    assert result.ephemeral
    assert f"En réponse à «\u00a0{offered(answer)[0]}".replace("\u202f", "") in text(result.response).replace(
        "\u202f", ""
    ).replace(" ?", "?")
    assert "Utile" in labels(result.response)


@both
async def test_a_choice_puts_the_answer_in_its_place(ambiguous: World, *, restarted: bool) -> None:
    """« Laquelle ? » lists readings, with a button for each; the asker's choice becomes the answer, in its place.

    They stand in the text, whole: a button has no room for a question, least of all on a phone.
    """
    asked = seen(await ambiguous.ask("avenir du moulin"))
    assert f"\n1. {STAFF}\n2. {REFUSAL}" in text(asked)
    assert labels(asked) == ["Choix\u00a01", "Choix\u00a02"]
    if restarted:
        await ambiguous.restart()
    await ambiguous.ada.click(asked, label="Choix\u00a02")
    assert "la mairie refuse toute vente" in text(asked)
    assert "Utile" in labels(asked)


async def test_only_the_asker_may_choose(ambiguous: World) -> None:
    """Somebody else's click changes nothing and is told why, privately."""
    asked = seen(await ambiguous.ask("avenir du moulin"))
    before = text(asked)
    result = await ambiguous.bob.click(asked, label="Choix\u00a02")
    assert result.ephemeral
    assert "personne qui a posé la question" in text(result.response)
    assert text(asked) == before


async def test_what_the_base_no_longer_has_is_told_kindly(world: World) -> None:
    """Buttons of an answer whose facts are gone say so; a vote is still kept."""
    answer = seen(await world.ask("Combien de farine le moulin produit-il ?"))
    for path in ("facts/chiffres.yaml", "intents/questions.yaml", "actors/acteurs.yaml", "saga.yaml"):
        file = world.folder / path
        file.write_text(file.read_text(encoding="utf-8").replace("production", "recolte"), encoding="utf-8")
    await world.bot.reload_base()
    assert "n’a plus" in text(seen(await world.ada.click(answer, label="Sources")))
    assert "noté" in text(seen(await world.ada.click(answer, label="Pas utile")))
    form = await world.ada.click(answer, label="Signaler")
    await world.ada.submit_modal(form, {"commentaire": "Disparu."})
    (report,) = await world.store.reports(10)
    assert report.intent is None


async def test_buttons_work_in_direct_messages(world: World) -> None:
    """A direct message's card has the same buttons, for its one reader."""
    await world.ada.send_dm(QUESTION)
    answer = world.last(world.dm(world.ada))
    assert "Azur" in text(seen(await world.ada.user.click(answer, label="Sources")))
    assert "noté" in text(seen(await world.ada.user.click(answer, label="Utile")))
    result = await world.ada.user.select(answer, [values(answer)[0]])
    assert not result.ephemeral


@pytest.mark.parametrize(
    "custom_id",
    ["saga:s:", "saga:v:2:aaaaaa:bbbbbbbb", "saga:p:b:t:::0:1x", "saga:zzz", "autre", "saga:c:1:" + "a" * 80],
)
async def test_a_foreign_custom_id_is_nobodys(world: World, custom_id: str) -> None:
    """Only what this bot writes is matched; anything else raises nothing."""
    patterns = world.bot._connection._view_store._dynamic_items
    assert not any(pattern.fullmatch(custom_id) for pattern in patterns)
