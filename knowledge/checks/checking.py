"""Checking a base: every problem in one run, as `path:line: problem`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from knowledge.checks.evidence import prove
from knowledge.checks.gate import Asking, over_match
from knowledge.checks.style import style_problems
from knowledge.compiling import cache, schema
from knowledge.compiling.amounts import Numbers, miscounted, unproved_figures, unstated
from knowledge.compiling.building import build
from knowledge.compiling.collecting import gc_paused
from knowledge.compiling.folders import left_out, seeds_folder
from knowledge.compiling.problems import Problem, counted, shown
from knowledge.compiling.references import reference_problems
from knowledge.compiling.sources import Placed, Sources, collect, repeated
from knowledge.composing import cite, compose
from knowledge.language.lexicon import Lexicon
from knowledge.language.normalising import words
from knowledge.language.reading import read
from knowledge.language.typography import typeset
from knowledge.model import IntentKind, KnowledgeBase
from knowledge.reply import Part, Rule
from knowledge.search.index import Phrase
from knowledge.verdict.alike import names_one_twice

FACT_AT_MOST = 260
"""Characters of a fact: a sentence or two."""
CUT_SHORT = 3
"""A word is cut short whose stem has at most one in so many of its letters."""
ANSWER_AT_MOST = 1_500
"""Characters of an answer: with its sources it has to fit a Discord card of 4,000."""


@dataclass(slots=True)
class Report:
    """What a check found: problems to mend, and one line for each thing that was checked or skipped."""

    problems: list[Problem] = field(default_factory=list)
    """As they were found: those of the files first, those of the phrasings last; sorted by place in each step."""
    notes: list[str] = field(default_factory=list)
    undecided: list[Problem] = field(default_factory=list)
    """Statements that deserve a yes or a no and get neither; their facts are told."""
    overtaken: list[Problem] = field(default_factory=list)
    """Facts that are told without what overtakes or contradicts them."""


Telling = Callable[[Sequence[Problem]], None]
"""What hears of the problems of each step as soon as it is done."""


def silent(_: Sequence[Problem]) -> None:
    """Tell nobody."""


@gc_paused()
def check(
    folder: Path, texts: Path | None = None, asking: Asking = iter, telling: Telling = silent, *, quick: bool = False
) -> Report:
    """Check the base in `folder`; `texts` is the folder of the original articles, where one has them.

    A `quick` check ends before the base is compiled and its phrasings are asked. One that is compiled already is not
    compiled anew, and what is compiled here need not be for its first answer.
    """
    report = Report()
    version = cache.fingerprint(folder)

    def note(found: Iterable[Problem]) -> None:
        new = sorted({*found}.difference(report.problems))
        report.problems += new
        telling(new)

    sources = collect(folder)
    version = cache.unchanged(folder, version)
    note([*sources.problems, *reference_problems(sources)])
    if sources.saga is None or not sources.numbers:
        report.notes.append("nothing else was checked: mend the files first")
        return report
    report.notes += [
        f"{shown(path, folder)} is not read: it ends in neither .yaml nor .yml" for path in left_out(folder)
    ]
    whole = not report.problems
    twins = [*_twins(sources)]
    note(_twice(twin, first) for twin, first in twins)
    note(_entries(sources))
    if whole:
        note(_relations(sources, sources.saga, report))
    note(_evidence(sources, texts or seeds_folder(folder) / "articles", report))
    if quick or not whole:
        reason = "mend the files first" if not whole else "the check was to be quick"
        report.notes.append(f"phrasings and answers were not checked: {reason}")
        return report
    base = cache.found_or_built(version, lambda: build(sources, version), keep=not report.problems)
    note([*_long_answers(sources, base), *_contrary(sources, base)])
    note([*_little_names(sources, base.lexicon), *_cut_short(sources, base.lexicon)])
    asked = over_match(sources, base, asking, twice={words(twin.value) for twin, _ in twins})
    note(asked.problems)
    report.undecided = sorted(asked.undecided)
    report.notes.append(f"{asked.won} of {counted(asked.won + asked.lost, 'phrasing')} won their own intent")
    statements = counted(asked.statements, "statement")
    report.notes.append(f"{len(asked.undecided)} of {statements} got neither a yes nor a no (--undecided lists them)")
    return report


def _entries(sources: Sources) -> Iterator[Problem]:
    """Find what is wrong with entries, whatever else could not be read."""
    yield from _namesakes(sources)
    yield from _long_facts(sources)
    yield from style_problems(sources)


def _relations(sources: Sources, saga: Placed[schema.SagaEntry], report: Report) -> Iterator[Problem]:
    """Find what is wrong between the entries of a base that could be read whole."""
    numbers = Numbers.of(sources)
    yield from _unused(sources, saga)
    yield from _never_offered(sources, saga)
    yield from unproved_figures(sources, numbers)
    intents, actors = (sorted(_overtaken(holders, sources)) for holders in (sources.intents, sources.actors))
    report.overtaken = [*intents, *actors]
    report.notes.append(
        f"{counted(len(sources.facts), 'fact')}, {counted(len(sources.intents), 'intent')}, "
        f"{counted(len(sources.actors), 'actor')}, {counted(len(sources.articles), 'article')}"
    )
    report.notes += [*miscounted(sources, numbers), *unstated(sources)]
    report.notes.append(
        f"{counted(len(intents), 'intent')} and {counted(len(actors), 'actor')} tell a fact without what overtakes or "
        "contradicts it (--overtaken lists them)"
    )


def _evidence(sources: Sources, texts: Path, report: Report) -> Iterator[Problem]:
    """Find what the original articles do not prove."""
    if not texts.is_dir():
        report.notes.append(f"evidence skipped: the articles are not in {texts} (name their folder with --articles)")
        return
    proof = prove(sources, texts)
    yield from proof.problems
    report.notes.append(f"{proof.proved} fragments of evidence stand in the paragraphs that they cite")
    report.notes += proof.notes


def _overtaken(holders: Iterable[Placed[Any]], sources: Sources) -> Iterator[Problem]:
    """Find who tells a fact, and none of those that overtake or contradict it, be it by way of another one."""
    over: defaultdict[str, list[str]] = defaultdict(list)
    for fact in sources.facts:
        for name in (*fact.value.supersedes, *fact.value.contradicts):
            over[name].append(fact.value.id)
    for holder in holders:
        told = holder.value.facts
        alone = [
            f"'{name}' without {' or '.join(map(repr, over[name]))}"
            for name in told
            if name in over and not _all_over(name, over) & {*told}
        ]
        if alone:
            # A gap and a description are told alone, with the sources of these facts.
            tells = isinstance(holder.value, schema.IntentEntry) and holder.value.gap is None
            yield holder.problem(f"{'tells' if tells else 'rests on'} {', '.join(alone)}", "facts")


def _all_over(name: str, over: Mapping[str, Sequence[str]]) -> set[str]:
    """Return what overtakes a fact, and what overtakes that."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        new = {*over.get(waiting.pop(), ())} - found - {name}
        found |= new
        waiting += new
    return found


def _unused(sources: Sources, saga: Placed[schema.SagaEntry]) -> Iterator[Problem]:
    """Find facts that no intent answers with, actors and articles that no fact names."""
    told = {name for intent in sources.intents for name in intent.value.told}
    told |= {name for actor in sources.actors for name in actor.value.facts}
    for fact in sources.facts:
        if fact.value.id not in told:
            yield fact.problem(f"no intent and no actor uses the fact '{fact.value.id}'")
    named = {name for fact in sources.facts for name in (*fact.value.actors, *fact.value.by)}
    for actor in sources.actors:
        if actor.value.id not in named:
            yield actor.problem(f"no fact names the actor '{actor.value.id}'")
        if not actor.value.facts:
            yield actor.problem(f"the actor '{actor.value.id}' has no facts that prove its description")
    cited = {citation.article for fact in sources.facts for citation in fact.value.sources}
    for card in sources.articles:
        if card.value.id not in cited:
            yield card.problem(f"no fact cites the article '{card.value.id}'")
    topics = {name for fact in sources.facts for name in fact.value.topics}
    for name in saga.value.topics:
        if name not in topics:
            yield saga.problem(f"no fact has the topic '{name}'", "topics", name)


def _never_offered(sources: Sources, saga: Placed[schema.SagaEntry]) -> Iterator[Problem]:
    """Find questions to begin with that the articles do not answer: only those that they do are offered."""
    gaps = {intent.value.id for intent in sources.intents if intent.value.gap}
    for number, name in enumerate(saga.value.welcome):
        if name in gaps:
            yield saga.problem(f"the intent '{name}' has a gap, so it is not offered", "welcome", number)


def _twins(sources: Sources) -> Iterator[tuple[Placed[str], Placed[str]]]:
    """Yield the phrasings that stand twice, in one intent or in two, each with the first of its words."""
    phrasings = (
        intent.part(phrasing, key, number)
        for intent in sources.intents
        for key, number, phrasing in intent.value.worded()
    )
    return repeated(phrasings, words)


def _twice(twin: Placed[str], first: Placed[str]) -> Problem:
    """Return the problem that a phrasing stands twice."""
    of_one_intent = twin.path == first.path and twin.place[0] == first.place[0]
    if of_one_intent and (first.place[1], twin.place[1]) == ("yes", "no"):
        return twin.problem(f"'{twin.value}' gets a yes at {first.where()} and a no here: keep the right one")
    return twin.problem(f"the phrasing '{twin.value}' already stands at {first.where()}")


def _names(actor: schema.ActorEntry) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield the names of an actor with their places."""
    yield ("name",), actor.name
    for number, alias in enumerate(actor.aliases):
        yield ("aliases", number), alias


def _namesakes(sources: Sources) -> Iterator[Problem]:
    """Find names that two actors have: whoever types one could mean either."""
    names = (actor.part((actor, name), *place) for actor in sources.actors for place, name in _names(actor.value))
    for twin, first in repeated(names, lambda named: words(named[1])):
        (actor, name), (other, _) = twin.value, first.value
        if other is not actor:
            yield twin.problem(f"the actor '{other.value.id}' is called '{name}', too ({other.where()})")


def _asking(lexicon: Lexicon) -> set[str]:
    """Return the words by which a question asks, and those of how something is said."""
    return {word for word, features in lexicon.exact.items() if any(feature[0] in "?!" for feature in features)}


def _little_names(sources: Sources, lexicon: Lexicon) -> Iterator[Problem]:
    """Find names that are words of any question: each question with one would be about that actor."""
    little = lexicon.neutral | _asking(lexicon)
    for actor in sources.actors:
        for place, name in _names(actor.value):
            if len(words(name)) == 1 and little.issuperset(words(name)):
                yield actor.problem(f"'{name}' is a word of any question: it cannot be a name", *place)


def _cut_short(sources: Sources, lexicon: Lexicon) -> Iterator[Problem]:
    """Find words of a concept of which stemming leaves no more than a little word: its forms carry the concept, too."""
    little = lexicon.neutral | lexicon.light | _asking(lexicon)
    for concepts in (*sources.concepts, *sources.vocabulary):
        for concept, forms in concepts.value.items():
            for number, form in enumerate(forms):
                typed = words(form)
                stem = lexicon.stem(typed[0]) if len(typed) == 1 else ""
                if stem in little and CUT_SHORT * len(stem) <= len(typed[0]):
                    message = f"'{form}' is cut to '{stem}', a word of any question: put it in an expression"
                    yield concepts.problem(message, concept, number)


def _long_facts(sources: Sources) -> Iterator[Problem]:
    for fact in sources.facts:
        if len(fact.value.text) > FACT_AT_MOST:
            message = f"the fact has {len(fact.value.text)} characters; say it in at most {FACT_AT_MOST}"
            yield fact.problem(message, "text")


def _long_answers(sources: Sources, base: KnowledgeBase) -> Iterator[Problem]:
    for intent in sources.intents:
        if base.intents[intent.value.id].kind is not IntentKind.ANSWER:
            continue
        facts = tuple(intent.value.told)
        part = Part(read("", base.lexicon), (), Rule.MATCH, intent=intent.value.id, facts=facts)
        length = len(typeset(compose(part, base, cite(facts, base))))
        if length > ANSWER_AT_MOST:
            yield intent.problem(f"the answer has {length} characters; at most {ANSWER_AT_MOST} fit", "facts")


def _contrary(sources: Sources, base: KnowledgeBase) -> Iterator[Problem]:
    """Find statements of one intent, in other words, that are read alike, one with a yes and the other with a no.

    Which of two names of one and the same comes first makes a difference: "Azur a été renommé Brunel".
    """
    for intent in sources.intents:
        read_as: dict[object, Phrase] = {}
        for phrase in base.index.of(intent.value.id):
            if phrase.truth is not None:
                worded = phrase.said if names_one_twice(phrase) else ""
                other = read_as.setdefault((tuple([said for said, _ in phrase.terms]), phrase.manner, worded), phrase)
                if other.truth is not phrase.truth and other.said != phrase.said:
                    alike = f"'{other.text}' and '{phrase.text}' are read alike, but one gets a yes and one a no"
                    yield intent.problem(f"{alike}: put one of them otherwise", "no")
