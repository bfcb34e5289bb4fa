"""From a typed message to a reply: the one path that Discord, the terminal and the evaluation share."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from knowledge import tuning
from knowledge.composing import cite, compose, rests_on
from knowledge.conversation import Conversation
from knowledge.decision.presenting import introduced
from knowledge.decision.several import (
    enumerated,
    pieces_told,
    premise_corrected,
    questioning,
    tale_questions,
    without_repeats,
)
from knowledge.decision.trimming import TOLD_FROM, background, chat, without_asides, without_remarks
from knowledge.language.normalising import unmarked
from knowledge.language.reading import read_tokens, tokens_of
from knowledge.language.splitting import asks, granted, itemised, ways
from knowledge.language.typography import typeset
from knowledge.model import KnowledgeBase
from knowledge.question import part_of
from knowledge.reply import Outcome, Part, Reply, Rule
from knowledge.suggesting import suggest

PIECES_AT_MOST = 8
"""How many pieces of one message are looked at for questions."""


def answer(text: str, base: KnowledgeBase, conversation: Conversation | None = None) -> Reply:
    """Answer a message, in the light of the same person's earlier ones; never raises, whatever the text."""
    conversation = (conversation or Conversation()).within(base)
    return replied(text, decided(text, base, conversation), base, conversation)


def decided(text: str, base: KnowledgeBase, conversation: Conversation) -> list[Part]:
    """Decide the questions of a message: all of an answer but its text."""
    return _parts(text, tokens_of(text, base.lexicon), base, conversation)


def _parts(text: str, tokens: tuple[str, ...], base: KnowledgeBase, conversation: Conversation) -> list[Part]:
    """Decide a message whole, as the several questions that it holds, or without what asks nothing."""
    whole = part_of(text, tokens, base, conversation)
    if whole.outcome is Outcome.SMALLTALK or whole.verbatim:
        return [whole]
    return (
        without_repeats(_amid_background(text, tokens, base, conversation), base)
        or without_repeats(_several(text, tokens, whole, base, conversation), base)
        or _trimmed(text, tokens, whole, base, conversation)
        or _chatted(tokens, whole, base)
        or [whole]
    )


def _several(
    text: str, tokens: tuple[str, ...], whole: Part, base: KnowledgeBase, conversation: Conversation
) -> list[Part]:
    """Decide the several questions of a message; none where one answer to the whole accounts for more of it."""
    told = (
        introduced(whole, base)
        or enumerated(_pieces(text, itemised(tokens, base.lexicon), base, conversation))
        or premise_corrected(_pieces(text, granted(tokens, base.lexicon), base, conversation))
    )
    if told:
        return told
    tale = whole.reading.rambling
    sure = tale and whole.outcome is Outcome.ANSWERED and whole.strength >= tuning.SURE_AT
    # "j'ai deux questions, ..." is no part of the first of them.
    asked = () if tale else tuple(chain.from_iterable(chat(tokens, base)[1]))
    cuts = ([*ways(words, base.lexicon, tale=tale, asking=sure)] for words in dict.fromkeys([asked, tokens]))
    for cut, pieces in next(filter(None, cuts), ()):
        parts = _pieces(text, pieces, base, conversation)
        if told := tale_questions(parts, whole) if sure else pieces_told(parts, whole, cut):
            return told
    return []


def _amid_background(text: str, tokens: tuple[str, ...], base: KnowledgeBase, conversation: Conversation) -> list[Part]:
    """Decide what a message asks in the light of the sentences that it tells before; none where that is unsure.

    "Ma fille adore le moulin. Il a été vendu ?" wants to hear nothing of its daughter; of what is told, only what is
    wrong is put right. What only wants to know whether it is so is decided with it.
    """
    told, asked = background(tokens, base)
    if len(unmarked(chain.from_iterable(told))) < TOLD_FROM:
        return []
    reading = read_tokens(text, asked, base.lexicon)
    if reading.names_no_topic or (not reading.asks and reading.one_topic_at_most):
        return []
    before = []
    for sentence in told[-PIECES_AT_MOST:]:
        before.append(part_of(text, sentence, base, conversation))
        conversation = conversation.after(before[-1], base)
    parts = _parts(text, asked, base, conversation)
    if not all(part.says and part.strength >= tuning.ASIDE_AT for part in parts):
        return []
    return [*(part for part in before if part.truth is False), *parts]


def _trimmed(
    text: str, tokens: tuple[str, ...], whole: Part, base: KnowledgeBase, conversation: Conversation
) -> list[Part]:
    """Decide a message without what asks nothing; none where nothing is left out, or the whole is as sure."""
    tale = whole.reading.rambling
    if whole.rule is Rule.NAME:
        rest = without_asides(text, tokens, base, tale=tale)
        least = tuning.ASIDE_AT if tale else tuning.SURE_AT
    else:
        rest = without_remarks(tokens, base) if whole.strength < tuning.SURE_AT else tokens
        least = tuning.ASIDE_AT if whole.silent else whole.strength
    parts = _parts(text, rest, base, conversation) if 0 < len(rest) < len(tokens) else []
    return parts if all(part.outcome in _REPLIES and part.strength >= least for part in parts) else []


def _chatted(tokens: tuple[str, ...], whole: Part, base: KnowledgeBase) -> list[Part]:
    """Return the last small talk of a message that asks nothing besides: "merci infiniment, mon exposé est bouclé"."""
    said, rest = chat(tokens, base) if whole.silent and not whole.reading.actors else ([], [])
    # One clause alone was judged as small talk already, in the light of the conversation.
    if not said or len(said) + len(rest) < 2 or any(asks(clause, base.lexicon) for clause in rest):
        return []
    return [Part(whole.reading, (), Rule.SMALLTALK, intent=said[-1], strength=tuning.SMALLTALK_SURE)]


_REPLIES = frozenset([Outcome.ANSWERED, Outcome.SMALLTALK])


def _pieces(
    text: str, pieces: list[tuple[str, ...]], base: KnowledgeBase, conversation: Conversation
) -> Iterator[Part]:
    """Decide pieces of a message one after the other, each in the light of those before it.

    One that does not need them is decided alone, where that light only leads to the answer just told.
    """
    before = conversation
    told: set[str | None] = set()
    for piece in pieces[:PIECES_AT_MOST]:
        part = part_of(text, piece, base, conversation)
        # Nobody asks the same twice.
        if part.tells and part.intent in told and not part.reading.leaning:
            alone = part_of(text, piece, base, before)
            part = alone if alone.outcome is Outcome.ANSWERED and alone.strength >= tuning.SURE_AT else part
        conversation = conversation.after(part, base)
        told.add(part.intent)
        yield part


def replied(text: str, parts: list[Part], base: KnowledgeBase, conversation: Conversation) -> Reply:
    """Return the reply to a message whose questions were decided."""
    asked = questioning(parts, base.lexicon) or parts
    first = next((part for part in asked if part.outcome is Outcome.ANSWERED), asked[0])
    facts = tuple(dict.fromkeys(name for part in parts for name in part.facts))
    sources = cite(chain.from_iterable(rests_on(part, base) for part in parts), base)
    if first.outcome is Outcome.SMALLTALK:
        written = base.intents[first.intent or ""].text
    else:
        written = "\n\n".join(compose(part, base, sources) for part in parts)
    for part in parts:
        conversation = conversation.after(part, base)
    return Reply(
        question=text,
        outcome=first.outcome,
        text=typeset(written),
        sources=sources,
        facts=facts,
        intent=first.intent,
        confidence=first.confidence,
        runner_up=first.runner_up,
        offered=suggest(parts, base),
        conversation=conversation,
        parts=tuple(parts),
    )
