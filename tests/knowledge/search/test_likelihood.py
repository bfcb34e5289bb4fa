"""knowledge.search.likelihood: which intents the words and pairs of words of a question speak for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge.language.reading import read
from knowledge.search.counts import Counts

if TYPE_CHECKING:
    from knowledge.model import KnowledgeBase
    from knowledge.search.likelihood import Likelihood
    from tests.conftest import Changed


def scores(text: str, base: KnowledgeBase) -> dict[str, float]:
    """Return the log-likelihood of each intent for a question."""
    likely = base.index.likelihood
    return dict(zip(likely.intents, likely.of(read(text, base.lexicon)), strict=True))


def counted(rows: list[tuple[str, str]], base: KnowledgeBase) -> Likelihood:
    """Return what phrasings, given as (intent, text), are compiled to."""
    counts = Counts()
    for intent, text in rows:
        counts.add(intent, read(text, base.lexicon))
    return counts.compiled()


def test_every_phrasing_makes_its_own_intent_likely(moulin: KnowledgeBase) -> None:
    """What was counted is recognised: its intent is among the three likeliest."""
    for phrase in moulin.index.phrases:
        found = scores(phrase.text, moulin)
        assert phrase.intent in sorted(found, key=found.__getitem__)[-3:], phrase.text


def test_a_statement_that_is_asked_counts_as_a_phrasing(changed: Changed) -> None:
    """Written with its question mark, a statement is what people ask; without one, few do."""
    question = read("Azur a vendu le grenier", changed("plain", {}).lexicon)
    likely = []
    for name, statement in (("asked", "Azur a vendu le grenier ?"), ("said", "Azur a vendu le grenier")):
        intent = f'- {{id: grenier, question: "Qui a un toit ?", facts: [offre-azur], no: ["{statement}"]}}\n'
        found = changed(name, {"intents/more.yaml": intent}).index.likelihood
        likely.append(found.of(question)[found.intents.index("grenier")])
    assert likely[0] > likely[1]


def test_words_that_nobody_counted_say_nothing(moulin: KnowledgeBase) -> None:
    """A message of strange signs speaks for no intent, and of strange words for none as a phrasing would."""
    assert not any(scores("βγδ ζηθ", moulin).values())
    assert max(scores("zzz kkk", moulin).values()) < moulin.index.likelihood.typical / 2


def test_the_order_of_words_counts(moulin: KnowledgeBase) -> None:
    """Pairs of neighbours tell who does what to whom."""
    rows = [("a", "Azur refuse Brunel"), ("b", "Brunel refuse Azur")]
    likely = counted(rows, moulin)
    first, second = likely.of(read("Brunel refuse Azur", moulin.lexicon))
    assert second > first


def test_a_mistyped_word_speaks_for_its_relatives(moulin: KnowledgeBase) -> None:
    """Runs of letters tell more of "farinne" than nothing, and less than of "farine"."""
    rows = [("flour", "la farine du moulin"), ("price", "le prix du moulin")]
    likely = counted(rows, moulin)
    reading = read("farine", moulin.lexicon)
    typed = reading._replace(terms=(), words=("farinne",))
    flour, price = likely.of(typed)
    assert likely.of(reading)[0] > flour > price == 0.0


def test_what_was_carried_over_makes_no_pairs(moulin: KnowledgeBase) -> None:
    """Words taken from an earlier message are no neighbours of the new ones."""
    reading = read("Azur", moulin.lexicon)
    old = read("la farine", moulin.lexicon).terms
    followed = reading._replace(terms=(*reading.terms, *old), carried=len(old))
    taken = followed._replace(carried=0)
    likely = counted([("pair", "Azur farine")], moulin)
    assert likely.of(taken)[0] > likely.of(followed)[0] > likely.of(reading)[0]
