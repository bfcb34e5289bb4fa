"""knowledge.checks.checking: every problem of a base in one run."""

from __future__ import annotations

import re
from pathlib import Path
from unittest.mock import Mock

import pytest

from knowledge.checks import checking
from knowledge.checks.checking import ANSWER_AT_MOST, FACT_AT_MOST, Report, check
from knowledge.compiling.folders import TEMPLATE
from knowledge.compiling.loading import load
from knowledge.engine import answer
from knowledge.model import KnowledgeBase
from tests.conftest import MOULIN, append


def said(report: Report) -> str:
    """Return the problems as a curator reads them."""
    return "\n".join(str(problem) for problem in report.problems)


def test_a_good_base_has_no_problem(
    moulin: KnowledgeBase, lasting_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The invented base, with the shipped French, passes whole: shape, references, phrasings, lengths, evidence."""
    monkeypatch.setenv("SAGA_CACHE", str(lasting_cache))
    monkeypatch.setattr(checking, "build", Mock(side_effect=AssertionError(f"{moulin.version} is compiled already")))
    report = check(MOULIN)
    assert said(report) == ""
    notes = "\n".join(report.notes)
    assert "5 facts" in notes
    assert "fragments of evidence stand" in notes


FACT = """\
- id: {id}
  text: "{text}"
  status: established
  sources: [{{article: echo, paragraph: 3, evidence: [{evidence}]}}]
"""


def test_what_a_new_base_begins_with_is_good() -> None:
    """What `saga new` writes has no problem, and each statement of it gets its yes or no; it has no opinion."""
    report = check(TEMPLATE)
    assert (report.problems, report.undecided, report.overtaken) == ([], [], [])
    assert re.search(r"^(\d+) of \1 phrasings won their own intent$", "\n".join(report.notes), re.MULTILINE)
    base = load(TEMPLATE)
    assert answer("Lumina offrait 600 000 euros ?", base).text.startswith("Il semble que oui. En février 2030")
    assert answer("tu en penses quoi ?", base).text.startswith("Je n’ai pas d’opinion")


def test_every_kind_of_problem_is_found_in_one_run(small: Path) -> None:
    """Unused and unproved facts, unknown and unused names, lengths and twins come together."""
    append(small, "facts/x.yaml", FACT.format(id="seul", text="Un fait que rien ne dit.", evidence="45 salariés"))
    append(small, "facts/x.yaml", FACT.format(id="long", text="mot " * 70, evidence="45 salariés"))
    append(
        small, "facts/x.yaml", FACT.format(id="faux", text="Le moulin emploie 46 personnes.", evidence="46 salariés")
    )
    append(small, "actors/x.yaml", "- {id: inconnu, name: Inconnu, kind: person, description: Personne.}\n")
    append(
        small,
        "intents/x.yaml",
        '- {id: double, question: "Que dit le faux ?", facts: [long, faux], phrasings: [les repreneurs du moulin]}\n'
        '- {id: triple, question: "Et le vrai ?", facts: [effectifs], phrasings: [une minoterie, Une minoterie !]}\n',
    )
    (small / "saga.yaml").write_text(
        (small / "saga.yaml")
        .read_text(encoding="utf-8")
        .replace('chiffres: "Chiffres"', 'chiffres: "Chiffres", vide: "Vide"'),
        encoding="utf-8",
    )
    problems = said(check(small))
    for problem in (
        "facts/x.yaml:1: no intent and no actor uses the fact 'seul'",
        f"facts/x.yaml:6: the fact has {len('mot ' * 70) - 1} characters; say it in at most {FACT_AT_MOST}",
        "facts/x.yaml:12: the evidence «46 salariés» does not stand in echo, paragraph 3",
        "actors/x.yaml:1: no fact names the actor 'inconnu'",
        "actors/x.yaml:1: the actor 'inconnu' has no facts that prove its description",
        "intents/x.yaml:1: the phrasing 'les repreneurs du moulin' already stands at intents/questions.yaml:5",
        "intents/x.yaml:2: the phrasing 'Une minoterie !' already stands at intents/x.yaml:2",
        "saga.yaml:3: no fact has the topic 'vide'",
    ):
        assert problem in problems, problems


def test_a_word_that_stemming_cuts_to_a_little_one_is_named(small: Path) -> None:
    """What nobody would take for a form of it, as "tes", would carry the concept."""
    append(small, "vocabulary/x.yaml", "equipe: [équipe, teament, un teament, tester]\n")
    problem = "vocabulary/x.yaml:1: 'teament' is cut to 'te', a word of any question: put it in an expression"
    assert [line for line in said(check(small)).splitlines() if "is cut to" in line] == [problem]


def test_an_article_that_nothing_cites_is_named(small: Path) -> None:
    """A card without facts is either superfluous or not read yet."""
    card = (small / "seeds" / "echo.yaml").read_text(encoding="utf-8")
    append(small, "seeds/x.yaml", card.replace("id: echo", "id: muet"))
    assert "seeds/x.yaml:2: no fact cites the article 'muet'" in said(check(small))


def test_an_answer_that_does_not_fit_is_named(small: Path) -> None:
    """What would not fit a card of Discord is found before a member asks for it."""
    names = [f"f{number}" for number in range(8)]
    for name in names:
        append(
            small, "facts/x.yaml", FACT.format(id=name, text=f"Fait {name} : " + "farine " * 34, evidence="45 salariés")
        )
    append(small, "intents/x.yaml", f'- {{id: tout, question: "Que dit tout ?", facts: [{", ".join(names)}]}}\n')
    problems = said(check(small))
    assert "intents/x.yaml:1: the answer has " in problems
    assert f"at most {ANSWER_AT_MOST} fit" in problems


def test_a_phrasing_of_two_intents_is_named_once(small: Path) -> None:
    """That one of them cannot win it goes without saying."""
    append(
        small,
        "intents/x.yaml",
        '- {id: aa, question: "Quel est le poids du blé ?", facts: [production], phrasings: [le grand mystère]}\n'
        '- {id: bb, question: "Quelle taille a l\'équipe ?", facts: [effectifs], phrasings: [le grand mystère]}\n',
    )
    problems = said(check(small))
    assert problems == "intents/x.yaml:2: the phrasing 'le grand mystère' already stands at intents/x.yaml:1"


def test_a_statement_with_a_yes_and_a_no_is_named_once(small: Path) -> None:
    """Which gets which is told; that one of both gets the wrong verdict goes without saying."""
    append(
        small,
        "intents/x.yaml",
        '- id: aa\n  question: "Quel est le poids du blé ?"\n  facts: [production]\n'
        "  yes: [le blé est lourd]\n  no: [le blé est lourd]\n",
    )
    said_of_both = "'le blé est lourd' gets a yes at intents/x.yaml:4 and a no here: keep the right one"
    assert said(check(small)) == f"intents/x.yaml:5: {said_of_both}"


def test_a_question_to_begin_with_that_has_no_answer_is_named(small: Path) -> None:
    """It would not be offered, and were there no others, a member who asks in vain would be offered nothing."""
    path = small / "saga.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("effectifs", "sans-prix-de-brunel"), encoding="utf-8")
    assert said(check(small)) == "saga.yaml:4: the intent 'sans-prix-de-brunel' has a gap, so it is not offered"


def test_a_name_of_two_actors_is_named(small: Path) -> None:
    """Whoever types it could mean either, and only one would be found."""
    append(small, "actors/x.yaml", "- {id: zed, name: Zed, kind: person, description: Un.,\n   aliases: [AZUR]}\n")
    assert "actors/x.yaml:2: the actor 'azur' is called 'AZUR', too (actors/acteurs.yaml:3)" in said(check(small))


@pytest.mark.parametrize("name", ["le", "Qui", "svp", "pas"])
def test_a_name_that_is_a_word_of_any_question_is_named(small: Path, name: str) -> None:
    """Articles, question words, fillers and negation: every question that has one would be about that actor."""
    append(
        small,
        "actors/x.yaml",
        f"- {{id: zed, name: Zed, kind: person, description: Un., aliases: [Zed Zed, {name}]}}\n",
    )
    problem = f"actors/x.yaml:1: '{name}' is a word of any question: it cannot be a name"
    assert [line for line in said(check(small)).splitlines() if "any question" in line] == [problem]


def test_statements_that_read_alike_get_the_same(small: Path) -> None:
    """No two statements of an intent that only differ in words without meaning get a yes and a no."""
    append(
        small,
        "intents/x.yaml",
        "- id: aa\n  question: Que vend le moulin ?\n  facts: [production]\n"
        "  yes: [le moulin vend la farine]\n  no: [le moulin vend de la farine]\n",
    )
    alike = "'le moulin vend la farine' and 'le moulin vend de la farine' are read alike"
    assert f"intents/x.yaml:5: {alike}, but one gets a yes and one a no: put one of them otherwise" in said(
        check(small)
    )


def test_what_is_told_without_what_overtakes_it_is_listed(small: Path) -> None:
    """Intents and actors are counted, and listed apart; one of those that overtake a fact suffices, a later one too."""
    fact = FACT.replace("  sources", "  supersedes: [{old}]\n  sources")
    append(
        small, "facts/x.yaml", fact.format(id="b", text="Puis Azur hésite.", evidence="45 salariés", old="offre-azur")
    )
    append(small, "facts/x.yaml", fact.format(id="c", text="Enfin Azur renonce.", evidence="45 salariés", old="b"))
    append(
        small,
        "intents/x.yaml",
        '- {id: aa, question: "Azur hésite-t-elle ?", facts: [offre-azur, b]}\n'
        '- {id: bb, question: "Azur renonce-t-elle ?", facts: [offre-azur, c]}\n',
    )
    report = check(small, quick=True)
    assert said(report) == ""
    assert [*map(str, report.overtaken)] == [
        "intents/questions.yaml:4: tells 'offre-azur' without 'b'",
        "intents/questions.yaml:8: tells 'offre-azur' without 'b'",
        "intents/x.yaml:1: tells 'b' without 'c'",
        "actors/acteurs.yaml:3: rests on 'offre-azur' without 'b'",
        "actors/acteurs.yaml:6: rests on 'offre-azur' without 'b'",
    ]
    assert any(note.startswith("3 intents and 2 actors tell a fact without") for note in report.notes)


def test_problems_are_told_as_they_are_found(small: Path) -> None:
    """Those that need no compiled base come before it, evidence included; a quick check ends there."""
    append(small, "facts/x.yaml", FACT.format(id="seul", text="Un fait.", evidence="46 salariés"))
    append(small, "intents/x.yaml", '- {id: a, question: "Un fait ?", facts: [seul], phrasings: [parle-moi d\'Azur]}\n')
    steps: list[list[str]] = []
    told = check(small, telling=lambda problems: steps.append([problem.path for problem in problems]))
    assert [step for step in steps if step] == [["facts/x.yaml"], ["actors/acteurs.yaml"]]
    assert [problem.path for problem in told.problems] == ["facts/x.yaml", "actors/acteurs.yaml"]
    quick = check(small, quick=True)
    assert [problem.path for problem in quick.problems] == ["facts/x.yaml"]
    assert quick.notes[-1].startswith("phrasings and answers were not checked")


def test_evidence_is_proved_where_a_reference_dangles(small: Path) -> None:
    """A curator who adds an article mends references and evidence in one round."""
    append(small, "facts/x.yaml", FACT.format(id="seul", text="Un fait.", evidence="46 salariés"))
    append(small, "intents/x.yaml", '- {id: a, question: "Quoi donc ?", facts: [nul]}\n')
    assert [line.split(": ")[1][:20] for line in said(check(small)).splitlines()] == [
        "there is no fact 'nu",
        "the evidence «46 sal",
    ]


def test_broken_files_end_the_check_with_a_note(small: Path) -> None:
    """Nothing is compiled from a base that is broken; what was not checked is said."""
    append(small, "actors/x.yaml", "- [\n")
    append(small, "intents/x.yaml", '- {id: a, question: "Quoi donc ?", facts: [nul]}\n')
    report = check(small)
    assert "actors/x.yaml:2: not valid YAML" in said(report)
    assert "there is no fact 'nul'" in said(report)
    assert any("not checked" in note for note in report.notes)


def test_a_file_that_is_not_read_is_noted(small: Path) -> None:
    """What lies in a folder of the base and is no YAML; elsewhere there may be what else one likes."""
    for name in ("vocabulary/mots.txt", "facts/.brouillon", "LISEZMOI.md"):
        append(small, name, "bail: [loyer]\n")
    report = check(small, quick=True)
    assert said(report) == ""
    assert [note for note in report.notes if "not read" in note] == [
        "vocabulary/mots.txt is not read: it ends in neither .yaml nor .yml"
    ]


def test_skipped_evidence_is_said(small: Path) -> None:
    """Without the articles, the evidence is not proved, and the report says so and how to."""
    for path in (small / "seeds" / "articles").glob("*"):
        path.unlink()
    (small / "seeds" / "articles").rmdir()
    report = check(small)
    assert said(report) == ""
    assert any(note.startswith("evidence skipped") and "--articles" in note for note in report.notes)
