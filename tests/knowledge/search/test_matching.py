"""knowledge.search.index, indexing and matching: which intents a question may have, and why they rank so."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import chain
from pathlib import Path

import pytest

from knowledge import tuning
from knowledge.conversation import Conversation
from knowledge.decision.following import candidates_amid
from knowledge.engine import answer
from knowledge.language.reading import read
from knowledge.language.terms import FORMS, Kind
from knowledge.model import KnowledgeBase
from knowledge.search.matching import Candidate, candidates_of, match
from tests.conftest import MOULIN


def ranked(text: str, base: KnowledgeBase) -> list[Candidate]:
    """Return the candidates for a question."""
    return list(match(read(text, base.lexicon), base.index).candidates)


def best(text: str, base: KnowledgeBase) -> str:
    """Return the intent that ranks first."""
    return ranked(text, base)[0].intent


def test_every_phrasing_is_in_the_index(moulin: KnowledgeBase) -> None:
    """What a curator wrote is compared with; yes and no statements carry their truth."""
    texts = {phrase.text: phrase for phrase in moulin.index.phrases}
    assert texts["Azur offre 2 millions d'euros"].truth is True
    assert texts["Azur offre 5 millions d'euros"].truth is False
    assert texts["Qui voulait racheter le moulin ?"].truth is None
    assert {phrase.intent for phrase in moulin.index.phrases} >= {"acheteurs", "refus", "sans-prix-de-brunel"}


def test_the_index_keeps_each_phrase_under_its_intent(moulin: KnowledgeBase) -> None:
    """Every phrase that has features is compared with when its intent is likely, so that none is out of reach."""
    for intent in moulin.index.spans:
        assert intent in moulin.index.likelihood.intents
        assert moulin.index.of(intent)
        assert all(phrase.intent == intent and phrase.features for phrase in moulin.index.of(intent))
    assert moulin.index.of("nobody") == ()


def test_what_is_much_less_likely_is_no_candidate(moulin: KnowledgeBase, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many places there are, only the first few may be far less likely than the likeliest."""
    reading = read("combien offre Azur pour le moulin", moulin.lexicon)
    likely = moulin.index.likely(reading)
    found = {}
    for within in (0.0, 9.0):
        monkeypatch.setattr(tuning, "LIKELY_WITHIN", within)
        found[within] = [candidate.intent for candidate in candidates_of(reading, likely, moulin.index)]
    assert len(found[9.0]) > len(found[0.0]) >= tuning.LIKELIEST_ANYWAY
    assert found[9.0][: len(found[0.0])] == found[0.0]


def test_rare_features_weigh_more(moulin: KnowledgeBase) -> None:
    """What every intent speaks of tells them apart less than what one speaks of."""
    weights = moulin.index.weights
    assert weights["=farine"] > weights["@moulin"] > 0


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("qui veut acheter le moulin", "acheteurs"),
        ("le moulin, qui veut l'acheter", "acheteurs"),
        ("kel prix propose azur", "prix-azur"),
        ("la mairie refuse pourquoi", "refus"),
        ("nombre de salariés du moulin", "effectifs"),
        ("la production de farine", "production"),
        ("quand brunel a retiré son offre", "retrait"),
        ("montant proposé par brunel", "sans-prix-de-brunel"),
    ],
)
def test_the_intent_that_fits_ranks_first(moulin: KnowledgeBase, text: str, intent: str) -> None:
    """Word order, synonyms, spelling and fillers do not change what a question is about; an actor does."""
    assert best(text, moulin) == intent


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("quand la mairie refuse la vente", "jusqu'à quand la mairie refuse la vente"),
        ("pourquoi la mairie refuse de vendre", "Pourquoi la mairie refuse-t-elle la vente ?"),
        ("la mairie refuse", "la mairie refuse"),
    ],
)
def test_of_phrasings_that_say_the_same_that_is_nearest_which_asks_the_same(
    moulin: KnowledgeBase, text: str, phrase: str
) -> None:
    """Who asks when is near "until when ...", not "why ..." or the statement, whose other words are the same."""
    assert ranked(text, moulin)[0].phrase.text == phrase


def test_candidates_are_one_an_intent_best_first_within_bounds(moulin: KnowledgeBase) -> None:
    """A ranking names each intent once, in falling order, with scores and shares between 0 and 1."""
    found = ranked("qui veut acheter le moulin et combien offre Azur", moulin)
    assert len({candidate.intent for candidate in found}) == len(found) > 1
    assert [candidate.score for candidate in found] == sorted((c.score for c in found), reverse=True)
    for candidate in found:
        for value in (candidate.score, candidate.explained, candidate.covered):
            assert 0.0 <= value <= 1.0 + 1e-9
        assert candidate.phrase.intent == candidate.intent


RANKINGS = """
import sys
from pathlib import Path
from knowledge.compiling.loading import load
from knowledge.search.matching import match
from knowledge.language.reading import read
base = load(Path(sys.argv[1]), use_cache=False)
for phrase in base.index.phrases:
    ranking = match(read(phrase.text[2:], base.lexicon), base.index)
    print(phrase.text, [(one.intent, one.score, one.phrase.text) for one in ranking.candidates])
"""


def test_a_ranking_is_the_same_every_time(small: Path) -> None:
    """No set order shows in a result: processes hash texts differently, build the same base and rank alike."""
    said = [
        subprocess.run(
            [sys.executable, "-c", RANKINGS, str(small)],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(MOULIN.parents[2]), "PYTHONUTF8": "1"},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert len(said[0].splitlines()) > 100
    assert said[0] == said[1]


def test_a_candidate_says_what_it_leaves_unexplained(moulin: KnowledgeBase) -> None:
    """A word that nothing in the intent accounts for is named, so that a person can see what is missing."""
    first = ranked("combien de salariés le moulin emploie-t-il au Pérou", moulin)[0]
    assert [term.text for term in first.unexplained if term.kind is Kind.NAME] == ["perou"]
    assert first.explained < 1.0


def test_another_actor_costs_more_than_another_word(moulin: KnowledgeBase) -> None:
    """A question about somebody else is another question."""
    same, other = ranked("quel est le prix proposé par Azur", moulin)[0], None
    for candidate in ranked("quel est le prix proposé par Brunel", moulin):
        if candidate.intent == "prix-azur":
            other = candidate
    assert other is not None
    assert other.score < same.score


def test_a_question_without_words_has_no_candidate(moulin: KnowledgeBase) -> None:
    """Nothing matches nothing."""
    assert ranked("", moulin) == []
    assert ranked("?", moulin) == []


def test_a_question_about_nothing_of_the_base_has_no_candidate_or_a_poor_one(moulin: KnowledgeBase) -> None:
    """Words that the base never uses speak for no intent."""
    assert all(candidate.score < 0.2 for candidate in ranked("xylophone hippopotame", moulin))


def test_what_is_carried_over_weighs_less(moulin: KnowledgeBase) -> None:
    """A term taken from an earlier message counts for its share only."""
    term = read("Azur", moulin.lexicon).terms[0]
    assert moulin.index.weight(term._replace(share=term.share / 2)) < moulin.index.weight(term)


def test_every_weight_is_that_of_a_signal(moulin: KnowledgeBase) -> None:
    """A signal and its weight have the same name: one that is misspelt would weigh nothing, and nobody would see it."""
    conversation, signals, none = Conversation(), set[str](), set[str]()
    for text in ("Qui voulait racheter le moulin ?", "et Brunel ?", "Qui est Azur ?", "combien offrait Brunel"):
        reading = read(text, moulin.lexicon)
        _, candidates, no_answer = candidates_amid(reading, moulin.index.likely(reading), moulin, conversation)
        signals |= {name for candidate in candidates for name in candidate.signals}
        none |= no_answer.keys()
        conversation = answer(text, moulin, conversation).conversation
    # What is left of a question, and what it asks, is as manifold as questions are.
    left = {f"{kind.value} left" for kind in Kind}
    exact, expressions = moulin.lexicon.exact.values(), moulin.lexicon.expressions.values()
    marks = {*chain.from_iterable(exact), *(feature for rows in expressions for _, feature in rows)} - FORMS
    asked = {f"asked {mark[1:]}" for mark in marks if mark[:1] == "?"}
    assert len(asked) > 10
    assert tuning.SIGNALS.keys() <= signals | left | asked
    assert tuning.NO_ANSWER.keys() == none
