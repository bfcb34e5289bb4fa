"""From a typed message to a reply: the one path that Discord, the terminal and the evaluation share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from knowledge import tuning
from knowledge.composing import cite, compose, typeset
from knowledge.conversation import Conversation, accounts, continues, merged, placed, unanswered
from knowledge.deciding import calibrated, decide, falls
from knowledge.matching import Candidate, nothing, options, ranked
from knowledge.model import KnowledgeBase
from knowledge.normalising import normalise
from knowledge.reading import MAX_TOKENS, Reading, read_tokens
from knowledge.reply import Outcome, Part, Reply
from knowledge.smalltalk import talk
from knowledge.splitting import split
from knowledge.suggesting import suggest
from knowledge.terms import Kind

QUESTIONS_AT_MOST = 3
"""How many questions of one message are answered."""
PIECES_AT_MOST = 4
"""How many pieces of one message are looked at for questions."""


def answer(text: str, base: KnowledgeBase, conversation: Conversation | None = None) -> Reply:
    """Answer a message, in the light of the same person's earlier ones; never raises, whatever the text."""
    conversation = conversation or Conversation()
    tokens = normalise(text)[:MAX_TOKENS]
    parts = _parts(text, tokens, base, conversation)
    return replied(text, parts, base, conversation)


def _parts(text: str, tokens: tuple[str, ...], base: KnowledgeBase, conversation: Conversation) -> list[Part]:
    """Decide a message whole, or as the several questions that it holds, whichever accounts for more of it."""
    whole = _piece(text, tokens, base, conversation)
    if whole.outcome is Outcome.SMALLTALK:
        return [whole]
    pieces = split(tokens, base.lexicon)
    parts = [*_pieces(pieces, base, conversation)]
    told = {part.intent: part for part in parts if _told(part)}
    answered = any(part.outcome is Outcome.ANSWERED for part in parts)
    asking = [part for part in parts if part.outcome is not Outcome.SMALLTALK and part.reading.terms]
    if whole.outcome is Outcome.ANSWERED:
        sure = min((part.confidence for part in told.values()), default=0.0)
        if answered and len(told) > 1 and whole.confidence < sure + tuning.WHOLE_GAIN:
            return _once(told.values())
    elif answered and (len(told) > 1 or len(asking) == 1):
        return _once(told.values())
    # "combien de salariés et de farine ?": the second half goes on from the first, as in a conversation.
    if whole.outcome is not Outcome.ANSWERED or whole.confidence < tuning.HALVED_BELOW:
        least = whole.confidence if whole.outcome is Outcome.ANSWERED else 0.0
        halves: list[Part] = []
        finer = split(tokens, base.lexicon, everywhere=True)
        for half in parts if finer == pieces else _pieces(finer, base, conversation):
            if not (_told(half) and half.confidence > least):
                return [whole]
            halves.append(half)
        if any(half.outcome is Outcome.ANSWERED for half in halves):
            return _once(halves)
    return [whole]


def _told(part: Part) -> bool:
    """Tell whether a part says something of what was asked: a fact, or that the articles do not say."""
    return part.outcome is Outcome.ANSWERED or part.rule == "gap"


def _once(parts: Iterable[Part]) -> list[Part]:
    """Return the first parts of a message, without the facts that an earlier one tells."""
    kept: list[Part] = []
    told: set[str] = set()
    for part in parts:
        new = tuple(name for name in part.facts if name not in told)
        told.update(new)
        if new or part.outcome is not Outcome.ANSWERED:
            kept.append(replace(part, facts=new))
    return kept[:QUESTIONS_AT_MOST]


def _pieces(pieces: list[tuple[str, ...]], base: KnowledgeBase, conversation: Conversation) -> Iterator[Part]:
    """Decide pieces of a message one after the other, each in the light of those before it; none where there is one."""
    for piece in pieces[:PIECES_AT_MOST] if len(pieces) > 1 else ():
        part = _piece(" ".join(piece), piece, base, conversation)
        if part.intent and part.outcome is not Outcome.SMALLTALK:
            conversation = conversation.understood(part.reading, part.intent, part.facts)
        yield part


def _piece(text: str, tokens: tuple[str, ...], base: KnowledgeBase, conversation: Conversation) -> Part:
    reading = read_tokens(text, tokens, base.lexicon)
    part = talk(reading, base, conversation) or _one(reading, base, conversation)
    if part.outcome is Outcome.UNKNOWN:
        return talk(reading, base, conversation, tuning.SMALLTALK_RATHER) or part
    return part


def _one(reading: Reading, base: KnowledgeBase, conversation: Conversation) -> Part:
    """Decide one question, alone or completed by the conversation."""
    whole, candidates, none = considered(reading, base, conversation)
    ranking = ranked(candidates, none)
    followed = bool(ranking.candidates) and ranking.candidates[0].followed
    part = decide(whole if followed else reading, ranking, base)
    if part.outcome is not Outcome.ANSWERED and conversation.fresh and conversation.facts and _only_years(reading):
        return _then(reading, conversation, base)
    return part


def considered(
    reading: Reading, base: KnowledgeBase, conversation: Conversation
) -> tuple[Reading, list[Candidate], dict[str, float]]:
    """Return a message completed by what went before, what it may ask for, and the signals for no answer."""
    candidates = options(reading, base.index)
    none = nothing(reading, candidates)
    if not conversation.fresh or not (reading.terms or reading.asks):
        return reading, candidates, none
    whole = merged(reading, conversation, base)
    alone = [one for one in candidates if continues(one, reading, conversation, base)]
    further = [
        one for one in options(whole, base.index, conversation.intent) if accounts(one, reading, conversation, base)
    ]
    return (
        whole,
        [
            *(placed(one, reading, conversation, base, followed=False) for one in alone),
            *(placed(one, reading, conversation, base, followed=True) for one in further),
        ],
        {**none, **unanswered(reading)},
    )


def _only_years(reading: Reading) -> bool:
    return bool(reading.terms) and all(term.kind is Kind.YEAR for term in reading.terms)


def _then(reading: Reading, conversation: Conversation, base: KnowledgeBase) -> Part:
    """Answer "et en 2025 ?": the same question for another year, or that the articles say nothing of that year."""
    intent = base.intents[conversation.intent or ""]
    facts = tuple(name for name in intent.facts if falls(base.facts[name], reading.years))
    outcome, rule = (Outcome.ANSWERED, "then") if facts else (Outcome.UNKNOWN, "year")
    return Part(reading, (), outcome, rule, intent.id, tuning.THEN_SURE, facts=facts, followed=True)


def replied(text: str, parts: list[Part], base: KnowledgeBase, conversation: Conversation) -> Reply:
    """Return the reply to a message whose questions were decided."""
    first = next((part for part in parts if part.outcome is Outcome.ANSWERED), parts[0])
    facts = tuple(dict.fromkeys(name for part in parts for name in part.facts))
    said = facts if any(part.outcome is Outcome.ANSWERED for part in parts) else ()
    sources = cite(said, base)
    if first.outcome is Outcome.SMALLTALK:
        written = base.intents[first.intent or ""].text
    else:
        written = "\n\n".join(compose(part, base, sources) for part in parts)
    last = parts[-1]
    if last.rule == "again":
        after = conversation
    elif last.intent and last.outcome is not Outcome.SMALLTALK and last.rule != "year":
        after = conversation.understood(last.reading, last.intent, last.facts)
    else:
        after = conversation.passed()
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
        conversation=after,
        parts=tuple(parts),
    )
