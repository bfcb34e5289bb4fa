"""Predicates: what a question says that somebody did, where it says nothing else and the answer knows nothing of it."""

from __future__ import annotations

from knowledge import tuning
from knowledge.language.lexicon import Lexicon
from knowledge.language.reading import Reading
from knowledge.language.terms import NAMING, SLIGHT, Kind, Term
from knowledge.model import KnowledgeBase
from knowledge.reply import Part
from knowledge.verdict.alike import around


def unknown_deed(part: Part, base: KnowledgeBase) -> bool:
    """Tell whether a question only says of somebody that they did what none of its facts, and hardly a phrasing, says.

    "pourquoi Azur a remercié Brunel ?" is answered with what is known of both: nothing tells of any thanks. What says
    more than that is known by the rest: "pourquoi Azur a décroché le contrat ?".
    """
    reading = part.reading
    done = [term for term in reading.terms if _done(term, reading, base.lexicon)]
    rest = {term.kind for term in reading.terms if term not in done}
    if not done or part.verbatim or reading.carried or Kind.ACTOR not in rest or rest - NAMING - SLIGHT:
        return False
    told = {feature for name in part.facts for feature in base.mentions[name]}
    phrases = base.index.of(part.intent or "")
    most = tuning.STRANGE_BELOW * len(phrases)
    for term in done:
        meant = {feature for feature, _ in term.features}
        if meant.isdisjoint(told) and sum(not meant.isdisjoint(phrase.features) for phrase in phrases) < most:
            return True
    return False


def _done(term: Term, reading: Reading, lexicon: Lexicon) -> bool:
    """Tell whether a term is what somebody has done: "Azur a vendu", "a-t-il vendu", "qui a vendu"; not "à vendre"."""
    if term.kind in NAMING or term.kind is Kind.LIGHT:
        return False
    subject = lexicon.joints["subject"]
    before, _ = around(term, reading)
    inverted = bool(before) and before[-1] in subject
    while before and before[-1] in subject:
        before.pop()
    if not before or before.pop() not in lexicon.joints["have"]:
        return False
    named = any(" ".join(before).endswith(other.text) for other in reading.terms if other.actor)
    return inverted or named or (bool(before) and (before[-1] in subject or lexicon.says(before[-1], "?who")))
