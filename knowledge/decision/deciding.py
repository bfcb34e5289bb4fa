"""Deciding what comes of a question: which intent answers it, or why none does."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge import tuning
from knowledge.decision.chronology import falls
from knowledge.language.counting import Side, every_year
from knowledge.language.lexicon import ARTICLES, Lexicon
from knowledge.language.normalising import normalise, unmarked
from knowledge.language.reading import Reading
from knowledge.language.terms import BROAD, SLIGHT, WHO, Kind
from knowledge.model import Fact, IntentKind, KnowledgeBase
from knowledge.reply import Outcome, Part, Rule
from knowledge.search.index import Phrase
from knowledge.search.matching import Candidate, Ranking
from knowledge.verdict.alike import has_perfect, joined
from knowledge.verdict.linking import unlinked
from knowledge.verdict.statements import presumed, presumes, puts, stated
from knowledge.verdict.untold import unknown_deed


def decide(reading: Reading, ranking: Ranking, base: KnowledgeBase) -> Part:
    """Choose among candidates; the result names the rule that decided."""
    candidates = _stating(reading, ranking.candidates, base)
    if not candidates:
        return Part(reading, (), Rule.OFF_TOPIC if reading.terms else Rule.EMPTY)
    best = candidates[0]
    rival = _rival(best, candidates, base)
    part = Part(
        reading,
        candidates[: tuning.KEPT],
        Rule.OFF_TOPIC,
        strength=best.score,
        runner_up=rival.intent if rival else None,
        followed=best.followed,
    )
    strange = any(term.kind is Kind.NAME for term in best.unexplained)
    if strange and not (reading.verifying and best.covered >= tuning.CORRECTED_AT):
        return part._replace(rule=Rule.NAME)
    if _unsaid(reading, best, base.lexicon):
        return part._replace(rule=Rule.DETAIL)
    if _doubtful(best, rival, ranking, reading):
        return part._replace(rule=_lacking(best, reading, base))
    chosen = taken(part, best, base)
    # A stranger that only a denied statement names is no less strange where that statement is not what was asked.
    denied = reading.names and best.phrase.truth is False and chosen.truth is None
    if (strange or denied) and chosen.outcome is Outcome.ANSWERED:
        return chosen._replace(rule=Rule.CORRECTED, statement=None)
    part = _linked(_completed(chosen, best, candidates, base), best, base)
    telling = part.rule in (Rule.MATCH, Rule.BOTH, Rule.NEAR_AND_GAP) and not part.statement
    return part._replace(untold=True) if telling and unknown_deed(part, base) else part


def _linked(part: Part, best: Candidate, base: KnowledgeBase) -> Part:
    """Return a part, as not what the articles say where it tells facts to a cause and an effect that none joins."""
    telling = part.outcome is Outcome.ANSWERED and part.statement is None
    if telling and unlinked(part.reading, best, base):
        return part._replace(statement=best.phrase._replace(truth=None))
    return part


def _stating(reading: Reading, candidates: tuple[Candidate, ...], base: KnowledgeBase) -> tuple[Candidate, ...]:
    """Return the candidates, first among those likely enough beside the best the one whose statement a question puts.

    A yes/no question says it; one for a circumstance may take a false one for granted.
    """
    if not candidates or candidates[0].verbatim or (not reading.asks and _topic(reading, base)):
        return candidates
    said = presumes if reading.asks else puts
    near = (one for one in candidates if one.score >= tuning.STATED_AT * candidates[0].score)
    found = next((one for one in near if said(reading, one, base)), None)
    if found is None:
        return candidates
    others = [one for one in candidates if one is not found]
    return (found._replace(score=max(found.score, tuning.SURE_AT)), *others)


def taken(part: Part, candidate: Candidate, base: KnowledgeBase) -> Part:
    """Return the part as it is decided where a candidate is what was asked, whatever else is likely.

    That is an answer with the facts of the years and actors asked about and the statement that is put, if any; or the
    admission of a gap; or, where no fact lies in these years, that of a year (`Rule.YEAR`).
    """
    intent, reading = base.intents[candidate.intent], part.reading
    if intent.kind is IntentKind.GAP:
        return part._replace(rule=Rule.GAP, intent=intent.id, facts=intent.told)
    facts = intent.told
    statement = _statement(reading, candidate, base, [one for one in part.candidates if one is not candidate])
    # As a stranger, a year that only a denied statement names is not known where that is not what was asked.
    named = candidate.phrase.features
    if candidate.phrase.truth is False and statement is None and not reading.carried:
        named &= base.index.known(intent.id)
    unnamed = [year for year in reading.years if f"#{year}" not in named]
    if unnamed and len(unnamed) == len(reading.years):
        # A year of the last question is none that this one asks about.
        own = any(term.kind is Kind.YEAR for term in reading.own)
        facts = _of_years(facts, unnamed, reading, base) or (() if own and not reading.verifying else facts)
        if not facts:
            return part._replace(rule=Rule.YEAR)
    facts = _of_actors(facts, reading.focus, base)
    missing = tuple(year for year in unnamed if not any(falls(base.facts[name], every_year([year])) for name in facts))
    part = part._replace(rule=Rule.MATCH, intent=intent.id, facts=facts, missing=missing, statement=statement)
    return part if facts == intent.facts else part._replace(facts=_wanted(part, candidate, base))


def _wanted(part: Part, candidate: Candidate, base: KnowledgeBase) -> tuple[str, ...]:
    """Return the facts of an answer that are wanted: those of its intent, and `more` where it is named.

    So is `more` where another intent that it answers is likely, too. All of it is told to who asks why or only names
    the thing, and where none of the intent's own facts is left.
    """
    reading, own = part.reading, [name for name in part.facts if name in base.intents[part.intent or ""].facts]
    topic = not reading.asks and part.statement is None and _topic(reading, base)
    # "c'est quoi la vente ?" wants to hear all there is of it.
    what = reading.asks == BROAD and not (reading.carried or reading.leaning)
    broad = topic or (what and _telling(reading) == 1)
    if not own or broad or "why" in reading.asks:
        return part.facts
    told = frozenset().union(*map(base.told_of, own))
    named = {feature for term in reading.own if term.kind not in SLIGHT for feature, _ in term.features} - told
    near = (one.intent for one in part.candidates if one.score >= tuning.WANTED_AT * candidate.score)
    likely = {name for intent in near if intent != candidate.intent for name in base.intents[intent].facts}
    return tuple(name for name in part.facts if name in own or name in likely or named & base.told_of(name))


def _completed(part: Part, best: Candidate, candidates: Sequence[Candidate], base: KnowledgeBase) -> Part:
    """Tell what speaks of the same too, where it is likely enough beside the best: an answer, or an admission."""
    if part.rule not in (Rule.GAP, Rule.MATCH) or best.score >= tuning.SURE_AT:
        return part
    # "il en parlait déjà en 2029 ?": what else a message may go on to is near an admission that tells nothing.
    unbound = part.reading.leaning and not base.intents[best.intent].told
    least = min(tuning.NEAR_AT, tuning.TOGETHER_AT, tuning.ADMITTED_AT) * best.score
    near = [
        c
        for c in candidates[1:]
        if c.score >= least
        and (_related(best, c, base) or (unbound and c.followed and not c.signals["followed, same"]))
        and not any(term.kind is Kind.NAME for term in c.unexplained)
    ]
    gap, answer = (
        next((c for c in near if (base.intents[c.intent].kind is IntentKind.GAP) is admits), None)
        for admits in (True, False)
    )
    if part.rule is Rule.GAP:
        return _with_near(part, best, answer, base) if answer else part
    both = _with_second(part, best, answer, base) if answer else None
    share = tuning.ADMITTED_AFTER_ALL_AT if best.explained >= tuning.EXACT_AT else tuning.ADMITTED_AT
    least = max(share * best.score, answer.score if answer and both else 0.0)
    if gap is None or gap.score < least or part.truth is not None:
        return both or part
    # An admission likelier than a second answer is told behind it.
    second = both if both and both.rule is Rule.BOTH else part._replace(rule=Rule.NEAR_AND_GAP)
    return second._replace(gap=gap.intent)


def _with_near(part: Part, best: Candidate, answer: Candidate, base: KnowledgeBase) -> Part:
    """Return an admission with the answer that is near it, where that is at least half as likely."""
    odd = any(term.kind is Kind.UNKNOWN for term in best.unexplained)
    if odd or answer.score < tuning.NEAR_AT * best.score:
        return part
    facts = base.intents[answer.intent].facts
    return part._replace(rule=Rule.GAP_AND_NEAR, gap=part.intent, intent=answer.intent, facts=facts)


def _with_second(part: Part, best: Candidate, answer: Candidate, base: KnowledgeBase) -> Part | None:
    """Return an answer with the second likeliest, or what asks back which is meant; None for neither."""
    if answer.score < tuning.TOGETHER_AT * best.score:
        return None
    second = base.intents[answer.intent].facts
    if max(len(part.facts), len(second)) < tuning.TOLD_TOGETHER:
        most = tuning.TOLD_TOGETHER // 2 if answer.score >= tuning.LIKEWISE_AT * best.score else 1
        also = tuple(name for name in second if name not in part.facts and _belongs(base.facts[name], part, base))
        also = also[: min(most, tuning.TOLD_TOGETHER - len(part.facts))]
        return part._replace(rule=Rule.BOTH, facts=(*part.facts, *also), also=also) if also else part
    # Who only names somebody is told the likeliest; who asks for one thing of several is told that.
    if answer.score < tuning.LIKEWISE_AT * best.score or part.reading.only_actors:
        return None
    if part.reading.asks and {*second} < {*part.facts}:
        return part._replace(intent=answer.intent, facts=second)
    if best.score >= tuning.CLARIFY_BELOW:
        return None
    return part._replace(rule=Rule.NEAR, facts=(), choices=(best.intent, answer.intent))


def _belongs(fact: Fact, part: Part, base: KnowledgeBase) -> bool:
    """Tell whether a fact is about somebody whom a question or its answer names, or about nothing but its topics."""
    told = [base.facts[name] for name in part.facts]
    actors = {*part.reading.actors}.union(*(one.actors for one in told))
    return not actors.isdisjoint(fact.actors) or {*fact.topics} <= {topic for one in told for topic in one.topics}


def _doubtful(best: Candidate, rival: Candidate | None, ranking: Ranking, reading: Reading) -> bool:
    """Tell whether the best candidate is too improbable, or accounts for too little of the question."""
    if best.explained >= tuning.EXACT_AT and best.score > tuning.CLEAR_AT * (rival.score if rival else 0.0):
        return best.score < tuning.NO_ANSWER_CLEAR_AT * ranking.no_answer
    least = max(tuning.ANSWER_AT, tuning.NO_ANSWER_AT * ranking.no_answer)
    return best.score < least or best.explained < _least(best, reading)


def _unsaid(reading: Reading, best: Candidate, lexicon: Lexicon) -> bool:
    """Tell whether a message asks who said what it quotes, much of which what it is taken for does not know."""
    if WHO.isdisjoint(reading.asks) or best.verbatim:
        return False
    quoted = _QUOTED.search(reading.text)
    words = {*normalise(quoted[1])} if quoted else {*_reported(reading, lexicon)}
    said = [term for term in reading.terms if term.kind in _SAYING and words.issuperset(term.text.split())]
    unknown = sum(term in best.unexplained for term in said)
    return bool(words) and unknown >= tuning.QUOTE_UNKNOWN_AT * max(len(said), 1)


def _reported(reading: Reading, lexicon: Lexicon) -> Sequence[str]:
    """Return the words behind "qui dit que" and "qui a dit que"; none in another question."""
    asked, *tokens = unmarked(reading.tokens) or ("",)
    begun = enumerate(tokens[: tuning.REPORTED_WITHIN])
    place = next((at for at, token in begun if token in lexicon.joints["that"]), 0)
    told = place and lexicon.says(asked, "?who") and lexicon.says(tokens[place - 1], "!says")
    return tokens[place + 1 :] if told else ()


_QUOTED = re.compile('[«"“]([^«»"“”]+)[»"”]')
_SAYING = frozenset([Kind.CONCEPT, Kind.WORD, Kind.COMMON, Kind.UNKNOWN])


def _lacking(best: Candidate, reading: Reading, base: KnowledgeBase) -> Rule:
    """Return what of a question the articles do not have: a name, a year, a detail or its whole subject."""
    if reading.names:
        return Rule.NAME
    if reading.years and base.years.isdisjoint(every_year(reading.years)):
        return Rule.YEAR
    near = any(term.kind is Kind.CONCEPT for term in reading.terms) and best.explained > tuning.DETAIL_AT
    # What a fact tells of is none that the articles say nothing of, however little of the rest is known.
    things = (term for term in reading.own if term.kind in (Kind.CONCEPT, Kind.WORD) and term.feature in base.told)
    named = any(base.index.weight(term) >= tuning.NAMED_AT for term in things)
    return Rule.DETAIL if reading.actors or reading.years or near or named else Rule.OFF_TOPIC


def _least(best: Candidate, reading: Reading) -> float:
    """Return the share of a question that has to be accounted for: the fewer its words, the more each counts."""
    if best.verbatim or len(reading.terms) > tuning.SHORT:
        return 0.0
    # In a talk an answer may be probable for what went before; a word that nobody knows still has to be made up for.
    odd = any(term.kind is Kind.UNKNOWN for term in best.unexplained)
    tiny = len(reading.terms) <= tuning.TINY and (odd or best.score < tuning.PROBABLE_AT)
    return tuning.EXPLAINED_TINY_AT if tiny else tuning.EXPLAINED_AT


def _related(one: Candidate, other: Candidate, base: KnowledgeBase) -> bool:
    """Tell whether two intents speak of the same: their facts share an actor or a topic."""
    about, also = (
        {name for fact in base.intents[candidate.intent].told for name in base.facts[fact].about}
        for candidate in (one, other)
    )
    return bool(about & also)


def _of_actors(facts: tuple[str, ...], actors: Sequence[str], base: KnowledgeBase) -> tuple[str, ...]:
    """Return the facts about the actors that a follow-up names; all where none is, or nothing is named."""
    return tuple(name for name in facts if set(base.facts[name].actors) & set(actors)) or facts


def _rival(best: Candidate, candidates: Sequence[Candidate], base: KnowledgeBase) -> Candidate | None:
    """Return the best candidate that would say something else."""
    chosen = set(base.intents[best.intent].told)
    for other in candidates[1:]:
        facts = set(base.intents[other.intent].told)
        if base.intents[other.intent].kind is not base.intents[best.intent].kind or not (facts and facts <= chosen):
            return other
    return None


def _of_years(
    facts: tuple[str, ...], years: Sequence[int | Side], reading: Reading, base: KnowledgeBase
) -> tuple[str, ...]:
    """Return the facts that lie in the years asked for; all of them where none has a date.

    With them comes what tells of something named that no such fact tells of: "Azur ou, en 2031, Brunel ?", "compare le
    prix de 2031 et celui de la mairie".
    """
    asked = every_year(years)
    kept = [name for name in facts if falls(base.facts[name], asked)]
    dated = any(base.facts[name].when for name in facts)
    if not kept:
        return () if dated else facts
    # "et" and "puis" name another thing besides that of the year; without one, one is meant that was of the year.
    joining = base.lexicon.joints["and"] | base.lexicon.joints["then"]
    kinds = (Kind.ACTOR, Kind.CONCEPT) if joining & {*reading.tokens[1:]} else (Kind.ACTOR,)
    named = {term.feature for term in reading.terms if term.kind in kinds}
    untold = named.difference(*map(base.told_of, kept))
    return tuple(name for name in facts if name in kept or untold & base.told_of(name))


def _statement(reading: Reading, best: Candidate, base: KnowledgeBase, others: Sequence[Candidate]) -> Phrase | None:
    """Return the statement for which a question deserves a yes or a no; None where that is not sure or not asked.

    A question that takes for granted what is denied deserves a no: "pourquoi les ventes ont-elles baissé ?"
    """
    if reading.asks:
        return presumed(reading, best, base)
    return None if _topic(reading, base) else stated(reading, best, base, others)


def _telling(reading: Reading) -> int:
    """Return how many of its terms say what a message is about."""
    return sum(term.kind not in SLIGHT for term in reading.terms)


def _topic(reading: Reading, base: KnowledgeBase) -> bool:
    """Tell whether a message only names a thing ("la vente"), or somebody, which is neither so nor not so."""
    telling = _telling(reading)
    # "et les ventes ?" names a thing; "les ventes ont baissé" and "donc c'est vendu ?" say something of it.
    happened = has_perfect(reading.tokens, base.lexicon)
    said = happened or not base.lexicon.joints["is"].isdisjoint(reading.tokens)
    asked = happened or (reading.marked and (said or not reading.leaning))
    # "la vente ?" is no statement even so; "c'est vendu ?" is.
    thing = telling == 1 and reading.tokens[0] in ARTICLES and not said
    stating = reading.confirms or (reading.negated and not reading.leaning)
    few = not stating and (thing or (telling <= tuning.TOPIC_AT_MOST and not asked))
    return not joined(reading, base.lexicon) if reading.only_actors else few
