"""Putting right what was asked last: "pas Azur, Brunel" asks the same of Brunel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from knowledge.conversation import Conversation
from knowledge.language.lexicon import Lexicon
from knowledge.language.normalising import MARKS
from knowledge.language.reading import read_tokens
from knowledge.language.splitting import parted
from knowledge.language.terms import Kind
from knowledge.model import KnowledgeBase


def amended(
    tokens: tuple[str, ...], base: KnowledgeBase, conversation: Conversation
) -> tuple[tuple[str, ...], Conversation]:
    """Return a message without what it says was not meant, and the talk without that; others as they are.

    That is a clause, between marks or words such as "mais", that begins with "pas" and tells nothing but what was
    spoken of.
    """
    clauses = parted(tokens, MARKS | base.lexicon.joints["but"]) if conversation.fresh else []
    if len(clauses) < 2:
        return tokens, conversation
    spoken = {term.feature for term in conversation.terms}.union(*(base.mentions[name] for name in conversation.facts))
    for place, clause in enumerate(clauses):
        if not _denies(clause, base.lexicon):
            continue
        reading = read_tokens("", clause, base.lexicon)
        denied = {term.feature for term in reading.terms if term.kind is not Kind.LIGHT}
        if denied and denied <= spoken and not reading.asks:
            meant = [word for other in clauses[:place] + clauses[place + 1 :] for word in other]
            left = tuple(term for term in conversation.terms if term.feature not in denied)
            return tuple(meant), replace(conversation, terms=left)
    return tokens, conversation


def _denies(clause: Sequence[str], lexicon: Lexicon) -> bool:
    """Tell whether the first word of a clause that is no filler is a "pas"."""
    opening = next((word for word in clause if word not in lexicon.neutral), "")
    return lexicon.says(opening, "!not")
