"""Whom a pronoun stands for: "il a vendu ?", behind a question about Azur, is "Azur a vendu ?"."""

from __future__ import annotations

from knowledge.conversation import Conversation
from knowledge.language.normalising import normalise
from knowledge.language.reading import Reading, read_tokens
from knowledge.model import KnowledgeBase


def spelled_out(reading: Reading, conversation: Conversation, base: KnowledgeBase) -> Reading | None:
    """Return a message with the name of whom its subject stands for in its place; None where that is not sure.

    That is the only one spoken of who acts, or of several the only person: "ils" is the only one that is none. "ça" is
    the only one spoken of, whatever it is.
    """
    joints = base.lexicon.joints
    pronouns = joints["pronoun"] | joints["neuter"]
    place = next((at for at, token in enumerate(reading.tokens) if token in pronouns), None)
    if place is None or not conversation.fresh or read_tokens("", reading.tokens[:place], base.lexicon).actors:
        return None
    if reading.tokens[place] in joints["neuter"] and reading.asks:
        return None
    named = dict.fromkeys(term.actor for term in conversation.terms if term.actor)
    spoken = [base.actors[name] for name in named]
    if reading.tokens[place] not in joints["neuter"]:
        spoken = [actor for actor in spoken if actor.acts]
        several = reading.tokens[place] in joints["several"]
        spoken = [actor for actor in spoken if len(spoken) == 1 or (actor.kind == "person") is not several]
    if len(spoken) != 1:
        return None
    tokens = (*reading.tokens[:place], *normalise(spoken[0].name), *reading.tokens[place + 1 :])
    return read_tokens(reading.text, tokens, base.lexicon)
