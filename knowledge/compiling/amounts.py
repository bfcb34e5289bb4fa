"""Figures that members read: those of facts, each with its unit, and those beside the facts have to be proved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import Any, NamedTuple

from knowledge.compiling import schema
from knowledge.compiling.problems import Problem
from knowledge.compiling.sources import Placed, Sources
from knowledge.compiling.yamlfiles import Place
from knowledge.language.lexicon import first_words
from knowledge.language.normalising import normalise

SIGNS = frozenset(["%", "euro", "dollar", "livre"])
"""Units that have a sign, as the normaliser writes them out, in the singular."""
PROVED_FROM = 5
"""Least number that has to be proved where it is a word; smaller ones mostly count what the text itself names."""


class Amount(NamedTuple):
    """A number with its unit: a scale ("7 millions"), a sign ("3 %"), or both ("7 milliards d'euros")."""

    number: str
    scale: int
    sign: str

    def proves(self, other: Amount) -> bool:
        """Tell whether `other` may be said for this amount: an article may name the currency with another one only."""
        return self[:2] == other[:2] and (self.sign == other.sign or not (self.sign and other.sign))


@dataclass(frozen=True, slots=True)
class Numbers:
    """The number words of a base: what is spelled ("deux", "septième"), what multiplies, and the months."""

    spelled: dict[str, int]
    scales: dict[str, int]
    months: dict[str, int]

    @classmethod
    def of(cls, sources: Sources) -> Numbers:
        """Return those of french/numbers.yaml."""
        return cls(
            _forms([entry.numbers for entry in sources.numbers] + [entry.ordinals for entry in sources.numbers]),
            _forms(entry.scales for entry in sources.numbers),
            _forms(entry.months for entry in sources.numbers),
        )

    def amounts(self, text: str) -> Iterator[Amount]:
        """Yield the numbers of a text that have a unit; those in digits, as "vingt-neuf" is two words."""
        said = [word for word in normalise(text) if word != "de"]
        for place, number in enumerate(said):
            if number[0].isdigit():
                scale, sign = (*said[place + 1 : place + 3], "", "")[:2]
                if scale not in self.scales:
                    scale, sign = "", scale
                sign = sign.removesuffix("s")
                if scale or sign in SIGNS:
                    yield Amount(number, self.scales.get(scale, 1), sign if sign in SIGNS else "")

    def digits(self, token: str) -> str:
        """Return a number that may be a word in digits, as numbers are compared; any other word as it is."""
        return _bare(str(self.spelled.get(token, token)))

    def shown(self, amount: Amount) -> str:
        """Return an amount as a curator may have written it."""
        scale = next((word for word, value in self.scales.items() if value == amount.scale), "")
        return " ".join(filter(None, (amount.number, scale, amount.sign)))


def _forms(tables: Iterable[dict[int, list[str]]]) -> dict[str, int]:
    return {token: value for table in tables for value, forms in table.items() for token in first_words(forms)}


def unproved_numbers(sources: Sources, numbers: Numbers) -> dict[tuple[str, str], Problem]:
    """Return what is wrong with numbers in the texts of facts that nothing proves, by the fact and the digits.

    A number may stand in the fact's evidence, in the reason of its date, or in a date: of the fact, of an article that
    it cites, or of another fact on the same paragraph (one dates a law, the next speaks of the law of that year). Small
    words among them need no proof.
    """
    dates: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
    for fact in sources.facts:
        for citation in fact.value.sources:
            if fact.value.when:
                dates[citation.article, citation.paragraph].append(fact.value.when.date)
    published = {card.value.id: card.value.date.date for card in sources.articles if card.value.date}
    found: dict[tuple[str, str], Problem] = {}
    for fact in sources.facts:
        proofs = [fact.value.when.why or ""] if fact.value.when else []
        for citation in fact.value.sources:
            proofs += [*citation.evidence, *dates[citation.article, citation.paragraph]]
            proofs.append(published.get(citation.article, ""))
        proved = {numbers.digits(token) for proof in proofs for token in normalise(proof)}
        for token in normalise(fact.value.text):
            stated = token[0].isdigit() or numbers.spelled.get(token, 0) >= PROVED_FROM
            if stated and (digits := numbers.digits(token)) not in proved:
                message = f"the number {token} of the text stands in no evidence and no date; add its evidence"
                found.setdefault((fact.value.id, digits), fact.problem(message, "text"))
    return found


def unproved_figures(sources: Sources, numbers: Numbers) -> Iterator[Problem]:
    """Find numbers and amounts that nothing proves: those of facts by evidence, those told beside facts by these.

    Where the number alone is a problem already, that is said once.
    """
    lacking = unproved_numbers(sources, numbers)
    yield from lacking.values()
    for fact in sources.facts:
        proofs = chain.from_iterable(citation.evidence for citation in fact.value.sources)
        for amount in _unproved(fact, "text", proofs, numbers):
            if (fact.value.id, numbers.digits(amount.number)) not in lacking:
                yield fact.problem(f"the figure '{numbers.shown(amount)}' does not stand in the evidence", "text")
    facts = {fact.value.id: fact.value.text for fact in sources.facts}
    published = (card.value.date.date for card in sources.articles if card.value.date)
    known = _known_numbers(fact.value for fact in sources.facts)
    known |= {_bare(token) for date in published for token in normalise(date)}
    for placed, key, text in _told_beside(sources):
        for token in dict.fromkeys(normalise(text)):
            if token[0].isdigit() and _bare(token) not in known:
                yield placed.problem(f"the number {token} stands in no fact and no date of the base", key)
        own = [facts[name] for name in placed.value.facts if name in facts]
        for amount in _unproved(placed, key, own, numbers):
            if _bare(amount.number) in known:
                yield placed.problem(f"the figure '{numbers.shown(amount)}' does not stand in its facts", key)


def _told_beside(sources: Sources) -> Iterator[tuple[Placed[Any], str, str]]:
    """Yield the leads, gaps and descriptions: what members read of the saga beside its facts."""
    return (row for row in sources.told() if row[1] in ("lead", "gap", "description"))


def _unproved(placed: Placed[Any], key: str, proofs: Iterable[str], numbers: Numbers) -> Iterator[Amount]:
    proved = [amount for proof in proofs for amount in numbers.amounts(proof)]
    for amount in dict.fromkeys(numbers.amounts(getattr(placed.value, key))):
        if not any(one.proves(amount) for one in proved):
            yield amount


def _known_numbers(facts: Iterable[schema.FactEntry]) -> set[str]:
    """Return the words that facts and their dates are told in, numbers among them."""
    told = [text for fact in facts for text in (fact.text, fact.when.date if fact.when else "")]
    return {_bare(token) for text in told for token in normalise(text)}


def unstated(sources: Sources) -> Iterator[str]:
    """Yield a note on the `yes` statements with a number that none of their facts has, bounds ("plus de 100") aside."""
    hedges = [
        f" {' '.join(normalise(form))} "
        for name in ("not", "above", "below", "bound")
        for form in sources.manner.get(name, ())
    ]
    facts = {fact.value.id: fact.value for fact in sources.facts}
    found: defaultdict[str, list[str]] = defaultdict(list)
    for intent in sources.intents:
        known = _known_numbers(facts[name] for name in intent.value.told if name in facts)
        for number, statement in enumerate(intent.value.yes):
            tokens = normalise(statement)
            hedged = any(hedge in f" {' '.join(tokens)} " for hedge in hedges)
            if not hedged:
                lacking = [token for token in tokens if token[0].isdigit() and _bare(token) not in known]
                found[intent.where("yes", number)] += lacking
    named = [f"{', '.join(dict.fromkeys(lacking))} at {where}" for where, lacking in found.items() if lacking]
    if named:
        yield f"statements with a yes have numbers that their facts do not have: {'; '.join(named)}"


def miscounted(sources: Sources, numbers: Numbers) -> Iterator[str]:
    """Yield a note on the texts that count the articles ("cinq articles"), where the highest count is a wrong one."""
    places: list[tuple[Placed[Any], Place, str]] = [
        (placed, (key,), text) for placed, key, text in _told_beside(sources)
    ]
    places += [(intent, ("reply",), intent.value.reply or "") for intent in sources.intents]
    if sources.saga is not None:
        places += [(sources.saga, ("texts", name), text) for name, text in sources.saga.value.texts.items()]
    counted = [
        (numbers.spelled.get(number, number), placed.where(*place))
        for placed, place, text in places
        for number, noun in pairwise(normalise(text))
        if noun == "articles" and (number in numbers.spelled or number.isdigit())
    ]
    most = max((int(number) for number, _ in counted), default=0)
    if most not in (0, len(sources.articles)):
        named = ", ".join(where for number, where in counted if int(number) == most)
        yield f"the base has {len(sources.articles)} articles, and these texts count {most}: {named}"


def _bare(token: str) -> str:
    return token.lstrip("0")
