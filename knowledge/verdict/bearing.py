"""Statements that a question puts with fewer or more words than the base does, where the facts told bear that out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from knowledge import tuning
from knowledge.language.counting import figure_of, is_amount
from knowledge.language.normalising import normalise
from knowledge.language.reading import Reading
from knowledge.language.terms import Term
from knowledge.model import Fact, KnowledgeBase, Status
from knowledge.search.index import Phrase
from knowledge.search.matching import nearest
from knowledge.verdict.alike import VERY, framed, having, meaning, meant, said_in, same, shared_actors, shared_features


def loosely(reading: Reading, statements: Sequence[Phrase], told: Sequence[str], base: KnowledgeBase) -> Phrase | None:
    """Return the statement that a question puts with fewer or more words than the base; None for none.

    `told` are the facts that answer the question. They allow this much:
    - with any statement: a year, month or place in which all of them lie may be named beside it;
    - with a true one: these may be left out; so may an actor that everything is about (`base.omnipresent`), where the
      statement begins with it and the question names nobody else that acts; and "seems to" may be added, or left out;
    - with a false one: "surely", "exactly", "very" or "already" may be added, and, where it has no figure, a figure or
      an actor that all of them are about.
    """
    statements = having(_firm(reading, base), statements) if told else []
    if not statements:
        return None
    slack = _slack(reading, [base.facts[name] for name in told], base)
    said = meaning(reading).union(base.portion, slack.borne, slack.known)
    found = [one for one in having(slack.own, statements) if said_in(one, said) and _means(reading, one, slack, base)]
    return found[0] if len({one.truth for one in found}) == 1 else None


def _firm(reading: Reading, base: KnowledgeBase) -> list[Term]:
    """Return the terms of a question that make it another one whatever facts answer it: no name, no time ..."""
    still = base.lexicon.joints["still"]
    return [
        term
        for before, term in pairwise([None, *reading.terms])
        if term and term.feature[0] not in "@#" and term.feature not in base.portion and term.text not in still
        if not (before and is_amount(before))
    ]


class _Slack(NamedTuple):
    """By what a question may differ from a statement and still put it, in the light of the facts that answer it."""

    own: list[Term]
    """Terms that do make a difference, whatever the statement."""
    adding: list[Term]
    """Those that only say when, where, who said so or in what it is counted, as the facts do."""
    beside: list[Term]
    """Those that name whom all the facts are about, but for who does it."""
    amounts: list[Term]
    """Those that are a number or a share."""
    still: list[Term]
    """Those that only say that it is so by now: "déjà", "encore"."""
    doer: Term | None
    """Who does it: "Azur a vendu le moulin" denies nothing of the town hall."""
    borne: set[str]
    """Features of the time and of the places in which all the facts lie."""
    known: set[str]
    """Features of whom everything is about, where nobody is named that does something."""
    reported: bool
    """Whether it asks about what is only told as reported."""


def _slack(reading: Reading, facts: Sequence[Fact], base: KnowledgeBase) -> _Slack:
    """Return which terms of a question make it no other one, and what it need not name."""
    about_all = shared_features((fact.id for fact in facts), base)
    borne, units = _borne_out(facts, base), units_of(reading, facts, base)
    adding = [
        term
        for term in reading.terms
        if term in units
        or _adds_only(term, reading, borne, facts[0].by, base)
        or (term.feature in about_all and framed(term, reading, base.lexicon.joints["within"]))
    ]
    doer = next((term for term in reading.terms if term.actor), None)
    beside = [term for term in reading.terms if term.feature in about_all and term is not doer]
    amounts = [term for term in reading.terms if is_amount(term)]
    still = [term for term in reading.terms if term.text in base.lexicon.joints["still"]]
    own = [term for term in reading.terms if term not in (*adding, *beside, *amounts, *still)]
    alone = not any(term.actor and base.actors[term.actor].acts for term in reading.terms)
    known = {f"@{actor}" for actor in base.omnipresent} if alone else set()
    reported = facts[0].status is Status.REPORTED and reading.claiming
    return _Slack(own, adding, beside, amounts, still, doer, borne, known, reported)


def _means(reading: Reading, statement: Phrase, slack: _Slack, base: KnowledgeBase) -> bool:
    """Tell whether a question puts a statement, but for what its slack allows."""
    figures = any(figure_of(alternatives[0]) for alternatives, _ in statement.terms)
    manner, more = reading.manner, [*slack.adding]
    aside = {feature for feature in base.portion if feature[0] == "="}
    if statement.truth:
        manner = manner if statement.manner & _HEDGES else manner - _HEDGES
        aside |= slack.known.intersection(statement.terms[0][0])
        aside |= {feature for feature in slack.borne if feature[0] == "#" or not figures}
    else:
        # What is not very much so may yet be so.
        manner -= _STRESSED if reading.negated else _STRESSED | VERY
        if "not" not in statement.manner:
            more += slack.still
        if not (figures or manner):
            more += slack.amounts
            if slack.doer and meant(slack.doer) & statement.features:
                more += slack.beside
    said = statement
    if statement.truth and not (reading.negated or manner & _HEDGES):
        # What only seems to be so is answered so.
        said = statement._replace(manner=statement.manner - _SEEMING)
    if slack.reported and statement.manner & _SAID:
        # What is told as reported is answered as reported.
        manner, said = manner - _SAID, said._replace(manner=said.manner - _SAID)
    kept = [term for term in reading.terms if term not in more or meant(term) & statement.features]
    lean = reading._replace(terms=tuple(kept), manner=manner)
    return (
        bool(kept) and same(lean, said, base, aside) and nearest(lean, [said], base.index, tuning.TRUTH_AT) is not None
    )


_HEDGES = frozenset(["hearsay", "seems"])
"""Manners in which less is claimed: what is so, also seems to be so."""
_SEEMING = frozenset(["seems"])
"""Those of them that a yes has to have, too."""
_SAID = frozenset(["hearsay", "would"])
"""Manners in which others say so."""
_STRESSED = frozenset(["surely", "exactly"])
"""Manners in which more is claimed: what is not so, is not surely so, either."""


def _borne_out(facts: Sequence[Fact], base: KnowledgeBase) -> set[str]:
    """Return the features of the time and of the places in which all facts lie."""
    dates = [fact.when for fact in facts if fact.when]
    borne = {
        f"@{actor}" for actor in shared_actors((fact.id for fact in facts), base) if base.actors[actor].kind == "place"
    }
    if dates and len(dates) == len(facts):
        for width, mark in ((4, "#"), (7, "#m")):
            parts = {part for when in dates for part in (when.first[:width], when.last[:width])}
            if len(parts) == 1 and len(part := parts.pop()) == width:
                borne.add(f"{mark}{part[-2:] if width > 4 else part}")
    return borne


def _adds_only(
    term: Term, reading: Reading, borne: Collection[str], sources: Collection[str], base: KnowledgeBase
) -> bool:
    """Tell whether a term only says when, where or who said so, as the facts do, or what is meant anyway."""
    place = reading.terms.index(term)
    before, behind = reading.terms[:place][-1:], reading.terms[place + 1 :][:1]
    follows = bool(before) and before[0].position + before[0].width == term.position
    if term.feature in base.portion:
        return any(
            one.actor in base.omnipresent for one in (behind if term.feature[0] == "=" else before if follows else ())
        )
    if term.actor in sources and framed(term, reading, base.lexicon.joints["source"]):
        return True
    if term.feature not in borne:
        return False
    if term.feature[0] == "#":
        return True
    return follows or framed(term, reading, base.lexicon.joints["within"])


def units_of(reading: Reading, facts: Iterable[Fact], base: KnowledgeBase) -> list[Term]:
    """Return the terms that only say in what a figure is counted, as the facts do: "milliards d'euros".

    They may say it in other words where the figure is that of the fact ("40 salariés" for "40 employés"); but a share
    may be of something else.
    """
    said = f" {reading.said} "
    found = []
    for figure, unit in pairwise(reading.terms):
        if is_amount(figure) and 0 <= unit.position - figure.position - figure.width <= 1:
            _, _, behind = said.partition(f" {figure.text} ")
            named, _, _ = f" {behind}".partition(f" {unit.text} ")
            counted = f" {' '.join([figure.text.split()[-1], *named.split(), unit.text])} "
            if any(
                _of_fact(figure, unit, base.mentions[fact.id]) or counted in f" {' '.join(normalise(fact.text))} "
                for fact in facts
            ):
                found.append(unit)
    return found


def _of_fact(figure: Term, unit: Term, mentions: Collection[str]) -> bool:
    """Tell whether a fact has a figure that is no share, and what it is said to count."""
    return "%" not in figure.feature and figure.feature in mentions and not meant(unit).isdisjoint(mentions)
