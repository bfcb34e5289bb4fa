"""How the texts of a base are written: whole sentences, once each, and no yes or no before the facts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.compiling.problems import Problem
from knowledge.compiling.sources import Sources, repeated
from knowledge.language.normalising import words

SENTENCE = (".", "!", "?", "…", "»")
"""How a sentence ends; a reply may also end in a colon, behind which facts follow."""
_OPENING = " \u00a0\u202f«“\"'("
_VERDICT = re.compile(r"(?:oui|non|si)\s*[,.:;!]", re.IGNORECASE)


def style_problems(sources: Sources) -> Iterator[Problem]:
    """Find slips of form in what members read."""
    yield from _sentences(sources)
    yield from _verdicts(sources)
    yield from _doubles(sources)


def _sentences(sources: Sources) -> Iterator[Problem]:
    """Find texts that begin or end like no sentence, or have two spaces in a row."""
    names = tuple(name for actor in sources.actors for name in (actor.value.name, *actor.value.aliases))
    for placed, key, text in sources.told():
        if text.lstrip(_OPENING)[:1].islower() and not text.startswith(names):
            yield placed.problem(f"'{key}' has to begin with a capital", key)
        ends = {"question": None, "lead": None, "reply": (*SENTENCE, ":")}.get(key, SENTENCE)
        if ends and not text.endswith(ends):
            yield placed.problem(f"'{key}' has to end in one of {' '.join(ends)}, not in '{text.split()[-1]}'", key)
        if "  " in text:
            yield placed.problem(f"'{key}' has two spaces in a row", key)


def _verdicts(sources: Sources) -> Iterator[Problem]:
    """Find leads that say yes or no: asked the other way round, they would deny what is so."""
    for intent in sources.intents:
        if said := _VERDICT.match(intent.value.lead or ""):
            message = f"a lead is told to every question of its intent: say what is so, without '{said.group()}'"
            yield intent.problem(message, "lead")


def _doubles(sources: Sources) -> Iterator[Problem]:
    """Find two facts with one text, and two intents with one question."""
    for fact, first in repeated(sources.facts, lambda entry: words(entry.text)):
        yield fact.problem(f"the fact '{first.value.id}' at {first.where()} has the same text", "text")
    for intent, other in repeated(sources.intents, lambda entry: words(entry.question)):
        yield intent.problem(f"the intent '{other.value.id}' at {other.where()} has the same question", "question")
