"""Turning the entries of a base into a `KnowledgeBase`: references checked, vocabulary and phrasings compiled."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from graphlib import CycleError, TopologicalSorter
from typing import Any, NamedTuple, get_args

from knowledge import index
from knowledge.folders import seeds_folder
from knowledge.lexicon import Lexicon, everyday_words, words
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
from knowledge.normalising import fold
from knowledge.problems import BaseProblemsError, Problem, shown
from knowledge.reading import Reading, read
from knowledge.schema import ActorEntry, IntentEntry, Kind, NumbersEntry, TextName, WhenEntry
from knowledge.sources import Placed, Sources, meant

SLOT = re.compile(r"\{([a-z]+)\}")
"""A place in a phrasing that stands for every actor of a kind: {person}, {company}, ... or {actor} for any."""
BRACES = re.compile(r"\{[^{}]*\}")
"""A slot, or what was meant to be one."""
REQUIRED_TEXTS = frozenset(get_args(TextName))
"""What the engine says itself: a base without one of them could not answer."""


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
    lexicon = build_lexicon(sources)
    readings = {fact.id: read(fact.text, lexicon) for fact in facts.values()}
    saga = sources.saga.value
    return KnowledgeBase(
        name=saga.name,
        version=version,
        articles={placed.value.id: _article(placed) for placed in sources.articles},
        facts=facts,
        actors=actors,
        topics=dict(saga.topics),
        intents=intents,
        texts=dict([*sources.texts.items(), *saga.texts.items()]),
        welcome=tuple(saga.welcome),
        lexicon=lexicon,
        index=index.build(
            utterances(sources, lexicon),
            {intent.id: intent.kind for intent in intents.values()},
            {intent.id: _facts_of(intent, facts, readings, actors, lexicon) for intent in intents.values()},
            utterances(sources, lexicon, smalltalk=True),
        ),
    )


# ---------------------------------------------------------------------- references


def reference_problems(sources: Sources) -> list[Problem]:
    """Return dangling and duplicate ids, everywhere in the base, and what it cannot do without."""
    problems = list(_duplicates(sources))
    if sources.saga is None:
        return problems
    actors, facts, intents = (_known(sources, kind) for kind in ("actors", "facts", "intents"))
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
    for holder in holders:
        problems += _dangling(holder, "fact", "facts", facts)
    problems += _slots(sources)
    problems += _unfilled(sources, sources.saga)
    problems += _dangling(sources.saga, "intent", "welcome", intents)
    problems += _lacking(sources, sources.saga)
    return problems


def _known(sources: Sources, kind: str) -> set[str] | None:
    """Return the ids that may be named, or None where some could not be read: then any may be right."""
    return None if kind in sources.unread else sources.ids[kind]


def _lacking(sources: Sources, saga: Placed[Any]) -> Iterator[Problem]:
    """Find what a base whose files are good cannot do without."""
    told = any(not intent.value.reply for intent in sources.intents)
    told |= any(actor_intent(_actor(actor.value), sources) for actor in sources.actors)
    if not told and not sources.problems:
        message = "no intent has facts or a gap, and no actor facts and a question in french/actor-questions.yaml"
        yield saga.problem(f"the base has no answer: {message}")
    if "texts" not in sources.unread:
        for name in sorted(REQUIRED_TEXTS - {*sources.texts, *saga.value.texts}):
            yield saga.problem(f"the text '{name}' is missing in french/texts.yaml")


def _duplicates(sources: Sources) -> Iterator[Problem]:
    """Find ids that stand twice, or would where an actor is added: its card has an id, too."""
    groups: dict[str, Sequence[Placed[Any]]] = {
        "article": sources.articles,
        "fact": sources.facts,
        "intent": sources.intents,
        "actor": sources.actors,
    }
    for kind, entries in groups.items():
        first: dict[str, Placed[Any]] = {}
        for placed in entries:
            earlier = first.setdefault(placed.value.id, placed)
            if earlier is not placed:
                where = f"{earlier.path}:{earlier.line}"
                yield placed.problem(f"the {kind} '{placed.value.id}' already stands at {where}", "id")
    cards = card_of("")
    for intent in sources.intents:
        if intent.value.id.startswith(cards):
            yield intent.problem(
                f"'{intent.value.id}' is no id for an intent: the actors' cards begin with '{cards}'", "id"
            )


def _dangling(placed: Placed[Any], kind: str, key: str, known: set[str] | None) -> Iterator[Problem]:
    names = getattr(placed.value, key)
    for number, name in enumerate(names):
        if known is not None and name not in known:
            yield placed.problem(f"there is no {kind} '{name}'{meant(name, known)}", key, number)
        elif name in names[:number]:
            yield placed.problem(f"the {kind} '{name}' stands twice", key, number)
        elif key in ("supersedes", "contradicts") and name == placed.value.id:
            yield placed.problem(f"the fact '{name}' {key} itself", key, number)


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
                    hint = meant(citation.article, paragraphs)
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
        for key in ("phrasings", "yes", "no"):
            for number, phrasing in enumerate(getattr(intent.value, key)):
                for slot in set(BRACES.findall(phrasing)) - slots:
                    yield intent.problem(f"no actor is of the kind '{slot}'", key, number)


def _unfilled(sources: Sources, saga: Placed[Any]) -> Iterator[Problem]:
    """Find braces that members would read as they stand."""
    told: list[tuple[Placed[Any], str]] = [
        *((intent, key) for intent in sources.intents for key in ("question", "lead", "gap", "reply")),
        *((fact, "text") for fact in sources.facts),
        *((actor, "description") for actor in sources.actors),
    ]
    for placed, key in told:
        for slot in BRACES.findall(getattr(placed.value, key) or ""):
            if (key, slot) != ("reply", "{saga}"):
                yield placed.problem(f"members read '{slot}' as it stands: nothing fills it here", key)
    for name, text in {**sources.texts, **saga.value.texts}.items():
        for slot in BRACES.findall(text):
            if slot != "{what}" or name not in ("unknown-name", "unknown-year"):
                yield saga.problem(f"members read '{slot}' of the text '{name}' as it stands", "texts", name)


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
    if entry.gap is not None:
        return Intent(entry.id, IntentKind.GAP, entry.question, tuple(entry.facts), entry.gap)
    return Intent(entry.id, IntentKind.ANSWER, entry.question, tuple(entry.facts), entry.lead or "")


def actor_intent(actor: Actor, sources: Sources) -> Intent | None:
    """Return the generated intent that tells who or what an actor is; None for an actor that no fact presents."""
    phrasings = sources.actor_questions.get(actor.kind)
    if not actor.facts or not phrasings:
        return None
    question = _naming(phrasings[0], actor.name)
    question = question[0].upper() + question[1:]
    return Intent(card_of(actor.id), IntentKind.ACTOR, question, actor.facts, actor.description)


def _naming(phrasing: str, name: str) -> str:
    """Put the name of an actor into a phrasing; "que" and "de" are elided before a vowel."""
    if fold(name)[:1] in tuple("aeiou"):
        phrasing = _BEFORE_VOWEL.sub(r"\1'{actor}", phrasing)
    return phrasing.replace("{actor}", name)


_BEFORE_VOWEL = re.compile(r"\b(qu|d)e \{actor\}", re.IGNORECASE)


# ---------------------------------------------------------------------- vocabulary and phrasings


def build_lexicon(sources: Sources) -> Lexicon:
    """Compile the French vocabulary, the saga's own words, and every word of its phrasings and facts."""
    lexicon = Lexicon()
    for entry in sources.numbers:
        _add_numbers(entry, lexicon)
    for fillers in sources.fillers:
        lexicon.add_neutral([*fillers.fillers, *fillers.function_words])
        lexicon.add_neutral(fillers.light_words, light=True)
    for role, forms in sources.joints.items():
        lexicon.joints[role] = frozenset(word for form in forms for word in words(form))
    for concepts in sources.concepts:
        for name, forms in concepts.value.items():
            lexicon.add_meaning(f"={name}", forms)
    for name, forms in sources.question_words.items():
        lexicon.add_meaning("!not" if name == "not" else f"?{name}", forms, stemmed=False)
    called = {actor.value.id: [actor.value.name, *actor.value.aliases] for actor in sources.actors}
    own = {words(form) for forms in called.values() for form in forms}
    for form in (form for forms in sources.names.values() for form in forms):
        if words(form) not in own:
            lexicon.add_meaning(f"~{'-'.join(words(form))}", [form], stemmed=False)
    for actor, forms in called.items():
        lexicon.add_meaning(f"@{actor}", forms, stemmed=False)
    lexicon.add_spelling(sources.spelling)
    for text in _texts(sources):
        lexicon.know(words(text))
    lexicon.common = everyday_words() - lexicon.known.keys()
    lexicon.freeze()
    return lexicon


def _add_numbers(entry: NumbersEntry, lexicon: Lexicon) -> None:
    for spellings, table in (
        (entry.numbers, lexicon.numbers),
        (entry.months, lexicon.months),
        (entry.scales, lexicon.scales),
        (entry.ordinals, lexicon.ordinals),
    ):
        for value, forms in spellings.items():
            first = _forms(forms)
            table.update(dict.fromkeys(first, value))
            lexicon.know(first)


def _texts(sources: Sources) -> Iterator[str]:
    """Yield all that the base says or expects to be asked; its words count as spelled correctly."""
    for intent in sources.intents:
        yield from (intent.value.question, *intent.value.phrasings, *intent.value.yes, *intent.value.no)
    for fact in sources.facts:
        yield fact.value.text
    for actor in sources.actors:
        yield actor.value.description


def _forms(forms: Iterable[str]) -> list[str]:
    return [token for form in forms for token in words(form)[:1]]


class Wording(NamedTuple):
    """A text that leads to an intent, the answer that it deserves as a yes/no statement, and where it is written."""

    intent: str
    truth: bool | None
    text: str
    placed: Placed[Any]
    place: tuple[str | int, ...]


def wordings(sources: Sources, *, smalltalk: bool | None = None) -> Iterator[Wording]:
    """Yield every phrasing of the base, slots filled in, and those of the actors' cards.

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
        for key, truth in (("phrasings", None), ("yes", True), ("no", False)):
            for number, phrasing in enumerate(getattr(entry, key)):
                for text in filled(phrasing, kinds):
                    yield Wording(entry.id, truth, text, placed, (key, number))
    for actor in () if smalltalk else sources.actors:
        intent = actor_intent(_actor(actor.value), sources)
        if intent:
            for phrasing in sources.actor_questions[actor.value.kind]:
                yield Wording(intent.id, None, _naming(phrasing, actor.value.name), actor, ())


def utterances(sources: Sources, lexicon: Lexicon, *, smalltalk: bool = False) -> Iterator[index.Utterance]:
    """Yield every phrasing as it goes into the index: those of questions, or those of smalltalk."""
    for intent, truth, text, *_ in wordings(sources, smalltalk=smalltalk):
        yield index.Utterance(intent, truth, read(text, lexicon))


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
    lexicon: Lexicon,
) -> list[Reading]:
    """Return the readings of all that an intent's answer says or is about."""
    named = {name for fact in intent.facts for name in (*facts[fact].actors, *facts[fact].by)}
    about = " , ".join(actors[name].name for name in sorted(named))
    return [*(readings[fact] for fact in intent.facts), read(about, lexicon), read(intent.text, lexicon)]
