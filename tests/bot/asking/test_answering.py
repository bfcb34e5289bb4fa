"""What is kept of the questions that people ask."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING, Final

import pytest

from bot.asking import answering
from bot.asking.answering import Door, without_numbers
from bot.asking.memory import Conversations
from bot.editions import catalogue
from bot.editions.edition import Edition
from knowledge.conversation import Conversation
from knowledge.engine import answer
from tests.bot.conftest import MOMENT, text

if TYPE_CHECKING:
    from knowledge.model import KnowledgeBase
    from knowledge.reply import Reply
    from tests.bot.conftest import World

TALK: Final = (
    "Qui voulait racheter le moulin ?",
    "Combien Azur offre-t-elle pour le moulin ?",
    "et Brunel ?",
    "pourquoi ?",
    "et ensuite ?",
    "plus court",
    "nouvelle conversation",
)


@pytest.fixture
def worked_out(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the texts that the engine is asked from now on, as they come."""
    asked: list[str] = []

    def noted(text: str, base: KnowledgeBase, before: Conversation | None = None) -> Reply:
        asked.append(text)
        return answer(text, base, before)

    monkeypatch.setattr(answering, "answer", noted)
    return asked


async def test_what_was_typed_is_answered_when_it_is_sent(world: World, worked_out: list[str]) -> None:
    """The answer is worked out while Discord asks for proposals, and goes out at once; it is used once."""
    asked = "Qui voulait racheter le moulin ?"
    await world.ada.autocomplete(world.channel, "question", "texte", f" {asked}")
    assert worked_out == [asked]
    result = await world.ask(asked)
    assert result.response is not None
    assert "la coopérative Azur" in text(result.response)
    assert worked_out == [asked]
    await world.ask(asked)
    assert worked_out == [asked] * 2


async def test_what_was_typed_by_somebody_else_or_before_another_question_is_worked_out_anew(
    world: World, worked_out: list[str]
) -> None:
    """A follow-up depends on what went before it, and every person has a talk of their own."""
    await world.ask("Qui est Azur ?")
    await world.ada.autocomplete(world.channel, "question", "texte", "et Brunel ?")
    await world.bob.slash(world.channel, "question", texte="et Brunel ?")
    assert worked_out.count("et Brunel ?") == 2
    await world.ask("et Brunel ?")
    assert worked_out.count("et Brunel ?") == 2
    await world.ada.autocomplete(world.channel, "question", "texte", "et le moulin ?")
    await world.ask("quand le moulin a-t-il brûlé ?")
    await world.ask("et le moulin ?")
    assert worked_out.count("et le moulin ?") == 2


async def test_what_was_typed_before_a_reload_is_answered_from_the_new_base(
    world: World, worked_out: list[str]
) -> None:
    """An answer never rests on facts that were replaced since."""
    asked = "Qui voulait racheter le moulin ?"
    await world.ada.autocomplete(world.channel, "question", "texte", asked)
    await world.bot.holder.reload()
    await world.ask(asked)
    assert worked_out == [asked] * 2


def test_what_was_typed_changes_no_answer(moulin: KnowledgeBase) -> None:
    """Whoever types what, where, and asks or forgets meanwhile: each answer is the one that its own talk leads to."""
    used = Edition(moulin, catalogue.build(moulin), MOMENT)
    holder, talks, apart = SimpleNamespace(current=used), Conversations(), Conversations()
    subject = answering.Answering(holder, talks, SimpleNamespace())  # type: ignore[arg-type]
    chance = random.Random(7)  # noqa: S311 - no secret
    typed = TALK[0]
    for _ in range(400):
        user, channel, step = chance.choice((1, 2)), chance.choice((3, 4)), chance.random()
        if step < 0.45:
            typed = chance.choice(TALK)
            subject.ahead(typed, user, channel)
        elif step < 0.9:
            asked, door = chance.choice((typed, chance.choice(TALK))), chance.choice(list(Door))
            before = Conversation() if door in answering.SOMEBODY_ELSES else apart.of(user, channel)
            wanted = answer(asked, moulin, before)
            apart.keep(user, channel, wanted.conversation)
            got = subject.ask(asked, user, channel, door).reply
            assert (got.text, got.facts, got.conversation) == (wanted.text, wanted.facts, wanted.conversation)
        elif step < 0.96:
            subject.forget(user)
            apart.forget(user)
        else:
            holder.current = replace(used, since=holder.current.since + timedelta(seconds=1))


async def gaps(world: World) -> list[tuple[str, str, int]]:
    """Return the questions kept as unanswered: why, and how often."""
    await world.store.flush()
    return [(gap.question, gap.cause, gap.count) for gap in await world.store.gaps(10)]


async def test_of_a_message_half_answered_the_other_half_is_kept(world: World) -> None:
    """Each question that could not be answered is kept by itself, with its own cause; the others are not."""
    await world.ada.send_dm("combien de salariés le moulin emploie-t-il ? et qui est le maire de Lyon ?")
    assert await gaps(world) == [("qui est le maire de lyon", "name", 1)]


async def test_of_a_long_question_the_beginning_is_kept(world: World) -> None:
    """What is kept of an unanswered question has at most 200 characters, as PRIVACY.md says."""
    await world.ada.send_dm(f"quand a brûlé le Pérou, {'ville de brume et de soie ' * 18}?")
    ((kept, _, _),) = await gaps(world)
    assert kept.startswith("quand a brule le perou")
    assert len(kept) == 200


@pytest.mark.parametrize("number", ["0612345678", "06 12 34 56 78", "06.12.34.56.78", "+33 6-12-34-56-78"])
async def test_of_a_number_that_may_be_somebodys_nothing_is_kept(world: World, number: str) -> None:
    """However a telephone number is written, the question is kept without it."""
    await world.ada.send_dm(f"mon numero est {number}, qui est le maire de Lyon ?")
    kept = " ".join(question for question, _, _ in await gaps(world))
    assert "lyon" in kept
    assert not any(map(str.isdigit, kept))


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("mon numero est 0612345678", "mon numero est …"),
        ("carte 4970 1234 5678 9012 volee", "carte … volee"),
        ("fr 7630006000011", "fr …"),
        ("061234000", "…"),
        ("75003 paris", "75003 paris"),
        ("entre 2020 2021 et 2024", "entre 2020 2021 et 2024"),
        ("170000000 de dollars", "170000000 de dollars"),
        ("39.5 milliards", "39.5 milliards"),
    ],
)
def test_years_and_amounts_are_kept(said: str, kept: str) -> None:
    """What a saga may be about stays; of other numbers only the short ones do."""
    assert without_numbers(said) == kept


@pytest.mark.parametrize("said", ["pourquoi ?", "hein ?", "et"])
async def test_what_asks_nothing_is_no_gap(world: World, said: str) -> None:
    """Where no question was found, the base lacks no answer."""
    await world.ada.send_dm(said)
    assert await gaps(world) == []
    (counted,) = await world.store.daily(1)
    assert counted.outcome == "unknown"


async def test_whoever_was_told_all_asks_for_nothing_that_the_base_lacks(world: World) -> None:
    """« et qui d'autre ? » behind an answer that names everybody is no gap, as « et ensuite ? » is none."""
    await world.ada.send_dm("qui voulait racheter le moulin ?")
    await world.ada.send_dm("et qui d'autre ?")
    assert "rien d’autre" in text(world.last(world.dm(world.ada)))
    assert await gaps(world) == []


async def test_nothing_is_kept_of_a_message_that_somebody_else_may_have_written(world: World) -> None:
    """A question about a message, by its menu, a forward or a mention in reply, leaves nothing of what it says."""
    hers = await world.bob.send(world.channel, "Marie Dupont habite 12 rue des Lilas")
    await world.ada.context_menu(world.channel, "Que dit la saga ?", hers)
    await world.ada.forward(hers, world.dm(world.ada))
    assert "la saga du moulin" in text(world.last(world.dm(world.ada)))
    assert await gaps(world) == []
    asked = await world.bob.send(world.channel, world.mention("qui est le maire de Lyon ?"))
    await world.ada.send(world.channel, world.mention(), reply_to=asked)
    assert await gaps(world) == [("qui est le maire de lyon", "name", 1)]
    assert {count.door for count in await world.store.daily(1)} == {Door.MENU, Door.MENTION, Door.QUOTE}
