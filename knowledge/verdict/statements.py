"""Statements: what a yes/no question says to be so, and whether the base has just that as true or as false.

A yes or a no in front of a fact is worse than none where it is wrong. So it takes the same words that tell something,
in the same order (who does what to whom) and manner (what must be sold is not sold): likeness is not enough. A true
statement may also be put with less, or with what its facts bear out (`bearing`): nothing of that can make it false.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from knowledge import tuning
from knowledge.language.lexicon import Lexicon
from knowledge.language.normalising import MARKS, unmarked
from knowledge.language.reading import Reading, read, read_tokens
from knowledge.language.terms import QuestionType
from knowledge.model import IntentKind, KnowledgeBase, Status
from knowledge.search.index import Phrase
from knowledge.search.matching import Candidate, nearest
from knowledge.verdict.alike import alike, cleft, telling
from knowledge.verdict.bearing import loosely
from knowledge.verdict.misquoting import misquoted, opposed
from knowledge.verdict.recasting import active, fronted, recast


def puts(reading: Reading, candidate: Candidate, base: KnowledgeBase) -> bool:
    """Tell whether a yes/no question puts a statement of a candidate's intent as it stands, or its opposite."""
    statements = _statements([candidate.intent], base)
    if not statements:
        return False
    sayings = _sayings(reading, base.lexicon)
    return bool(_exactly(sayings, statements, base) or _opposite(sayings, [statements], (), base))


def presumes(reading: Reading, candidate: Candidate, base: KnowledgeBase) -> bool:
    """Tell whether a question for a circumstance takes a false statement of a candidate's intent for granted."""
    found = presumed(reading, candidate, base) if reading.asks <= _CIRCUMSTANCES else None
    return found is not None and found.truth is False


def stated(
    reading: Reading, candidate: Candidate, base: KnowledgeBase, others: Sequence[Candidate] = ()
) -> Phrase | None:
    """Return the statement, true or false, that a question puts; with no truth, one that it tells of others; or None.

    It is one of the candidate's intent, or of one of the others, where that rests on a fact that is told.
    """
    if _asks_behind(reading, base.lexicon) or _doubts(reading, base.lexicon):
        return None
    intent = base.intents[candidate.intent]
    facts = intent.told
    answers = (base.intents[one.intent] for one in others)
    akin = [one.id for one in answers if one.kind is IntentKind.ANSWER and {*one.told[:1]} & {*facts}]
    groups = [some for intents in ([candidate.intent], akin) if (some := _statements(intents, base))]
    if not groups:
        return None
    if all(base.facts[name].status is Status.ESTABLISHED for name in facts):
        # What is established is surely so; what is only reported is not.
        reading = reading._replace(manner=reading.manner - {"surely"})
    sayings = _sayings(reading, base.lexicon)
    for statements in groups:
        if found := _exactly(sayings, statements, base) or _nearly(sayings, statements, facts, base):
            return found
    if found := _opposite(sayings, groups, facts, base):
        return found
    return next(filter(None, (recast(said, some, intent, base) for some in groups for said in sayings)), None)


def _opposite(
    sayings: Sequence[Reading], groups: Iterable[Sequence[Phrase]], facts: Sequence[str], base: KnowledgeBase
) -> Phrase | None:
    """Return the statement that what is said denies, as its opposite; None for none.

    What a statement denies has to be said as it stands: for a year less, what was not so may have become so.
    """
    if not sayings[0].claiming:
        return None
    negations = [one for said in sayings if (one := _negation(said, base.lexicon))]
    if not negations:
        return None
    for statements in groups:
        found = _exactly(negations, statements, base)
        if found is None and facts and sayings[0].negated:
            found = _nearly(negations, statements, facts, base)
        # Of what only seems to be so, nobody knows whether it is not.
        if found and "seems" not in found.manner - sayings[0].manner:
            return found._replace(truth=not found.truth)
    return None


def _negation(reading: Reading, lexicon: Lexicon) -> Reading | None:
    """Return what a reading denies, or the denial of what it says; None where that may not be the opposite.

    "must not" is not the opposite of "must", nor "not all" that of "all"; and "Azur, not Brunel" denies one name.
    """
    before = ["", *reading.tokens]
    apart = lexicon.joints["and"] | lexicon.joints["turn"] | MARKS
    only_one = any(lexicon.says(word, "!not") and before[place] in apart for place, word in enumerate(reading.tokens))
    if only_one or not lexicon.joints["but"].isdisjoint(reading.tokens) or not reading.manner <= _NEGATED_IN:
        return None
    return reading._replace(manner=reading.manner ^ {"not"})


_NEGATED_IN = frozenset(["not", "had", "been", "by", "hearsay", "would", "seems", "wants", "will", "owned", "advanced"])
"""Manners in which "not" makes the opposite of what is said."""


def _statements(intents: Sequence[str], base: KnowledgeBase) -> list[Phrase]:
    return [one for intent in intents for one in base.index.statements(intent)]


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
    ways = (misquoted, loosely, opposed)
    return next(filter(None, (way(said, statements, facts, base) for way in ways for said in sayings)), None)


def presumed(reading: Reading, candidate: Candidate, base: KnowledgeBase) -> Phrase | None:
    """Return the false statement that an open question takes for granted; None for none.

    "pourquoi les ventes ont-elles baissé ?" takes for granted that they fell. The statement has to fit the question
    clearly better than a phrasing of the candidate that asks the same does; one like "la baisse des ventes" may as well
    ask whether it is so. So does a true one that it tells of somebody else: then that, with no truth; but who,
    what and which may be anybody.
    """
    # "depuis quand n'avait-elle pas vendu ?" takes for granted that she did.
    since = reading.negated and "since-when" in reading.asks
    if reading.verifying or reading.carried or since:
        return None
    denied = [one for one in base.index.statements(candidate.intent) if one.truth is False]
    circumstance = reading.asks <= _CIRCUMSTANCES
    unrivalled = circumstance and not reading.leaning
    taken = 0.0 if unrivalled else min(candidate.explained, candidate.covered)
    least = max(tuning.PRESUMED_AT, taken + tuning.PRESUMED_BEYOND)
    like = [one for one in alike(reading, denied, base) if not _grants(one, base.lexicon)]
    if found := nearest(reading, like, base.index, least):
        return found
    intent = base.intents[candidate.intent]
    if unrivalled and (found := loosely(reading, denied, intent.told, base)) and not _grants(found, base.lexicon):
        return found
    return recast(reading, _statements([intent.id], base), intent, base) if circumstance else None


def _grants(statement: Phrase, lexicon: Lexicon) -> bool:
    """Tell whether a denied statement only denies who it was, and grants that it was so: "c'est Azur qui a refusé"."""
    return cleft(read(statement.text, lexicon), lexicon)


_CIRCUMSTANCES: frozenset[QuestionType] = frozenset(
    ["why", "when", "how", "where", "how-long", "since-when", "how-many"]
)
"""What is asked of something that is taken for granted."""


def _sayings(reading: Reading, lexicon: Lexicon) -> list[Reading]:
    """Return a reading, and what it says put otherwise.

    That is without who is said to say so ("a friend says that Azur bought the mill"), with whom it is done to behind
    the others ("c'est Azur que Brunel rachète"), and with who did it in front ("racheté par Azur").
    """
    if fronted(reading, lexicon):
        first, others = reading.terms[:1], reading.terms[1:]
        places = range(len(others), 1, -1)
        return [reading, *(reading._replace(terms=(*others[:at], *first, *others[at:])) for at in places)]
    claimed = _claimed(reading, lexicon)
    return [reading, *claimed, *active(claimed[0] if claimed else reading, lexicon)]


def _claimed(reading: Reading, lexicon: Lexicon) -> list[Reading]:
    """Return what somebody without weight is said to say: "a friend says that Azur bought the mill"."""
    if "says" not in reading.manner or reading.carried:
        return []
    tokens = unmarked(reading.tokens)[: tuning.CLAIMED_WITHIN]
    for place, token in enumerate(tokens):
        if token in lexicon.joints["that"] and _claims(tokens[:place], lexicon):
            rest = reading.tokens[reading.tokens.index(token) + 1 :]
            return [read_tokens(reading.text, rest, lexicon)._replace(confirms=reading.confirms)]
    return []


def _claims(tokens: Sequence[str], lexicon: Lexicon) -> bool:
    """Tell whether words only say that somebody without weight says something: no actor, no article, no "not"."""
    told = read_tokens("", tokens, lexicon)
    claimants = lexicon.joints["claimant"]
    aside = all(term.text in claimants or not telling(term) or lexicon.says(term.text, "!says") for term in told.terms)
    return not claimants.isdisjoint(tokens) and aside and told.manner == {"says"} and not told.asks


def _asks_behind(reading: Reading, lexicon: Lexicon) -> bool:
    """Tell whether a message asks who behind a comma, or behind "says": "en Crète, qui cherche ?" confirms nothing."""
    return any(
        lexicon.says(word, "?who") and (before == "," or lexicon.says(before, "!says"))
        for before, word in pairwise(reading.tokens)
    )


def _doubts(reading: Reading, lexicon: Lexicon) -> bool:
    """Tell whether a message asks besides whether it is true what somebody says: "Azur dit que …, et c'est vrai ?"."""
    joints = [at for at, word in enumerate(reading.tokens) if word in lexicon.joints["and"]]
    if not reading.confirms or not joints:
        return False
    rest = read_tokens("", reading.tokens[joints[-1] + 1 :], lexicon)
    return rest.confirms and not rest.terms
