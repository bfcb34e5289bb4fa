"""Cooldowns, and what is remembered of conversations."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.asking.limits import Cooldown, Cooldowns, Rate
from bot.asking.memory import EXPIRES_AFTER, Conversations
from knowledge.conversation import Conversation
from tests.bot.conftest import seen, text, values

if TYPE_CHECKING:
    from tests.bot.conftest import World

QUESTION = "Qui voulait racheter le moulin ?"


class Clock:
    """A clock that moves when it is told to."""

    now = 0.0

    def __call__(self) -> float:
        """Return the time."""
        return self.now


def test_so_many_questions_in_so_many_seconds() -> None:
    """The next question is free again when the oldest is old enough, and waiting costs nothing."""
    clock = Clock()
    cooldown = Cooldown(Rate(2, 10.0), clock=clock)
    for moment in (0.0, 4.0):
        clock.now = moment
        assert cooldown.wait("ada") == 0.0
        cooldown.spend("ada")
    assert cooldown.wait("ada") == pytest.approx(6.0)
    assert cooldown.wait("bob") == 0.0
    clock.now = 10.0
    assert cooldown.wait("ada") == 0.0


def test_a_bounded_number_of_people_is_remembered() -> None:
    """A flood of new people costs no memory."""
    cooldown = Cooldown(Rate(1, 10.0), clock=Clock(), remembered=10)
    for person in range(1_000):
        cooldown.spend(person)
    assert len(cooldown) == 10


def test_who_asked_long_ago_is_forgotten() -> None:
    """Nobody is remembered longer than it counts."""
    clock = Clock()
    cooldown = Cooldown(Rate(2, 10.0), clock=clock)
    for clock.now, person in ((0.0, "ada"), (1.0, "bob"), (9.0, "ada"), (11.0, "carla")):
        assert cooldown.wait(person) == 0.0
        cooldown.spend(person)
    assert len(cooldown) == 2
    clock.now = 100.0
    cooldown.spend("bob")
    assert len(cooldown) == 1


def test_who_was_told_to_wait_is_forgotten_too() -> None:
    """A notice is remembered as long as it counts, whoever asks something later."""
    clock = Clock()
    cooldowns = Cooldowns(Rate(1, 10.0), Rate(9, 10.0), clock=clock)
    assert cooldowns.tell(1)
    clock.now = 100.0
    assert cooldowns.ask(2, 7) == 0.0
    assert not len(cooldowns.notices)


def test_a_refused_question_is_not_spent() -> None:
    """Asking in vain does not make the wait longer, for oneself or for the channel."""
    clock = Clock()
    cooldowns = Cooldowns(Rate(1, 10.0), Rate(2, 10.0), clock=clock)
    assert cooldowns.ask(1, 7) == 0.0
    for _ in range(5):
        assert cooldowns.ask(1, 7) == pytest.approx(10.0)
    assert cooldowns.ask(2, 7) == 0.0
    assert cooldowns.ask(3, 7) > 0.0
    assert cooldowns.ask(3, 8) == 0.0


def test_nobody_is_met_by_silence_who_was_answered_since_the_last_notice() -> None:
    """One notice for each stretch of questions in vain, however soon after the one before."""
    clock = Clock()
    cooldowns = Cooldowns(Rate(1, 10.0), Rate(100, 10.0), clock=clock)
    met = []
    for clock.now in range(0, 22, 3):
        met.append("answer" if cooldowns.ask(1, 7) == 0.0 else "notice" if cooldowns.tell(1) else "silence")
    assert met == ["answer", "notice", "silence", "silence", "answer", "notice", "silence", "silence"]


def test_of_two_waits_the_longer_is_told() -> None:
    """Where a person and their channel have both asked too much, the next question is answered after both."""
    for person, channel in ((10.0, 60.0), (60.0, 10.0)):
        cooldowns = Cooldowns(Rate(1, person), Rate(1, channel), clock=Clock())
        assert cooldowns.ask(1, 7) == 0.0
        assert cooldowns.ask(1, 7) == pytest.approx(60.0)


async def test_too_fast_is_told_privately_and_kindly(world: World) -> None:
    """The notice says how long; another person may ask meanwhile."""
    world.bot.cooldowns = Cooldowns(Rate(1, 3_600.0), Rate(100, 1.0))
    answer = seen(await world.ask(QUESTION))
    result = await world.ask(QUESTION)
    assert result.ephemeral
    assert "secondes" in text(result.response)
    chosen = await world.ada.select(answer, [values(answer)[0]])
    assert "souffler" in text(chosen.response)
    assert "Azur" in text(seen(await world.bob.slash(world.channel, "question", texte=QUESTION)))


async def test_a_busy_channel_is_spared(world: World) -> None:
    """Many people together are one channel's flood: who has asked nothing yet is told that it is not them."""
    world.bot.cooldowns = Cooldowns(Rate(100, 1.0), Rate(1, 3_600.0))
    await world.ask(QUESTION)
    result = await world.bob.slash(world.channel, "question", texte=QUESTION)
    assert result.ephemeral
    assert "du même salon" in text(result.response)
    assert "secondes" in text(result.response)


async def test_lists_are_limited_like_answers(world: World) -> None:
    """A channel can be flooded by pages of the timeline as well as by answers."""
    world.bot.cooldowns = Cooldowns(Rate(1, 3_600.0), Rate(100, 1.0))
    await world.ask(QUESTION)
    for name in ("chronologie", "sources", "chiffres"):
        assert "souffler" in text((await world.ada.slash(world.channel, name)).response)


async def test_small_words_are_limited_like_answers(world: World) -> None:
    """Somebody who mentions the bot again and again without a question does not make it flood the channel."""
    world.bot.cooldowns = Cooldowns(Rate(1, 3_600.0), Rate(100, 1.0))
    for _ in range(3):
        await world.ada.send(world.channel, world.mention())
    assert len([message for message in world.channel.history() if message.author.id != world.ada.id]) == 1


def test_conversations_fade() -> None:
    """After half an hour of silence a conversation is over, and forgotten whoever asks or looks next."""
    clock = Clock()
    held = Conversations(clock=clock)
    talk = Conversation(intent="prix")
    held.keep(1, 2, talk)
    held.keep(3, 2, talk)
    assert held.of(1, 2) == talk
    assert held.of(1, 3) == Conversation()
    clock.now = EXPIRES_AFTER
    held.keep(1, 2, talk)
    clock.now = EXPIRES_AFTER + 1
    assert len(held) == 1
    clock.now = 2 * EXPIRES_AFTER + 1
    assert held.of(1, 2) == Conversation()
    held.keep(1, 2, talk)
    clock.now = 4 * EXPIRES_AFTER
    held.keep(3, 2, talk)
    assert len(held) == 1
    assert held.of(3, 2) == talk


def test_conversations_are_bounded() -> None:
    """The oldest goes first."""
    held = Conversations(clock=Clock(), remembered=3)
    for person in range(5):
        held.keep(person, 0, Conversation(intent=str(person)))
    assert [held.of(person, 0).intent for person in range(5)] == [None, None, "2", "3", "4"]
