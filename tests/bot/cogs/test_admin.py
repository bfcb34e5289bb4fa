"""/admin: for those who keep the base, and nobody else."""

from __future__ import annotations

import asyncio
import copy
import csv
import gc
import io
import re
import sqlite3
import threading
from contextlib import closing
from datetime import date, timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, NoReturn, get_args
from unittest.mock import AsyncMock

import discord
import pytest

from bot.asking.access import is_curator
from bot.asking.answering import Door
from bot.client import Options
from bot.curating import reloads, statistics
from bot.curating.explanations import ASKED, KINDS
from bot.curating.feedback import votes_shown
from bot.editions.comparing import Change, Difference, Rewording
from bot.store import DailyCount, StoreError, VotedIntent
from bot.views.state import PREFIX
from knowledge.compiling.problems import BaseProblemsError
from knowledge.language.terms import Kind, QuestionType
from tests.bot.conftest import PLENTY, labels, seen, text
from tests.bounded import LIMIT

if TYPE_CHECKING:
    from simcord.results import ResponseMessage

    from bot.editions.edition import Edition
    from tests.bot.conftest import World

COMMANDS: dict[str, dict[str, str]] = {
    "recharger": {},
    "lacunes": {},
    "avis": {},
    "statistiques": {},
    "expliquer": {"texte": "combien offre Azur ?"},
    "sante": {},
}


async def admin(world: World, name: str, **options: str | int) -> ResponseMessage:
    """Let Carla use a command; return what she sees."""
    result = await world.carla.slash(world.channel, f"admin {name}", **options)
    assert result.ephemeral
    return seen(result)


@pytest.mark.parametrize("name", COMMANDS)
async def test_a_server_s_manager_is_refused_and_told_what_is_needed(world: World, name: str) -> None:
    """The base is everybody's: managing a server is not enough."""
    result = await world.manager.slash(world.channel, f"admin {name}", **COMMANDS[name])
    assert "réservée aux personnes qui tiennent la base" in text(seen(result))
    assert await world.store.reloads(10) == []


async def test_members_do_not_see_the_commands(world: World) -> None:
    """Discord hides them from those who manage nothing."""
    assert not any(name.startswith("admin") for name in world.ada.available_commands(world.channel))


async def test_who_may(world: World) -> None:
    """Named users, members with a named role, the application's owner, its team; nobody else."""
    role = world.guild.create_role("Base")
    bob = world.guild.add_member(world.env.create_user("bob2"), roles=[role])
    world.bot.options = Options(curator_roles=frozenset({role.id}), person=PLENTY, channel=PLENTY)
    guild = world.bot.get_guild(world.guild.id)
    assert guild is not None
    assert is_curator(world.bot, await guild.fetch_member(bob.id))
    assert not is_curator(world.bot, await guild.fetch_member(world.ada.id))
    application = world.bot.application
    assert application is not None
    assert is_curator(world.bot, application.owner)
    assert not is_curator(world.bot, await world.bot.fetch_user(world.manager.id))


async def test_a_reload_tells_the_difference(world: World) -> None:
    """Added, changed and removed facts and intents are named; the next answer already rests on them."""
    facts = world.folder / "facts" / "chiffres.yaml"
    facts.write_text(
        facts.read_text(encoding="utf-8").replace("emploie 45 salariés.", "emploie 45 salariés fidèles."),
        encoding="utf-8",
    )
    questions = world.folder / "intents" / "questions.yaml"
    kept = questions.read_text(encoding="utf-8").replace("- id: retrait\n", "- id: retrait-de-brunel\n")
    questions.write_text(kept, encoding="utf-8")
    shown = text(await admin(world, "recharger"))
    assert "1 modifié\u00a0: `effectifs`" in shown
    assert "1 ajoutée\u00a0: `retrait-de-brunel`" in shown
    assert "1 retirée\u00a0: `retrait`" in shown
    assert "fidèles" in text(seen(await world.ask("Combien de salariés le moulin emploie-t-il ?")))
    (done,) = await world.store.reloads(10)
    assert (done.by, done.ok) == (world.carla.id, True)
    counts = "1\u00a0fait modifié, 1\u00a0intention ajoutée, 1\u00a0intention retirée"
    assert done.summary == counts


async def test_a_reload_tells_the_wordings_that_changed(world: World) -> None:
    """A phrasing is no fact and no intent, and what a curator edits most: how many came and went, and of what."""
    questions = world.folder / "intents" / "questions.yaml"
    kept = questions.read_text(encoding="utf-8")
    kept = kept.replace("nombre d'employés du moulin]", "effectif total du moulin, qui travaille là-bas]")
    kept = kept.replace("tonnes de farine par an]", "tonnes de farine par an, volume de farine]")
    questions.write_text(kept, encoding="utf-8")
    shown = text(await admin(world, "recharger"))
    assert "**Formulations**" in shown
    assert "3 ajoutées\u00a0: `effectifs`, `production`" in shown
    assert "1 retirée\u00a0: `effectifs`" in shown
    assert "Intentions" not in shown
    (done,) = await world.store.reloads(10)
    assert done.summary == "3\u00a0formulations ajoutées, 1\u00a0formulation retirée"


async def test_a_reload_tells_articles_and_what_is_no_entry(world: World) -> None:
    """A changed card is named; where only settings, texts or vocabulary differ, nobody is told that nothing does."""
    card = world.folder / "seeds" / "gazette.yaml"
    card.write_text(card.read_text(encoding="utf-8").replace("de mains ?", "de main ?"), encoding="utf-8")
    assert "**Articles**\n- 1 modifié\u00a0: `gazette`" in text(await admin(world, "recharger"))
    vocabulary = world.folder / "vocabulary" / "moulin.yaml"
    vocabulary.write_text(vocabulary.read_text(encoding="utf-8") + "patron: [boss du moulin]\n", encoding="utf-8")
    shown = text(await admin(world, "recharger"))
    assert "vocabulaire ou commentaires modifiés" in shown
    assert "Rien n’a changé" not in shown
    assert "vocabulaire ou commentaires modifiés" in (await world.store.reloads(1))[0].summary


async def test_a_statement_that_turned_is_another_wording(world: World) -> None:
    """What was right and is wrong now has changed, with the same words."""
    questions = world.folder / "intents" / "questions.yaml"
    kept = questions.read_text(encoding="utf-8").replace("2 millions d'euros]", "0 millions]")
    kept = kept.replace("5 millions d'euros]", "2 millions d'euros]").replace("0 millions", "5 millions d'euros")
    questions.write_text(kept, encoding="utf-8")
    shown = text(await admin(world, "recharger"))
    assert "2 ajoutées\u00a0: `prix-azur`" in shown
    assert "2 retirées\u00a0: `prix-azur`" in shown


async def test_a_reload_that_changes_much_tells_all_of_it_in_a_file(world: World) -> None:
    """What the card cannot name is counted there, whatever the ids are, and stands in the file, each by its id."""
    facts = world.folder / "facts" / "chiffres.yaml"
    names = [f"{'long-' * 11}{number}" for number in range(13)]
    more = "".join(
        f"- {{id: {name}, text: Le moulin emploie 45 salariés., status: established, actors: [moulin], "
        "topics: [chiffres], sources: [{article: echo, paragraph: 3, evidence: [45 salariés]}]}\n"
        for name in names
    )
    facts.write_text(facts.read_text(encoding="utf-8") + more, encoding="utf-8")
    message = await admin(world, "recharger")
    assert re.search(
        r"13 ajoutés\u00a0: (`[\w-]+`, ){11}`[\w-]+` et 1\u00a0autre\n-# Version.*\n-# La liste complète", text(message)
    )
    (file,) = message.attachments
    assert file.filename == "changements.txt"
    assert (await file.read()).decode().split("\n\n")[1].split("\n")[:14] == ["Faits\u00a0: 13 ajoutés", *sorted(names)]


def test_a_reload_that_changes_everything_fits_on_its_card() -> None:
    """Fewer ids are named of each sort, the same number of all, and none is cut."""
    names = tuple(f"{'long-' * 11}{number}" for number in range(90))
    every = Change(names, names, names)
    words = tuple(Rewording(name, 1, 1) for name in names)
    said, whole = reloads.done(Difference("a" * 64, "b" * 64, every, every, every, every, words), 3_400)
    assert (len(said) <= 3_400, whole) == (True, False)
    assert said.count("et 87\u00a0autres") == 14
    assert said.endswith("→ `bbbbbbbbbb`\n-# La liste complète est dans le fichier joint.")


async def test_a_reload_without_change_says_so(world: World) -> None:
    """Nothing changed is an answer too."""
    assert "Rien n’a changé" in text(await admin(world, "recharger"))


async def test_a_bad_base_is_refused_with_file_and_line(world: World) -> None:
    """Every problem by path and line; the old base goes on answering; the refusal is kept."""
    facts = world.folder / "facts" / "vente.yaml"
    facts.write_text(
        facts.read_text(encoding="utf-8").replace("actors: [azur, moulin]", "actors: [azurr]"), encoding="utf-8"
    )
    shown = text(await admin(world, "recharger"))
    assert "Base refusée" in shown
    assert "facts/vente.yaml:7: there is no actor 'azurr'" in shown
    assert "Azur" in text(seen(await world.ask("Combien Azur offre-t-elle pour le moulin ?")))
    (refused,) = await world.store.reloads(10)
    assert not refused.ok


async def test_many_problems_come_as_a_file(world: World) -> None:
    """A long list is given whole, as a file."""
    facts = world.folder / "facts" / "vente.yaml"
    bad = "".join(f"- {{id: f{number}, text: x, status: sans}}\n" for number in range(40))
    facts.write_text(bad, encoding="utf-8")
    message = await admin(world, "recharger")
    assert "fichier joint" in text(message)
    assert text(message).count("\n- `") == 8
    (file,) = message.attachments
    assert file.filename == "problemes.txt"


async def test_a_base_that_is_gone_is_refused(world: World) -> None:
    """Even an empty folder takes no answer away."""
    (world.folder / "saga.yaml").unlink()
    assert "Base refusée" in text(await admin(world, "recharger"))
    assert "Azur" in text(seen(await world.ask("Combien Azur offre-t-elle pour le moulin ?")))


@pytest.mark.usefixtures("apart")
async def test_reloads_queue_and_questions_go_on_meanwhile(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reload asked for once the files are read sees what changed since; those that wait for it are one."""
    holder = world.bot.holder
    make, read, go_on = holder._make, threading.Event(), threading.Event()
    made = []

    def slowly() -> Edition:
        made.append(make())
        read.set()
        assert go_on.wait(LIMIT)
        return made[-1]

    monkeypatch.setattr(holder, "_make", slowly)
    before = holder.current
    first = asyncio.create_task(holder.reload())
    await asyncio.to_thread(read.wait, LIMIT)
    facts = world.folder / "facts" / "chiffres.yaml"
    facts.write_text(facts.read_text(encoding="utf-8").replace("45 salariés", "46 salariés"), encoding="utf-8")
    others = [asyncio.create_task(holder.reload()) for _ in range(3)]
    assert world.bot.answering.ask("Combien Azur offre-t-elle pour le moulin ?", 1, 1, Door.COMMAND).edition is before
    go_on.set()
    assert not await first
    assert [(await other).facts.changed for other in others] == [("effectifs",)] * 3
    assert len(made) == 2
    assert holder.current is made[1]


@pytest.mark.parametrize("broken", [False, True])
async def test_curators_who_share_a_reload_leave_one_record(world: World, *, broken: bool) -> None:
    """It was one reload, done or refused: the first who asked for it is named; each of them hears what came of it."""
    if broken:
        (world.folder / "saga.yaml").unlink()
    came = await asyncio.gather(*(world.bot.reload_base(by) for by in (1, 2)), return_exceptions=True)
    assert came[0] is came[1]
    assert isinstance(came[0], BaseProblemsError) is broken
    assert [(reload.by, reload.ok) for reload in await world.store.reloads(5)] == [(1, not broken)]


async def test_a_reload_whose_asker_is_gone_is_refused_quietly(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A bot that is stopped while it reloads does not shout about a base that is refused."""
    holder = world.bot.holder
    make, begun, go_on = holder._make, threading.Event(), threading.Event()

    def slowly() -> Edition:
        begun.set()
        assert go_on.wait(LIMIT)
        return make()

    monkeypatch.setattr(holder, "_make", slowly)
    (world.folder / "saga.yaml").unlink()
    asker = asyncio.create_task(holder.reload())
    await asyncio.to_thread(begun.wait, LIMIT)
    asker.cancel()
    go_on.set()
    with pytest.raises(BaseProblemsError):
        await holder.reload()
    gc.collect()
    assert asker.cancelled()
    assert "never retrieved" not in caplog.text


async def test_an_unexpected_failure_of_a_reload_keeps_the_base(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever goes wrong, the old base stays, and the curator reads an incident id."""
    world.expected = (OSError,)

    def broken() -> None:
        raise OSError("disk on fire")

    monkeypatch.setattr(world.bot.holder, "_make", broken)
    before = world.bot.holder.current
    assert "numéro `" in text(await admin(world, "recharger"))
    assert world.bot.holder.current is before


async def test_what_came_of_a_reload_is_told_though_it_cannot_be_kept(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    """A database that fails hides from the curator neither that the base is in use nor what is wrong with it."""
    with closing(sqlite3.connect(world.database)) as connection:
        connection.execute("DROP TABLE reloads")
    facts = world.folder / "facts" / "vente.yaml"
    good = facts.read_text(encoding="utf-8")
    assert "Rien n’a changé" in text(await admin(world, "recharger"))
    facts.write_text(good.replace("actors: [azur, moulin]", "actors: [azurr]"), encoding="utf-8")
    assert "facts/vente.yaml:7: there is no actor 'azurr'" in text(await admin(world, "recharger"))
    assert caplog.text.count("a reload could not be kept") == 2


async def test_gaps_are_grouped_and_exported(world: World) -> None:
    """Near-duplicates are one line, most asked first; the file has all of them, and no formula."""
    for question in (
        "quel temps fait-il à Paris",
        "quel temps fait il à paris ?",
        "quel temps faitil a Paris",
        "=1+1 horaires du bus",
    ):
        await world.ask(question)
    await world.store.flush()
    message = await admin(world, "lacunes")
    shown = text(message)
    assert "**3\u00a0×** quel temps fait il a paris" in shown
    (file,) = message.attachments
    assert file.filename == "lacunes.csv"


async def test_a_gap_that_the_base_answers_by_now_is_marked_and_last(world: World) -> None:
    """Nothing is hidden: half a question may get an answer alone, and still have none in its conversation."""
    for question in ("Qui est Zorglub ?", "Qui est Zorglub ?", "Qui est Fantasio ?"):
        await world.ask(question)
    await world.store.flush()
    questions = world.folder / "intents" / "questions.yaml"
    added = "- {id: zorglub, question: 'Qui est Zorglub ?', facts: [effectifs], phrasings: [parle moi de zorglub]}\n"
    questions.write_text(questions.read_text(encoding="utf-8") + added, encoding="utf-8")
    await admin(world, "recharger")
    message = await admin(world, "lacunes")
    assert re.findall(r"qui est (\w+)|(posée seule, a une réponse)", text(message)) == [
        ("fantasio", ""),
        ("zorglub", ""),
        ("", "posée seule, a une réponse"),
    ]
    (file,) = message.attachments
    rows = csv.DictReader(io.StringIO((await file.read()).decode("utf-8-sig")), delimiter=";")
    assert [(row["question"], row["cause"], row["aujourd’hui"]) for row in rows] == [
        ("qui est fantasio", "nom inconnu", ""),
        ("qui est zorglub", "nom inconnu", "posée seule, a une réponse"),
    ]


async def test_what_nobody_can_mend_stands_apart(world: World) -> None:
    """A known absence and another saga are nothing to add, however often asked: they come behind, in the file too."""
    for question in (*2 * ["Combien offrait Brunel ?"], "Où habite le facteur ?", "Qui est Zorglub ?"):
        await world.ask(question)
    await world.store.flush()
    message = await admin(world, "lacunes")
    to_do, aside = text(message).split("### Rien à faire\u00a0: 2\u00a0questions")
    assert "Lacunes\u00a0: 1\u00a0question à étudier" in to_do
    assert "zorglub" in to_do
    assert "les articles ne le disent pas" in aside
    assert "hors de la saga" in aside
    (file,) = message.attachments
    rows = csv.DictReader(io.StringIO((await file.read()).decode("utf-8-sig")), delimiter=";")
    assert [(row["fois"], row["à étudier"]) for row in rows] == [("1", "oui"), ("2", "non"), ("1", "non")]


async def test_no_gaps_is_good_news(world: World) -> None:
    """Nothing to show is said so."""
    assert "Toutes les questions ont eu une réponse" in text(await admin(world, "lacunes"))


async def test_feedback_shows_votes_and_reports(world: World) -> None:
    """Answers voted down by their question, reports with what was written, harmless."""
    answer = seen(await world.ask("Qui voulait racheter le moulin ?"))
    await world.ada.click(answer, label="Pas utile")
    form = await world.bob.click(answer, label="Signaler")
    await world.bob.submit_modal(form, {"commentaire": "@everyone **faux** <@1>"})
    message = await admin(world, "avis")
    assert "👎 1 · 👍 0 — Qui voulait racheter le moulin\u202f?" in text(message)
    assert "\\*\\*faux\\*\\*" in text(message)
    assert "@everyone" not in text(message)
    assert message.attachments[0].filename == "signalements.txt"


async def test_a_report_without_a_question_names_that_of_the_answer(world: World) -> None:
    """Who reports an answer to a mention need not write the question again: the base knows which one it was."""
    await world.ada.send(world.channel, world.mention("combien de farine le moulin produit-il ?"))
    form = await world.ada.click(world.last(), label="Signaler")
    await world.ada.submit_modal(form, {"commentaire": "Faux."})
    message = await admin(world, "avis")
    assert "— Combien de farine le moulin produit-il\u202f?" in text(message)
    assert "(Combien de farine le moulin produit-il ?)" in (await message.attachments[0].read()).decode()


async def test_a_report_is_ticked_off(world: World) -> None:
    """« Traité » takes one report away for good, whatever was restarted meanwhile; the others move up, the file too."""
    for number in range(8):
        await world.store.report(world.ada.id, "k", None, "q" * 200, f"Erreur {number}. " + "*" * 900)
    message = await admin(world, "avis")
    assert len(labels(message)) == 6
    assert "et 2\u00a0autres" in text(message)
    await world.restart()
    await world.carla.click(message, custom_id=f"{PREFIX}:h:8")
    assert "Erreur 7" not in text(message)
    assert "Erreur 1" in text(message)
    assert "et 1\u00a0autre" in text(message)
    assert [report.id for report in await world.store.reports(10)] == [7, 6, 5, 4, 3, 2, 1]
    (file,) = message.attachments
    assert b"Erreur 7" not in await file.read()


async def test_the_last_report_leaves_an_empty_list(world: World) -> None:
    """Nothing is left to tick off, and no file."""
    await world.store.report(world.ada.id, "k", None, "q", "Faux.")
    message = await admin(world, "avis")
    await world.carla.click(message, label="Traité")
    assert text(message).endswith("### Erreurs signalées\nAucune.")
    assert message.attachments == []


async def test_only_a_curator_ticks_off(world: World) -> None:
    """Who is no longer one loses the button with the right."""
    await world.store.report(world.ada.id, "k", None, "q", "Faux.")
    message = await admin(world, "avis")
    world.bot.options = Options(person=PLENTY, channel=PLENTY)
    refused = await world.carla.click(message, label="Traité")
    assert "réservée aux personnes qui tiennent la base" in text(seen(refused))
    assert len(await world.store.reports(10)) == 1


def test_what_a_report_leaves_out_it_says() -> None:
    """Of many days and of many answers voted down the first are listed, and the others are counted."""
    first = date(2026, 1, 1)
    counts = [DailyCount(first + timedelta(days=number), "answered", Door.COMMAND, 1) for number in range(90)]
    assert statistics.shown(counts, 90).endswith("18\u00a0mars\n-# … et 76\u00a0jours plus anciens.")
    assert statistics.shown(counts[:14], 90).endswith("1er\u00a0janvier")
    base: Any = SimpleNamespace(intents={})
    votes = [VotedIntent("*" * 200, up=0, down=1) for _ in range(11)]
    assert votes_shown(votes, base).endswith("\n-# … et 1\u00a0autre.")
    assert "autre" not in votes_shown(votes[:10], base)


async def test_statistics_count_by_outcome_and_door(world: World) -> None:
    """Every question is counted once, by what came of it and where it came in."""
    await world.ask("Qui voulait racheter le moulin ?")
    await world.ask("Combien offrait Brunel ?")
    await world.ada.send_dm("Qui voulait racheter le moulin ?")
    await world.store.flush()
    shown = text(await admin(world, "statistiques", jours=3))
    assert shown.startswith("### 3\u00a0derniers jours")
    assert text(await admin(world, "statistiques", jours=1)).startswith("### Aujourd’hui")
    assert "3\u00a0questions" in shown
    assert "2\u00a0réponses, 1\u00a0sans réponse" in shown
    assert "/question 2, message privé 1" in shown


def test_every_door_is_told() -> None:
    """A question is counted wherever it came in: no door lacks its name."""
    counts = [DailyCount(date(2031, 1, 2), "answered", door, 1) for door in Door]
    told = ", ".join(f"{name} 1" for name in statistics.DOORS.values())
    assert f"Par où\u00a0: {told}." in statistics.shown(counts, 7)
    assert [*statistics.DOORS] == [*Door]


def test_a_day_of_this_year_is_told_without_it() -> None:
    """A bar, a number and a day fit on a line of a phone; a day of another year names it."""
    days = [
        DailyCount(date(2031, 1, 2), "answered", Door.MENTION, 1),
        DailyCount(date(2030, 12, 31), "answered", Door.MENTION, 2),
    ]
    assert [line.split("` ")[1] for line in statistics.shown(days, 7).splitlines()[-2:]] == [
        "1 · 2\u00a0janvier",
        "2 · 31\u00a0décembre 2030",
    ]


async def test_an_explanation_tells_why(world: World) -> None:
    """The words read, the rule, the winner and the runner-up; and no message of a curator is counted."""
    shown = text(await admin(world, "expliquer", texte="combien offre Azur ?"))
    assert "prix-azur" in shown
    assert "**Décision**\u00a0: réponse, règle" in shown
    assert await world.store.daily(1) == []


async def test_an_explanation_is_french(world: World) -> None:
    """Sorts of words, types of question and causes are named in French, whichever the engine has."""
    shown = text(await admin(world, "expliquer", texte="combien offrait Brunel ?"))
    assert "sans réponse (les articles ne le disent pas), règle `gap`" in shown
    assert "brunel (acteur)" in shown
    assert "**Demande**\u00a0: combien\n" in shown
    assert KINDS.keys() == {*Kind}
    assert ASKED.keys() == {*get_args(QuestionType)}


@pytest.mark.parametrize("question", ["", "```", "@everyone", "x" * 400, "?" * 300, "\u202e"])
async def test_an_explanation_survives_anything(world: World, question: str) -> None:
    """No question breaks the command or marks up its answer."""
    shown = text(await admin(world, "expliquer", texte=question))
    assert shown
    assert not any(live in shown for live in ("```", "@everyone", "\u202e"))


async def test_health_shows_versions_base_and_connection(world: World) -> None:
    """What an administrator is asked for first."""
    shown = text(await admin(world, "sante"))
    for part in (
        "saga-bot",
        discord.__version__,
        "vente du moulin de Valrose",
        "5\u00a0faits",
        "fragment",
        "En marche",
        "à jour chez Discord",
    ):
        assert part in shown


async def test_health_names_the_commands_to_be_registered_anew(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """After an update, what Discord lacks, has otherwise or still has; where it gives no list, that is said."""
    http = world.bot.http
    listed: list[Any] = [*copy.deepcopy(await http.get_global_commands(world.bot.application_id or 0))]
    ask = next(command for command in listed if command["name"] == "question")
    ask["options"][0]["description"] = "Autre chose"
    menu = next(command for command in listed if command["type"] == discord.AppCommandType.message.value)
    menu["name"] = "Ancien menu"
    monkeypatch.setattr(http, "get_global_commands", AsyncMock(return_value=listed))
    shown = text(await admin(world, "sante"))
    assert "à enregistrer de nouveau" in shown
    assert re.findall(r"`([^`]*)`", shown)[-4:] == [
        "saga commands sync",
        "Ancien menu",
        "Que dit la saga ?",
        "question",
    ]
    monkeypatch.setattr(http, "get_global_commands", AsyncMock(side_effect=TimeoutError))
    assert "pas la liste" in text(await admin(world, "sante"))


async def test_health_shows_the_latest_reloads(world: World) -> None:
    """By whom, and what came of it, in French: what is kept of curators serves them."""
    await admin(world, "recharger")
    saga = world.folder / "saga.yaml"
    saga.write_text(saga.read_text(encoding="utf-8").replace("effectifs", "efectifs"), encoding="utf-8")
    await admin(world, "recharger")
    await world.store.reloaded(0, "v2", ok=False, summary="3 problèmes")
    summary = "1\u00a0fait ajouté"
    await world.store.reloaded(world.ada.id, "v3", ok=True, summary=summary)
    await world.store.forget(world.ada.id)
    version = world.bot.holder.current.base.version[:10]
    latest = text(await admin(world, "sante")).partition("Derniers rechargements")[2].splitlines()[1:]
    assert [line.partition(", ")[2] for line in latest] == [
        f"auteur effacé\u00a0: version `v3`, {summary}",
        "par un signal\u00a0: refusé, 3 problèmes",
        f"par <@{world.carla.id}>\u00a0: refusé, 1\u00a0problème",
        f"par <@{world.carla.id}>\u00a0: version `{version}`, rien n’a changé",
    ]


async def test_health_is_shown_though_the_database_fails(world: World) -> None:
    """It is asked for when something is wrong."""
    with closing(sqlite3.connect(world.database)) as connection:
        connection.execute("DROP TABLE reloads")
    shown = text(await admin(world, "sante"))
    assert "saga-bot" in shown
    assert "**Base de données**\u00a0: illisible" in shown


async def test_the_commands_work_in_direct_messages(world: World) -> None:
    """A curator needs no server."""
    assert "saga-bot" in text(seen(await world.carla.user.slash("admin sante")))


async def test_health_tells_of_a_database_that_takes_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk shows in the state of the bot until something is written again."""

    async def full(*_: object) -> NoReturn:
        raise OSError("no space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(world.store._writer, "_commit", full)
        with pytest.raises(StoreError):
            await world.store.vote(1, "a", "acheteurs", useful=True)
        assert "**Base de données**\u00a0: la dernière écriture a échoué" in text(await admin(world, "sante"))
    await world.store.vote(1, "a", "acheteurs", useful=True)
    assert "Base de données" not in text(await admin(world, "sante"))
