"""Recognising greetings, thanks and the like, and requests to hear the last answer again.

Smalltalk is told from questions by what tells questions from one another: how likely its wordings make a message.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import chain

from knowledge import tuning
from knowledge.conversation import Conversation
from knowledge.decision.recalling import recalled
from knowledge.language.lexicon import Lexicon
from knowledge.language.normalising import unmarked
from knowledge.language.reading import Reading
from knowledge.language.terms import NAMING, SLIGHT, QuestionType, Word
from knowledge.language.words import NO_MEANING, told_at, words_of
from knowledge.model import KnowledgeBase
from knowledge.reply import Part, Rule
from knowledge.search.likelihood import Floats

FILLER_AT_MOST = 3
"""Words at most of a filler that smalltalk ends with."""
_EXCLAIMING: frozenset[QuestionType] = frozenset(["which"])
"""What also stands in exclamations ("quelle histoire")."""
_ASKING: frozenset[QuestionType] = frozenset(["when", "why", "how-many"])
"""What people hardly ever ask in smalltalk."""


def talk(
    reading: Reading, wording: str | None, likely: Floats, base: KnowledgeBase, conversation: Conversation
) -> Part | None:
    """Return the part for a message that is smalltalk, or a mere remark, rather than a question; None for others.

    `wording` is the small talk that it is a wording of, as `wording_of` finds it, and `likely` how likely every
    intent is for it, as `Index.likely` gives it.
    """
    if not wording and (reading.actors or len("".join(reading.words)) < tuning.SMALLTALK_LETTERS):
        return None
    # "ça sert à quoi ?" asks for more of the last answer, where it does not speak to whoever gave it; "combien de
    # questions puis-je poser ?" leans on nothing.
    questioning = reading.asks - _EXCLAIMING or (reading.terms and reading.marked)
    of_answer = conversation.fresh and questioning and not reading.addressed
    whole = sum(term.kind not in SLIGHT for term in reading.terms) >= tuning.SMALLTALK_WHOLE
    if of_answer and not (wording and (whole or base.intents[wording].again)):
        return None
    intent, strength = (wording, 1.0) if wording else _likeliest(reading, likely, base)
    if intent is None:
        mere = conversation.fresh and _remarks(reading, likely, base)
        return Part(reading, (), Rule.REMARK, strength=tuning.REMARK_SURE) if mere else None
    if base.intents[intent].again:
        return recalled(reading, base.intents[intent], conversation, base)
    sure = min(1.0, tuning.SMALLTALK_SURE + strength)
    return Part(reading, (), Rule.SMALLTALK, intent=intent, strength=sure)


def wording_of(reading: Reading, base: KnowledgeBase) -> str | None:
    """Return the smalltalk that a message is a wording of; None where it is none."""
    asking = reading.confirms or reading.marked
    # What is a phrasing of a question, word for word, is no smalltalk with a filler.
    asked = reading.worded in base.index.worded
    for wording in [reading.said] if asked else _wordings(reading, base):
        intent = base.index.smalltalk.get(wording)
        # "un accord ?" is no "d'accord"; "la deuxième ?" is still one of several.
        mere = asking and " " not in wording and wording != reading.said
        if intent and not (mere and base.intents[intent].again is None):
            return intent
    return None


def _wordings(reading: Reading, base: KnowledgeBase) -> Iterator[str]:
    """Yield a message as it is written, in standard spelling, and without fillers around: "yo la mif", "mon gars".

    The last two only where they end as some smalltalk does.
    """
    lexicon, closing = base.lexicon, base.index.closing
    yield reading.said
    spelled = chain.from_iterable(lexicon.spelling.get(word, (word,)) for word in unmarked(reading.tokens))
    for words in {tuple(spelled): None, reading.words: None}:
        typed = words_of(words, lexicon)
        whole = len(typed)
        ends = [whole, *range(max(1, whole - FILLER_AT_MOST), whole)] if whole else []
        ends = [end for end in ends if typed[end - 1].text in closing]
        ends = [end for end in ends if end == whole or _filler(typed, end, lexicon) == whole - end]
        starts = [0]
        while ends and starts[-1] < whole and (width := _filler(typed, starts[-1], lexicon)):
            starts.append(starts[-1] + width)
        for end in ends:
            yield from (" ".join([word.text for word in typed[start:end]]) for start in starts if start < end)


def _filler(typed: Sequence[Word], position: int, lexicon: Lexicon) -> int:
    """Return of how many words the filler at a position is ("yo", "la mif"); 0 where there is none."""
    meaning, width = told_at(typed, position, lexicon)
    return width if meaning is NO_MEANING else int(typed[position].text in lexicon.neutral)


def _likeliest(reading: Reading, likely: Floats, base: KnowledgeBase) -> tuple[str | None, float]:
    """Return the smalltalk that is clearly likelier than any question, if there is one, and by how much it is."""
    questions, chatter = likely[: base.index.questions], likely[base.index.questions :]
    if not len(chatter) or reading.asks & _ASKING or (reading.names and not reading.addressed):
        return None, 0.0
    best = int(chatter.argmax())
    intent, own = base.index.likelihood.intents[len(questions) + best], float(chatter[best])
    beyond = own - float(questions.max(initial=0.0))
    told = reading.addressed and not reading.asks
    least, clear = (
        (tuning.SMALLTALK_TOLD_AT, tuning.SMALLTALK_TOLD) if told else (tuning.SMALLTALK_AT, tuning.SMALLTALK_BEYOND)
    )
    if reading.leaning:
        clear = tuning.SMALLTALK_AMID
    known = _accounted(reading, base.index.chatter[intent]) > tuning.SMALLTALK_ACCOUNTS
    return (intent if own >= least and beyond >= clear and known else None), beyond


def _remarks(reading: Reading, likely: Floats, base: KnowledgeBase) -> bool:
    """Tell whether a message amid a talk asks nothing and names nothing, and no question of the base is like it."""
    naming = any(term.kind in NAMING for term in reading.terms)
    asking = reading.asks or reading.confirms or reading.leaning or reading.marked
    if naming or asking or not 0 < len(reading.terms) <= tuning.TINY:
        return False
    return float(likely[: base.index.questions].max(initial=0.0)) < tuning.REMARK_BELOW


def _accounted(reading: Reading, known: AbstractSet[str]) -> float:
    """Return the share of the terms that carry meaning which smalltalk that knows these features accounts for."""
    telling = [term for term in reading.terms if term.kind not in SLIGHT]
    return sum(any(name in known for name, _ in term.features) for term in telling) / len(telling) if telling else 1.0
