"""Leaving out of a message what asks nothing: the small talk beside its question, what names a stranger, a tale."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from knowledge.language.normalising import MARKS, unmarked
from knowledge.language.reading import read_tokens
from knowledge.language.splitting import asks, clauses, frames, sentences
from knowledge.model import KnowledgeBase

REMARK_AT_MOST = 8
"""Words of small talk that a question begins or ends with, at most."""
TOLD_FROM = 6
"""Words that a message tells before or behind its question, from which these are no part of it ("divergences ?")."""


def without_remarks(tokens: tuple[str, ...], base: KnowledgeBase) -> tuple[str, ...]:
    """Return a message without the small talk beside its question: "t'es nul, c'est quoi Azur, espèce de robot".

    A whole clause of it is left out, and what a clause that asks begins or ends with, but for a single word.
    """

    def trimmed(words: Sequence[str]) -> Sequence[str]:
        for length in range(min(len(words) - 1, REMARK_AT_MOST), 1, -1):
            words = words[length:] if remark(words[:length], base) else words
            words = words[:-length] if remark(words[-length:], base) else words
        return words

    kept: list[str] = []
    for clause in chat(tokens, base)[1]:
        said = unmarked(clause)
        rest = trimmed(said)
        # "c'est grave, Azur ?" asks about what is grave; "qui est Azur t'es nul" only who that is.
        cut = len(rest) < len(said) and read_tokens("", rest, base.lexicon).asks
        kept += [*(rest if cut else said), *(clause[-1:] if clause[-1] in MARKS else ())]
    return tuple(kept)


def chat(tokens: tuple[str, ...], base: KnowledgeBase) -> tuple[list[str], list[tuple[str, ...]]]:
    """Return the small talk among the clauses of a message, as its intents, and the other clauses."""
    said: list[str] = []
    rest: list[tuple[str, ...]] = []
    for clause in clauses(tokens):
        if intent := remark(unmarked(clause), base):
            said.append(intent)
        else:
            rest.append(clause)
    return said, rest


def remark(words: Sequence[str], base: KnowledgeBase) -> str | None:
    """Return the small talk that words are a wording of, where it asks nothing and turns nothing around; else None."""
    intent = base.intents.get(base.index.smalltalk.get(" ".join(words), ""))
    if intent is None:
        # "mdr t'es nul": what it opens with may mean nothing.
        return remark(words[1:], base) if len(words) > 2 and words[0] in base.lexicon.neutral else None
    reading = read_tokens("", words, base.lexicon)
    # "c'est faux" turns what is said beside it around.
    return None if intent.again or intent.forgets or reading.asks or reading.negated else intent.id


def without_asides(text: str, tokens: tuple[str, ...], base: KnowledgeBase, *, tale: bool) -> tuple[str, ...]:
    """Return a message without the clauses that name a stranger and ask nothing ("j'habite Madrid").

    In a message that is no long `tale`, a short clause in front of a question stays: "à Madrid, combien ...?" does ask
    about Madrid. Where nothing would be left that asks, all of it stays.
    """
    lexicon = base.lexicon

    def aside(clause: tuple[str, ...]) -> bool:
        framing = not tale and clause[-1] == "," and frames(clause[:-1], lexicon)
        return not (framing or asks(clause, lexicon)) and bool(read_tokens(text, clause, lexicon).names)

    rest = [clause for clause in clauses(tokens) if not aside(clause)]
    return tuple(chain.from_iterable(rest)) if any(asks(clause, lexicon) for clause in rest) else tokens


def background(tokens: tuple[str, ...], base: KnowledgeBase) -> tuple[list[tuple[str, ...]], tuple[str, ...]]:
    """Return the sentences that a message tells before it asks, and what it asks: all of it where it asks nothing.

    What it tells behind its last question is in neither; a few words may belong to that ("combien ? en dollars").
    """
    found = [*sentences(tokens)]
    # Most messages are one sentence, which is not read for that.
    asking = [place for place, sentence in enumerate(found) if _asks(sentence, base)] if len(found) > 1 else []
    if not asking:
        return [], tokens
    first, last = asking[0], asking[-1]
    behind = [sentence for sentence in found[last + 1 :] if len(unmarked(sentence)) < TOLD_FROM]
    return found[:first], tuple(chain.from_iterable([*found[first : last + 1], *behind]))


def _asks(sentence: tuple[str, ...], base: KnowledgeBase) -> bool:
    """Tell whether a sentence asks something: "on raconte ça quand même" does not."""
    return "?" in sentence or bool(read_tokens("", sentence, base.lexicon).asks)
