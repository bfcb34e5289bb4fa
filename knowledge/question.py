"""One question: as small talk, alone, or as it goes on from the last one; what comes of it is a `Part`."""

from __future__ import annotations

from knowledge import tuning
from knowledge.conversation import Conversation
from knowledge.decision.amending import amended
from knowledge.decision.deciding import decide
from knowledge.decision.following import candidates_amid, only_dates, only_lately
from knowledge.decision.periods import happened, lately, marked_undated, of_time, then, when_of
from knowledge.decision.presenting import presented
from knowledge.decision.pronouns import pronoun_resolved
from knowledge.decision.recalling import since
from knowledge.decision.smalltalk import talk, wording_of
from knowledge.language.counting import figure_of, is_amount
from knowledge.language.reading import Reading, read_tokens
from knowledge.language.terms import BROAD, NAMING, SLIGHT, WHO, QuestionType
from knowledge.model import Again, IntentKind, KnowledgeBase
from knowledge.reply import Outcome, Part, Rule
from knowledge.search.likelihood import Floats
from knowledge.search.matching import ranked


def part_of(text: str, tokens: tuple[str, ...], base: KnowledgeBase, conversation: Conversation) -> Part:
    """Decide one question of a message, in the light of a conversation."""
    meant, conversation = amended(tokens, base, conversation)
    reading = read_tokens(text, meant, base.lexicon)
    wording = wording_of(reading, base)
    if meant != tokens:
        # What was not meant was said, too; what is left goes on from the last question.
        reading = reading._replace(tokens=tokens, leaning=True)
    likely = base.index.likely(reading)
    talked = talk(reading, wording, likely, base, conversation)
    if talked:
        return talked
    part = _of_whom(_asked(reading, likely, base, conversation), reading, base, conversation)
    if part.rule is Rule.EMPTY and not conversation.fresh:
        # "pourquoi cette vente ?", where nothing was spoken of, asks of the sale.
        rest = [token for token in meant if token not in base.lexicon.joints["this"]]
        named = read_tokens(text, rest, base.lexicon)
        part = _asked(named, base.index.likely(named), base, conversation) if named.terms else part
    if part.silent and part.rule is not Rule.NAME and (counted := _counted(reading, base, conversation)):
        return counted
    if denied := _denied_at_any_time(part, base, conversation):
        return denied
    afresh = not (conversation.fresh or conversation.choices or part.verbatim)
    again = base.intents[wording].again if wording else None
    if again and afresh and (part.silent or not (reading.actors or again is Again.SOURCE)):
        # "et la deuxième ?", where nothing is left of what was talked about; "tes sources ?" has an answer of its own.
        return Part(reading, part.candidates, Rule.ADRIFT)
    return part


def _of_whom(part: Part, reading: Reading, base: KnowledgeBase, conversation: Conversation) -> Part:
    """Return what a message gets with the name that its pronoun stands for ("il a vendu ?", behind Azur), or the part.

    It gets that where it then has a yes or a no, or alone has no answer. What somebody else did is no yes to what "il"
    did; "ça" may be anything, so that only a yes or a no is told of what was spoken of.
    """
    named = pronoun_resolved(reading, conversation, base)
    if named is None:
        return part
    told = _asked(named, base.index.likely(named), base, conversation)
    # "c'est qui, lui ?" asks who that is, unless who did something was what was asked.
    who = bool(reading.asks) and reading.asks <= WHO and reading.names_no_topic and "who" not in conversation.asks
    if told.truth is not None or (who and told.tells):
        return told
    if not base.lexicon.joints["neuter"].isdisjoint(reading.tokens):
        return part
    return told if told.statement or (part.silent and told.says) else part._replace(statement=None)


def _counted(reading: Reading, base: KnowledgeBase, conversation: Conversation) -> Part | None:
    """Return what answers "how many?", for a question that wants figures confirmed which nothing has; else None.

    "40 euros pour le moulin, c'est ça ?": the price that there is, or that the articles do not give it; neither a yes
    nor a no, since the rest may not be so, either.
    """
    amounts = [term for term in reading.terms if is_amount(term)]
    if not amounts or not reading.verifying:
        return None
    rest = tuple([term for term in reading.terms if term not in amounts])
    how_many = reading._replace(terms=rest, asks=reading.asks | {"how-many"})
    part = _asked(how_many, base.index.likely(how_many), base, conversation)
    sorts = {figure_of(feature) for name in part.facts for feature in base.mentions[name]} - {""}
    apt = part.outcome is Outcome.ANSWERED and part.strength >= tuning.SURE_AT
    told = apt and {figure_of(term.feature) for term in amounts} <= sorts
    admitted = part.rule is Rule.GAP and part.strength >= tuning.COUNTED_AT
    return part._replace(reading=reading, statement=None) if told or admitted else None


def _denied_at_any_time(part: Part, base: KnowledgeBase, conversation: Conversation) -> Part | None:
    """Put right a question that dates what is denied of any time; return None for others.

    "Azur possède le moulin depuis 2031 ?": no article says so. What denies something itself may still be so then.
    """
    reading = part.reading
    stated = reading.claiming and reading.verifying and not reading.negated
    when = {word for term in reading.terms if term.is_date for word in term.text.split()}
    if not (stated and when) or part.verbatim or part.truth is not None:
        return None
    rest = [token for token in reading.tokens if token not in when | base.lexicon.joints["since"]]
    anyway = read_tokens(reading.text, rest, base.lexicon)
    found = _asked(anyway, base.index.likely(anyway), base, conversation)
    if found.statement is None or found.statement.truth or found.strength < tuning.SURE_AT:
        return None
    return found._replace(reading=reading, statement=found.statement._replace(truth=None))


def _asked(reading: Reading, likely: Floats, base: KnowledgeBase, conversation: Conversation) -> Part:
    """Decide a question that is no small talk, alone or completed by the conversation."""
    whole, candidates, no_answer = candidates_amid(reading, likely, base, conversation)
    ranking = ranked(candidates, no_answer)
    if conversation.fresh and conversation.facts and only_dates(reading):
        if of_time(conversation) and not reading.asks:
            # "et en 2032 ?", behind "que s'est-il passé en 2031 ?", asks what happened then.
            anew = reading._replace(asks=BROAD, leaning=False)
            return _asked(anew, base.index.likely(anew), base, Conversation())
        part = then(reading, ranking, conversation, base)
        # "et en 2031 ?" goes on; "que s'est-il passé en 2031 ?" may begin anew, and so may "et en mars 2031 ?".
        return happened(part, reading, base) if reading.asks or reading.days else part
    if recent := lately(reading, ranking, conversation, base):
        return recent
    followed = bool(ranking.candidates) and ranking.candidates[0].followed
    part = decide(whole if followed else reading, ranking, base)
    if part.silent and conversation.fresh and only_lately(reading, base):
        return since(reading, conversation, base) or part
    if conversation.fresh:
        part = _amid(part, reading, base, conversation)
    else:
        only_named = not reading.asks and all(term.actor for term in reading.terms)
        settled = part.verbatim or part.truth is not None
        part = presented(part, reading, base, anyway=only_named and not settled)
    part = when_of(_others(part, reading, conversation), reading, base, conversation)
    return marked_undated(happened(part, reading, base), reading, base)


def _amid(part: Part, reading: Reading, base: KnowledgeBase, conversation: Conversation) -> Part:
    """Return a part that was decided amid a talk, or what is told instead to somebody who goes on from its last answer.

    "et Brunel ?" asks of Brunel what was asked last. Where that is no detail, who that is may be told; where it is who
    somebody is, that is.
    """
    going_on = reading.leaning and not reading.asks
    who = going_on and base.intents[conversation.intent or ""].kind is IntentKind.ACTOR
    broad = part.rule is Rule.DETAIL and conversation.asks <= _VAGUE
    if who or broad or not going_on:
        part = presented(part, reading, base, anyway=who)
    vague = reading.leaning or all(term.kind in SLIGHT for term in reading.terms)
    # Somebody who goes on from an answer is not told that they ask about something else.
    return part._replace(rule=Rule.DETAIL) if part.rule is Rule.OFF_TOPIC and vague else part


_VAGUE: frozenset[QuestionType] = BROAD | {"who", "why"}
"""Question types of which "et Brunel ?" asks no detail of Brunel."""


def _others(part: Part, reading: Reading, conversation: Conversation) -> Part:
    """Return of the answer to "qui d'autre ?" what was not told yet; that there is none, where all of it was.

    "et les autres articles ?" may count them all.
    """
    naming = any(term.kind in NAMING for term in reading.terms)
    asked = "other" in reading.manner and reading.one_topic_at_most and not naming
    told = part.tells and part.truth is None and {*part.facts} & {*conversation.heard}
    if not (asked and told):
        return part
    facts, also = (tuple(name for name in names if name not in conversation.heard) for names in (part.facts, part.also))
    if facts:
        return part._replace(facts=facts, also=also) if reading.names_no_topic else part
    return Part(part.reading, part.candidates, Rule.MORE, strength=part.strength)
