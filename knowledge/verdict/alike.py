"""Whether a question says just what a statement says: the same telling words, in the same order and manner."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise

from knowledge import tuning
from knowledge.language.counting import is_amount
from knowledge.language.lexicon import ARTICLES, Lexicon
from knowledge.language.normalising import normalise
from knowledge.language.reading import Reading, perfect, read
from knowledge.language.terms import Kind, Term
from knowledge.model import KnowledgeBase
from knowledge.search.index import Phrase

VERY = frozenset(["very"])
"""Manners in which the same is said more strongly: "a bondi" for "a augmenté"."""


def shared_actors(told: Iterable[str], base: KnowledgeBase) -> set[str]:
    """Return the actors whom all facts told are about; of no facts, none."""
    actors = [{*base.facts[name].actors} for name in told]
    return set.intersection(*actors) if actors else set()


def shared_features(told: Iterable[str], base: KnowledgeBase) -> set[str]:
    """Return the features of the actors whom all facts told are about; of no facts, none."""
    return {f"@{actor}" for actor in shared_actors(told, base)}


def having(terms: Iterable[Term], statements: Iterable[Phrase]) -> list[Phrase]:
    """Return the statements that have all telling terms of `terms`, in any order, whatever else they have."""
    found = [*statements]
    for term in filter(telling, terms):
        needed = meant(term)
        found = [one for one in found if not needed.isdisjoint(one.features)]
        if not found:
            break
    return found


def alike(reading: Reading, statements: Iterable[Phrase], base: KnowledgeBase) -> list[Phrase]:
    """Return the statements that say what a reading says, and nothing else."""
    return [one for one in having(reading.terms, statements) if _so_put(reading, one, base)]


def same(reading: Reading, statement: Phrase, base: KnowledgeBase, aside: Collection[str] = ()) -> bool:
    """Tell whether a reading says what a statement says, and nothing else.

    `aside` are features of the statement that the reading need not name.
    """
    return bool(having(reading.terms, [statement])) and _so_put(reading, statement, base, aside)


def _so_put(reading: Reading, statement: Phrase, base: KnowledgeBase, aside: Collection[str] = ()) -> bool:
    """Tell whether a statement that has the terms of a reading puts them as the reading does, and adds nothing."""
    return (
        _so_said(reading, statement, base)
        and said_in(statement, meaning(reading).union(aside))
        and _in_order(reading, statement, base.lexicon)
        and _renamed_alike(reading, statement, base)
        and _served_alike(reading, statement, base)
        and _joined_alike(reading, statement, base.lexicon)
    )


def _renamed_alike(reading: Reading, statement: Phrase, base: KnowledgeBase) -> bool:
    """Tell whether one who has two names in a reading has them in a statement, in its order: "Azur s'appelle Brunel".

    That "the richest miller" means Azur does not make it so: besides Azur's own name, a statement has to have it. Nor
    is "Azur vend" what "Azur vend à la société" says, where that means Azur.
    """
    named = [term for term in reading.terms if term.actor]
    twice = [term for term in named if sum(term.actor == other.actor for other in named) > 1]
    if not twice:
        return not names_one_twice(statement)
    said = f" {statement.said} "
    own = {word for term in twice if term.actor for word in normalise(base.actors[term.actor].name)}
    places = [place for term in twice if (place := said.find(f" {term.text} ")) >= 0]
    return places == sorted(places) and all(
        f" {term.text} " in said for term in twice if not own.issuperset(term.text.split())
    )


def _served_alike(reading: Reading, statement: Phrase, base: KnowledgeBase) -> bool:
    """Tell whether the same are named behind "pour": who spies for Azur does not spy on Azur."""
    serving = base.lexicon.joints["for"]
    if serving.isdisjoint((*reading.tokens, *statement.said.split())):
        return True
    # Only now: the statement is read again for it.
    served = (
        {term.actor for term in one.terms if term.actor and framed(term, one, serving)} - base.omnipresent
        for one in (reading, read(statement.text, base.lexicon))
    )
    return next(served) == next(served)


def _joined_alike(reading: Reading, statement: Phrase, lexicon: Lexicon) -> bool:
    """Tell whether names of which nothing else is said are joined as in a statement, and things not by more words."""
    adds = _adds(reading, lexicon)
    if not (reading.only_actors or adds):
        return True
    # Only now: the statement is read again for it.
    said = read(statement.text, lexicon)
    return adds <= _adds(said, lexicon) and (
        not reading.only_actors or joined(reading, lexicon) == joined(said, lexicon)
    )


def _adds(reading: Reading, lexicon: Lexicon) -> set[str]:
    """Return by what more is told than each thing alone: "a menacé et fermé", "ferme parce qu'Azur est venu"."""
    joints = lexicon.joints
    joining, idle = joints["and"] | joints["then"], joints["have"] | joints["subject"]
    told = [term for term in reading.own if term.kind is Kind.CONCEPT]
    between = (reading.words[one.position + one.width : other.position] for one, other in pairwise(told))
    also = any(words[:1] and words[0] in joining and idle.issuperset(words[1:]) for words in between)
    adds = {"and": also, "because": not joints["because"].isdisjoint(reading.tokens)}
    return {name for name, so in adds.items() if so}


def joined(reading: Reading, lexicon: Lexicon) -> tuple[str, ...]:
    """Return the words that say what one of several names is to another ("Azur est à Brunel"); none for a mere list."""
    named = [term.text for term in reading.terms if term.actor]
    # "c" stands for "c'est".
    said = " ".join(word for token in reading.said.split() for word in lexicon.spelling.get(token, (token,)))
    ahead, _, behind = f" {said} ".partition(f" {named[0]} " if named else " ")
    between, found, _ = f" {behind}".rpartition(f" {named[-1]} " if named else " ")
    # "is Azur French?": what joins them may stand in front.
    link = ["is" if word in lexicon.joints["is"] else word for word in between.split()]
    link = [*("is" for word in ahead.split()[-1:] if word in lexicon.joints["is"]), *link]
    idle = lexicon.joints["idle"]
    telling = [word for word in link if word not in idle and not lexicon.says(word, "!not")]
    return tuple(telling) if found and "is" in link else ()


def _so_said(reading: Reading, statement: Phrase, base: KnowledgeBase) -> bool:
    """Tell whether a reading and a statement are said in the same manner.

    Who was asked is not who asked; but of things nobody says that they asked. What somebody was called is not what they
    called (`names_one_twice`).
    """
    if reading.manner == statement.manner:
        return True
    differing = _tense(reading.manner) ^ _tense(statement.manner)
    if "had" in differing and ("had" in reading.manner or has_perfect(reading.tokens, base.lexicon)):
        differing -= {"had"}
    if differing != {"been"}:
        return not differing
    return not names_one_twice(statement) and not any(base.actors[name].acts for name in _named(statement))


def names_one_twice(statement: Phrase) -> bool:
    """Tell whether a statement names somebody more than once: "Azur a été renommé Brunel", where both are one."""
    named = _named(statement)
    return len({*named}) < len(named)


def _named(statement: Phrase) -> list[str]:
    """Return the actors whom a statement names, each as often as it does."""
    return [alternatives[0][1:] for alternatives, _ in statement.terms if alternatives[0][0] == "@"]


def has_perfect(tokens: Sequence[str], lexicon: Lexicon) -> bool:
    """Tell whether anything is said to have been so."""
    return any(perfect(word, behind, lexicon) for word, behind in pairwise([*tokens, ""]))


def _tense(manner: frozenset[str]) -> frozenset[str]:
    """Return a manner in which what would be counts as what will be."""
    return manner - {"would"} | {"will"} if "would" in manner else manner


def telling(term: Term) -> bool:
    """Tell whether a statement would be another one without a term; of light ones, only numbers and concepts count."""
    return term.kind is not Kind.LIGHT or term.feature[0] in "#="


def meant(term: Term) -> set[str]:
    """Return the features that a term may stand for; of a figure only the first: a day is not its whole month."""
    exact = term.kind in (Kind.NUMBER, Kind.YEAR)
    return {term.feature} if exact else {feature for feature, _ in term.features}


def meaning(reading: Reading) -> set[str]:
    """Return the features that any term of a reading may stand for."""
    return {feature for term in reading.terms for feature in meant(term)}


def said_in(statement: Phrase, said: AbstractSet[str]) -> bool:
    """Tell whether features have each term of a statement that weighs something, is a figure, or names somebody.

    What is denied of a day is not denied of its month.
    """
    exact = 1 if statement.truth is False else None
    return all(
        not said.isdisjoint(alternatives[:exact] if alternatives[0][0] == "#" else alternatives)
        for alternatives, weight in statement.terms
        if weight >= tuning.TELLING_FROM or alternatives[0][0] in "@#"
    )


def around(term: Term, reading: Reading) -> tuple[list[str], list[str]]:
    """Return the words before a name and those behind it, at its first place; none where it is spelled otherwise."""
    before, found, behind = f" {reading.said} ".partition(f" {term.text} ")
    return (before.split(), behind.split()) if found else ([], [])


def cleft(reading: Reading, lexicon: Lexicon) -> bool:
    """Tell whether a reading begins with who did something, and says that nobody else did: "c'est Azur qui vend"."""
    if not reading.terms or not reading.terms[0].actor:
        return False
    before, behind = around(reading.terms[0], reading)
    link = [word for word in before if word not in lexicon.joints["idle"]]
    return bool(link and behind) and link[-1] in lexicon.joints["is"] and lexicon.says(behind[0], "?who")


def framed(term: Term, reading: Reading, words: Collection[str]) -> bool:
    """Tell whether a name is typed right behind one of `words` (an article may stand between): "selon la Gazette"."""
    said, typed = ["", "", *reading.said.split()], term.text.split()
    places = [at for at in range(2, len(said)) if said[at : at + len(typed)] == typed]
    return any(said[at - 1] in words or (said[at - 1] in ARTICLES and said[at - 2] in words) for at in places)


def _in_order(reading: Reading, statement: Phrase, lexicon: Lexicon) -> bool:
    """Tell whether the terms of a reading come in the order of a statement: who does what to whom.

    The names do, around the first word that says something of them, and so do these words: "Azur a aidé financièrement
    Brunel" is "Azur a aidé Brunel financièrement". Dates, amounts and who said so ("selon la Gazette") may stand
    anywhere; not a share: "40 % des ventes" is no rise of 40 %. Of what is said twice ("la valeur du moulin est estimée
    à"), the last counts.
    """
    names: list[Term] = []
    rest: list[Term] = []
    for number, term in enumerate(reading.terms):
        if term.feature not in statement.features:
            continue
        if term.actor:
            if not framed(term, reading, lexicon.joints["source"]):
                names.append(term)
        elif not (_loose(term) or any(term.feature == other.feature for other in reading.terms[number + 1 :])):
            if not rest:
                names.append(term)
            rest.append(term)
    return _lie(names, statement) and _lie(rest, statement)


def _loose(term: Term) -> bool:
    """Tell whether a term is a date or an amount, and no share."""
    return term.is_date or (is_amount(term) and "%" not in term.feature)


def _lie(terms: Iterable[Term], statement: Phrase) -> bool:
    """Tell whether a statement has terms in their order."""
    place = 0
    for term in terms:
        behind = (at for at in range(place, len(statement.terms)) if term.feature in statement.terms[at][0])
        found = next(behind, None)
        if found is None:
            return False
        place = found
    return True
