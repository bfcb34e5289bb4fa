"""Statements: what a yes/no question says to be so, and whether the base has just that as true or as false.

A yes or a no in front of a fact is worse than none where it is wrong. So it takes the same words that tell something,
in the same order (who does what to whom) and manner (what must be sold is not sold): likeness is not enough. A true
statement may also be put with less, or with what its facts bear out (`_loosely`): nothing of that can make it false.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from knowledge import tuning
from knowledge.alike import alike, framed, having, meant, same, telling
from knowledge.counting import figure_of, is_amount
from knowledge.figures import meaning, misquoted, units_of
from knowledge.index import Phrase
from knowledge.lexicon import Lexicon
from knowledge.matching import Candidate, nearest
from knowledge.model import Fact, IntentKind, KnowledgeBase, Status
from knowledge.normalising import MARKS, unmarked
from knowledge.reading import Reading, read_tokens
from knowledge.terms import Term


def put(reading: Reading, candidate: Candidate, base: KnowledgeBase) -> Phrase | None:
    """Return the statement of a candidate's intent that a question puts as it stands; None for none."""
    statements = _statements([candidate.intent], base)
    sayings = [*_sayings(reading, base.lexicon)]
    return _exactly(sayings, statements, base) or _opposite(sayings, [statements], (), base)


def stated(
    reading: Reading, candidate: Candidate, base: KnowledgeBase, others: Sequence[Candidate] = ()
) -> Phrase | None:
    """Return the statement, true or false, that a question puts; None for none.

    It is one of the candidate's intent, or of one of the others, where that rests on a fact that is told.
    """
    if _who(reading, base):
        return None
    facts = base.intents[candidate.intent].facts
    answers = (base.intents[one.intent] for one in others)
    akin = [one.id for one in answers if one.kind is IntentKind.ANSWER and {*one.facts[:1]} & {*facts}]
    groups = [_statements(intents, base) for intents in ([candidate.intent], akin)]
    sayings = [*_sayings(reading, base.lexicon)]
    for statements in groups:
        if found := _exactly(sayings, statements, base) or _nearly(sayings, statements, facts, base):
            return found
    return _opposite(sayings, groups, facts, base)


def _opposite(
    sayings: Sequence[Reading], groups: Iterable[Sequence[Phrase]], facts: Sequence[str], base: KnowledgeBase
) -> Phrase | None:
    """Return the statement that what is said denies, as its opposite; None for none.

    What a statement denies has to be said as it stands: for a year less, what was not so may have become so.
    """
    turned = [one for one in (_turned(said, base.lexicon) for said in sayings) if one] if _claiming(sayings[0]) else []
    for statements in groups if turned else ():
        found = _exactly(turned, statements, base)
        if found is None and facts and sayings[0].negated:
            found = _nearly(turned, statements, facts, base)
        if found:
            return found._replace(truth=not found.truth)
    return None


def _claiming(reading: Reading) -> bool:
    """Tell whether a message clearly says that something is so, or not: it may be keywords otherwise."""
    return reading.confirms or reading.negated or "?" in reading.tokens


def _turned(reading: Reading, lexicon: Lexicon) -> Reading | None:
    """Return what a reading denies, or the denial of what it says; None where that may not be the opposite.

    "must not" is not the opposite of "must", nor "not all" that of "all"; and "Azur, not Brunel" denies one name.
    """
    before = ["", *reading.tokens]
    apart = lexicon.joints["and"] | lexicon.joints["turn"] | MARKS
    only_one = any(
        "!not" in lexicon.exact.get(word, ()) and before[place] in apart for place, word in enumerate(reading.tokens)
    )
    if only_one or not lexicon.joints["but"].isdisjoint(reading.tokens) or not reading.manner <= _TURNED:
        return None
    return replace(reading, manner=reading.manner ^ {"not"})


_TURNED = frozenset(["not", "had", "been", "by", "hearsay", "would", "seems", "wants", "will", "owned", "advanced"])
"""Manners in which "not" makes the opposite of what is said."""


def _statements(intents: Sequence[str], base: KnowledgeBase) -> list[Phrase]:
    return [one for intent in intents for one in base.index.of(intent) if one.truth is not None]


def _exactly(sayings: Iterable[Reading], statements: Sequence[Phrase], base: KnowledgeBase) -> Phrase | None:
    """Return which of the statements a question puts as it stands, in one of its sayings."""
    for said in sayings:
        if found := nearest(said, alike(said, statements, base), base.index, tuning.TRUTH_AT):
            return found
    return None


def _nearly(
    sayings: Sequence[Reading], statements: Sequence[Phrase], facts: Sequence[str], base: KnowledgeBase
) -> Phrase | None:
    """Return which of the statements a question, answered with these facts, puts otherwise and yet means."""
    if found := next(filter(None, (misquoted(said, statements, facts, base) for said in sayings)), None):
        return found
    if credited := _credited(sayings[0], statements, facts, base):
        return credited
    if first := _spoken_of(sayings[0]):
        equal = alike(first, statements, base)
        if len({one.truth for one in equal}) == 1:
            return nearest(first, equal, base.index, tuning.TRUTH_AT)
    return next(filter(None, (_loosely(said, statements, facts, base) for said in sayings)), None)


def presumed(reading: Reading, candidate: Candidate, base: KnowledgeBase) -> Phrase | None:
    """Return what an open question takes for granted although the intent of a candidate denies it; None for nothing.

    That is a denied statement which fits the question clearly better than what it was taken for.
    """
    if reading.verifying or reading.carried:
        return None
    denied = (one for one in base.index.of(candidate.intent) if one.truth is False)
    taken = min(candidate.explained, candidate.covered)
    return nearest(
        reading, alike(reading, denied, base), base.index, max(tuning.PRESUMED_AT, taken + tuning.PRESUMED_BEYOND)
    )


def _sayings(reading: Reading, lexicon: Lexicon) -> Iterator[Reading]:
    """Yield a reading, and what it says without who is said to say so: "a friend says that Azur bought the mill"."""
    yield reading
    if "says" not in reading.manner or reading.carried:
        return
    tokens = unmarked(reading.tokens)[: tuning.CLAIMED_WITHIN]
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
        term.text in claimants or not telling(term) or "!says" in lexicon.exact.get(term.text, ())
        for term in told.terms
    )
    return not claimants.isdisjoint(tokens) and aside and told.manner == {"says"} and not told.asks


def _spoken_of(reading: Reading) -> Reading | None:
    """Return a follow-up with whoever was spoken of in front, as in the whole sentence; None where that may be wrong.

    "elle a licencié 9000 personnes ?": who she is comes last among the terms taken over. Not where the message names
    somebody itself: then nothing tells who does what to whom.
    """
    over = reading.terms[len(reading.own) :]
    if sum(bool(term.actor) for term in over) != 1 or any(term.actor for term in reading.own):
        return None
    return replace(reading, terms=(*over, *reading.own))


def _loosely(reading: Reading, statements: Sequence[Phrase], told: Sequence[str], base: KnowledgeBase) -> Phrase | None:
    """Return the statement that a question puts with less, or with more that its facts bear out; None for none.

    A year, a month or a place may be named, or be left out, where all the facts lie there. Of true statements: whom
    everything is about, where a statement begins with that, need not be named, if nobody else is; and what is so also
    seems to be so. Of false ones: what is not so is not so for any figure, nor for whom all the facts are about.
    """
    if not told:
        return None
    slack = _slack(reading, [base.facts[name] for name in told], base)
    found = [one for one in having(slack.own, statements) if _means(reading, one, slack, base)]
    return found[0] if len({one.truth for one in found}) == 1 else None


class _Slack(NamedTuple):
    """What makes a question no other one, in the light of the facts that answer it."""

    own: list[Term]
    """Terms that do make a difference, whatever the statement."""
    adding: list[Term]
    """Those that only say when, where, who said so or in what it is counted, as the facts do."""
    beside: list[Term]
    """Those for whom all the facts are about, but not for who does it."""
    amounts: list[Term]
    doer: Term | None
    """Who does it: "Azur a vendu le contrat" denies nothing of the town hall."""
    borne: set[str]
    """Features of the time and of the places in which all the facts lie."""
    known: set[str]
    """Those of whom everything is about, where nobody is named that does something."""
    reported: bool
    """Whether it asks about what is only told as reported."""


def _slack(reading: Reading, facts: Sequence[Fact], base: KnowledgeBase) -> _Slack:
    shared = {f"@{actor}" for actor in set.intersection(*({*fact.actors} for fact in facts))}
    borne, units = _borne_out(facts, base), units_of(reading, facts)
    adding = [term for term in reading.terms if term in units or _adds_only(term, reading, borne, facts[0].by, base)]
    doer = next((term for term in reading.terms if term.actor), None)
    beside = [term for term in reading.terms if term.feature in shared and term is not doer]
    amounts = [term for term in reading.terms if is_amount(term)]
    own = [term for term in reading.terms if term not in (*adding, *beside, *amounts)]
    alone = not any(term.actor and base.actors[term.actor].acts for term in reading.terms)
    known = {f"@{actor}" for actor in base.common} if alone else set()
    reported = facts[0].status is Status.REPORTED and _claiming(reading)
    return _Slack(own, adding, beside, amounts, doer, borne, known, reported)


def _means(reading: Reading, statement: Phrase, slack: _Slack, base: KnowledgeBase) -> bool:
    """Tell whether a question puts a statement, but for what makes it no other one."""
    figures = any(figure_of(alternatives[0]) for alternatives, _ in statement.terms)
    manner, more = reading.manner, slack.adding
    aside = {feature for feature in base.part if feature[0] == "="}
    if statement.truth:
        manner = manner if statement.manner & _HEDGES else manner - _HEDGES
        aside |= slack.known.intersection(statement.terms[0][0])
        aside |= {feature for feature in slack.borne if feature[0] == "#" or not figures}
    else:
        manner -= _STRESSED
        if not (figures or manner):
            more = [
                *more,
                *slack.amounts,
                *(slack.beside if slack.doer and meant(slack.doer) & statement.features else ()),
            ]
    said = statement
    if slack.reported and statement.manner & _SAID:
        # What is told as reported is answered as reported.
        manner, said = manner - _SAID, statement._replace(manner=statement.manner - _SAID)
    kept = [term for term in reading.terms if term not in more or meant(term) & statement.features]
    lean = replace(reading, terms=tuple(kept), manner=manner)
    return (
        bool(kept)
        and same(lean, said, base, aside)
        and nearest(lean, [statement], base.index, tuning.TRUTH_AT) is not None
    )


def _who(reading: Reading, base: KnowledgeBase) -> bool:
    """Tell whether a message asks who behind a comma: "en Crète, qui cherche ?" confirms nothing."""
    pairs = pairwise(reading.tokens)
    return any(mark == "," and "?who" in base.lexicon.exact.get(word, ()) for mark, word in pairs)


_HEDGES = frozenset(["hearsay", "seems"])
"""Manners in which less is claimed: what is so, also seems to be so."""
_SAID = frozenset(["hearsay", "would"])
"""Manners in which others say so."""
_STRESSED = frozenset(["surely", "exactly"])
"""Manners in which more is claimed: what is not so, is not surely so, either."""


def _borne_out(facts: Sequence[Fact], base: KnowledgeBase) -> set[str]:
    """Return the features of the time and of the places in which all facts lie."""
    dates = [fact.when for fact in facts if fact.when]
    shared = set.intersection(*({*fact.actors} for fact in facts))
    borne = {f"@{actor}" for actor in shared if base.actors[actor].kind == "place"}
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
    if term.feature in base.part:
        return any(
            one.actor in base.common for one in (behind if term.feature[0] == "=" else before if follows else ())
        )
    if term.actor in sources and framed(term, reading, base.lexicon.joints["source"]):
        return True
    if term.feature not in borne:
        return False
    if term.feature[0] == "#":
        return True
    return bool(term.actor) and (follows or framed(term, reading, base.lexicon.joints["within"]))


def _credited(
    reading: Reading, statements: Sequence[Phrase], told: Sequence[str], base: KnowledgeBase
) -> Phrase | None:
    """Return the true statement that a question puts with somebody else, as a false one; None for none.

    "c'est Brunel qui a racheté le moulin ?", where Azur did, and no fact told speaks of Brunel.
    """
    first = reading.terms[0] if reading.terms else None
    words = reading.said.split()
    if first is None or not first.actor or not _cleft(first, words, base.lexicon):
        return None
    asked, involved = base.actors[first.actor], {actor for name in told for actor in base.facts[name].actors}
    for one in statements:
        feature = one.terms[0][0][0]
        if one.truth and feature[0] == "@" and feature != first.feature and asked.id not in involved:
            named = base.actors[feature[1:]]
            replaceable = named.kind == asked.kind and named.kind in _ALONE and named.name[0].isupper()
            terms = (meaning(first, [feature]), *reading.terms[1:])
            if replaceable and same(replace(reading, terms=terms), one, base):
                return one._replace(truth=False)
    return None


_ALONE = frozenset(["person", "company"])
"""Kinds of actors of which one is never another one, or a part of it."""


def _cleft(term: Term, words: Sequence[str], lexicon: Lexicon) -> bool:
    """Tell whether a name is said to be who did something, and nobody else: "c'est Azur qui"."""
    typed = term.text.split()
    place = next((at for at in range(len(words)) if [*words[at : at + len(typed)]] == typed), 0)
    behind = words[place + len(typed)] if place + len(typed) < len(words) else ""
    before = [word for word in words[:place] if word not in lexicon.joints["idle"]]
    return "?who" in lexicon.exact.get(behind, ()) and bool(before) and before[-1] in lexicon.joints["is"]
