"""Checking a base: every problem in one run, as `path:line: problem`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from knowledge import schema
from knowledge.building import Wording, build, wordings
from knowledge.cache import uncollected
from knowledge.composing import cite, compose, typeset
from knowledge.engine import answer
from knowledge.evidence import figures, prove
from knowledge.folders import seeds_folder
from knowledge.lexicon import Lexicon, words
from knowledge.model import IntentKind, KnowledgeBase
from knowledge.problems import Problem
from knowledge.reading import read
from knowledge.references import reference_problems
from knowledge.reply import Outcome, Part
from knowledge.sources import Placed, Sources, collect

FACT_AT_MOST = 260
"""Characters of a fact: a sentence or two."""
ANSWER_AT_MOST = 1_500
"""Characters of an answer: with its sources it has to fit a Discord card of 4,000."""


@dataclass(slots=True)
class Report:
    """What a check found: problems to mend, and one line for each thing that was checked or skipped."""

    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    undecided: list[Problem] = field(default_factory=list)
    """Statements that deserve a yes or a no and get neither; their facts are told."""


Asking = Callable[[Sequence[Wording]], Iterable[Wording]]
"""What hands out the wordings that are asked, as it shows how far they are."""


def check(folder: Path, texts: Path | None = None, asking: Asking = iter) -> Report:
    """Check the base in `folder`; `texts` is the folder of the original articles, where one has them."""
    sources = collect(folder)
    report = Report([*sources.problems, *reference_problems(sources)])
    if report.problems or sources.saga is None:
        report.problems.sort()
        report.notes.append("phrasings, answers and evidence were not checked: mend the files first")
        return report
    report.problems += _unused(sources)
    report.problems += _never_offered(sources)
    report.problems += _twins(sources)
    report.problems += _namesakes(sources)
    with uncollected():
        base = build(sources)
        report.problems += _lengths(sources, base)
        report.problems += _little_names(sources, base.lexicon)
        report.problems += figures(sources.articles, sources.facts, base.lexicon.numbers | base.lexicon.ordinals)
        asked = over_match(sources, base, asking)
    report.problems += asked.problems
    report.undecided = sorted(asked.undecided)
    report.notes.append(
        f"{len(base.facts)} facts, {len(base.intents)} intents, {len(base.actors)} actors, "
        f"{len(base.articles)} articles"
    )
    report.notes.append(f"{asked.won} phrasings win their own intent, {asked.lost} do not")
    report.notes.append(f"{len(asked.undecided)} of {asked.statements} statements get neither a yes nor a no")
    texts = texts or seeds_folder(folder) / "articles"
    if texts.is_dir():
        problems, proved = prove(sources.articles, sources.facts, texts)
        report.problems += problems
        report.notes.append(f"{proved} fragments of evidence stand in the paragraphs that they cite")
    else:
        report.notes.append(f"evidence skipped: the articles are not in {texts} (name their folder with --articles)")
    report.problems = sorted(set(report.problems))
    return report


def _unused(sources: Sources) -> Iterator[Problem]:
    """Find facts that no intent answers with, actors and articles that no fact names."""
    assert sources.saga is not None  # noqa: S101 - the caller has checked
    told = {name for intent in sources.intents for name in intent.value.facts}
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
    for name in sources.saga.value.topics:
        if name not in topics:
            yield sources.saga.problem(f"no fact has the topic '{name}'", "topics", name)


def _never_offered(sources: Sources) -> Iterator[Problem]:
    """Find questions to begin with that the articles do not answer: only those that they do are offered."""
    assert sources.saga is not None  # noqa: S101 - the caller has checked
    gaps = {intent.value.id for intent in sources.intents if intent.value.gap}
    for number, name in enumerate(sources.saga.value.welcome):
        if name in gaps:
            yield sources.saga.problem(f"the intent '{name}' has a gap, so it is not offered", "welcome", number)


def _phrasings(intent: schema.IntentEntry) -> Iterator[tuple[str, int, str]]:
    """Yield every phrasing of an intent with its field and number."""
    for key in ("phrasings", "yes", "no"):
        for number, phrasing in enumerate(getattr(intent, key)):
            yield key, number, phrasing


def _twins(sources: Sources) -> Iterator[Problem]:
    """Find phrasings that stand twice, in one intent or in two."""
    first: dict[str, tuple[Placed[schema.IntentEntry], str, int]] = {}
    for intent in sources.intents:
        for key, number, phrasing in _phrasings(intent.value):
            said = " ".join(words(phrasing))
            earlier = first.setdefault(said, (intent, key, number))
            if earlier[0] is intent and earlier[1:] == (key, number):
                continue
            other, other_key, other_number = earlier
            where = f"{other.path}:{other.document.line((*other.place, other_key, other_number))}"
            yield intent.problem(f"the phrasing '{phrasing}' already stands at {where}", key, number)


def _names(actor: schema.ActorEntry) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield the names of an actor with their places."""
    yield ("name",), actor.name
    for number, alias in enumerate(actor.aliases):
        yield ("aliases", number), alias


def _namesakes(sources: Sources) -> Iterator[Problem]:
    """Find names that two actors have: whoever types one could mean either."""
    first: dict[tuple[str, ...], Placed[schema.ActorEntry]] = {}
    for actor in sources.actors:
        for place, name in _names(actor.value):
            other = first.setdefault(words(name), actor)
            if other is not actor:
                message = f"the actor '{other.value.id}' is called '{name}', too ({other.path}:{other.line})"
                yield actor.problem(message, *place)


def _little_names(sources: Sources, lexicon: Lexicon) -> Iterator[Problem]:
    """Find names that are words of any question: each question with one would be about that actor."""
    asking = {word for word, features in lexicon.exact.items() if any(feature[0] in "?!" for feature in features)}
    little = {(word,) for word in lexicon.neutral | asking}
    for actor in sources.actors:
        for place, name in _names(actor.value):
            if words(name) in little:
                yield actor.problem(f"'{name}' is a word of any question: it cannot be a name", *place)


def _lengths(sources: Sources, base: KnowledgeBase) -> Iterator[Problem]:
    for fact in sources.facts:
        if len(fact.value.text) > FACT_AT_MOST:
            message = f"the fact has {len(fact.value.text)} characters; say it in at most {FACT_AT_MOST}"
            yield fact.problem(message, "text")
    for intent in sources.intents:
        if base.intents[intent.value.id].kind is not IntentKind.ANSWER:
            continue
        facts = tuple(intent.value.facts)
        part = Part(read("", base.lexicon), (), Outcome.ANSWERED, "check", intent.value.id, facts=facts)
        length = len(typeset(compose(part, base, cite(facts, base))))
        if length > ANSWER_AT_MOST:
            yield intent.problem(f"the answer has {length} characters; at most {ANSWER_AT_MOST} fit", "facts")


@dataclass(slots=True)
class Asked:
    """What came of asking every wording of a base."""

    won: int = 0
    lost: int = 0
    statements: int = 0
    """Those that won and deserve a yes or a no."""
    undecided: list[Problem] = field(default_factory=list)
    """Those of them that get neither."""
    problems: list[Problem] = field(default_factory=list)
    """One for each that lost, and for each statement that gets the opposite."""


def over_match(sources: Sources, base: KnowledgeBase, asking: Asking = iter) -> Asked:
    """Ask every wording: each has to lead to its own intent, and no yes or no statement may get the opposite."""
    asked = Asked()
    for own, truth, text, placed, place in asking([*wordings(sources)]):
        if base.intents[own].again:
            continue
        part = answer(text if truth is None else f"{text.rstrip(' ?')} ?", base).parts[0]
        if part.intent != own or part.outcome is Outcome.CLARIFY:
            asked.lost += 1
            seen = f"leads to '{part.intent}'" if part.intent != own else "is too near another intent"
            rival = f" (then '{part.runner_up}')" if part.runner_up else ""
            asked.problems.append(
                placed.problem(f"'{text}' {seen}{rival} by rule '{part.rule}', not to '{own}'", *place)
            )
            continue
        asked.won += 1
        if truth is None or base.intents[own].kind is not IntentKind.ANSWER:
            continue
        asked.statements += 1
        if part.truth is None:
            asked.undecided.append(placed.problem(f"'{text}' gets neither a yes nor a no", *place))
        elif part.truth is not truth:
            said = "a yes, not a no" if part.truth else "a no, not a yes"
            asked.problems.append(placed.problem(f"'{text}' gets {said}", *place))
    return asked
