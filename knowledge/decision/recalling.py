"""What a message wants of the last answer: all again, in brief, one point, what came before or after, or of it.

An offered choice is picked like a point.
"""

from __future__ import annotations

from collections import Counter

from knowledge import tuning
from knowledge.conversation import Conversation
from knowledge.decision.chronology import TOLD_AT_MOST, akin, in_order, moment, neighbours
from knowledge.decision.following import jaccard
from knowledge.language.reading import Reading, read
from knowledge.model import Again, Intent, IntentKind, KnowledgeBase
from knowledge.reply import Part, Rule

PLACES: dict[Again | None, int] = {
    Again.FIRST: 0,
    Again.SECOND: 1,
    Again.THIRD: 2,
    Again.FOURTH: 3,
    Again.FIFTH: 4,
    Again.LAST: -1,
}
"""Which point of several is wanted."""


def recalled(reading: Reading, intent: Intent, conversation: Conversation, base: KnowledgeBase) -> Part | None:
    """Return what is told to a message that wants something of the last answer, or one of the choices offered last.

    `intent` is the smalltalk that the message is; its `again` says what is wanted. None where nothing was told or
    offered that the message could refer to.
    """
    if intent.again in PLACES:
        return _picked(reading, intent, PLACES[intent.again], conversation, base)
    if intent.again in (Again.LATEST, Again.OLDEST):
        return _first_or_last(reading, intent, conversation, base)
    if conversation.choices:
        # Nothing was told yet: what was asked back is asked again.
        return Part(reading, (), Rule.NEAR, choices=conversation.choices)
    if not conversation.fresh or not conversation.intent:
        return None
    last = base.intents[conversation.intent]
    if intent.again in (Again.OUTCOME, Again.LATER):
        return _followed(reading, intent, conversation, base)
    if intent.again in (Again.EARLIER, Again.MORE):
        return _moved(reading, intent, intent.again, conversation, base)
    admitted = last.kind is IntentKind.GAP
    if admitted and not (intent.again is Again.SOURCE and conversation.facts):
        return Part(reading, (), Rule.GAP, intent=last.id, strength=1.0, facts=last.told)
    # What opens a list is a part of what it says: that none of it came about.
    whole = last if last.text and not admitted and {*last.facts} <= {*conversation.facts} else intent
    brief = intent.again is Again.BRIEF
    facts, said = (conversation.facts[:1], conversation.statement) if brief else (conversation.facts, None)
    return Part(reading, (), Rule.AGAIN, intent=whole.id, strength=1.0, facts=facts, statement=said) if facts else None


def _followed(reading: Reading, intent: Intent, conversation: Conversation, base: KnowledgeBase) -> Part:
    """Return what came of what was told last, or what came next.

    To somebody who asks what came next, what overtakes it comes first, and an outcome that was told already is none;
    that the articles do not tell it is only said where nothing came next.
    """
    came = _came_of(reading, conversation, base)
    if came and intent.again is Again.OUTCOME:
        return came
    moved = _moved(reading, intent, Again.LATER, conversation, base)
    if came is None:
        return moved
    overtaken = any({*base.facts[name].supersedes} & {*conversation.facts} for name in moved.facts)
    if came.tells and not overtaken and not {*conversation.heard}.issuperset(came.facts):
        return came
    return moved if came.tells or moved.facts else came


def since(reading: Reading, conversation: Conversation, base: KnowledgeBase) -> Part | None:
    """Return what came of what was told last, for who asks what is so by now; None where nothing was told."""
    intent = _asking_for(Again.LATER, base)
    return recalled(reading, intent, conversation, base) if intent else None


def _asking_for(way: Again, base: KnowledgeBase) -> Intent | None:
    """Return the smalltalk that wants something of the last answer; None where the base has none for it."""
    return next((intent for intent in base.intents.values() if intent.again is way), None)


def _came_of(reading: Reading, conversation: Conversation, base: KnowledgeBase) -> Part | None:
    """Return what came of what was told last, or that the articles do not say; None where no one intent tells it."""
    known = Counter(base.outcomes[name] for name in conversation.facts if name in base.outcomes)
    name, number = next(iter(known.most_common(1)), ("", 0))
    if not name or number < tuning.OUTCOME_AT * known.total():
        return None
    outcome = base.intents[name]
    rule = Rule.GAP if outcome.kind is IntentKind.GAP else Rule.MATCH
    return Part(reading, (), rule, intent=outcome.id, strength=1.0, facts=outcome.facts, followed=True)


def _moved(reading: Reading, intent: Intent, way: Again, conversation: Conversation, base: KnowledgeBase) -> Part:
    """Return what came before or after what was told last, or more of the same; that there is none.

    Behind a list that nothing follows, more of it is wanted: "la suite" of a summary.
    """
    told, rule = conversation.facts, Rule.MOVED
    facts = further(conversation, base) if way is Again.MORE else neighbours(told, way, base) if told else ()
    if way is Again.LATER and not facts and len(told) > TOLD_AT_MOST:
        facts, rule = further(conversation, base, later=True), Rule.BEYOND
        intent = _asking_for(Again.MORE, base) or intent
    if not facts:
        return Part(reading, (), _NONE_LEFT[way], strength=1.0)
    return Part(reading, (), rule, intent=intent.id, strength=1.0, facts=facts)


_NONE_LEFT = {Again.MORE: Rule.MORE, Again.LATER: Rule.LATER, Again.EARLIER: Rule.EARLIER}
"""What is wanted beside what was told last -> what is said where there is none."""


def further(conversation: Conversation, base: KnowledgeBase, *, later: bool = False) -> tuple[str, ...]:
    """Return the facts nearest to those told last that were not told yet, events first, in order.

    What the same intent still has comes first. The others share actors and topics with one told; where `later` is asked
    for, none is known to be earlier than all.
    """
    whole = base.intents[conversation.intent].told if conversation.intent and not later else ()
    if left := tuple(name for name in whole if name not in conversation.heard):
        return left
    told = [base.facts[name] for name in conversation.facts]
    related = akin(told, base)
    begun = min((moment(fact.when) for fact in told), default=moment(None))
    near = {
        fact: max(jaccard(fact.about - base.omnipresent, one.about - base.omnipresent) for one in told)
        for fact in base.facts.values()
        if fact.id not in conversation.heard and related(fact) and not (later and moment(fact.when) < begun)
    }
    best = [fact for fact, share in near.items() if share >= tuning.MORE_AT]
    best.sort(key=lambda fact: (not fact.event, -near[fact]))
    return tuple(fact.id for fact in in_order(best[:TOLD_AT_MOST]))


def _first_or_last(reading: Reading, intent: Intent, conversation: Conversation, base: KnowledgeBase) -> Part | None:
    """Return that one of what was told last that came last, or first; None where one of them has no date."""
    told = [base.facts[name] for name in conversation.listed or conversation.facts] if conversation.fresh else []
    if len(told) < 2 or not all(fact.when for fact in told):
        return None
    one = in_order(told)[-1 if intent.again is Again.LATEST else 0]
    return Part(reading, (), Rule.PICKED, intent=intent.id, strength=1.0, facts=(one.id,))


def _picked(
    reading: Reading, intent: Intent, place: int, conversation: Conversation, base: KnowledgeBase
) -> Part | None:
    """Return one of the choices that were offered last, or else one point of the list told last."""
    offered = conversation.choices or (conversation.listed if conversation.fresh else ())
    if not (offered or conversation.fresh):
        return None
    if place >= len(offered) or not offered:
        return Part(reading, (), Rule.POINT, strength=1.0)
    name = offered[place]
    if conversation.choices:
        chosen = base.intents[name]
        asked = read(chosen.question, base.lexicon)
        return Part(asked, (), Rule.CHOSEN, intent=chosen.id, strength=1.0, facts=chosen.facts)
    return Part(reading, (), Rule.PICKED, intent=intent.id, strength=1.0, facts=(name,))
