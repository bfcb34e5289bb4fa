"""knowledge.compiling.building: entries become a base, whole or not at all."""

from __future__ import annotations

from pathlib import Path

from knowledge.compiling.building import build, filled
from knowledge.compiling.sources import collect
from knowledge.engine import answer
from knowledge.language.reading import read
from knowledge.model import IntentKind, KnowledgeBase, Status
from tests.conftest import append


def test_facts_keep_what_was_written(moulin: KnowledgeBase) -> None:
    """Text, status, date with its precision and basis, speakers, actors and evidence arrive unchanged."""
    fact = moulin.facts["offre-azur"]
    assert fact.text.startswith("En mars 2031, selon la Gazette")
    assert fact.status is Status.REPORTED
    assert fact.when is not None
    assert (fact.when.first, fact.when.last, fact.when.inferred) == ("2031-03", "2031-03", True)
    assert fact.by == ("gazette",)
    assert fact.citations[0].evidence == ("coopérative Azur", "2 millions d'euros")


def test_a_fact_without_a_date_has_none(moulin: KnowledgeBase) -> None:
    """A date that nobody wrote is not invented."""
    assert moulin.facts["effectifs"].when is None


def test_kinds_of_intents(moulin: KnowledgeBase) -> None:
    """An intent with facts answers, one with a gap admits, one with a reply talks; each actor can be asked about."""
    kinds = {name: intent.kind for name, intent in moulin.intents.items()}
    assert kinds["acheteurs"] is IntentKind.ANSWER
    assert kinds["sans-prix-de-brunel"] is IntentKind.GAP
    assert kinds["acteur-azur"] is IntentKind.ACTOR
    assert IntentKind.SMALLTALK in kinds.values()


def test_the_years_of_a_base_are_those_of_its_facts(moulin: KnowledgeBase) -> None:
    """What the base covers in time is read off its facts."""
    assert moulin.years == {2031}


def test_what_a_saga_lists_means_nothing_else_in_it(small: Path) -> None:
    """What the shipped French makes of a word, a synonym or a filler, is left out; the same concept goes on."""
    append(small, "french/concepts/argent.yaml", "argent: [blé, fric]\npain: [pain, miche]\n")
    append(small, "french/fillers/x.yaml", "fillers: [les bails]\nlight_words: [fournée]\n")
    append(small, "vocabulary/x.yaml", "bail: [bail, bails, baux]\npain: [baguette, miche, fournée]\n")
    lexicon = build(collect(small)).lexicon
    meant = {word: lexicon.features(word) for word in ("ble", "fric", "bail", "baguette", "miche", "pain", "fournee")}
    pain = ("=pain",)
    assert meant == {
        "ble": ("=farine",), "fric": ("=argent",), "bail": ("=bail",),
        "baguette": pain, "miche": pain, "pain": pain, "fournee": pain,
    }  # fmt: skip
    assert [term.text for term in read("signer le bail", lexicon).terms] == ["signer", "bail"]


def test_a_slot_stands_for_every_actor_of_its_kind(small: Path) -> None:
    """One phrasing with {company} speaks of each company."""
    append(
        small,
        "intents/x.yaml",
        '- id: avis\n  question: "Que pensent les entreprises ?"\n  gap: "Les articles n\'en disent rien."\n'
        "  phrasings: ['quel est le logo de {company}']\n",
    )
    base = build(collect(small))
    for name in ("Azur", "Brunel", "la Gazette"):
        assert answer(f"quel est le logo de {name} ?", base).intent == "avis"


def test_what_an_actor_said_and_wants_has_an_intent_of_its_own(small: Path) -> None:
    """`says` and `stance` name the intents that answer so; who has none is presented instead."""
    path = small / "actors" / "acteurs.yaml"
    text = path.read_text(encoding="utf-8").replace("name: Brunel,", "name: Brunel, says: offre, stance: avis,")
    path.write_text(text.replace("name: Azur,", "name: Azur, stance: avis,"), encoding="utf-8")
    append(
        small,
        "intents/x.yaml",
        '- id: avis\n  question: "Qui aime quoi ?"\n  gap: "Les articles n\'en disent rien."\n',
    )
    append(small, "intents/x.yaml", '- {id: offre, question: "Pourquoi ?", facts: [offre-azur]}\n')
    base = build(collect(small))
    asked = ("qu'a dit Brunel ?", "que pense Brunel ?", "Azur est pour ou contre ?", "Azur a dit quoi ?")
    assert [answer(question, base).intent for question in asked] == ["offre", "avis", "avis", "acteur-azur"]


def test_what_there_is_to_know_of_a_thing_is_asked_by_its_name(small: Path) -> None:
    """An intent that is `about` a thing answers to its bare name, and to whoever wants it told."""
    append(
        small,
        "intents/x.yaml",
        '- {id: bail, question: "Combien coûte un loyer ?", facts: [offre-azur], about: [le bail emphytéotique]}\n',
    )
    base = build(collect(small))
    for question in ("le bail emphytéotique", "parle-moi du bail emphytéotique", "c'est quoi ce bail emphytéotique ?"):
        assert answer(question, base).intent == "bail"


def test_the_card_of_an_actor_is_asked_for_in_french(shipped: KnowledgeBase) -> None:
    """« Que » loses its e before a name that begins with a vowel."""
    questions = {intent.id: intent.question for intent in shipped.intents.values() if intent.kind == "actor"}
    assert questions["acteur-oracle"] == "Qu'est-ce qu'Oracle ?"
    assert questions["acteur-microsoft"] == "Qu'est-ce que Microsoft ?"


def test_slots_are_filled_in_every_combination() -> None:
    """Two slots give every pair; {actor} stands for any kind."""
    kinds = {"company": ["A", "B"], "actor": ["A", "B", "C"]}
    assert list(filled("que dit {company} de {actor}", kinds)) == [
        f"que dit {one} de {other}" for one in "AB" for other in "ABC"
    ]
    assert list(filled("que dit la mairie", kinds)) == ["que dit la mairie"]


def test_another_saga_is_another_folder(small: Path) -> None:
    """Renamed throughout, a base answers about its new actors: nothing of a saga is in the code."""
    for path in small.rglob("*.yaml"):
        text = path.read_text(encoding="utf-8").replace("Azur", "Zibeline").replace("azur", "zibeline")
        path.write_text(text, encoding="utf-8")
    base = build(collect(small))
    assert "Zibeline" in answer("que propose zibeline pour le moulin", base).text
    assert answer("qui est Zibeline ?", base).intent == "acteur-zibeline"


def test_strangers_are_no_synonyms(copied: Path) -> None:
    """Everyday words that few sagas speak of stand for themselves: a fire is not confirmed to who asks of a murder."""
    (copied / "intents" / "more.yaml").write_text(
        '- {id: feu, question: "Quand le moulin a-t-il brûlé ?", facts: [production],'
        " yes: [un incendie a détruit le moulin]}\n",
        encoding="utf-8",
    )
    base = build(collect(copied))
    asked = ("un incendie", "des incendies", "un meurtre", "une avalanche")
    told = [answer(f"{what} a détruit le moulin ?", base).parts[0].truth for what in asked]
    assert told == [True, True, None, None]


def test_an_actor_is_no_stranger(small: Path) -> None:
    """An actor may have a name, or an alias, that the common French has among those that a saga may lack."""
    for path in small.rglob("*.yaml"):
        text = path.read_text(encoding="utf-8").replace("Brunel", "Google")
        path.write_text(text.replace("société Google", "Alphabet Inc"), encoding="utf-8")
    names = {"Google": False, "Alphabet Inc": False, "Pérou": True}
    (small / "french" / "names.yaml").write_text(f"noms: [{', '.join(names)}]\n", encoding="utf-8")
    base = build(collect(small))
    told = {name: answer(f"est-ce que {name} veut toujours le moulin ?", base) for name in names}
    assert {name: "ne parlent pas de" in reply.text for name, reply in told.items()} == names


def test_a_name_that_a_fact_has_is_no_stranger(small: Path) -> None:
    """The articles are never said not to speak of what they do name, whoever is no actor."""
    fact = small / "facts" / "chiffres.yaml"
    told = fact.read_text(encoding="utf-8").replace("300 tonnes de farine par an", "du blé du Pérou, 300 tonnes par an")
    fact.write_text(told, encoding="utf-8")
    (small / "french" / "names.yaml").write_text("noms: [Pérou, Chili]\n", encoding="utf-8")
    base = build(collect(small))
    rules = [answer(f"pourquoi le {country} a-t-il gagné ?", base).parts[0].rule for country in ("Chili", "Pérou")]
    assert rules[0] == "name" != rules[1]


def test_texts_of_a_saga_win_over_the_common_ones(small: Path) -> None:
    """A base may say its fixed sentences in its own way."""
    base = build(collect(small))
    assert base.texts["unknown-off-topic"] == "Je ne connais que la saga du moulin de Valrose."
    assert base.texts["yes"] == "Oui."
