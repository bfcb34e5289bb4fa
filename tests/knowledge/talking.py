"""One person's talk with a base."""

from __future__ import annotations

from knowledge.conversation import Conversation
from knowledge.engine import answer
from knowledge.model import KnowledgeBase
from knowledge.reply import Reply


def replies(base: KnowledgeBase, *messages: str) -> list[Reply]:
    """Return the replies to one person's messages."""
    conversation, found = Conversation(), []
    for message in messages:
        found.append(answer(message, base, conversation))
        conversation = found[-1].conversation
    return found


def talk(base: KnowledgeBase, *messages: str) -> Reply:
    """Return the reply to the last message of one person's talk."""
    return replies(base, *messages)[-1]
