"""Questions about a time, and nothing else: what happened then, or the last question once more, for another year."""

from __future__ import annotations

from collections.abc import Iterable

from knowledge import tuning
from knowledge.conversation import Conversation
from knowledge.decision.chronology import falls, on, within
from knowledge.decision.following import jaccard, only_lately
from knowledge.language.counting import LAST_YEAR, Side, every_year, is_year
from knowledge.language.normalising import normalise
from knowledge.language.reading import Reading
from knowledge.language.terms import BROAD, SLIGHT, Kind, QuestionType
from knowledge.model import Fact, IntentKind, KnowledgeBase
from knowledge.reply import Outcome, Part, Rule
from knowledge.search.matching import Ranking


def then(reading: Reading, ranking: Ranking, conversation: Conversation, base: KnowledgeBase) -> Part:
    """Answer "et en 2031 ?": the same question for another year, what is of the same then, or that there is none.

    "et en mars 2031 ?" asks for what is of the same in that month.
    """
    last = conversation.intent or ""
    years = every_year(reading.years)
    topics = _topics(conversation.facts, base)
    found: list[tuple[float, str, tuple[str, ...]]] = []
    for name in (last, *(one.intent for one in ranking.candidates if one.score >= tuning.THEN_AT)):
        told = base.intents[name].told
        lying = (base.facts[fact] for fact in told if falls(base.facts[fact], years))
        facts = tuple(fact.id for fact in lying if on(fact, years, reading.days))
        near = 1.0 if name == last else jaccard(_topics(told, base), topics)
        if facts and near >= tuning.THEN_SHARED_AT:
            found.append((near, name, facts))
    if not found:
        return Part(reading, (), Rule.YEAR, intent=last, strength=tuning.THEN_SURE, followed=True)
    _, name, facts = max(found, key=lambda one: one[0])
    return Part(reading, (), Rule.THEN, intent=name, strength=tuning.THEN_SURE, facts=facts, followed=True)


def of_time(conversation: Conversation) -> bool:
    """Tell whether the last question asked what happened in some time, and nothing else."""
    named = all(term.is_date for term in conversation.terms)
    return named and bool(conversation.years) and conversation.asks <= BROAD


def lately(reading: Reading, ranking: Ranking, conversation: Conversation, base: KnowledgeBase) -> Part | None:
    """Answer "et maintenant ?", behind what lies in a year: what is of the same since then; None where nothing is."""
    if not only_lately(reading, base):
        return None
    dates = (base.facts[name].when for name in conversation.facts)
    years = [year for when in dates if when for year in when.years]
    if not years:
        return None
    since = reading._replace(years=(Side(min(years) + 1, LAST_YEAR),))
    part = then(since, ranking, conversation, base)
    return part if part.rule is Rule.THEN else None


def _topics(facts: Iterable[str], base: KnowledgeBase) -> set[str]:
    return {topic for name in facts for topic in base.facts[name].topics}


def happened(part: Part, reading: Reading, base: KnowledgeBase) -> Part:
    """Return the events of the time that a message asks about, of the actors that it names, where no answer was found.

    "que s'est-il passé depuis 2031 ?", "qu'a fait Azur en 2031 ?": it may ask nothing else.
    """
    only = all(term.kind in (Kind.YEAR, Kind.ACTOR) or term.kind in SLIGHT or term.date for term in reading.terms)
    answered = part.tells and not part.missing
    if answered or not (only and reading.years and reading.asks <= BROAD):
        return part
    days = reading.days
    if days and (part.rule is Rule.GAP or any(isinstance(year, Side) for year in reading.years)):
        return part
    facts = within(reading.years, reading.actors, base, days)[: tuning.TOLD_TOGETHER]
    answers = (intent for intent in base.intents.values() if intent.kind is IntentKind.ANSWER)
    whose = next((intent.id for intent in answers if {*facts[:1]} & {*intent.told}), None)
    if whose is None:
        return part._replace(rule=Rule.DATE) if days and part.outcome is Outcome.UNKNOWN else part
    return Part(reading, part.candidates, Rule.PERIOD, intent=whose, strength=part.strength, facts=facts)


def when_of(part: Part, reading: Reading, base: KnowledgeBase, conversation: Conversation) -> Part:
    """Return a part; of the answer to a mere "quand ?", only what tells a time of what was told last.

    What is of no topic of that is no answer: then those facts are told again that tell a time.
    """
    only_when = reading.names_no_topic and not _WHEN.isdisjoint(reading.asks) and conversation.fresh
    if not only_when or part.rule not in (Rule.MATCH, Rule.BOTH) or part.gap or part.truth is not None:
        return part
    again = tuple(name for name in part.facts if name in conversation.facts)
    if not again and jaccard(_topics(part.facts, base), _topics(conversation.facts, base)) >= tuning.WHEN_SHARED_AT:
        return part
    facts = tuple(name for name in again or conversation.facts if _timed(base.facts[name], base))
    if not facts or facts == part.facts:
        return part
    intent = part.intent if again else conversation.intent
    return part._replace(rule=Rule.MATCH, intent=intent, facts=facts, also=(), followed=True)


def marked_undated(part: Part, reading: Reading, base: KnowledgeBase) -> Part:
    """Return a part, marked as undated where it answers a question for a time and no fact of it tells any.

    Behind a comma, "quand" may ask nothing: "quand Azur a payé, qui ...".
    """
    asked = not _WHEN.isdisjoint(reading.asks) and "," not in reading.tokens
    told = part.rule in (Rule.MATCH, Rule.BOTH) and part.statement is None and not part.gap
    silent = asked and told and not any(_timed(base.facts[name], base) for name in part.facts)
    return part._replace(undated=True) if silent else part


_WHEN: frozenset[QuestionType] = frozenset(["when", "since-when"])


def _timed(fact: Fact, base: KnowledgeBase) -> bool:
    """Tell whether an article states when a fact was, or its text speaks of a year, a month, or so many months."""
    words, lexicon = normalise(fact.text), base.lexicon
    measures = {lexicon.stem(word) for word in lexicon.joints["measure"]}
    stated = fact.when is not None and not fact.when.inferred
    return stated or any(is_year(word) or word in lexicon.months or lexicon.stem(word) in measures for word in words)
