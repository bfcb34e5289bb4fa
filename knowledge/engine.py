"""From a typed message to a reply: the one path that Discord, the terminal and the evaluation share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from knowledge import tuning
from knowledge.chronology import within
from knowledge.composing import cite, compose, rests_on, typeset
from knowledge.conversation import Conversation, accounts, kin, meant, merged, placed, says_little, unanswered
from knowledge.counting import Side
from knowledge.deciding import calibrated, decide, falls, introduced, presented
from knowledge.figures import figure_of, is_amount
from knowledge.likelihood import Floats
from knowledge.matching import Candidate, Ranking, nothing, options, ranked
from knowledge.mending import mended
from knowledge.model import IntentKind, KnowledgeBase
from knowledge.normalising import MARKS, normalise
from knowledge.reading import MAX_TOKENS, Reading, read, read_tokens
from knowledge.reply import Outcome, Part, Reply
from knowledge.several import apart, beside, enumerated, once, rambles
from knowledge.smalltalk import talk, wording_of
from knowledge.splitting import Cut, asks, clauses, frames, itemised, split
from knowledge.suggesting import suggest
from knowledge.terms import NAMING, SLIGHT, Kind, Term

PIECES_AT_MOST = 8
"""How many pieces of one message are looked at for questions."""
REMARK_AT_MOST = 8
"""Words of small talk that a question begins or ends with, at most."""


def answer(text: str, base: KnowledgeBase, conversation: Conversation | None = None) -> Reply:
    """Answer a message, in the light of the same person's earlier ones; never raises, whatever the text."""
    conversation = (conversation or Conversation()).within(base)
    tokens = mended(normalise(text)[:MAX_TOKENS], base.lexicon)
    parts = _parts(text, tokens, base, conversation)
    return replied(text, parts, base, conversation)


def _parts(text: str, tokens: tuple[str, ...], base: KnowledgeBase, conversation: Conversation) -> list[Part]:
    """Decide a message whole, or as the several questions that it holds, whichever accounts for more of it."""
    whole = _piece(text, tokens, base, conversation)
    if whole.outcome is Outcome.SMALLTALK or whole.verbatim:
        return [whole]
    told = introduced(whole, base) or enumerated([*_pieces(text, itemised(tokens, base.lexicon), base, conversation)])
    if told:
        return once(told)
    tried: list[list[tuple[str, ...]]] = []
    tale = rambles(whole)
    sure = tale and whole.outcome is Outcome.ANSWERED and whole.confidence >= tuning.SURE_AT
    # Every "et" of a long tale would be a cut: there, only punctuation and question words are.
    for cut in (Cut.BEFORE_QUESTIONS, Cut.AMONG_QUESTIONS) if tale else Cut:
        pieces = split(tokens, base.lexicon, cut)
        if sure:
            pieces = [piece for piece in pieces if asks(piece, base.lexicon)]
        if len(pieces) > 1 and pieces not in tried:
            tried.append(pieces)
            parts = _pieces(text, pieces, base, conversation)
            told = beside(parts, whole) if sure else apart(parts, whole, cut)
            if told:
                return once(told)
    unknown = whole.outcome is Outcome.UNKNOWN and whole.rule != "gap"
    if unknown and whole.rule == "name":
        rest = _without_asides(text, tokens, base, tale=tale)
        least = tuning.ASIDE_AT if tale else tuning.SURE_AT
    else:
        rest = _without_remarks(tokens, base) if whole.confidence < tuning.SURE_AT else tokens
        least = tuning.ASIDE_AT if unknown else whole.confidence
    told = _parts(text, rest, base, conversation) if 0 < len(rest) < len(tokens) else []
    if told and all(part.outcome in _REPLIES and part.confidence >= least for part in told):
        return told
    return [whole]


_REPLIES = frozenset([Outcome.ANSWERED, Outcome.SMALLTALK])


def _without_remarks(tokens: tuple[str, ...], base: KnowledgeBase) -> tuple[str, ...]:
    """Return a message without the small talk beside its question: "t'es nul, c'est quoi Azur, espèce de robot".

    A whole clause of it is left out, and what a clause that asks begins or ends with, but for a single word.
    """

    def remark(words: Sequence[str]) -> bool:
        intent = base.intents.get(base.index.smalltalk.get(" ".join(words), ""))
        if intent is None:
            # "mdr t'es nul": what it opens with may mean nothing.
            return len(words) > 2 and words[0] in base.lexicon.neutral and remark(words[1:])
        reading = read_tokens("", words, base.lexicon)
        # "c'est faux" turns what is said beside it around.
        return not (intent.again or intent.forgets or reading.asks or reading.negated)

    def trimmed(words: Sequence[str]) -> Sequence[str]:
        for length in range(min(len(words) - 1, REMARK_AT_MOST), 1, -1):
            words = words[length:] if remark(words[:length]) else words
            words = words[:-length] if remark(words[-length:]) else words
        return words

    kept: list[str] = []
    for clause in clauses(tokens):
        said = [word for word in clause if word not in MARKS]
        if remark(said):
            continue
        rest = trimmed(said)
        # "c'est grave, Azur ?" asks about what is grave; "qui est Azur t'es nul" only who that is.
        cut = len(rest) < len(said) and read_tokens("", rest, base.lexicon).asks
        kept += [*(rest if cut else said), *(clause[-1:] if clause[-1] in MARKS else ())]
    return tuple(kept)


def _without_asides(text: str, tokens: tuple[str, ...], base: KnowledgeBase, *, tale: bool) -> tuple[str, ...]:
    """Return a message without what names a stranger and asks nothing: somebody's town is not what they ask about.

    In a short one, "à Madrid, combien ...?" does ask about Madrid. What is left still has to ask something.
    """
    lexicon = base.lexicon

    def aside(clause: tuple[str, ...]) -> bool:
        framing = not tale and clause[-1] == "," and frames(clause[:-1], lexicon)
        return not (framing or asks(clause, lexicon)) and bool(read_tokens(text, clause, lexicon).names)

    rest = [clause for clause in clauses(tokens) if not aside(clause)]
    return tuple(chain.from_iterable(rest)) if any(asks(clause, lexicon) for clause in rest) else tokens


def _pieces(
    text: str, pieces: list[tuple[str, ...]], base: KnowledgeBase, conversation: Conversation
) -> Iterator[Part]:
    """Decide pieces of a message one after the other, each in the light of those before it."""
    for piece in pieces[:PIECES_AT_MOST]:
        part = _piece(text, piece, base, conversation)
        conversation = _after(part, conversation, base)
        yield part


def _piece(text: str, tokens: tuple[str, ...], base: KnowledgeBase, conversation: Conversation) -> Part:
    reading = read_tokens(text, tokens, base.lexicon)
    evidence = base.index.evidence(reading)
    talked = talk(reading, evidence, base, conversation)
    if talked and talked.rule not in _MOVING:
        return talked
    part = _one(reading, evidence, base, conversation)
    if talked:
        # That the articles tell no sequel of it, where they are known not to.
        return part if part.rule == "gap" and {*part.facts} & {*conversation.facts} else talked
    silent = part.outcome is Outcome.UNKNOWN and part.rule != "gap"
    if silent and (counted := _counted(reading, base, conversation)):
        return counted
    afresh = not (conversation.fresh or conversation.choices or part.verbatim)
    wording = wording_of(reading, base) if afresh and (silent or not reading.actors) else None
    if wording and base.intents[wording].again:
        # "et la deuxième ?", where nothing is left of what was talked about.
        return Part(reading, part.candidates, Outcome.UNKNOWN, "adrift")
    return part


def _counted(reading: Reading, base: KnowledgeBase, conversation: Conversation) -> Part | None:
    """Return the answer to a question that wants a figure confirmed which nothing has: the figure that there is.

    "40 euros pour le moulin, c'est ça ?": neither a yes nor a no, since the rest may not be so, either.
    """
    amounts = [term for term in reading.terms if is_amount(term)]
    if len(amounts) != 1 or not reading.verifying:
        return None
    rest = replace(reading, terms=tuple([term for term in reading.terms if term is not amounts[0]]))
    part = _one(rest, base.index.evidence(rest), base, conversation)
    told = [read(base.facts[name].text, base.lexicon) for name in part.facts]
    sorts = {figure_of(feature) for fact in told for feature in fact.features}
    apt = part.outcome is Outcome.ANSWERED and part.confidence >= tuning.SURE_AT
    return replace(part, reading=reading, truth=None) if apt and figure_of(amounts[0].feature) in sorts else None


_MOVING = frozenset(["moved", "beyond", "later", "earlier", "more"])
"""Rules by which a talk goes to what came before or after, or to more of the same."""


def _one(reading: Reading, evidence: Floats, base: KnowledgeBase, conversation: Conversation) -> Part:
    """Decide one question, alone or completed by the conversation."""
    whole, candidates, none = considered(reading, evidence, base, conversation)
    ranking = ranked(candidates, none)
    if conversation.fresh and conversation.facts and _only_years(reading):
        part = _then(reading, ranking, conversation, base)
        # "et en 2031 ?" goes on; "que s'est-il passé en 2031 ?" may begin anew.
        return _happened(part, reading, base) if reading.asks else part
    followed = bool(ranking.candidates) and ranking.candidates[0].followed
    part = decide(whole if followed else reading, ranking, base)
    # "et Brunel ?" asks of Brunel what was asked last.
    # Where that is nothing in particular, who that is may be told.
    broad = part.rule == "detail" and conversation.asks <= _WHAT
    if reading.asks or broad or not (reading.leaning and conversation.fresh):
        part = presented(part, reading, base)
    part = _others(part, reading, conversation)
    part = _happened(part, reading, base)
    vague = reading.leaning or all(term.kind in SLIGHT for term in reading.terms)
    if part.rule == "off-topic" and conversation.fresh and vague:
        # Somebody who goes on from an answer is not told that they ask about something else.
        return replace(part, rule="detail")
    return part


def _others(part: Part, reading: Reading, conversation: Conversation) -> Part:
    """Return of the answer to "qui d'autre ?" what was not told yet; that there is none, where all of it was.

    "et les autres articles ?" may count them all.
    """
    naming = any(term.kind in NAMING for term in reading.terms)
    asked = "other" in reading.manner and says_little(reading) and not naming
    told = part.outcome is Outcome.ANSWERED and part.truth is None and {*part.facts} & {*conversation.heard}
    if not (asked and told):
        return part
    facts, also = (tuple(name for name in names if name not in conversation.heard) for names in (part.facts, part.also))
    if facts:
        return replace(part, facts=facts, also=also) if reading.empty else part
    return Part(part.reading, part.candidates, Outcome.UNKNOWN, "more", confidence=part.confidence)


def considered(
    reading: Reading, evidence: Floats, base: KnowledgeBase, conversation: Conversation
) -> tuple[Reading, list[Candidate], dict[str, float]]:
    """Return a message completed by what went before, what it may ask for, and the signals for no answer."""
    candidates = options(reading, evidence, base.index)
    none = nothing(reading, candidates)
    if not conversation.fresh or reading.blank:
        return reading, candidates, none
    whole = merged(reading, conversation, base)
    # "et en 2031 ?" asks nothing by itself.
    alone = [] if _only_years(reading) else candidates
    further = [
        one
        for one in options(whole, base.index.evidence(whole), base.index, _resting(reading, conversation, base))
        if accounts(one, reading, whole, base)
    ]
    if reading.leaning and not reading.asks:
        # Nor does "et sur Brunel ?" ask who that is.
        alone, further = ([one for one in found if not _introduces(one, base)] for found in (alone, further))
    return (
        whole,
        [
            *placed(alone, reading, conversation, base, followed=False),
            *placed(further, reading, conversation, base, followed=True),
        ],
        {**none, **unanswered(reading)},
    )


def _introduces(candidate: Candidate, base: KnowledgeBase) -> bool:
    return base.intents[candidate.intent].kind is IntentKind.ACTOR


def _resting(reading: Reading, conversation: Conversation, base: KnowledgeBase) -> list[str]:
    """Return the intents that compete in a follow-up, however few of its words they have.

    Those are the last one and, where the message says nothing of its own ("quand ?"), all that tell no other facts.
    """
    last = [conversation.intent] if conversation.intent in base.index.spans else []
    if not reading.empty:
        return last
    told = {*meant(reading, conversation, base)}
    resting = (name for name in base.index.spans if 0 < len(base.intents[name].facts) <= len(told))
    return [*last, *(name for name in resting if name not in last and told.issuperset(base.intents[name].facts))]


def _only_years(reading: Reading) -> bool:
    return bool(reading.terms) and all(term.kind is Kind.YEAR for term in reading.terms)


def _happened(part: Part, reading: Reading, base: KnowledgeBase) -> Part:
    """Return the events of the time that a message asks about, of the actors that it names, where no answer was found.

    "que s'est-il passé depuis 2031 ?", "qu'a fait Azur en 2031 ?": it may ask nothing else.
    """
    only = all(term.kind in (Kind.YEAR, Kind.ACTOR) or term.kind in SLIGHT or _date(term) for term in reading.terms)
    answered = part.outcome is Outcome.ANSWERED and not part.missing
    if answered or not (only and reading.years and reading.asks <= _WHAT):
        return part
    dates = [date for term in reading.terms if (date := _date(term))]
    if dates and (part.rule == "gap" or any(isinstance(year, Side) for year in reading.years)):
        return part
    facts = within(reading.years, reading.actors, base, dates)[: tuning.TOLD_TOGETHER]
    answers = (intent for intent in base.intents.values() if intent.kind is IntentKind.ANSWER)
    whose = next((intent.id for intent in answers if {*facts[:1]} & {*intent.facts}), None)
    if whose is None:
        return replace(part, rule="date") if dates and part.outcome is Outcome.UNKNOWN else part
    return Part(reading, part.candidates, Outcome.ANSWERED, "period", whose, part.confidence, facts=facts)


def _date(term: Term) -> str:
    """Return the month ("03") or the day ("03-14") that a term names; nothing for others."""
    return term.feature[2:] if term.feature[:2] in ("#m", "#d") else ""


_WHAT = frozenset(["what"])


def _then(reading: Reading, ranking: Ranking, conversation: Conversation, base: KnowledgeBase) -> Part:
    """Answer "et en 2031 ?": the same question for another year, what is of the same then, or that there is none."""
    last = conversation.intent or ""
    topics = _topics(conversation.facts, base)
    found: list[tuple[float, str, tuple[str, ...]]] = []
    for name in (last, *(one.intent for one in ranking.candidates if one.score >= tuning.THEN_AT)):
        told = base.intents[name].facts
        facts = tuple(fact for fact in told if falls(base.facts[fact], reading.years))
        near = 1.0 if name == last else kin(_topics(told, base), topics)
        if facts and near >= tuning.THEN_KIN:
            found.append((near, name, facts))
    if not found:
        return Part(reading, (), Outcome.UNKNOWN, "year", last, tuning.THEN_SURE, followed=True)
    _, name, facts = max(found, key=lambda one: one[0])
    return Part(reading, (), Outcome.ANSWERED, "then", name, tuning.THEN_SURE, facts=facts, followed=True)


def _topics(facts: Iterable[str], base: KnowledgeBase) -> set[str]:
    return {topic for name in facts for topic in base.facts[name].topics}


def _after(part: Part, conversation: Conversation, base: KnowledgeBase) -> Conversation:
    """Return where a conversation stands after a question of it was decided."""
    if part.rule == "again":
        return conversation
    if part.rule == "picked":
        return replace(conversation, facts=part.facts)
    if part.rule in ("moved", "beyond"):
        listed = part.facts if len(part.facts) > 1 else ()
        return replace(conversation, facts=part.facts, listed=listed, heard=(*conversation.heard, *part.facts))
    if part.outcome is Outcome.CLARIFY:
        # Who does not choose goes on from what they asked: "et Azur ?", "c'était quand ?".
        known = base.index.known(part.choices[0])
        return replace(
            conversation.understood(part.reading, part.choices[0], (), known, listed=()), choices=part.choices
        )
    if part.intent and base.intents[part.intent].forgets:
        return Conversation()
    if part.rule == "detail" and not conversation.fresh:
        # "et cette vente ?", not understood, still is what "je parle d'Azur" goes on from.
        likeliest = (one.intent for one in part.candidates)
        asked = next((name for name in likeliest if base.intents[name].kind is IntentKind.ANSWER), None)
        return conversation.understood(part.reading, asked, (), frozenset(), listed=()) if asked else conversation
    if part.intent and part.outcome is not Outcome.SMALLTALK and part.rule != "year":
        known, read_out = base.index.known(part.intent), base.intents[part.intent].kind is IntentKind.ANSWER
        listed = part.facts if read_out and len(part.facts) > 1 else ()
        return conversation.understood(part.reading, part.intent, part.facts, known, listed=listed)
    return conversation.passed()


def replied(text: str, parts: list[Part], base: KnowledgeBase, conversation: Conversation) -> Reply:
    """Return the reply to a message whose questions were decided."""
    first = next((part for part in parts if part.outcome is Outcome.ANSWERED), parts[0])
    facts = tuple(dict.fromkeys(name for part in parts for name in part.facts))
    sources = cite(chain.from_iterable(rests_on(part, base) for part in parts), base)
    if first.outcome is Outcome.SMALLTALK:
        written = base.intents[first.intent or ""].text
    else:
        written = "\n\n".join(compose(part, base, sources) for part in parts)
    for part in parts:
        conversation = _after(part, conversation, base)
    return Reply(
        question=text,
        outcome=first.outcome,
        text=typeset(written),
        sources=sources,
        facts=facts,
        intent=first.intent,
        confidence=calibrated(first.confidence),
        runner_up=first.runner_up,
        suggestions=suggest(parts, base),
        conversation=conversation,
        parts=tuple(parts),
    )
