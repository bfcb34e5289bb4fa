"""Direct messages, mentions, replies, and silence towards everybody else."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import discord
import pytest
from simcord.backend.serializers import role_payload

from bot.asking.limits import Cooldowns, Rate
from bot.connection.translator import ENGLISH
from bot.replying.addressing import conversation_of, speaks_to
from bot.replying.delivery import NO_HISTORY
from knowledge import engine
from knowledge.language.typography import typeset
from tests.bot.conftest import labels, offered, seen, text

if TYPE_CHECKING:
    from knowledge.conversation import Conversation
    from knowledge.model import KnowledgeBase
    from knowledge.reply import Reply
    from tests.bot.conftest import World


async def test_a_direct_message_is_a_question(world: World) -> None:
    """Any text in a direct message is answered, with sources, as a reply without a ping."""
    sent = await world.ada.send_dm("combien de farine le moulin produit-il ?")
    reply = world.last(world.dm(world.ada))
    assert "300" in text(reply)
    assert "Sources" in labels(reply)
    assert reply.reference is not None
    assert reply.reference.message_id == sent.id


async def test_a_forwarded_message_is_a_question(world: World) -> None:
    """What somebody wrote elsewhere is answered where it is forwarded to us, or by the menu of the forward."""
    written = await world.bob.send(world.channel, "pourquoi Brunel a retiré son offre ?")
    direct = world.dm(world.ada)
    await world.ada.forward(written, direct)
    assert "faute d’accord" in text(world.last(direct))
    forward = await world.ada.forward(written, world.channel)
    result = await world.bob.context_menu(world.channel, "Que dit la saga ?", forward)
    assert "faute d’accord" in text(seen(result))


async def test_a_follow_up_leans_on_the_last_answer(world: World) -> None:
    """« et Brunel ? » is read with the question before it; in another channel it is a question of its own."""
    await world.ada.send_dm("Combien Azur offre-t-elle pour le moulin ?")
    await world.ada.send_dm("et Brunel ?")
    assert "montant de l’offre de Brunel" in text(world.last(world.dm(world.ada)))


@pytest.mark.parametrize("said", ["nouvelle conversation", "Nouvelle conversation !", "oublie tout"])
async def test_a_new_conversation_forgets_the_last_one(world: World, said: str) -> None:
    """After « nouvelle conversation », nothing is leant on."""
    await world.ada.send_dm("Combien Azur offre-t-elle pour le moulin ?")
    await world.ada.send_dm(said)
    assert "oublié" in text(world.last(world.dm(world.ada)))
    assert not world.bot.conversations.of(world.ada.id, world.dm(world.ada).id).fresh


async def test_a_mention_is_answered_in_the_channel(world: World) -> None:
    """A mention makes the rest of the message a question."""
    await world.ada.send(world.channel, world.mention("pourquoi Brunel a retiré son offre ?"))
    assert "faute d’accord" in text(world.last())


async def test_a_mention_of_the_bots_role_is_told_to_mention_the_bot(world: World) -> None:
    """Discord proposes both, and hides what is written to the role. It is told once a while; who mentions both asks."""
    backend, question = world.env.backend, "qui voulait racheter le moulin ?"
    other = world.guild.create_role("Autre")
    (ours,) = (role for role in backend.get_guild(world.guild.id).roles.values() if role.managed)
    assert world.bot.user is not None
    tagged = {**role_payload(ours), "tags": {"bot_id": str(world.bot.user.id)}}
    backend.emit("GUILD_ROLE_UPDATE", {"guild_id": str(world.guild.id), "role": tagged})
    await world.env.settle()
    await world.ada.send(world.channel, f"<@&{other.id}> {question}")
    assert world.last().author.id == world.ada.id
    await world.ada.send(world.channel, f"<@&{ours.id}> {question}")
    assert f"Mentionnez-moi plutôt\u00a0: {world.mention()}" in text(world.last())
    await world.ada.send(world.channel, f"<@&{ours.id}> {question}")
    assert world.last().author.id == world.ada.id
    await world.ada.send(world.channel, world.mention(f"<@&{ours.id}> {question}"))
    assert "Azur" in text(world.last())


async def test_a_bare_mention_says_hello(world: World) -> None:
    """A mention and nothing else gets a short word of help, which names the saga and offers questions."""
    await world.ada.send(world.channel, world.mention())
    assert "Posez-moi une question sur la vente du moulin de Valrose" in text(world.last())
    assert offered(world.last()) == [
        "Qui voulait racheter le moulin\u202f?",
        "Combien de salariés le moulin emploie-t-il\u202f?",
    ]


async def test_a_bare_mention_under_an_answer_says_hello_too(world: World) -> None:
    """Who calls us by name is never met by silence."""
    await world.ada.send(world.channel, world.mention("Combien Azur offre-t-elle pour le moulin ?"))
    await world.bob.send(world.channel, world.mention(), reply_to=world.last())
    assert "Posez-moi une question" in text(world.last())


async def test_a_reply_to_an_answer_is_a_follow_up_for_anybody(world: World) -> None:
    """Bob replies to Ada's answer: he is answered in the light of it, though he never asked before."""
    await world.ada.send(world.channel, world.mention("Combien Azur offre-t-elle pour le moulin ?"))
    await world.bob.send(world.channel, "et Brunel ?", reply_to=world.last())
    assert "montant de l’offre de Brunel" in text(world.last())


async def test_a_reply_is_a_follow_up_after_a_restart_too(world: World) -> None:
    """What an answer was about is found by its buttons, not in the memory of the process."""
    await world.ada.send(world.channel, world.mention("Combien Azur offre-t-elle pour le moulin ?"))
    await world.restart()
    await world.bob.send(world.channel, "et Brunel ?", reply_to=world.last())
    assert "montant de l’offre de Brunel" in text(world.last())


async def test_a_reply_to_several_answers_goes_on_from_the_last(world: World) -> None:
    """Bob's « pourquoi ? » under Ada's two questions is read as hers would be, be the last one answered or not."""
    for question, told in (
        ("combien de farine le moulin produit-il ? la mairie est-elle d'accord pour vendre ?", "la mairie refuse"),
        ("combien de farine le moulin produit-il ? combien offrait Brunel ?", "faute d’accord"),
    ):
        await world.ada.send(world.channel, world.mention(question))
        assert "300 tonnes" in text(world.last())
        await world.bob.send(world.channel, "pourquoi ?", reply_to=world.last())
        assert told in text(world.last())


async def test_only_what_an_answer_is_about_goes_over_to_others(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who replies to their own last answer goes on from their own words, anybody else from the base's question."""
    leant: list[Conversation] = []

    def answer(asked: str, base: KnowledgeBase, before: Conversation) -> Reply:
        leant.append(before)
        return engine.answer(asked, base, before)

    monkeypatch.setattr("bot.asking.answering.answer", answer)
    await world.ada.send(world.channel, world.mention("combien offre Azur en 2031 ?"))
    card, own = world.last(), world.bot.conversations.of(world.ada.id, world.channel.id)
    for person in (world.bob, world.ada):
        await person.send(world.channel, "et Brunel ?", reply_to=card)
    _, his, hers = leant
    assert hers == own
    assert (his.intent, his.facts) == (own.intent, own.facts)
    assert (own.years, his.years) == ((2031,), ())


async def test_the_last_of_several_questions_is_read_after_the_others(world: World) -> None:
    """What the first was about is still meant in the last, for others as for the asker."""
    await world.ada.send(world.channel, world.mention("combien de farine le moulin produit-il ? combien offre Azur ?"))
    base, catalogue = world.bot.holder.current.base, world.bot.holder.current.catalogue
    price = replace(base.intents["prix-azur"], question="Quel est le prix proposé ?")
    led = conversation_of(world.last(), replace(base, intents={**base.intents, price.id: price}), catalogue)
    assert led is not None
    assert led.intent == price.id
    assert "moulin" in {term.actor for term in led.terms}


async def test_a_bare_mention_in_reply_takes_that_message_as_the_question(world: World) -> None:
    """Where Discord shows us the message replied to, it is the question."""
    asked = await world.bob.send(world.channel, world.mention("Combien de salariés le moulin emploie-t-il ?"))
    await world.ada.send(world.channel, world.mention(), reply_to=asked)
    answers = [
        message
        for message in world.channel.history()
        if "45\u00a0salariés" in text(message) or "45 salariés" in text(message)
    ]
    assert len(answers) == 2


async def test_a_message_that_discord_hides_is_told_with_the_way_round(world: World) -> None:
    """Without the privileged intent we see no text: the menu entry is pointed at, as either language writes it."""
    asked = await world.bob.send(world.channel, "combien de salariés le moulin emploie-t-il ?")
    await world.ada.send(world.channel, world.mention(), reply_to=asked)
    menu = "Que dit la saga ?"
    assert typeset(f"« {menu} »") in text(world.last())
    assert f"«\u00a0{ENGLISH[menu]}\u00a0»" in text(world.last())


async def test_nobody_is_spoken_to_unaddressed(world: World) -> None:
    """People's talk, @everyone, other bots and webhooks are left alone."""
    other = world.guild.add_member(world.env.create_user("robot", bot=True))
    hook = world.guild.create_webhook(world.channel)
    await world.ada.send(world.channel, "qui voulait racheter le moulin ?")
    await world.manager.send(world.channel, "@everyone qui voulait racheter le moulin ?")
    await other.send(world.channel, world.mention("qui voulait racheter le moulin ?"))
    await hook.send(world.mention("qui voulait racheter le moulin ?"))
    assert world.bot.user is not None
    assert all(message.author.id != world.bot.user.id for message in world.channel.history())


@pytest.mark.parametrize("kind", [discord.MessageType.pins_add, discord.MessageType.call])
def test_what_discord_writes_for_somebody_is_no_question(kind: discord.MessageType) -> None:
    """That a person pinned a message, or began a call, comes as a message of theirs."""
    me: Any = object()
    message: Any = SimpleNamespace(author=SimpleNamespace(bot=False), webhook_id=None, guild=None, type=kind)
    assert not speaks_to(message, me)
    message.type = discord.MessageType.default
    assert speaks_to(message, me)


async def test_the_bot_does_not_answer_itself(world: World) -> None:
    """An answer that mentions nobody starts no talk of the bot with itself."""
    await world.ada.send_dm("qui voulait racheter le moulin ?")
    assert len(world.dm(world.ada).history()) == 2


async def test_an_overlong_message_is_told_so(world: World) -> None:
    """Over 500 characters, the sentence says how many there were, and how many are read."""
    await world.ada.send_dm("moulin " * 100)
    assert "699\u00a0caractères" in text(world.last(world.dm(world.ada)))
    assert "jusqu’à 500" in text(world.last(world.dm(world.ada)))


async def test_a_mention_that_meets_a_failing_database_is_not_answered(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    """Where the settings cannot be read, nobody knows whether all may see an answer; the log has the reason."""
    with closing(sqlite3.connect(world.database)) as connection:
        connection.execute("DROP TABLE guild_settings")
    await world.ada.send(world.channel, world.mention("qui voulait racheter le moulin ?"))
    assert world.last().author.id == world.ada.id
    assert "a server's settings cannot be read: " in caplog.text


async def test_where_the_bot_may_not_write_nothing_breaks(world: World) -> None:
    """A missing permission is for the log, not for the members; what was not sent is not counted."""
    world.env.inject_error("POST", "/channels/*/messages", status=403, code=50013)
    await world.ada.send(world.channel, world.mention("qui voulait racheter le moulin ?"))
    assert world.last().author.id == world.ada.id
    await world.store.flush()
    assert await world.store.daily(1) == []


async def test_where_the_bot_may_not_read_the_history_it_answers_without_a_reply(world: World) -> None:
    """Discord refuses a reply there, not a message."""
    world.env.inject_error("POST", "/channels/*/messages", status=403, code=NO_HISTORY)
    await world.ada.send(world.channel, world.mention("pourquoi Brunel a retiré son offre ?"))
    assert "faute d’accord" in text(world.last())
    assert world.last().reference is None
    await world.store.flush()
    (counted,) = await world.store.daily(1)
    assert (counted.outcome, counted.count) == ("answered", 1)


async def test_what_is_no_answer_makes_no_sound(world: World) -> None:
    """Nobody's phone rings to say that the articles do not say, not even where the bot has to write without a reply."""
    await world.ada.send(world.channel, world.mention("qui voulait racheter le moulin ?"))
    assert not world.last().flags.silent
    await world.ada.send(world.channel, world.mention("combien offrait Brunel ?"))
    assert world.last().flags.silent
    world.env.inject_error("POST", "/channels/*/messages", status=403, code=NO_HISTORY)
    await world.ada.send(world.channel, world.mention("combien offrait Brunel ?"))
    assert world.last().reference is None
    assert world.last().flags.silent


async def test_too_many_messages_are_answered_by_one_private_notice(world: World) -> None:
    """Who asks too fast in a channel is told so once, in a direct message, not before everybody."""
    world.bot.cooldowns = Cooldowns(Rate(1, 3_600.0), Rate(100, 1.0))
    for _ in range(3):
        await world.ada.send(world.channel, world.mention("qui voulait racheter le moulin ?"))
    ours = [message for message in world.channel.history() if message.author.id != world.ada.id]
    assert len(ours) == 1
    notices = world.dm(world.ada).history()
    assert len(notices) == 1
    assert "souffler" in text(notices[0])


async def test_closed_direct_messages_break_nothing(world: World) -> None:
    """Where the private notice cannot be delivered, there is silence."""
    world.bot.cooldowns = Cooldowns(Rate(1, 3_600.0), Rate(100, 1.0))
    await world.ada.send(world.channel, world.mention("qui voulait racheter le moulin ?"))
    world.env.inject_error("POST", "/channels/*/messages", status=403, code=50007)
    await world.ada.send(world.channel, world.mention("qui voulait racheter le moulin ?"))
    assert world.dm(world.ada).history() == []
