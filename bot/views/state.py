"""What a button has to remember of an answer, packed into its custom id, and found again in the base in use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.editions.catalogue import KEY, hash_of, short
from knowledge.reply import Outcome

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.editions.catalogue import Catalogue
    from knowledge.model import KnowledgeBase
    from knowledge.reply import Reply

PREFIX: Final = "saga"
"""All custom ids of this bot begin so."""
CUSTOM_ID_AT_MOST: Final = 100
FACTS_AT_MOST: Final = (CUSTOM_ID_AT_MOST - len(f"{PREFIX}:s:+")) // KEY
"""So many facts fit into a custom id; an answer hardly ever has more than six, several answers now and then do."""
NONE: Final = "-" * KEY
"""Stands for no intent: a key that no intent of any base has."""
KEYS: Final = rf"[\w-]{{{KEY}}}"
"""Pattern of one short key."""
DIGEST_LENGTH: Final = 8
"""Characters of the digest of an answer: 48 bits."""
DIGEST: Final = rf"[\w-]{{{DIGEST_LENGTH}}}"
"""Pattern of the digest of an answer."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What the buttons under an answer remember of it, as short keys of the catalogue."""

    answered: tuple[str, ...]
    """The intents that were answered, in order: a vote or a report is on all of them. NONE alone where there are none.

    Of what the articles do not say, nobody votes.
    """
    asked: tuple[str, ...]
    """The intents of all questions of the message, in order: a reply to the answer goes on from them."""
    facts: tuple[str, ...]
    """The facts that it rests on."""

    @classmethod
    def of(cls, reply: Reply, base: KnowledgeBase) -> Mark:
        """Return the mark of a reply."""
        asked = tuple(short(part.intent) for part in reply.parts if part.intent)
        facts = tuple(map(short, behind(reply, base)))
        answered = [part.intent for part in reply.parts if part.outcome is Outcome.ANSWERED and part.intent]
        told = tuple(map(short, dict.fromkeys(answered or filter(None, [reply.intent]))))
        return cls(told or (NONE,), asked, facts)

    @property
    def digest(self) -> str:
        """A short hash of the facts: two answers to one intent with other facts are two answers."""
        return hash_of("".join(self.facts), DIGEST_LENGTH)


def behind(reply: Reply, base: KnowledgeBase) -> tuple[str, ...]:
    """Return the facts that the text of a reply rests on: those that it tells, then those near what it admits.

    `composing.rests_on` has them in the order of the text. Votes are kept under a hash of this order: it has to stay.
    """
    admitted = (name for part in reply.parts if part.gap for name in base.intents[part.gap].told)
    return tuple(dict.fromkeys((*reply.facts, *admitted)))


def answer_key(intents: Sequence[str], digest: str) -> str:
    """Return the name of an answer in the store."""
    return f"{''.join(intents)}:{digest}"


def intents_of(keys: Sequence[str], catalogue: Catalogue) -> str:
    """Return the intents behind short keys as the store keeps them: with spaces between; a key for what is no more."""
    return " ".join(dict.fromkeys(catalogue.intents.get(key, key) for key in keys))


def unpacked(packed: str) -> tuple[str, ...]:
    """Return the short keys that stand one after the other in `packed`."""
    return tuple(packed[start : start + KEY] for start in range(0, len(packed), KEY))


def intent_of(key: str, catalogue: Catalogue) -> str | None:
    """Return the intent behind a short key; None where the base no longer has it."""
    return catalogue.intents.get(key)
