"""Whom a pronoun stands for: "il a vendu ?", behind a question about Azur, is "Azur a vendu ?"."""

from __future__ import annotations

from knowledge.conversation import Conversation
from knowledge.language.normalising import normalise
from knowledge.language.reading import Reading, read_tokens
from knowledge.model import KnowledgeBase


def pronoun_resolved(reading: Reading, conversation: Conversation, base: KnowledgeBase) -> Reading | None:
    """Return a message with the name of whom its subject stands for in its place; None where that is not sure.

    That is the only one spoken of who acts, or of several the only person: "ils" is the only one that is none. "ça" is
    the only one spoken of, whatever it is.
    """
    joints, tokens = base.lexicon.joints, reading.tokens
    pronouns = joints["pronoun"] | joints["neuter"] if conversation.fresh else ()
    place = next((at for at, token in enumerate(tokens) if token in pronouns), None)
    if place is None or read_tokens("", tokens[:place], base.lexicon).actors:
        return None
    neuter, several = tokens[place] in joints["neuter"], tokens[place] in joints["several"]
    named = dict.fromkeys(term.actor for term in conversation.terms if term.actor)
    spoken = [actor for name in named if (actor := base.actors[name]).acts or neuter]
    if len(spoken) > 1 and not neuter:
        spoken = [actor for actor in spoken if (actor.kind == "person") is not several]
    if len(spoken) != 1 or (neuter and reading.asks):
        return None
    meant = (*tokens[:place], *normalise(spoken[0].name), *tokens[place + 1 :])
    return read_tokens(reading.text, meant, base.lexicon)
