"""Predicates: what a question says that somebody did, where the answer knows nothing of that, or of whom."""

from __future__ import annotations

from collections.abc import Collection

from knowledge import tuning
from knowledge.language.lexicon import Lexicon
from knowledge.language.reading import Reading
from knowledge.language.terms import NAMING, SLIGHT, Kind, Term
from knowledge.language.words import INFINITIVE_ENDINGS
from knowledge.model import KnowledgeBase
from knowledge.reply import Part
from knowledge.verdict.alike import around, framed, meant


def unknown_deed(part: Part, base: KnowledgeBase) -> bool:
    """Tell whether a question says of somebody that they did what the answer to it does not know, of them or at all."""
    if part.verbatim or part.reading.carried:
        return False
    told: set[str] = set().union(*map(base.told_of, part.facts))
    return _stranger(part, told, base) or (not part.gap and _strange_deed(part, told, base))


def _stranger(part: Part, told: Collection[str], base: KnowledgeBase) -> bool:
    """Tell whether a question says that somebody did something, or that it was done to them, whom its answer lacks.

    Neither what is told nor any phrasing of the answer knows of them; who is in everything is no stranger.
    """
    reading, lexicon = part.reading, base.lexicon
    if reading.rambling or "either" in reading.manner:
        return False
    known = (told, base.index.known(part.intent or ""), {f"@{actor}" for actor in base.omnipresent})
    strange = [term for term in reading.terms if _names(term) and all(map(meant(term).isdisjoint, known))]
    if not strange:
        return False
    # Who did it is not named in "qui a vendu à Brunel ?"; and an admission behind the answer may be about Brunel.
    open_ = part.gap or "who" in reading.asks
    deeds = [] if open_ else [term.position for term in reading.terms if _is_deed(term, reading, lexicon)]
    return any(_does(term, reading, lexicon) or (deeds and term.position > deeds[0]) for term in strange)


def _does(term: Term, reading: Reading, lexicon: Lexicon) -> bool:
    """Tell whether the verb of a sentence stands behind a name: "Azur a ...", "Azur n'est ..." or "Azur qui a"."""
    if framed(term, reading, lexicon.joints["preposition"] | lexicon.joints["frame"]):
        return False
    _, _, rest = " ".join(["", *reading.tokens, ""]).partition(f" {term.text} ")
    behind = rest.split()
    while behind and (behind[0] == "ne" or lexicon.says(behind[0], "?who")):
        del behind[0]
    verb, done = [*behind, "", ""][:2]
    # An "a" before an infinitive is "à", typed without its accent: "forcer Azur a vendre".
    return verb in lexicon.joints["verb"] and not (verb in lexicon.joints["have"] and done.endswith(INFINITIVE_ENDINGS))


def _strange_deed(part: Part, told: Collection[str], base: KnowledgeBase) -> bool:
    """Tell whether a question only says of somebody that they did what none of its facts, and hardly a phrasing, says.

    "pourquoi Azur a remercié Brunel ?" is answered with what is known of both: nothing tells of any thanks. What says
    more than that is known by the rest: "pourquoi Azur a décroché le moulin ?".
    """
    reading = part.reading
    if base.lexicon.joints["have"].isdisjoint(reading.tokens):
        return False
    deeds = [term for term in reading.terms if _is_deed(term, reading, base.lexicon)]
    rest = [term for term in reading.terms if term not in deeds]
    if not any(map(_names, rest)) or any(not _names(term) and term.kind not in NAMING | SLIGHT for term in rest):
        return False
    phrases = base.index.of(part.intent or "")
    most = tuning.STRANGE_BELOW * len(phrases)
    for term in deeds:
        features = {feature for feature, _ in term.features}
        if features.isdisjoint(told) and sum(not features.isdisjoint(phrase.features) for phrase in phrases) < most:
            return True
    return False


def _names(term: Term) -> bool:
    """Tell whether a term names an actor, be it beside something else: "la mairie"."""
    return any(feature[0] == "@" for feature, _ in term.features)


def _is_deed(term: Term, reading: Reading, lexicon: Lexicon) -> bool:
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
    named = any(" ".join(before).endswith(other.text) for other in reading.terms if _names(other))
    return inverted or named or (bool(before) and (before[-1] in subject or lexicon.says(before[-1], "?who")))
