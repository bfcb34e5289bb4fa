"""The order of what came about: the events of a saga, and what came before or after what was told."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Iterable, Sequence

from knowledge.language.counting import YEAR, Side, every_year
from knowledge.language.normalising import words
from knowledge.model import Again, Fact, KnowledgeBase, When

TOLD_AT_MOST = 2
"""How many events are told of what came before or after."""


def in_order(facts: Iterable[Fact]) -> list[Fact]:
    """Return facts by date, those without one last; the base's order decides among equals.

    A fact stands behind those that it supersedes; one without a date stands right behind the last of them.
    """
    waiting = {fact.id: fact for fact in sorted(facts, key=lambda fact: moment(fact.when))}
    ordered: list[Fact] = []

    def place(fact: Fact) -> None:
        for name in fact.supersedes:
            if name in waiting:
                place(waiting.pop(name))
        earlier = [number for number, other in enumerate(ordered, 1) if other.id in fact.supersedes]
        ordered.insert(earlier[-1] if earlier and not fact.when else len(ordered), fact)

    while waiting:
        place(waiting.pop(next(iter(waiting))))
    return ordered


def moment(when: When | None) -> tuple[float, int]:
    """Return what a date is sorted by: the middle of its time, of two the one that begins first; no date comes last."""
    if when is None:
        return math.inf, 0
    first, last = _day(when.first, 1, 1), _day(when.last, 12, 31)
    return (first + last) / 2, first


def _day(iso: str, *missing: int) -> int:
    """Return the place of a day among all days, its month and day filled in where they are missing."""
    said = [int(part) for part in iso.split("-")]
    year, month, day = (*said, *missing[len(said) - 1 :])
    # Months of 31 days are good enough to sort by.
    return (year * 12 + month) * 31 + day


def events(base: KnowledgeBase) -> list[Fact]:
    """Return the facts marked as events, in order.

    In a base that marks none: the dated ones, without those that are only about authors and publications of articles.
    """
    marked = [fact for fact in base.facts.values() if fact.event]
    return in_order(marked or _dated_facts(base))


def _dated_facts(base: KnowledgeBase) -> list[Fact]:
    signed = {words(name) for card in base.articles.values() for name in (card.author, card.publication) if name}
    press = {
        actor.id
        for actor in base.actors.values()
        if any(words(name) in signed for name in (actor.name, *actor.aliases))
    }
    return [fact for fact in base.facts.values() if fact.when and not (fact.actors and press.issuperset(fact.actors))]


def neighbours(told: Sequence[str], way: Again, base: KnowledgeBase) -> tuple[str, ...]:
    """Return the events that came next after the facts told (`Again.LATER`), or just before them, in order.

    At most `TOLD_AT_MOST`. Where events supersede one of these facts (before: are superseded by one), only those are
    returned; otherwise, those that share an actor and a topic with one.
    """
    later = way is Again.LATER
    facts = [base.facts[name] for name in told]
    dates = [moment(fact.when) for fact in facts]
    named = {name for fact in facts for name in fact.supersedes}
    related = akin(facts, base)
    overtaking, beyond = [], []
    for fact in events(base) if later else reversed(events(base)):
        side = _side(fact.when, max(dates)) if later else -_side(fact.when, min(dates))
        if fact.id in told or side < 0:
            continue
        if {*fact.supersedes} & {*told} if later else fact.id in named:
            overtaking.append(fact)
        elif side and related(fact):
            beyond.append(fact)
    if not (overtaking or beyond or later):
        # What was so before need be no event.
        beyond = [base.facts[name] for name in sorted(named.difference(told))]
    return tuple(fact.id for fact in in_order((overtaking or beyond)[:TOLD_AT_MOST]))


def akin(told: Iterable[Fact], base: KnowledgeBase) -> Callable[[Fact], bool]:
    """Return a function that tells whether a fact shares an actor and a topic with those told.

    Actors that are in everything (`base.omnipresent`) do not count, unless the facts told have no others.
    """
    told = [*told]
    actors = {actor for fact in told for actor in fact.actors}
    actors = actors - base.omnipresent or actors
    topics = {topic for fact in told for topic in fact.topics}
    return lambda fact: not (actors.isdisjoint(fact.actors) or topics.isdisjoint(fact.topics))


def within(
    years: Iterable[int | Side], actors: Collection[str], base: KnowledgeBase, dates: Collection[str] = ()
) -> tuple[str, ...]:
    """Return the events of some years, in order, of those that name all the actors.

    `dates` are the months ("03") or days ("03-14") of these years that are asked about, if any.
    """
    asked = every_year(years)
    found = (fact for fact in events(base) if fact.when and not asked.isdisjoint(fact.when.years))
    return tuple(fact.id for fact in found if set(actors) <= {*fact.actors} and on(fact, asked, dates))


def on(fact: Fact, years: Iterable[int], dates: Collection[str]) -> bool:
    """Tell whether a fact lies in a month or on a day, `dates` as in `within`, of some years; without any, it does."""
    return not dates or any(_covers(fact.when, f"{year}-{date}") for year in years for date in dates)


def falls(fact: Fact, years: Collection[int]) -> bool:
    """Tell whether a fact lies in one of the years, or names it in its text."""
    own = {*map(int, _YEAR.findall(fact.text)), *(fact.when.years if fact.when else ())}
    return not own.isdisjoint(years)


_YEAR = re.compile(rf"\b{YEAR}\b")


def _covers(when: When | None, date: str) -> bool:
    """Tell whether what is known as exactly as a date, or better, lies in it, or around it."""
    if when is None or min(len(when.first), len(when.last)) < len(date):
        return False
    return when.first[: len(date)] <= date <= when.last[: len(date)]


def _side(when: When | None, edge: tuple[float, int]) -> int:
    """Return 1 for a date after a moment, -1 for one before it; 0 for the moment itself, or an unknown date."""
    if when is None or math.inf in edge:
        return 0
    return (moment(when) > edge) - (moment(when) < edge)
