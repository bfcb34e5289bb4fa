"""Turning the entries of a base into a `KnowledgeBase`: its facts, its actors, and its phrasings, compiled."""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from knowledge.compiling.problems import BaseProblemsError
from knowledge.compiling.references import reference_problems
from knowledge.compiling.schema import ActorEntry, IntentEntry, WhenEntry
from knowledge.compiling.sources import Placed, Sources
from knowledge.compiling.vocabulary import build_lexicon, texts_of
from knowledge.language.normalising import fold, normalise
from knowledge.language.reading import MAX_TOKENS, Reading, read_tokens
from knowledge.model import (
    Actor,
    Article,
    Citation,
    Fact,
    Intent,
    IntentKind,
    KnowledgeBase,
    Paragraph,
    When,
    card_of,
)
from knowledge.search import indexing

Read = Callable[[str], Reading]
SLOT = re.compile(r"\{([a-z]+)\}")
"""A place in a phrasing that stands for every actor of a kind: {person}, {company}, ... or {actor} for any."""


def build(sources: Sources, version: str = "") -> KnowledgeBase:
    """Compile a base.

    Raises BaseProblemsError with all problems of shape and reference at once.
    """
    problems = [*sources.problems, *reference_problems(sources)]
    if problems or sources.saga is None:
        raise BaseProblemsError(problems)
    facts = {placed.value.id: _fact(placed) for placed in sources.facts}
    actors = {placed.value.id: _actor(placed.value) for placed in sources.actors}
    intents = {placed.value.id: _intent(placed.value, sources.saga.value.name) for placed in sources.intents}
    intents |= {intent.id: intent for actor in actors.values() if (intent := actor_intent(actor, sources))}
    # What is read has been looked through for its words before: it is normalised once.
    said = {text: tuple(map(sys.intern, normalise(text))) for text in texts_of(sources)}
    lexicon = build_lexicon(sources, said)

    def read(text: str) -> Reading:
        return read_tokens(text, (said.pop(text, None) or normalise(text))[:MAX_TOKENS], lexicon)

    readings = {fact.id: read(fact.text) for fact in facts.values()}
    saga = sources.saga.value
    return KnowledgeBase(
        name=saga.name,
        version=version,
        articles={placed.value.id: _article(placed) for placed in sources.articles},
        facts=facts,
        actors=actors,
        topics=dict(saga.topics),
        intents=intents,
        texts={name: said.value for name, said in sources.said().items()},
        welcome=tuple(saga.welcome),
        lexicon=lexicon,
        index=indexing.build(
            utterances(sources, read),
            {intent.id: intent.kind for intent in intents.values()},
            {intent.id: _facts_of(intent, facts, readings, actors, read) for intent in intents.values()},
            utterances(sources, read, smalltalk=True),
        ),
        mentions={name: reading.features for name, reading in readings.items()},
        portion=frozenset(term.feature for form in saga.part for term in read(form).terms),
    )


# ---------------------------------------------------------------------- entries -> values


def _when(entry: WhenEntry | None) -> When | None:
    if entry is None:
        return None
    first, _, last = entry.date.partition("/")
    return When(first, last or first, entry.basis == "inferred", entry.why or "")


def _article(placed: Placed[Any]) -> Article:
    card = placed.value
    return Article(
        id=card.id,
        document=card.document,
        sha256=card.sha256,
        title=card.title,
        publication=card.publication,
        publication_basis=card.publication_basis,
        author=card.author,
        when=_when(card.date),
        language=card.language,
        url=card.url,
        paragraphs=tuple(Paragraph(entry.n, entry.gist) for entry in card.paragraphs),
    )


def _fact(placed: Placed[Any]) -> Fact:
    entry = placed.value
    return Fact(
        id=entry.id,
        text=entry.text,
        status=entry.status,
        citations=tuple(Citation(c.article, c.paragraph, tuple(c.evidence)) for c in entry.sources),
        when=_when(entry.when),
        event=entry.event,
        by=tuple(entry.by),
        actors=tuple(entry.actors),
        topics=tuple(entry.topics),
        supersedes=tuple(entry.supersedes),
        contradicts=tuple(entry.contradicts),
    )


def _actor(entry: ActorEntry) -> Actor:
    return Actor(entry.id, entry.name, entry.kind, tuple(entry.aliases), entry.description, tuple(entry.facts))


def _intent(entry: IntentEntry, saga: str) -> Intent:
    if entry.reply is not None:
        reply = entry.reply.replace("{saga}", saga)
        return Intent(
            entry.id, IntentKind.SMALLTALK, entry.question, text=reply, again=entry.again, forgets=entry.forgets
        )
    kind, text = (IntentKind.ANSWER, entry.lead or "") if entry.gap is None else (IntentKind.GAP, entry.gap)
    return Intent(
        entry.id,
        kind,
        entry.question,
        tuple(entry.facts),
        tuple(entry.told),
        text,
        offered=entry.offered,
        outcome_of=tuple(entry.outcome_of),
    )


def actor_intent(actor: Actor, sources: Sources) -> Intent | None:
    """Return the generated intent that tells who or what an actor is; None for an actor that no fact presents."""
    phrasings = sources.actor_questions.get(actor.kind)
    if not actor.facts or not phrasings:
        return None
    # Behind "de" and "à", "le" and "les" would become another word.
    name = actor.name if _CONTRACTED.search(phrasings[0]) else actor.called
    question = _naming(phrasings[0], name)
    question = question[0].upper() + question[1:]
    return Intent(card_of(actor.id), IntentKind.ACTOR, question, actor.facts, actor.facts, actor.description)


def _naming(phrasing: str, name: str) -> str:
    """Put the name of an actor into a phrasing; "que" and "de" are elided before a vowel."""
    if fold(name)[:1] in tuple("aeiou"):
        phrasing = _BEFORE_VOWEL.sub(r"\1'{actor}", phrasing)
    return phrasing.replace("{actor}", name)


_CONTRACTED = re.compile(r"\b(de|à) \{actor\}", re.IGNORECASE)
_BEFORE_VOWEL = re.compile(r"\b(qu|d)e \{actor\}", re.IGNORECASE)


# ---------------------------------------------------------------------- phrasings


class Wording(NamedTuple):
    """A text that leads to an intent, the answer that it deserves as a yes/no statement, and where it is written."""

    intent: str
    truth: bool | None
    text: str
    placed: Placed[Any]
    place: tuple[str | int, ...]


_TRUTHS = {"yes": True, "no": False}
"""What the statements of a field deserve; other phrasings are open questions."""


def wordings(sources: Sources, *, smalltalk: bool | None = None) -> Iterator[Wording]:
    """Yield every phrasing of the base, slots filled in, and those that ask about an actor.

    `smalltalk` asks for those of smalltalk alone, or of all else.
    """
    kinds: defaultdict[str, list[str]] = defaultdict(list)
    for actor in sources.actors:
        kinds[actor.value.kind].append(actor.value.name)
        kinds["actor"].append(actor.value.name)
    for placed in sources.intents:
        entry = placed.value
        if smalltalk is not None and (entry.reply is not None) is not smalltalk:
            continue
        yield Wording(entry.id, None, entry.question, placed, ("question",))
        for key, number, phrasing in entry.worded():
            for text in filled(phrasing, kinds):
                yield Wording(entry.id, _TRUTHS.get(key), text, placed, (key, number))
        for number, thing in enumerate(entry.about):
            for phrasing in sources.actor_questions.get("thing", ()):
                yield Wording(entry.id, None, phrasing.replace("{thing}", thing), placed, ("about", number))
    for actor in () if smalltalk else sources.actors:
        card = actor_intent(_actor(actor.value), sources)
        asked = {actor.value.kind: card and card.id, "says": actor.value.says, "stance": actor.value.stance}
        for key, intent in asked.items():
            for phrasing in sources.actor_questions.get(key, ()):
                if intent:
                    yield Wording(intent, None, _naming(phrasing, actor.value.name), actor, ())


def utterances(sources: Sources, read: Read, *, smalltalk: bool = False) -> Iterator[indexing.Utterance]:
    """Yield every phrasing as it goes into the index: those of questions, or those of smalltalk."""
    for intent, truth, text, *_ in wordings(sources, smalltalk=smalltalk):
        yield indexing.Utterance(intent, truth, read(text))


def filled(phrasing: str, kinds: dict[str, list[str]]) -> Iterator[str]:
    """Yield `phrasing` with its slot filled by each actor of the kind."""
    slot = SLOT.search(phrasing)
    if slot is None:
        yield phrasing
        return
    for name in kinds[slot.group(1)]:
        yield from filled(phrasing.replace(slot.group(), name, 1), kinds)


def _facts_of(
    intent: Intent,
    facts: dict[str, Fact],
    readings: dict[str, Reading],
    actors: dict[str, Actor],
    read: Read,
) -> list[Reading]:
    """Return the readings of all that an intent's answer says or is about."""
    named = {name for fact in intent.told for name in (*facts[fact].actors, *facts[fact].by)}
    about = " , ".join(actors[name].name for name in sorted(named))
    return [*(readings[fact] for fact in intent.told), read(about), read(intent.text)]
