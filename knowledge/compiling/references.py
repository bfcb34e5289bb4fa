"""What keeps a base from being built: ids that are missing, slots that nothing fills, missing texts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from typing import Any, get_args

from knowledge.compiling.folders import seeds_folder
from knowledge.compiling.problems import Problem, shown
from knowledge.compiling.schema import Kind, TextName
from knowledge.compiling.sources import Placed, Sources, did_you_mean
from knowledge.model import CARDS

BRACES = re.compile(r"\{[^{}]*\}")
"""A slot, or what was meant to be one."""
NAMING = frozenset(
    [
        "unknown-name", "unknown-year", "in-year", "since-year", "before-year",
        "yes-hedged", "no-hedged", "yes-hedged-negated", "no-hedged-negated",
    ]
)  # fmt: skip
"""The texts in which `{what}` is filled."""
REQUIRED_TEXTS = frozenset(get_args(TextName))
"""What the engine says itself: a base without one of them could not answer."""


def reference_problems(sources: Sources) -> list[Problem]:
    """Return dangling ids, everywhere in the base, and what it cannot do without."""
    problems = list(_cards(sources))
    if sources.saga is None:
        return problems
    actors, facts, intents = (_named(sources, kind) for kind in ("actors", "facts", "intents"))
    topics = set(sources.saga.value.topics)
    for fact in sources.facts:
        problems += _dangling(fact, "actor", "by", actors)
        problems += _dangling(fact, "actor", "actors", actors)
        problems += _dangling(fact, "topic", "topics", topics)
        problems += _dangling(fact, "fact", "supersedes", facts)
        problems += _dangling(fact, "fact", "contradicts", facts)
    problems += _circle(sources)
    problems += _citations(sources)
    holders: list[Placed[Any]] = [*sources.intents, *sources.actors]
    problems += _absent("facts", sources, named=any(holder.value.facts for holder in holders))
    problems += _absent("actors", sources, named=any(fact.value.actors or fact.value.by for fact in sources.facts))
    for holder in holders:
        problems += _dangling(holder, "fact", "facts", facts)
    for intent in sources.intents:
        problems += _dangling(intent, "fact", "more", facts)
    for actor in sources.actors:
        for key in ("says", "stance"):
            problems += _dangling(actor, "intent", key, intents)
    problems += _outcomes(sources, facts)
    problems += _slots(sources)
    problems += _unfilled(sources)
    problems += _dangling(sources.saga, "intent", "welcome", intents)
    problems += _lacking(sources, sources.saga)
    return problems


def _known(sources: Sources, kind: str) -> set[str] | None:
    """Return the ids that may be named, or None where some could not be read: then any may be right."""
    return None if kind in sources.unread else sources.ids[kind]


def _named(sources: Sources, kind: str) -> set[str] | None:
    """Return the same, or None where there are none at all: that is one problem, and not one for each name."""
    return _known(sources, kind) or None


def _absent(kind: str, sources: Sources, *, named: bool) -> Iterator[Problem]:
    """Find that a base has nothing of a kind, though something names what belongs there: its folder is missing."""
    if named and not sources.ids[kind] and kind not in sources.unread:
        yield Problem(f"{kind}/", 0, f"there are no {kind} here, though other files name some")


def _lacking(sources: Sources, saga: Placed[Any]) -> Iterator[Problem]:
    """Find what a base whose files are good cannot do without."""
    told = any(not intent.value.reply for intent in sources.intents)
    told |= any(actor.value.facts and sources.actor_questions.get(actor.value.kind) for actor in sources.actors)
    if not told and not sources.problems:
        message = "no intent has facts or a gap, and no actor facts and a question in french/actor-questions.yaml"
        yield saga.problem(f"the base has no answer: {message}")
    if "texts" not in sources.unread:
        for name in sorted(REQUIRED_TEXTS - {*sources.said()}):
            yield saga.problem(f"the text '{name}' is missing in french/texts.yaml")


def _cards(sources: Sources) -> Iterator[Problem]:
    """Find ids of intents that would stand twice where an actor is added: its card has an id, too."""
    for intent in sources.intents:
        if intent.value.id.startswith(CARDS):
            yield intent.problem(
                f"'{intent.value.id}' is no id for an intent: the actors' cards begin with '{CARDS}'", "id"
            )


def _dangling(placed: Placed[Any], kind: str, key: str, known: set[str] | None) -> Iterator[Problem]:
    value = getattr(placed.value, key)
    names = [value] if isinstance(value, str) else value or ()
    for number, name in enumerate(names):
        if known is not None and name not in known:
            place = (key,) if name is value else (key, number)
            yield placed.problem(f"there is no {kind} '{name}'{did_you_mean(name, known)}", *place)
        elif name in names[:number]:
            yield placed.problem(f"the {kind} '{name}' stands twice", key, number)
        elif key in ("supersedes", "contradicts") and name == placed.value.id:
            yield placed.problem(f"the fact '{name}' {key} itself", key, number)


def _outcomes(sources: Sources, facts: set[str] | None) -> Iterator[Problem]:
    """Find what `outcome_of` names that is no fact, or of which another intent tells the outcome."""
    first: dict[str, Placed[Any]] = {}
    for intent in sources.intents:
        yield from _dangling(intent, "fact", "outcome_of", facts)
        for number, name in enumerate(intent.value.outcome_of):
            earlier = first.setdefault(name, intent)
            if earlier is not intent:
                yield intent.problem(f"what came of '{name}' is told at {earlier.where()}", "outcome_of", number)


def _circle(sources: Sources) -> Iterator[Problem]:
    """Find facts of which each overtakes the next, round to the first."""
    facts = {fact.value.id: fact for fact in sources.facts}
    overtaken = {name: [one for one in fact.value.supersedes if one != name] for name, fact in facts.items()}
    try:
        TopologicalSorter(overtaken).prepare()
    except CycleError as error:
        circle = error.args[1]
        message = f"these facts supersede one another: {', '.join(sorted({*circle}))}"
        yield facts[circle[0]].problem(message, "supersedes")


def _citations(sources: Sources) -> Iterator[Problem]:
    paragraphs = {card.value.id: {entry.n for entry in card.value.paragraphs} for card in sources.articles}
    refused = _known(sources, "articles")
    if not paragraphs and refused == set() and sources.facts:
        seeds = shown(seeds_folder(sources.folder), sources.folder)
        yield Problem(seeds, 0, "there are no article cards here, nor in a folder 'seeds' beside the base or above it")
        return
    for fact in sources.facts:
        for number, citation in enumerate(fact.value.sources):
            if citation.article not in paragraphs:
                if refused is not None and citation.article not in refused:
                    hint = did_you_mean(citation.article, paragraphs)
                    yield fact.problem(f"there is no article '{citation.article}'{hint}", "sources", number)
            elif citation.paragraph not in paragraphs[citation.article]:
                message = f"the card of '{citation.article}' has no paragraph {citation.paragraph}"
                yield fact.problem(message, "sources", number)


def _slots(sources: Sources) -> Iterator[Problem]:
    kinds = {"actor", *(actor.value.kind for actor in sources.actors)}
    if sources.problems:  # one of the others may be among what could not be read
        kinds |= set(get_args(Kind))
    slots = {f"{{{kind}}}" for kind in kinds}
    for intent in sources.intents:
        for key, number, phrasing in intent.value.worded():
            for slot in set(BRACES.findall(phrasing)) - slots:
                message = f"no actor is of the kind '{slot}'; there are {', '.join(sorted(slots))}"
                yield intent.problem(message, key, number)


def _unfilled(sources: Sources) -> Iterator[Problem]:
    """Find braces that members would read as they stand."""
    for placed, key, text in sources.told():
        for slot in BRACES.findall(text):
            if (key, slot) != ("reply", "{saga}"):
                yield placed.problem(f"members read '{slot}' as it stands: nothing fills it here", key)
    for name, said in sources.said().items():
        for slot in BRACES.findall(said.value):
            if slot != "{what}" or name not in NAMING:
                yield said.problem(f"members read '{slot}' of the text '{name}' as it stands")
