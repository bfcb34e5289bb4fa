"""True statements that a question tells of somebody else: the articles say it, but not so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from knowledge.language.lexicon import Lexicon
from knowledge.language.normalising import normalise
from knowledge.language.reading import Reading
from knowledge.language.terms import Kind, Term
from knowledge.model import Intent, KnowledgeBase
from knowledge.search.index import Phrase
from knowledge.verdict.alike import around, framed, having, same


def fronted(reading: Reading, lexicon: Lexicon) -> bool:
    """Tell whether a reading begins with a name to which something is done: "c'est Azur que Brunel rachète"."""
    if not reading.terms or not reading.terms[0].actor:
        return False
    _, behind = around(reading.terms[0], reading)
    return bool(behind) and behind[0] in lexicon.joints["that"]


def active(reading: Reading, lexicon: Lexicon) -> list[Reading]:
    """Return in the active what is said in the passive: "Brunel est racheté par Azur" is "Azur rachète Brunel".

    "le rachat de Brunel par Azur" says nothing of the sort.
    """
    if "by" not in reading.manner:
        return []
    terms = reading.terms
    doer = next((term for term in terms if term.actor and framed(term, reading, lexicon.joints["agent"])), None)
    before = terms[: terms.index(doer)] if doer else ()
    done = next((term for term in reversed(before[1:]) if not term.actor), None)
    if doer is None or done is None:
        return []
    others = (term for term in terms if term not in (doer, done))
    return [reading._replace(terms=(doer, done, *others), manner=reading.manner - _PASSIVE)]


_PASSIVE = frozenset(["been", "by"])
"""Manners of what is done by somebody."""


def recast(reading: Reading, statements: Sequence[Phrase], intent: Intent, base: KnowledgeBase) -> Phrase | None:
    """Return the true statement that a question tells of somebody else, as neither true nor false; None for none.

    "Brunel a racheté le moulin ?", where Azur did and the intent does not tell of Brunel; "le moulin a racheté Azur ?".
    Both may be so as well: that the articles say it otherwise is all that is known.
    """
    if reading.negated or reading.carried:
        return None
    true = [one for one in statements if one.truth]
    for one, terms in (*_swapped(reading, true, base.lexicon), *_replaced(reading, true, intent, base)):
        if same(reading._replace(terms=terms), one, base):
            return one._replace(truth=None)
    return None


def _swapped(reading: Reading, true: Sequence[Phrase], lexicon: Lexicon) -> Iterator[tuple[Phrase, tuple[Term, ...]]]:
    """Yield the statements with both of two names, and the terms with these changed over: who does what to whom.

    Not where the first need not be who does it ("c'est Azur que Brunel rachète", "à Azur, Brunel a dit", "payé chez
    Azur"), nor where it is so both ways ("Azur s'allie à Brunel").
    """
    terms = reading.terms
    places = [at for at, term in enumerate(terms) if term.actor]
    if len(places) != 2 or terms[places[0]].actor == terms[places[1]].actor:
        return
    first, last = places
    ahead = lexicon.joints["preposition"] | lexicon.joints["frame"] | lexicon.joints["and"]
    before, _, _ = " ".join(reading.tokens).rpartition(terms[last].text)
    beside = framed(terms[first], reading, ahead) or framed(terms[last], reading, lexicon.joints["within"])
    if last == first + 1 or "," in before or beside or fronted(reading, lexicon):
        return
    if not lexicon.joints["mutual"].isdisjoint(map(lexicon.stem, reading.said.split())):
        return
    crossed = [*terms]
    crossed[first] = terms[first].standing_for(terms[last].feature)
    crossed[last] = terms[last].standing_for(terms[first].feature)
    for one in having(terms, true):
        yield one, tuple(crossed)


def _replaced(
    reading: Reading, true: Sequence[Phrase], intent: Intent, base: KnowledgeBase
) -> Iterator[tuple[Phrase, tuple[Term, ...]]]:
    """Yield the statements that name somebody else, and the terms with that one."""
    told = {feature for name in intent.told for feature in base.mentions[name]}
    involved = {*base.omnipresent, *(actor for name in intent.told for actor in base.facts[name].actors)}
    for place, term in enumerate(reading.terms):
        known = term.actor in involved or term.feature in told
        others = _OTHERS.get(base.actors[term.actor].kind, ()) if term.actor and not known else ()
        others = _ALONE if term.kind is Kind.NAME else others
        if not others or f" {term.text} " in f" {' '.join(normalise(intent.text))} ":
            continue
        before, behind = reading.terms[:place], reading.terms[place + 1 :]
        for one in having((*before, *behind), true):
            for (feature, *_), _ in one.terms:
                actor = base.actors[feature[1:]] if feature[0] == "@" and feature not in reading.features else None
                if actor and actor.kind in others and actor.name[0].isupper() and actor.id not in base.omnipresent:
                    yield one, (*before, term.standing_for(feature), *behind)


_ALONE = frozenset(["person", "company"])
"""Kinds of actors of which one is never another one, or a part of it."""
_OTHERS = {
    "person": _ALONE,
    "company": _ALONE | {"institution"},
    "product": frozenset(["product"]),
}
"""Kind of an actor -> those of actors of whom it is none."""
