"""The yes or the no that an answer begins with: as firm as the facts behind it, and as the question expects it."""

from __future__ import annotations

from itertools import pairwise

from knowledge.language.lexicon import Lexicon
from knowledge.language.reading import Reading, read
from knowledge.language.terms import QuestionType
from knowledge.model import KnowledgeBase, Status
from knowledge.reply import Part
from knowledge.search.index import Phrase


def opened(part: Part, base: KnowledgeBase) -> str:
    """Return the key, in french/texts.yaml, of what an answer begins with; empty for none, and for what is imagined.

    What the articles say of others is not said of whom it is asked of. Who asks when something was that was not is told
    that the articles say otherwise: « Non » is no answer to « quand ».
    """
    if part.statement is None or not part.facts:
        return ""
    if part.truth is None or (part.truth is False and part.reading.asks & _TIMES):
        return "otherwise"
    truth, negated = part.truth, _denies(part.reading, base.lexicon)
    if negated and _leads(part.reading, base.lexicon):
        truth, negated = not truth, False
    statuses = [base.facts[name].status for name in part.facts]
    if truth and statuses[0] is Status.HYPOTHETICAL:
        return ""
    if truth and not negated and _reserved(part.statement, part.facts[0], base) - part.reading.manner:
        return "seemingly"
    hedged = "" if {*statuses} == {Status.ESTABLISHED} else "-hedged"
    return f"{'yes' if truth else 'no'}{hedged}{'-negated' if negated else ''}"


_TIMES: frozenset[QuestionType] = frozenset(["when", "since-when", "how-long"])
"""Question types that ask for a time."""


def _reserved(statement: Phrase, fact: str, base: KnowledgeBase) -> frozenset[str]:
    """Return in what manners a statement, or the fact behind it, is not said to be so: "Azur aurait payé"."""
    told = base.facts[fact]
    manner = frozenset() if told.status is Status.ESTABLISHED else read(told.text, base.lexicon).manner
    return _RESERVED & (statement.manner | manner)


_RESERVED = frozenset(["seems", "would", "hearsay"])
"""Manners of what an article does not say to be so: what it puts in the conditional only seems to be."""


def _denies(reading: Reading, lexicon: Lexicon) -> bool:
    """Tell whether a question says that something is not so, of nobody or at no time: "personne n'a vendu ?"."""
    nobody = lexicon.joints["nobody"]
    # A "ne" without its "pas" is read as "ne … que": that "only".
    never = any(lexicon.says(word, "!not") or word in nobody for word in reading.tokens)
    return reading.negated or ("only" in reading.manner and never)


def _leads(reading: Reading, lexicon: Lexicon) -> bool:
    """Tell whether "not" only expects a yes, behind the subject of a question: "Azur n'a-t-elle pas vendu ?"."""
    subject = lexicon.joints["subject"]
    return any(word in subject and lexicon.says(behind, "!not") for word, behind in pairwise(reading.tokens))
