"""knowledge.compiling.references: what is missing or stands twice is named, and a base with it is not built."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from knowledge.checks.checking import check
from knowledge.compiling.building import build
from knowledge.compiling.problems import BaseProblemsError
from knowledge.compiling.sources import collect
from knowledge.engine import answer
from tests.conftest import append


def refused(base: Path) -> list[str]:
    """Return the problems for which a base is not built."""
    with pytest.raises(BaseProblemsError) as caught:
        build(collect(base))
    return [str(problem) for problem in caught.value.problems]


BARE = "- id: a\n  text: t\n  status: opinion\n  sources: [{article: echo, paragraph: 2, evidence: [e]}]\n"


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        (
            "intents/x.yaml",
            '- {id: a, question: "Quoi donc ?", facts: [nul]}\n',
            "intents/x.yaml:1: there is no fact 'nul'",
        ),
        (
            "actors/x.yaml",
            "- {id: a, name: A, kind: person, description: d, facts: [nul]}\n",
            "actors/x.yaml:1: there is no fact 'nul'",
        ),
        (
            "facts/x.yaml",
            "- id: a\n  text: t\n  status: opinion\n  sources:\n    - {article: nul, paragraph: 2, evidence: [e]}\n",
            "facts/x.yaml:5: there is no article 'nul'",
        ),
        (
            "facts/x.yaml",
            "- id: a\n  text: t\n  status: established\n  sources: [{article: echo, paragraph: 9, evidence: [e]}]\n",
            "facts/x.yaml:4: the card of 'echo' has no paragraph 9",
        ),
        *(
            (
                "facts/x.yaml",
                f"{BARE}  {key}: [nul]\n",
                f"facts/x.yaml:5: there is no {kind} 'nul'",
            )
            for key, kind in [
                ("by", "actor"),
                ("actors", "actor"),
                ("topics", "topic"),
                ("supersedes", "fact"),
                ("contradicts", "fact"),
            ]
        ),
        *(
            ("facts/x.yaml", f"{BARE}  {key}: [a]\n", f"facts/x.yaml:5: the fact 'a' {key} itself")
            for key in ("supersedes", "contradicts")
        ),
        (
            "intents/x.yaml",
            '- id: a\n  question: "Quoi donc ?"\n  facts: [effectifs]\n  phrasings: ["que fait la {planete}"]\n',
            "intents/x.yaml:4: no actor is of the kind '{planete}'",
        ),
    ],
)
def test_a_reference_to_nothing_is_named(small: Path, name: str, text: str, problem: str) -> None:
    """Dangling ids of facts, articles, paragraphs, actors, topics and slots, and a fact that names itself."""
    append(small, name, text)
    assert problem in [row.split("; there are ")[0] for row in refused(small)]


def test_the_kinds_that_a_slot_may_have_are_listed(small: Path) -> None:
    """Who misspells one sees those of the base."""
    append(
        small, "intents/x.yaml", '- {id: a, question: Quoi ?, facts: [effectifs], phrasings: ["que fait {acteur}"]}\n'
    )
    (problem,) = refused(small)
    assert problem.endswith("of the kind '{acteur}'; there are {actor}, {company}, {institution}, {product}")


def test_facts_that_supersede_one_another_are_named(small: Path) -> None:
    """Of two that each overtake the other, neither is the later one."""
    for name, earlier in (("a", "b"), ("b", "a"), ("c", "a")):
        append(small, "facts/x.yaml", f"{BARE.replace('id: a', f'id: {name}')}  supersedes: [{earlier}]\n")
    (problem,) = refused(small)
    assert re.fullmatch(r"facts/x\.yaml:\d+: these facts supersede one another: a, b", problem)


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("actors: [azurr]", "there is no actor 'azurr'; did you mean 'azur'?"),
        ("topics: [ventes]", "there is no topic 'ventes'; did you mean 'vente'?"),
        ("supersedes: [effectif]", "there is no fact 'effectif'; did you mean 'effectifs'?"),
        ("sources: [{article: eco, paragraph: 2, evidence: [e]}]", "there is no article 'eco'; did you mean 'echo'?"),
        ("by: [zzz]", "there is no actor 'zzz'"),
    ],
)
def test_what_a_reference_probably_meant_is_said(small: Path, line: str, hint: str) -> None:
    """The known name that is most like it, and none where nothing is near."""
    rows = [row for row in BARE.splitlines() if row[2:7] != line[:5]]
    append(small, "facts/x.yaml", "\n".join([*rows, f"  {line}", ""]))
    assert [problem.split(": ", 1)[1] for problem in refused(small)] == [hint]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("facts: [effectifs, effectifs]", "intents/x.yaml:2: the fact 'effectifs' stands twice"),
        ("facts: [effectifs]\n  more: [vole]", "intents/x.yaml:3: there is no fact 'vole'"),
        ("outcome_of: [effectif]", "intents/x.yaml:2: there is no fact 'effectif'; did you mean 'effectifs'?"),
        (
            "question: Que fait {company} ?",
            "intents/x.yaml:2: members read '{company}' as it stands: nothing fills it here",
        ),
        ('lead: "De {saga} :"', "intents/x.yaml:2: members read '{saga}' as it stands: nothing fills it here"),
    ],
)
def test_what_would_be_told_oddly_is_named(small: Path, line: str, problem: str) -> None:
    """A fact that would be told twice in one answer, and a slot that nothing fills."""
    rest = [other for other in ("question: Quoi donc ?", "facts: [effectifs]") if other[:5] != line[:5]]
    append(small, "intents/x.yaml", "\n  ".join(["- id: a", line, *rest, ""]))
    assert problem in refused(small)


def test_of_a_fact_one_intent_tells_the_outcome(small: Path) -> None:
    """Which of two to tell could not be known."""
    for name in ("a", "b"):
        fields = f"- id: {name}\n  question: Quoi {name} ?\n  facts: [effectifs]\n  outcome_of: [effectifs]\n"
        append(small, "intents/x.yaml", fields)
    assert refused(small) == ["intents/x.yaml:8: what came of 'effectifs' is told at intents/x.yaml:1"]


@pytest.mark.parametrize(
    ("name", "text", "place"),
    [
        ("facts/x.yaml", BARE.replace("text: t", 'text: "{nom}"'), "facts/x.yaml:2: "),
        ("actors/x.yaml", "- {id: a, name: A, kind: person, description: '{nom}'}\n", "actors/x.yaml:1: "),
        ("intents/x.yaml", "- {id: a, question: Quoi ?, gap: 'Rien sur {nom}.'}\n", "intents/x.yaml:1: "),
        ("intents/x.yaml", "- {id: a, question: Quoi ?, reply: 'Sur {saga}, {nom}.'}\n", "intents/x.yaml:1: "),
        ("saga.yaml", 'texts: {unknown-name: "{what} {nom}"}\n', "saga.yaml:5: "),
        ("saga.yaml", 'texts: {yes: "Oui {nom}."}\n', "saga.yaml:5: "),
    ],
)
def test_members_read_no_braces(small: Path, name: str, text: str, place: str) -> None:
    """Whatever the bot says, only {saga} in small talk and {what} in what is said of a name or year are filled."""
    path = small / name
    if name == "saga.yaml":
        path.write_text(path.read_text(encoding="utf-8").partition("texts:")[0], encoding="utf-8")
    append(small, name, text)
    (problem,) = refused(small)
    assert problem.startswith(f"{place}members read '{{nom}}'")


def test_braces_in_a_text_of_the_french_are_named_where_they_stand(small: Path) -> None:
    """A base may have its own French: what has to be mended is there, unless the saga says it otherwise itself."""
    texts = small / "french" / "texts.yaml"
    lines = texts.read_text(encoding="utf-8").splitlines()
    number = next(number for number, line in enumerate(lines) if line.startswith("yes:"))
    lines[number] = 'yes: "Oui {nom}."'
    texts.write_text("\n".join(lines), encoding="utf-8")
    assert refused(small) == [f"french/texts.yaml:{number + 1}: members read '{{nom}}' of the text 'yes' as it stands"]
    saga = small / "saga.yaml"
    saga.write_text(saga.read_text(encoding="utf-8").replace("texts:", "texts:\n  yes: Oui."), encoding="utf-8")
    assert build(collect(small)).texts["yes"] == "Oui."


def test_a_missing_text_is_named(small: Path) -> None:
    """A base that could not say why it does not answer is not taken into use."""
    texts = small / "french" / "texts.yaml"
    lines = texts.read_text(encoding="utf-8").splitlines(keepends=True)
    texts.write_text("".join(line for line in lines if "unknown-year" not in line), encoding="utf-8")
    assert any("the text 'unknown-year' is missing in french/texts.yaml" in problem for problem in refused(small))


def test_a_welcome_to_nothing_is_named(small: Path) -> None:
    """The questions to begin with exist."""
    path = small / "saga.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("effectifs", "nul"), encoding="utf-8")
    assert any("there is no intent 'nul'" in problem for problem in refused(small))


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        (
            "facts/x.yaml",
            BARE.replace("id: a", "id: effectifs"),
            "facts/x.yaml:1: the fact 'effectifs' already stands at facts/chiffres.yaml:2",
        ),
        (
            "intents/x.yaml",
            '- {id: refus, question: "Quoi donc ?", facts: [effectifs]}\n',
            "intents/x.yaml:1: the intent 'refus' already stands at intents/questions.yaml:12",
        ),
        (
            "intents/x.yaml",
            '- {id: bonjour, question: "Bonjour", reply: "Bonsoir !"}\n',
            "intents/x.yaml:1: the intent 'bonjour' already stands at french/smalltalk/bonjour.yaml:1",
        ),
        (
            "actors/x.yaml",
            "- {id: azur, name: A, kind: person, description: d}\n",
            "actors/x.yaml:1: the actor 'azur' already stands at actors/acteurs.yaml:3",
        ),
        (
            "intents/x.yaml",
            '- {id: acteur-azur, question: "Quoi donc ?", facts: [effectifs]}\n',
            "intents/x.yaml:1: 'acteur-azur' is no id for an intent: the actors' cards begin with 'acteur-'",
        ),
    ],
)
def test_an_id_that_stands_twice_is_named_with_both_places(small: Path, name: str, text: str, problem: str) -> None:
    """Two entries of one kind and one id, or an intent with that of an actor's card: one would silently be lost."""
    append(small, name, text)
    assert problem in refused(small)


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("facts/chiffres.yaml", "id: effectifs", "id: éeffectifs"),
        ("facts/chiffres.yaml", "id: effectifs", "id: production"),
        ("intents/questions.yaml", "id: effectifs", "id: Effectifs"),
        ("intents/questions.yaml", "id: effectifs", "id: refus"),
        ("actors/acteurs.yaml", "id: azur", "id: azur!"),
        ("seeds/echo.yaml", "id: echo", "id: l'echo"),
    ],
)
def test_a_wrong_id_is_one_problem(small: Path, name: str, old: str, new: str) -> None:
    """What names the entry as it should be called is not wrong, and nobody is to name it as it must not be."""
    path = small / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    (only,) = refused(small)
    assert only.startswith(f"{name}:")
    assert " is no id: " in only or " already stands at " in only


def test_an_entry_that_stands_twice_is_one_problem(small: Path) -> None:
    """What it repeats (question, phrasings, names) is not named, too."""
    for name in ("facts/chiffres", "intents/questions", "actors/acteurs"):
        shutil.copy(small / f"{name}.yaml", small / f"{name}-bis.yaml")
    found = check(small, quick=True).problems
    assert found
    assert all(re.search(r": the (fact|intent|actor) '[a-z-]+' already stands at ", str(one)) for one in found)


@pytest.mark.parametrize("kind", ["facts", "actors"])
def test_a_missing_folder_is_one_problem(small: Path, kind: str) -> None:
    """Each of its entries that something names would be one more line."""
    shutil.rmtree(small / kind)
    assert refused(small) == [f"{kind}/: there are no {kind} here, though other files name some"]


def test_a_folder_of_another_name_is_one_problem(small: Path) -> None:
    """What seems to be missing stands in it."""
    (small / "facts").rename(small / "fact")
    (only,) = refused(small)
    assert only.startswith("fact: 'fact' is no place for a YAML file; use saga.yaml, ")


def test_two_cards_of_one_article_are_named(small: Path) -> None:
    """The same holds for article cards."""
    (small / "seeds" / "zwei.yaml").write_bytes((small / "seeds" / "echo.yaml").read_bytes())
    assert any("the article 'echo' already stands at" in problem for problem in refused(small))


def test_shape_and_references_are_reported_together(small: Path) -> None:
    """One run names what is wrong with the files and what is wrong between them."""
    append(small, "facts/x.yaml", "- {id: a, nope: 1}\n")
    append(small, "intents/x.yaml", '- {id: a, question: "Quoi donc ?", facts: [nul]}\n')
    problems = "\n".join(refused(small))
    assert "unknown field 'nope'" in problems
    assert "there is no fact 'nul'" in problems


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("facts/chiffres.yaml", "- id: production", "\t- id: production"),
        ("facts/chiffres.yaml", "status: established", "status: certain"),
        ("facts/chiffres.yaml", "- id: production", "- di: production"),
        ("actors/acteurs.yaml", "kind: company", "kind: firm"),
        ("actors/acteurs.yaml", "- {id: azur", "- [\n- {id: azur"),
        ("intents/questions.yaml", "phrasings:", "phrasing:"),
        ("seeds/echo.yaml", "title:", "titel:"),
        ("seeds/echo.yaml", "title:", "[:"),
        ("french/texts.yaml", "yes:", "yse:"),
        ("saga.yaml", "name:", "nom:"),
    ],
)
def test_a_broken_file_does_not_break_what_refers_to_it(small: Path, name: str, old: str, new: str) -> None:
    """What is wrong with a file stands alone: nothing is said to be missing that may be in it."""
    path = small / name
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    assert {problem.split(":")[0] for problem in refused(small)} == {name}


def test_missing_cards_are_one_problem(small: Path) -> None:
    """A base that was copied without its article cards is told so once, and not at each fact."""
    for card in (small / "seeds").glob("*.yaml"):
        card.unlink()
    assert refused(small) == [
        "seeds: there are no article cards here, nor in a folder 'seeds' beside the base or above it"
    ]


def test_problems_are_sorted_and_each_said_once(small: Path) -> None:
    """By file and by line, as one mends them."""
    append(small, "intents/x.yaml", '- {id: b, question: "Quoi donc ?", facts: [nul]}\n' * 2)
    problems = refused(small)
    assert problems == sorted(problems)
    assert len(set(problems)) == len(problems)


def test_what_an_actor_said_is_an_intent(small: Path) -> None:
    """An intent that an actor names and that is none is named, with the nearest that is one."""
    path = small / "actors" / "acteurs.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("id: azur,", "id: azur, says: bonjoor, stance: bonjour,"), encoding="utf-8")
    (problem,) = refused(small)
    assert problem.endswith("there is no intent 'bonjoor'; did you mean 'bonjour'?")


def test_a_base_that_answers_nothing_is_refused(small: Path) -> None:
    """Small talk alone is no base, and that is said."""
    for folder in ("actors", "facts", "intents", "seeds"):
        shutil.rmtree(small / folder)
    (small / "saga.yaml").write_text("name: x\ntopics: {}\nwelcome: [bonjour]\n", encoding="utf-8")
    (problem,) = refused(small)
    assert problem.startswith("saga.yaml:1: the base has no answer: no intent has facts or a gap, and no actor facts")


def test_actors_that_nobody_can_ask_about_are_no_answer(small: Path) -> None:
    """A base has to have a question: facts of an actor are told by its card, which is asked for in fixed phrasings."""
    questions = small / "french" / "actor-questions.yaml"
    questions.write_text("person: ['qui est {actor}']\n", encoding="utf-8")
    shutil.rmtree(small / "intents")
    path = small / "saga.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub("welcome: .*", "welcome: [bonjour]", text), encoding="utf-8")
    assert [problem.split(":")[2].strip() for problem in refused(small)] == ["the base has no answer"]
    questions.write_text("company: ['qui est {actor}']\n", encoding="utf-8")
    assert answer("qui est Azur ?", build(collect(small))).facts == ("offre-azur",)
