"""Asking on somebody's behalf: the conversation it belongs to, and what is counted of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from bot.asking.caching import TTLCache
from knowledge.conversation import Conversation
from knowledge.engine import answer
from knowledge.language.counting import YEAR
from knowledge.reply import Outcome, Reply, Rule

if TYPE_CHECKING:
    from datetime import datetime

    from bot.asking.memory import Conversations
    from bot.editions.edition import Edition
    from bot.editions.holder import Holder
    from bot.store import Store

QUESTION_AT_MOST: Final = 500
"""Characters of a question. A longer one is refused; of somebody else's message, the first so many are read."""
KEPT_AT_MOST: Final = 200
"""Characters of an unanswered question that are kept for curators; it is normalised first."""
DIGITS_AT_MOST: Final = 5
"""A number of more digits may be somebody's (a telephone, an account): it is not kept."""
TYPING_AT_MOST: Final = 200
"""How many people who are typing a question have its answer worked out ahead; the oldest goes first."""
TYPING_FOR: Final = 60.0
"""Seconds for which such an answer is held."""


class Door(StrEnum):
    """Where a question came in, as the store keeps it: another value would lose what was counted under this one."""

    COMMAND = "command"
    DIRECT = "direct"
    MENTION = "mention"
    REPLY = "reply"
    QUOTE = "quote"
    MENU = "menu"
    BUTTON = "button"


ASKING_NOTHING: Final = frozenset(
    {Rule.EMPTY, Rule.REMARK, Rule.ADRIFT, Rule.LATER, Rule.EARLIER, Rule.MORE, Rule.POINT}
)
"""Rules by which a message holds no question that the base could lack the answer to."""
_NUMBER = re.compile(r"\d+(?:[ .]\d+)*")
"""A number, in one piece or in several."""
_HARMLESS = re.compile(rf"{YEAR}(?: {YEAR})*|[1-9]\d*000")
"""Years, and what is round: an amount."""
SOMEBODY_ELSES: Final = frozenset({Door.QUOTE, Door.MENU})
"""Doors by which people ask about a message that another person may have written."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A reply and the edition that it rests on."""

    reply: Reply
    edition: Edition


@dataclass(frozen=True, slots=True)
class _Ahead:
    """A reply that was worked out while its question was typed, and what it rests on."""

    since: datetime
    """Of the edition, which is not held itself: a base that was replaced is to be let go."""
    text: str
    before: Conversation
    reply: Reply


class Answering:
    """Puts questions to the base in use, in the light of who asks and where."""

    def __init__(self, holder: Holder, conversations: Conversations, store: Store) -> None:
        self._holder = holder
        self._conversations = conversations
        self._store = store
        self._typing: TTLCache[int, _Ahead] = TTLCache(TYPING_AT_MOST, TYPING_FOR)

    def ahead(self, text: str, user_id: int, channel_id: int) -> Reply:
        """Answer what somebody has typed so far, which is not asked yet: if they then ask just that, `ask` has it."""
        edition, before = self._holder.current, self._conversations.of(user_id, channel_id)
        reply = self._answered(text, user_id, edition, before)
        self._typing.keep(user_id, _Ahead(edition.since, text, before, reply))
        return reply

    def ask(self, text: str, user_id: int, channel_id: int, door: Door, *, about: Conversation | None = None) -> Answer:
        """Answer `text`, and remember the conversation of that person in that channel for the next question.

        `about` is the conversation that the question goes on from, where that is not the person's own: that of the
        answer they reply to. Somebody else's message goes on from nothing.
        """
        edition = self._holder.current
        if door in SOMEBODY_ELSES:
            about = Conversation()
        before = about or self._conversations.of(user_id, channel_id)
        reply = self._answered(text, user_id, edition, before)
        self._typing.forget(user_id)
        self._conversations.keep(user_id, channel_id, reply.conversation)
        return Answer(reply, edition)

    def forget(self, user_id: int) -> None:
        """Forget what a person said and was typing."""
        self._conversations.forget(user_id)
        self._typing.forget(user_id)

    def _answered(self, text: str, user_id: int, edition: Edition, before: Conversation) -> Reply:
        """Return the reply to a question, which may have been worked out while it was typed."""
        held = self._typing.get(user_id)
        if held and (held.since, held.text, held.before) == (edition.since, text, before):
            return held.reply
        return answer(text, edition.base, before)

    def book(self, reply: Reply, door: Door) -> None:
        """Count an answer, and keep which questions of the message could not be answered, without their author.

        Somebody else's message was not written to us: nothing of it is kept.
        """
        self._store.count(reply.outcome.value, door.value)
        if door in SOMEBODY_ELSES:
            return
        for part in reply.parts:
            asked = without_numbers(part.reading.said)[:KEPT_AT_MOST]
            if part.outcome is Outcome.UNKNOWN and asked and part.rule not in ASKING_NOTHING:
                self._store.unanswered(asked, part.rule)


def without_numbers(said: str) -> str:
    """Return a question without the long numbers in it, which may be somebody's; years and round amounts stay."""

    def shown(found: re.Match[str]) -> str:
        short = sum(map(str.isdigit, found[0])) <= DIGITS_AT_MOST
        return found[0] if short or _HARMLESS.fullmatch(found[0]) else "…"

    return _NUMBER.sub(shown, said)
