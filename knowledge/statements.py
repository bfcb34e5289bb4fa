"""Statements: what a yes/no question says to be so, and whether the base has just that as true or as false.

A yes or a no in front of a fact is worse than none where it is wrong. So it takes the same words that tell something,
in the same order (who does what to whom) and manner (what must be sold is not sold): likeness is not enough. A true
statement may also be put with less, or with what its facts bear out (`_loosely`): nothing of that can make it false.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from knowledge import tuning
from knowledge.conversation import is_agent
from knowledge.index import Phrase
from knowledge.lexicon import Lexicon
from knowledge.matching import Candidate, nearest
from knowledge.model import Fact, IntentKind, KnowledgeBase
from knowledge.normalising import MARKS
from knowledge.reading import Reading, read_tokens
from knowledge.terms import SLIGHT, Kind, Term


def put(reading: Reading, candidate: Candidate, base: KnowledgeBase) -> Phrase | None:
    """Return the statement of a candidate's intent that a question puts as it stands; None for none."""
    return _exactly([*_sayings(reading, base.lexicon)], _statements([candidate.intent], base), base)


def stated(
    reading: Reading, candidate: Candidate, base: KnowledgeBase, others: Sequence[Candidate] = ()
) -> Phrase | None:
    """Return the statement, true or false, that a question puts; None for none.

    It is one of the candidate's intent, or of one of the others, where that rests on a fact that is told.
    """
    facts = base.intents[candidate.intent].facts
    answers = (base.intents[one.intent] for one in others)
    akin = [one.id for one in answers if one.kind is IntentKind.ANSWER and {*one.facts[:1]} & {*facts}]
    sayings = [*_sayings(reading, base.lexicon)]
    for statements in (_statements(intents, base) for intents in ([candidate.intent], akin)):
        if found := _exactly(sayings, statements, base) or _nearly(sayings, statements, facts, base):
            return found
    return None


def _statements(intents: Sequence[str], base: KnowledgeBase) -> list[Phrase]:
    return [one for intent in intents for one in base.index.of(intent) if one.truth is not None]


def _exactly(sayings: Iterable[Reading], statements: Sequence[Phrase], base: KnowledgeBase) -> Phrase | None:
    """Return which of the statements a question puts as it stands, in one of its sayings."""
    for said in sayings:
        same = [one for one in statements if _same(said.terms, said.manner, one, base)]
        if found := nearest(said, same, base.index, tuning.TRUTH_AT):
            return found
    return None


def _nearly(
    sayings: Sequence[Reading], statements: Sequence[Phrase], facts: Sequence[str], base: KnowledgeBase
) -> Phrase | None:
    """Return which of the statements a question, answered with these facts, puts otherwise and yet means."""
    if misquoted := next(filter(None, (_misquoted(said, statements, base) for said in sayings)), None):
        return misquoted
    if first := _spoken_of(sayings[0]):
        same = [one for one in statements if _same(first.terms, first.manner, one, base)]
        if len({one.truth for one in same}) == 1:
            return nearest(first, same, base.index, tuning.TRUTH_AT)
    return next(filter(None, (_loosely(said, statements, facts, base) for said in sayings)), None)


def presumed(reading: Reading, candidate: Candidate, base: KnowledgeBase) -> Phrase | None:
    """Return what an open question takes for granted although the intent of a candidate denies it; None for nothing.

    That is a denied statement which fits the question clearly better than what it was taken for.
    """
    if reading.verifying or reading.carried:
        return None
    denied = (one for one in base.index.of(candidate.intent) if one.truth is False)
    same = [one for one in denied if _same(reading.terms, reading.manner, one, base)]
    taken = min(candidate.explained, candidate.covered)
    return nearest(reading, same, base.index, max(tuning.PRESUMED_AT, taken + tuning.PRESUMED_BEYOND))


def _sayings(reading: Reading, lexicon: Lexicon) -> Iterator[Reading]:
    """Yield a reading, and what it says without who is said to say so: "a friend says that Azur bought the mill"."""
    yield reading
    if "says" not in reading.manner or reading.carried:
        return
    tokens = [token for token in reading.tokens if token not in MARKS][: tuning.CLAIMED_WITHIN]
    for place, token in enumerate(tokens):
        if token in lexicon.joints["that"] and _claims(tokens[:place], lexicon):
            rest = reading.tokens[reading.tokens.index(token) + 1 :]
            yield replace(read_tokens(reading.text, rest, lexicon), confirms=reading.confirms)
            return


def _claims(tokens: Sequence[str], lexicon: Lexicon) -> bool:
    """Tell whether words only say that somebody without weight says something: no actor, no article, no "not"."""
    told = read_tokens("", tokens, lexicon)
    claimants = lexicon.joints["claimant"]
    aside = all(
        term.text in claimants or not _telling(term) or "!says" in lexicon.exact.get(term.text, ())
        for term in told.terms
    )
    return not claimants.isdisjoint(tokens) and aside and told.manner == {"says"} and not told.asks


def _spoken_of(reading: Reading) -> Reading | None:
    """Return a follow-up with whoever was spoken of in front, as in the whole sentence; None where that may be wrong.

    "elle a licencié 9000 personnes ?": who she is comes last among the terms taken over. Not where the message names
    somebody itself: then nothing tells who does what to whom.
    """
    own = reading.terms[: len(reading.terms) - reading.carried]
    over = reading.terms[len(own) :]
    if sum(bool(term.actor) for term in over) != 1 or any(term.actor for term in own):
        return None
    return replace(reading, terms=(*over, *own))


def _loosely(reading: Reading, statements: Sequence[Phrase], told: Sequence[str], base: KnowledgeBase) -> Phrase | None:
    """Return the statement that a question puts with less, or with more that its facts bear out; None for none.

    A year, a month or a place may be named, or be left out, where all the facts lie there. Of true statements: whom
    everything is about, where a statement begins with that, need not be named, if nobody else is; and what is so also
    seems to be so. Of false ones: what is not so is not so for any figure, either.
    """
    facts = [base.facts[name] for name in told]
    borne = _borne_out(facts, base)
    own = tuple([term for term in reading.terms if not _adds_only(term, reading, borne, base.lexicon)])
    countless = tuple([term for term in own if not _amount(term)])
    alone = not any(term.actor and is_agent(base.actors[term.actor]) for term in reading.terms)
    known = {f"@{actor}" for actor in base.common} if alone else set()
    unhedged = reading.manner - _HEDGES
    found = []
    for one in statements:
        manner = unhedged if one.truth and not one.manner & _HEDGES else reading.manner
        if not (_so_said(manner, one, base) and _told_in(countless, one)):
            continue
        figures = any(_figure(alternatives[0]) for alternatives, _ in one.terms)
        terms = countless if one.truth is False and not figures and not reading.manner else own
        aside = {feature for feature in borne if feature[0] == "#" or not figures} if one.truth else set()
        if one.truth:
            aside |= known.intersection(one.terms[0][0])
        if terms and _same(terms, manner, one, base, aside):
            lean = replace(reading, terms=terms, manner=manner)
            if nearest(lean, [one], base.index, tuning.TRUTH_AT):
                found.append(one)
    return found[0] if len({one.truth for one in found}) == 1 else None


_HEDGES = frozenset(["hearsay", "seems"])
"""Manners in which less is claimed: what is so, also seems to be so."""


def _borne_out(facts: Sequence[Fact], base: KnowledgeBase) -> set[str]:
    """Return the features of the time and of the places in which all facts lie."""
    dates = [fact.when for fact in facts if fact.when]
    shared = set.intersection(*({*fact.actors} for fact in facts)) if facts else set()
    borne = {f"@{actor}" for actor in shared if base.actors[actor].kind == "place"}
    if dates and len(dates) == len(facts):
        for width, mark in ((4, "#"), (7, "#m")):
            parts = {part for when in dates for part in (when.first[:width], when.last[:width])}
            if len(parts) == 1 and len(part := parts.pop()) == width:
                borne.add(f"{mark}{part[-2:] if width > 4 else part}")
    return borne


def _adds_only(term: Term, reading: Reading, borne: Collection[str], lexicon: Lexicon) -> bool:
    """Tell whether a term only says when or where something is, which the facts bear out."""
    if term.feature not in borne:
        return False
    if term.feature[0] == "#":
        return True
    return bool(term.actor) and _located(term, reading, lexicon)


def _located(term: Term, reading: Reading, lexicon: Lexicon) -> bool:
    """Tell whether a name is typed behind a word that says where: "in Peru"."""
    words = reading.said.split()
    typed = term.text.split()
    places = (at for at in range(1, len(words)) if words[at : at + len(typed)] == typed)
    return any(words[at - 1] in lexicon.joints["within"] for at in places)


def _misquoted(reading: Reading, statements: Sequence[Phrase], base: KnowledgeBase) -> Phrase | None:
    """Return the true statement that a question puts with another figure, as a false one; None for none.

    "Azur a 20 salariés ?", where it is said that it has 40 and no statement has 20. More than 20 may be 40.
    """
    asked = [term for term in reading.terms if _figure(term.feature)]
    true = [one for one in statements if one.truth]
    if len(asked) != 1 or reading.manner & {"not", "bound"} or any(asked[0].feature in one.features for one in true):
        return None
    for one in true:
        said = [alternatives for alternatives, _ in one.terms if _figure(alternatives[0])]
        if len(said) == 1 and _figure(said[0][0]) == _figure(asked[0].feature):
            right = asked[0]._replace(features=tuple([(feature, 1.0) for feature in said[0]]))
            terms = [right if term is asked[0] else term for term in reading.terms]
            if _same(terms, reading.manner, one, base):
                return one._replace(truth=False)
    return None


def _amount(term: Term) -> bool:
    """Tell whether a term is a number or a share, not a day or a rank."""
    return term.kind is Kind.NUMBER and _figure(term.feature) in ("number", "percent")


def _figure(feature: str) -> str:
    """Return what sort of figure a feature is, of which one may stand for another: number, percent, day or rank."""
    found = _FIGURE.fullmatch(feature)
    return (found.lastgroup or "") if found else ""


_FIGURE = re.compile(
    r"#(?:(?P<rank>\d+e)|(?P<day>d\d\d-\d\d)|(?P<percent>[\d.e+]+%)|(?!(?:19|20)\d\d$)(?P<number>[\d.]+(?:e\+\d+)?))"
)
"""The features that `counting` gives, but for years and months: no figure can be told from another year."""


def _same(
    terms: Sequence[Term],
    manner: frozenset[str],
    statement: Phrase,
    base: KnowledgeBase,
    aside: Collection[str] = (),
) -> bool:
    """Tell whether terms say what a statement says, and nothing else; what is set aside they need not name."""
    return (
        _so_said(manner, statement, base)
        and _told_in(terms, statement)
        and _said_in(terms, statement, aside)
        and _in_order(terms, statement)
    )


def _so_said(manner: frozenset[str], statement: Phrase, base: KnowledgeBase) -> bool:
    """Tell whether something is said in the manner of a statement.

    Who was asked is not who asked; but of things nobody says that they asked.
    """
    differing = manner ^ statement.manner
    if differing != {"been"}:
        return not differing
    named = (feature[1:] for feature in statement.features if feature[0] == "@")
    return not any(is_agent(base.actors[name]) for name in named)


def _telling(term: Term) -> bool:
    """Tell whether a term makes a difference to what is so: slight words do where they are numbers or concepts."""
    return term.kind not in SLIGHT or term.feature[0] in "#="


def _meant(term: Term) -> set[str]:
    """Return what a term may stand for; a figure only for itself: the 20th is not the 19th of the same month."""
    exact = term.kind in (Kind.NUMBER, Kind.YEAR)
    return {term.feature} if exact else {feature for feature, _ in term.features}


def _told_in(terms: Iterable[Term], statement: Phrase) -> bool:
    """Tell whether a statement has each term that makes a difference."""
    features = statement.features
    for term in terms:
        if term.feature not in features and _telling(term) and features.isdisjoint(_meant(term)):
            return False
    return True


def _said_in(terms: Iterable[Term], statement: Phrase, aside: Collection[str] = ()) -> bool:
    """Tell whether terms have each one of a statement that weighs something, is a figure, or names somebody."""
    said = {feature for term in terms for feature in _meant(term)}.union(aside)
    return all(
        not said.isdisjoint(alternatives)
        for alternatives, weight in statement.terms
        if weight >= tuning.TELLING_FROM or alternatives[0][0] in "@#"
    )


def _in_order(terms: Iterable[Term], statement: Phrase) -> bool:
    """Tell whether terms come in the order of a statement: who does what to whom."""
    place = 0
    for term in terms:
        if term.feature in statement.features:
            behind = (at for at in range(place, len(statement.terms)) if term.feature in statement.terms[at][0])
            found = next(behind, None)
            if found is None:
                return False
            place = found
    return True
