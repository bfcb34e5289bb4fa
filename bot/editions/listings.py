"""Lists of facts that are paged through: which facts, under which title. Pure, from a base and its catalogue."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.editions.catalogue import short
from bot.writing.citing import described
from bot.writing.escaping import plain
from bot.writing.french import capital, counted
from knowledge.decision.chronology import in_order
from knowledge.language.typography import listed, typeset

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.editions.edition import Edition
    from knowledge.model import Fact


class ListKind(StrEnum):
    """What a list is about; one letter, because it travels in a button."""

    TIMELINE = "t"
    ACTOR = "a"
    FIGURES = "f"
    ARTICLE = "s"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which list: its kind, a year ("" for all), and the short key of an actor, a topic or an article ("" for all)."""

    kind: ListKind
    year: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """A list: its title, an opening sentence, its facts in order, and what is said where there is none."""

    title: str
    opening: str
    facts: tuple[Fact, ...]
    nothing: str
    noun: str = "fait"
    """What the facts are counted as."""
    cites: bool = True
    """Whether each fact names its articles: not where all rest on the one that the title names."""


def listing(wanted: Wanted, edition: Edition) -> Listing | None:
    """Return a list; None where the base does not have what it is about."""
    makers = {
        ListKind.TIMELINE: _timeline,
        ListKind.ACTOR: _actor,
        ListKind.FIGURES: _figures,
        ListKind.ARTICLE: _article,
    }
    return makers[wanted.kind](wanted, edition)


def _timeline(wanted: Wanted, edition: Edition) -> Listing | None:
    base = edition.base
    facts = [base.facts[name] for name in edition.catalogue.events]
    about, whose = "", ""
    if wanted.key:
        actor = base.actors.get(edition.catalogue.actors.get(wanted.key, ""))
        if actor is None:
            return None
        facts = [fact for fact in facts if actor.id in fact.actors]
        about, whose = f", {plain(actor.name)}", f" pour {plain(actor.called)}"
    elsewhere = " « /acteur » montre ce que les articles en disent." if wanted.key else ""
    nothing = f"Aucun événement{whose}.{elsewhere}"
    if wanted.year:
        other = listed([str(year) for year in years(facts)])
        nothing = f"Aucun événement{whose} en {wanted.year}.{f' Il y en a en {other}.' if other else elsewhere}"
        facts = [fact for fact in facts if fact.when and int(wanted.year) in fact.when.years]
        about += f", {wanted.year}"
    return Listing(typeset(f"Chronologie{about}"), "", tuple(facts), nothing, noun="événement")


def _actor(wanted: Wanted, edition: Edition) -> Listing | None:
    actor = edition.base.actors.get(edition.catalogue.actors.get(wanted.key, ""))
    if actor is None:
        return None
    facts = in_order(fact for fact in edition.base.facts.values() if actor.id in fact.actors)
    return Listing(
        capital(plain(actor.name)),
        typeset(plain(actor.description)),
        tuple(facts),
        "Les articles n’en disent pas plus.",
    )


def _figures(wanted: Wanted, edition: Edition) -> Listing | None:
    base = edition.base
    facts = [base.facts[name] for name in edition.catalogue.figures]
    theme = ""
    if wanted.key:
        topic = edition.catalogue.topics.get(wanted.key, "")
        if topic not in base.topics:
            return None
        facts = [fact for fact in facts if topic in fact.topics]
        theme = typeset(f"Thème : {plain(base.topics[topic])}")
    nothing = "Les articles ne donnent aucun chiffre."
    return Listing("Les chiffres de la saga", theme, tuple(in_order(facts)), nothing)


def _article(wanted: Wanted, edition: Edition) -> Listing | None:
    article = edition.base.articles.get(edition.catalogue.articles.get(wanted.key, ""))
    if article is None:
        return None
    facts = resting_on(article.id, edition)
    rests = f"{counted(len(facts), 'fait')} de la base y {'repose' if len(facts) < 2 else 'reposent'}."
    return Listing(
        typeset(f"« {plain(article.title)} »"),
        typeset(f"{described(article)}. {rests}"),
        tuple(in_order(facts)),
        "Aucun fait de la base ne repose sur cet article.",
        cites=False,
    )


def resting_on(article: str, edition: Edition) -> list[Fact]:
    """Return the facts that cite an article, in the order of its paragraphs."""
    found = [
        (min(c.paragraph for c in fact.citations if c.article == article), number, fact)
        for number, fact in enumerate(edition.base.facts.values())
        if any(citation.article == article for citation in fact.citations)
    ]
    return [fact for _, _, fact in sorted(found, key=lambda row: row[:2])]


def years(facts: Iterable[Fact]) -> list[int]:
    """Return the years in which something of some facts begins or ends: those between say nothing of their own."""
    return sorted({int(day[:4]) for fact in facts if fact.when for day in (fact.when.first, fact.when.last)})


def themes(edition: Edition) -> list[tuple[str, str, int]]:
    """Return the themes that have figures: short key, name, how many; the fullest first."""
    base = edition.base
    counts = {
        topic: sum(topic in base.facts[name].topics for name in edition.catalogue.figures) for topic in base.topics
    }
    kept = [(short(topic), base.topics[topic], count) for topic, count in counts.items() if count]
    return sorted(kept, key=lambda row: (-row[2], row[1]))
