"""/question and the entry in the menu of a message."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING

import discord
import pytest

from tests.bot.conftest import components, labels, offered, seen, text

if TYPE_CHECKING:
    from tests.bot.conftest import World

HOSTILE = (
    "@everyone @here <@1> <@&2> <#3> </aide:4>",
    "**gras** _souligné_ ~~barré~~ ||caché|| `code` ```bloc``` # titre > citation",
    "[cliquez ici](https://example.com) https://example.com <https://example.com>",
    "\u202egnirts\u202c \u200b\u2066x\u2069 \x00 \x07 \ud800",
    "'; DROP TABLE votes; --",
    "é" * 500,
    "🙂" * 250,
    "a " * 250,
    "?!?!?!?!" * 40,
    "{what} {0} %s %(x)s",
    "\n\n\n- liste\n# titre\n-# petit",
)


async def test_a_card_has_the_answer_first_then_its_sources(world: World) -> None:
    """The question stands above the card; each source has title, publication and date, where they are known.

    Of several times and speakers the answer tells.
    """
    result = await world.ask("Qui voulait racheter le moulin ?")
    assert result.response is not None
    assert [item["type"] for item in components(result.response)][:3] == [10, 17, 10]
    shown = [item["content"] for item in components(result.response) if item["type"] == 10]
    assert shown[0] == "-# En réponse à «\u00a0Qui voulait racheter le moulin\u202f?\u00a0»"
    assert shown[1].startswith("En mars 2031, selon la Gazette, la coopérative Azur serait prête")
    assert (
        "[1]\u00a0«\u00a0Le moulin de Valrose change de mains\u202f?\u00a0», La Gazette, 3\u00a0mars 2031" in shown[2]
    )
    assert "[2]\u00a0«\u00a0Valrose\u00a0: Brunel retire son offre\u00a0», article sans date" in shown[2]
    assert labels(result.response) == ["Sources", "Utile", "Pas utile", "Signaler"]
    assert offered(result.response)


async def test_an_answer_says_how_firm_it_is(world: World) -> None:
    """Date, status and speaker stand below it where they hold for all that was told."""
    shown = text(seen(await world.ask("Combien Azur offre-t-elle pour le moulin ?")))
    assert "\n-# mars 2031 (date déduite)\u00a0· rapporté\u00a0· selon la Gazette\n-# [1]" in shown
    established = text(seen(await world.ask("Combien de salariés le moulin emploie-t-il ?")))
    assert "-# sans date dans l’article\u00a0· établi par l’article" in established


async def test_who_somebody_is_has_no_date_and_no_speaker(world: World) -> None:
    """The line about a person or company is not the fact it rests on: nothing stands between it and its source."""
    shown = [item["content"] for item in components(seen(await world.ask("Qui est Azur ?"))) if item["type"] == 10]
    assert shown[1].startswith("Azur est une coopérative")
    assert shown[2].startswith("-# [1]")


async def test_an_answer_is_public_unless_the_asker_says_otherwise(world: World) -> None:
    """`prive` hides the answer from the channel, which sees it otherwise."""
    assert not (await world.ask("Qui voulait racheter le moulin ?")).ephemeral
    assert (await world.ask("Qui voulait racheter le moulin ?", prive=True)).ephemeral


async def test_what_is_unknown_is_told_to_the_asker_alone_with_questions_that_work(world: World) -> None:
    """An unknown is short, private in a server, and offers what gets an answer."""
    result = await world.ask("Combien offrait Brunel ?")
    assert result.ephemeral
    assert "\nLes articles ne donnent pas le montant" in text(result.response)
    assert offered(result.response)


@pytest.mark.parametrize(
    ("question", "buttons"),
    [("Combien offrait Brunel ?", ["Sources", "Signaler"]), ("Quel temps fait-il ?", ["Signaler"])],
)
async def test_an_admission_can_be_checked_and_reported(world: World, question: str, buttons: list[str]) -> None:
    """Where the articles do not say, members see on what that rests, if on anything, and report what is wrong."""
    asked = seen(await world.ask(question))
    assert labels(asked) == buttons
    if "Sources" in buttons:
        assert "Brunel retire son offre" in text(seen(await world.ada.click(asked, label="Sources")))
    form = await world.ada.click(asked, label="Signaler")
    await world.ada.submit_modal(form, {"question": question, "commentaire": "Ils le disent."})
    (report,) = await world.store.reports(10)
    assert report.comment == "Ils le disent."


async def test_the_question_is_shown_with_the_answer(world: World) -> None:
    """Readers of the channel see what was asked, as it was typed."""
    result = await world.ask("qui voulait racheter le moulin")
    assert "-# En réponse à «\u00a0qui voulait racheter le moulin\u00a0»" in text(result.response)


async def test_an_empty_field_proposes_the_curated_questions(world: World) -> None:
    """With nothing typed, the base's own welcome questions are proposed."""
    found = await world.ada.autocomplete(world.channel, "question", "texte", "")
    assert [choice["value"] for choice in found] == [
        "Qui voulait racheter le moulin ?",
        "Combien de salariés le moulin emploie-t-il ?",
    ]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("salar", "Combien de salariés le moulin emploie-t-il ?"),
        ("pourquoi brunel", "Pourquoi Brunel a-t-elle retiré son offre ?"),
        ("combien de farinne", "Combien de farine le moulin produit-il ?"),
    ],
)
async def test_what_was_typed_so_far_ranks_the_proposals(world: World, typed: str, first: str) -> None:
    """Unfinished and misspelt words find their question, best first."""
    found = await world.ada.autocomplete(world.channel, "question", "texte", typed)
    assert found[0]["value"] == first


async def test_a_whole_question_of_ones_own_comes_first(world: World) -> None:
    """Discord takes the first proposal at a press of Enter: it must not put another question in its place.

    That holds for one that leans on what was asked before, and not for one that has no answer, or that is proposed.
    """

    async def first(typed: str) -> str:
        return str((await world.ada.autocomplete(world.channel, "question", "texte", typed))[0]["value"])

    own = "Azur offre-t-elle 2 millions pour le moulin ?"
    assert await first(own) == own
    assert await first("combien de salariés le moulin emploie-t-il ?") == "Combien de salariés le moulin emploie-t-il ?"
    assert await first("Combien offrait Brunel ?") != "Combien offrait Brunel ?"
    await world.ask("Qui est Azur ?")
    assert await first("et Brunel ?") == "et Brunel ?"


INTENT = """
- id: {id}
  question: "{question}"
  facts: [offre-azur]
  phrasings: []
"""


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("licen", "Le moulin a-t-il licencié ?", "Azur a-t-elle des liens ?"),
        ("moulin", "Qu'est-ce que le moulin de Valrose ?", "Quel article nomme le moulin ?"),
        ("article moulin", "Quel article nomme le moulin ?", "La mairie : que disent les articles ?"),
    ],
)
async def test_words_as_they_stand_come_before_those_spelt_alike(
    world: World, typed: str, first: str, last: str
) -> None:
    """Of questions that hold what was typed, who it is comes first and what an article says last, unless asked for."""
    asked = {
        "licencie": "Le moulin a-t-il licencié ?",
        "liens": "Azur a-t-elle des liens ?",
        "article": "Quel article nomme le moulin ?",
    }
    intents = "".join(INTENT.format(id=name, question=question) for name, question in asked.items())
    (world.folder / "intents" / "essais.yaml").write_text(intents, encoding="utf-8")
    await world.bot.reload_base()
    found = [choice["value"] for choice in await world.ada.autocomplete(world.channel, "question", "texte", typed)]
    assert (found[0], found[-1]) == (first, last)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        # It means the same, and asks nothing besides.
        ("rachat", "Qui voulait racheter le moulin ?"),
        # It is one to begin with.
        ("qui", "Qui voulait racheter le moulin ?"),
        # It begins so.
        ("quand", "Quand Azur a-t-elle fait son offre pour le moulin ?"),
    ],
)
async def test_the_question_that_one_most_likely_begins_comes_first(world: World, typed: str, first: str) -> None:
    """What asks just that in other words, what the base begins with, and what begins with what was typed."""
    asked = {"offre-1": "Sait-on quand ?", "offre-2": "Quand Azur a-t-elle fait son offre pour le moulin ?"}
    intents = "".join(INTENT.format(id=name, question=question) for name, question in asked.items())
    (world.folder / "intents" / "essais.yaml").write_text(intents, encoding="utf-8")
    await world.bot.reload_base()
    found = await world.ada.autocomplete(world.channel, "question", "texte", typed)
    assert found[0]["value"] == first


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        # An article names nobody: what begins with it, then what to begin with.
        ("la", "Qu'est-ce que la Gazette ?", "Combien de salariés le moulin emploie-t-il ?"),
        # What is asked for, whatever it is.
        ("c'est quoi", "Qu'est-ce que le moulin de Valrose ?", "Combien de salariés le moulin emploie-t-il ?"),
        # What the engine is sure of.
        ("c'est quoi le moulin", "Qu'est-ce que le moulin de Valrose ?", None),
    ],
)
async def test_who_has_named_nothing_yet_is_shown_what_to_begin_with(
    world: World, typed: str, first: str, last: str | None
) -> None:
    """Cards come first for their names, or where one asks who or what; the curated questions stand at the end."""
    found = [choice["value"] for choice in await world.ada.autocomplete(world.channel, "question", "texte", typed)]
    assert found[0] == first
    assert last in (None, found[-1])


async def test_every_proposal_gets_an_answer_and_fits(world: World) -> None:
    """At most 25 proposals, each under 100 characters, and none leads to a dead end."""
    found = [
        choice["value"]
        for typed in ("", "moulin", "combien", "la", "qui", "pourquoi")
        for choice in await world.ada.autocomplete(world.channel, "question", "texte", typed)
    ]
    assert found
    for question in set(found):
        assert len(question) <= 100
        assert labels(seen(await world.ask(question)))


@pytest.mark.parametrize("typed", ["x" * 6_000, "moulin " * 800, *HOSTILE])
async def test_autocomplete_survives_anything_typed(world: World, typed: str, caplog: pytest.LogCaptureFixture) -> None:
    """Whatever stands in the field, at most 25 proposals come back, and there are none because of an error."""
    assert len(await world.ada.autocomplete(world.channel, "question", "texte", typed)) <= 25
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR] == []


@pytest.mark.parametrize("typed", HOSTILE)
async def test_what_a_member_types_is_shown_letter_for_letter(world: World, typed: str) -> None:
    """No text of a member becomes a mention, a link, a heading or a command when it is shown again."""
    shown = text(seen(await world.ask(typed, prive=False)))
    for live in ("@everyone", "@here", "<@1>", "<@&2>", "](http", "https://", "```", "\u202e", "\n# ", "\x00"):
        assert live not in re.sub(r"\\.", "", shown)


async def test_nothing_the_bot_sends_can_ping(world: World) -> None:
    """Every message goes out with all mentions switched off."""
    await world.ask("@everyone qui voulait racheter le moulin ?")
    await world.ada.send(world.channel, world.mention("qui voulait racheter le moulin ?"))
    await world.ada.send_dm("qui voulait racheter le moulin ?")
    sent = [entry.json for entry in world.env.http_requests if entry.method == "POST"]
    bodies = [body.get("data", body) for body in sent if isinstance(body, dict)]
    messages = [body for body in bodies if body.get("components")]
    assert len(messages) == 3
    assert all(body["allowed_mentions"]["parse"] == [] for body in messages)
    assert not any(body["allowed_mentions"].get("replied_user") for body in messages)


async def test_of_somebody_elses_long_message_the_beginning_is_read(world: World) -> None:
    """Who asks about it has nothing to shorten: what was read is answered, and they are told that it is not all."""
    message = await world.bob.send(world.channel, "combien de farine le moulin produit-il ? " + "bla " * 200)
    result = await world.ada.context_menu(world.channel, "Que dit la saga ?", message)
    assert "300 tonnes" in text(result.response)
    assert "que le début de ce message, 500\u00a0caractères" in text(result.response)
    await world.ada.forward(message, world.dm(world.ada))
    assert "que le début de ce message, 500\u00a0caractères" in text(world.last(world.dm(world.ada)))
    short = await world.bob.send(world.channel, "combien de farine le moulin produit-il ?")
    result = await world.ada.context_menu(world.channel, "Que dit la saga ?", short)
    assert "que le début" not in text(result.response)


async def test_a_question_of_spaces_gets_a_kind_word(world: World) -> None:
    """Nothing asked is no error."""
    assert "question" in text(seen(await world.ask("   ")))


async def test_the_menu_of_any_message_answers_from_it(world: World) -> None:
    """« Que dit la saga ? » takes the message as the question and shows which one it was."""
    message = await world.bob.send(world.channel, "au fait, combien de farine le moulin produit-il ?")
    result = await world.ada.context_menu(world.channel, "Que dit la saga ?", message)
    assert "300 tonnes" in text(result.response).replace("\u00a0", " ").replace("\u202f", " ")
    assert "À propos du message «\u00a0au fait, combien de farine" in text(result.response)


async def test_somebody_elses_message_is_read_by_itself(world: World) -> None:
    """It goes on from nothing that the asker had talked about; what the asker writes next goes on from it."""
    direct = world.dm(world.ada)
    await world.ada.send_dm("Combien Azur offre-t-elle pour le moulin ?")
    alone = await world.bob.send(world.channel, "et Brunel ?")
    await world.ada.forward(alone, direct)
    assert "montant de l’offre de Brunel" not in text(world.last(direct))
    whole = await world.bob.send(world.channel, "Combien Azur offre-t-elle pour le moulin ?")
    await world.ada.context_menu(world.channel, "Que dit la saga ?", whole)
    await world.ada.send(world.channel, world.mention("et Brunel ?"))
    assert "montant de l’offre de Brunel" in text(world.last())
    result = await world.ada.context_menu(world.channel, "Que dit la saga ?", alone)
    assert "montant de l’offre de Brunel" not in text(result.response)


async def test_the_menu_reads_what_a_message_without_content_shows(world: World) -> None:
    """A webhook's embed, forwarded or not, has no content, and says something all the same."""
    hook = world.guild.create_webhook(world.channel)
    embed = discord.Embed(title="Valrose", description="combien de farine le moulin produit-il ?")
    posted = await hook.send(embed=embed)
    forward = await world.bob.forward(posted, world.channel)
    for message in (posted, forward):
        result = await world.ada.context_menu(world.channel, "Que dit la saga ?", message)
        assert "\nLe moulin produit 300 tonnes" in text(result.response)
        assert "Sources" in labels(result.response)


async def test_the_menu_says_what_to_do_with_an_answer(world: World) -> None:
    """The bot is not asked about what it says itself: its sources and dates would be read as questions."""
    answer = seen(await world.ask("Combien Azur offre-t-elle pour le moulin ?"))
    result = await world.bob.context_menu(world.channel, "Que dit la saga ?", answer)
    assert result.ephemeral
    assert "Ce message est de moi" in text(result.response)


async def test_the_menu_says_when_there_is_nothing_to_read(world: World) -> None:
    """A message without text is told so, to the one who chose the entry."""
    message = await world.bob.send(world.channel, "", attachments=[("image.png", b"x")])
    result = await world.ada.context_menu(world.channel, "Que dit la saga ?", message)
    assert result.ephemeral
    assert "pas de texte" in text(result.response)


async def test_the_command_works_in_a_direct_message(world: World) -> None:
    """A direct message has no channel to spare: answers there are never hidden."""
    result = await world.ada.user.slash("question", texte="Qui voulait racheter le moulin ?")
    assert "Azur" in text(result.response)
    assert not result.ephemeral
