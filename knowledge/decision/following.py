"""Going on from the last question: a message completed by it, and how what it then may ask for fits in the talk."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet

from knowledge import tuning
from knowledge.conversation import Conversation
from knowledge.language.reading import Reading
from knowledge.language.terms import Kind
from knowledge.model import IntentKind, KnowledgeBase
from knowledge.search.likelihood import Floats
from knowledge.search.matching import Candidate, candidates_of, no_answer_signals
from knowledge.verdict.alike import around


def candidates_amid(
    reading: Reading, likely: Floats, base: KnowledgeBase, conversation: Conversation
) -> tuple[Reading, list[Candidate], dict[str, float]]:
    """Return what `ranked` needs to weigh a message in its conversation.

    That is the message completed by the last question, the candidates (of the message alone and of the completed one),
    and the signals for there being no answer. Where the conversation has faded, the message stays as it is.
    """
    candidates = candidates_of(reading, likely, base.index)
    no_answer = no_answer_signals(reading, candidates)
    if not conversation.fresh or reading.meaningless:
        return reading, candidates, no_answer
    whole = merged(reading, conversation, base)
    # "et en 2031 ?" asks nothing by itself, and neither does "et maintenant ?" or "et celui d'Azur ?".
    dependent = only_dates(reading) or only_lately(reading, base) or _only_anothers(reading, base)
    alone = [] if dependent else candidates
    if reading.one_topic_at_most and not reading.actors:
        # "c'était la première fois ?" is a phrasing of what it fits best by chance: what was spoken of may fit, too.
        alone = [one._replace(verbatim=False) for one in alone]
    further = [
        one
        for one in candidates_of(whole, base.index.likely(whole), base.index, _resting(reading, conversation, base))
        if accounts(one, reading, whole, base)
    ]
    if reading.leaning and not reading.asks:
        # Nor does "et sur Brunel ?" ask who that is.
        alone, further = ([one for one in found if not _introduces(one, base)] for found in (alone, further))
    return (
        whole,
        [
            *with_context_signals(alone, reading, conversation, base, followed=False),
            *with_context_signals(further, reading, conversation, base, followed=True),
        ],
        {**no_answer, **no_answer_context_signals(reading)},
    )


def only_dates(reading: Reading) -> bool:
    """Tell whether a message names years, or days and months of these, and nothing else: "et en 2031 ?"."""
    return bool(reading.years) and all(term.is_date for term in reading.terms)


def only_lately(reading: Reading, base: KnowledgeBase) -> bool:
    """Tell whether a message only goes on to what is so by now: "et maintenant ?"."""
    meant = reading.leaning and reading.one_topic_at_most and not reading.asks
    return meant and not base.lexicon.joints["lately"].isdisjoint(reading.tokens)


def _only_anothers(reading: Reading, base: KnowledgeBase) -> bool:
    """Tell whether a message only goes on to what somebody else has of the same sort: "et celui d'Azur ?"."""
    meant = reading.leaning and reading.only_actors and not reading.asks
    return meant and not base.lexicon.joints["that-one"].isdisjoint(reading.tokens)


def _introduces(candidate: Candidate, base: KnowledgeBase) -> bool:
    return base.intents[candidate.intent].kind is IntentKind.ACTOR


def _resting(reading: Reading, conversation: Conversation, base: KnowledgeBase) -> list[str]:
    """Return the intents that compete in a follow-up, however few of its words they have.

    Those are the last one and, where the message says nothing of its own ("quand ?"), all that tell no other facts.
    """
    last = [conversation.intent] if conversation.intent in base.index.spans else []
    if not reading.names_no_topic:
        return last
    told = {*leant_on(reading, conversation, base)}
    resting = (name for name in base.index.spans if 0 < len(base.intents[name].facts) <= len(told))
    return [*last, *(name for name in resting if name not in last and told.issuperset(base.intents[name].facts))]


def merged(reading: Reading, conversation: Conversation, base: KnowledgeBase) -> Reading:
    """Return `reading` completed by the last question: what it says anew replaces what was said of the same sort."""
    # "et la mairie ?" only puts another name into the last question.
    mere_name = all(term.kind in _PUT_IN for term in reading.terms)
    sorts = {base.actors[name].sort for name in reading.actors}
    before = {base.actors[term.actor].sort for term in conversation.terms if term.actor}
    put_in = mere_name and not reading.asks and sorts & _DOERS & before
    if sorts & _DOERS and not (put_in or _done_to(reading, base)):
        sorts |= _DOERS
    if reading.names:
        sorts |= {*_DOERS, "place"}
    # "plus que Brunel ?" puts Brunel beside what was spoken of.
    compared = not _COMPARING.isdisjoint(reading.manner)
    if compared:
        sorts = set()
    new = reading.features
    dated = bool(reading.years or reading.days)
    old = []
    for term in conversation.terms:
        if term.feature in new or (dated and term.kind is Kind.YEAR):
            continue
        if term.actor and base.actors[term.actor].sort in sorts:
            continue
        if term.kind in (Kind.NAME, Kind.UNKNOWN, Kind.LIGHT) or (
            term.kind is Kind.NUMBER and not reading.names_no_topic
        ):
            continue
        old.append(term._replace(share=1.0 if mere_name else tuning.CONTEXT_SHARE))
    years = reading.years or (conversation.years if any(term.kind is Kind.YEAR for term in old) else ())
    asks = reading.asks or conversation.asks
    return reading._replace(
        terms=(*reading.terms, *old),
        asks=asks,
        years=years,
        focus=() if compared else reading.actors,
        carried=len(old),
    )


def _done_to(reading: Reading, base: KnowledgeBase) -> bool:
    """Tell whether somebody spoken of does something to the first that is named: "il a acheté Azur ?"."""
    first = next((term for term in reading.terms if term.actor), None)
    before, _ = around(first, reading) if first else ([], [])
    return any(base.lexicon.says(word, "?anaphora") for word in before)


_DOERS = frozenset(["agent", "product"])
"""Sorts of actors that replace one another; a mere name only replaces its own sort, where the last question had it."""
_COMPARING = frozenset(["outdoing", "short-of", "beside"])
"""Manners in which what is named does not replace what was spoken of."""
_PUT_IN = frozenset([Kind.LIGHT, Kind.ACTOR, Kind.NAME, Kind.YEAR])


def with_context_signals(
    candidates: Iterable[Candidate],
    reading: Reading,
    conversation: Conversation,
    base: KnowledgeBase,
    *,
    followed: bool,
) -> list[Candidate]:
    """Return candidates with the signals of how they fit a conversation.

    `reading` is the message alone, `followed` whether they are for the message completed by what went before.
    """
    told = _about(leant_on(reading, conversation, base), base)
    way = "followed" if followed else "alone"
    message = {
        way: 1.0,
        f"{way}, leaning": reading.leaning,
        f"{way}, one topic at most": reading.one_topic_at_most,
        f"{way}, no topic": reading.names_no_topic,
        f"{way}, asks": bool(reading.asks),
        f"{way}, actors": bool(reading.actors),
    }
    found = []
    for candidate in candidates:
        about = _about(base.intents[candidate.intent].told, base)
        same = candidate.intent == conversation.intent
        signals = {
            **candidate.signals,
            **message,
            f"{way}, jaccard": jaccard(about, told),
            f"{way}, no facts": not about,
            f"{way}, likely": candidate.signals["likely"],
            f"{way}, fit": candidate.signals["fit"],
            f"{way}, covered": candidate.covered,
            f"{way}, same": same,
            f"{way}, same, asks": same and bool(reading.asks),
        }
        found.append(candidate._replace(followed=followed, signals=signals))
    return found


def leant_on(reading: Reading, conversation: Conversation, base: KnowledgeBase) -> tuple[str, ...]:
    """Return the facts told last that a message may go on from.

    Where the last intent was answered, what it has more counts as told. A message without a telling word of its own
    ("quand ?") goes on from those of the last intent, not from what was told beside them.
    """
    told, intent = conversation.facts, base.intents[conversation.intent or ""]
    if told and {*intent.facts} <= {*told}:
        told = (*told, *(name for name in intent.told if name not in told))
    own = intent.told if reading.names_no_topic else ()
    return tuple(name for name in told if name in own) or told


def jaccard(one: AbstractSet[str], other: AbstractSet[str]) -> float:
    """Return how much two sets share (Jaccard), 0..1; of the empty one, nothing."""
    return len(one & other) / len(one | other) if one else 0.0


def accounts(candidate: Candidate, reading: Reading, whole: Reading, base: KnowledgeBase) -> bool:
    """Tell whether a candidate accounts for enough of a message's own words, those taken over from before left out.

    Words that nothing is known of never count as accounted for. A message without a telling word of its own ("quand ?")
    is judged by `whole`, the message completed by the last question.
    """
    telling = whole.terms if reading.names_no_topic else reading.terms
    own = {term: base.index.weight(term) for term in telling if term.kind is not Kind.LIGHT}
    left = sum(weight for term, weight in own.items() if term.kind is Kind.UNKNOWN or term in candidate.unexplained)
    return left <= tuning.OWN_LEFT_AT_MOST * sum(own.values())


def no_answer_context_signals(reading: Reading) -> dict[str, float]:
    """Return the signals, in a conversation, for there being no answer."""
    return {"talking": 1.0, "talking, leaning": reading.leaning, "talking, one term at most": len(reading.terms) <= 1}


def _about(facts: Iterable[str], base: KnowledgeBase) -> set[str]:
    """Return the actors, topics and articles of facts."""
    found: set[str] = set()
    for name in facts:
        fact = base.facts[name]
        found.update(fact.about, (citation.article for citation in fact.citations))
    return found
