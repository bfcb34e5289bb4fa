"""knowledge.compiling.amounts: figures are proved with their units, and those told beside the facts as well."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.compiling.amounts import Amount, Numbers, miscounted, unproved_figures, unproved_numbers, unstated
from knowledge.compiling.sources import Sources, collect


def unproved(sources: Sources) -> list[str]:
    """Return what a base says in figures without proof."""
    return [str(problem).split(": ", 1)[1] for problem in unproved_figures(sources, Numbers.of(sources))]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Le moulin emploie 45 salariés.", []),
        ("Le moulin emploie 54 salariés.", ["54"]),
        ("Le moulin emploie 45 salariés et 6 meuniers depuis 1887.", ["6", "1887"]),
        ("En 2031, le moulin emploie 45 salariés.", []),
        ("Avec 3 associés, le moulin emploie 45 salariés.", []),
        ("Avec trois associés et deux chats, le moulin emploie quarante-cinq salariés.", []),
        ("Avec trente associés, le moulin emploie 45 salariés.", ["trente"]),
        ("Pour la troisième ou la septième fois, le moulin emploie 45 salariés.", ["septieme"]),
    ],
)
def test_the_numbers_of_a_fact_are_proved(small: Path, text: str, wrong: list[str]) -> None:
    """Each stands in the evidence or in a date; members read the text, not the evidence.

    In both, it may be in digits or a word, and a word below five only counts what the text names.
    """
    path = small / "facts" / "chiffres.yaml"
    written = path.read_text(encoding="utf-8").replace("Le moulin emploie 45 salariés.", text)
    written = written.replace("[45 salariés]", "[45 salariés, quarante-cinq, trois associés]")
    path.write_text(written.replace("paragraph: 3", "paragraph: 2"), encoding="utf-8")  # where Brunel's date stands
    sources = collect(small)
    assert [str(problem) for problem in unproved_numbers(sources, Numbers.of(sources)).values()] == [
        f"facts/chiffres.yaml:3: the number {number} of the text stands in no evidence and no date; add its evidence"
        for number in wrong
    ]


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("Azur paie 2 millions d'euros.", [Amount("2", 1_000_000, "euro")]),
        ("Elle a 1,5 million d'abonnés, 63 % de plus.", [Amount("1.5", 1_000_000, ""), Amount("63", 1, "%")]),
        ("2 M$ ou 9 000 €", [Amount("2", 1_000_000, "dollar"), Amount("9000", 1, "euro")]),
        ("45 salariés en 2031", []),
    ],
)
def test_amounts_are_numbers_with_a_unit(shipped_sources: Sources, text: str, amounts: list[Amount]) -> None:
    """A scale, a sign, or both; what else is counted, texts may call as they like."""
    assert [*Numbers.of(shipped_sources).amounts(text)] == amounts


@pytest.mark.parametrize(
    ("file", "old", "new", "problems"),
    [
        ("facts/vente.yaml", "pour 2 millions d'euros.", "pour 2 milliards d'euros.", ["the figure '2 milli"]),
        (
            "facts/vente.yaml",
            "pour 2 millions d'euros.",
            "pour 2 millions de dollars.",
            ["the figure '2 milli"],
        ),
        ("facts/vente.yaml", "pour 2 millions d'euros.", "pour 2 millions.", []),
        # A number that stands nowhere is one problem, with its unit and without.
        ("facts/vente.yaml", "pour 2 millions d'euros.", "pour 78 millions d'euros.", ["the number 78 of the text"]),
        ("actors/acteurs.yaml", "prête à reprendre", "prête à payer 78 % pour", ["the number 78 stands in no fact"]),
        ("actors/acteurs.yaml", "prête à reprendre", "prête à payer 2 millions pour", []),
        (
            "actors/acteurs.yaml",
            "prête à reprendre",
            "prête à payer 2 % pour",
            ["the figure '2 %' does not"],
        ),
        ("intents/questions.yaml", "de l'offre de Brunel", "de l'offre, de 45 %", ["the figure '45 %' does"]),
        ("intents/questions.yaml", "de l'offre de Brunel", "du moulin de 1850", ["the number 1850 stands in no fact"]),
        ("intents/questions.yaml", "de l'offre de Brunel", "de l'offre d'avril 2031", []),
    ],
)
def test_figures_are_proved_wherever_members_read_them(
    small: Path, file: str, old: str, new: str, problems: list[str]
) -> None:
    """An amount stands in the evidence of its fact or, told beside facts, in these; a bare number in any fact."""
    path = small / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    found = unproved(collect(small))
    assert len(found) == len(problems), found
    assert all(problem.startswith(start) for problem, start in zip(found, problems, strict=True)), found


def test_the_day_of_an_article_may_be_told(small: Path) -> None:
    """It is known where no fact is of that day."""
    for path, old, new in (
        (small / "seeds" / "gazette.yaml", "2031-03-03", "2031-03-17"),
        (small / "intents" / "questions.yaml", "de l'offre de Brunel", "de l'offre dont parle l'article du 17 mars"),
    ):
        path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    assert unproved(collect(small)) == []


def test_texts_that_count_the_articles_are_named_where_there_are_others(small: Path, shipped_sources: Sources) -> None:
    """Some of them may be counted as well; the most that a text counts has to be all of them."""
    (small / "intents" / "x.yaml").write_text(
        '- {id: a, question: "Combien d\'articles ?", gap: "Je n\'ai que cinq articles."}\n'
        '- {id: b, question: "Combien en parlent ?", gap: "Deux articles n\'en disent rien."}\n',
        encoding="utf-8",
    )
    sources = collect(small)
    numbers = Numbers.of(shipped_sources)
    assert [*miscounted(sources, numbers)] == ["the base has 2 articles, and these texts count 5: intents/x.yaml:1"]
    del sources.intents[-2]
    assert [*miscounted(sources, numbers)] == []
    sources.articles.append(sources.articles[0])
    assert [*miscounted(sources, numbers)] == ["the base has 3 articles, and these texts count 2: intents/x.yaml:2"]


def test_a_yes_with_a_number_of_its_own_is_named(small: Path) -> None:
    """A number that no fact behind it has, and no date, is named, each place once; a bound ("plus de") may be so."""
    assert [*unstated(collect(small))] == []
    (small / "intents" / "x.yaml").write_text(
        '- {id: a, question: "Azur offre-t-elle 7 millions ?", facts: [offre-azur],\n'
        "   yes: [Azur offre plus de 1 million, Azur offre 7 millions, Azur offre 8 ou 7 millions,\n"
        "   Azur en offre 9]}\n",
        encoding="utf-8",
    )
    manner = "bound: [plus de]\nnot: [pas]\n"
    (small / "french").mkdir(exist_ok=True)
    (small / "french" / "manner.yaml").write_text(manner, encoding="utf-8")
    (note,) = unstated(collect(small))
    numbers = "7, 8 at intents/x.yaml:2; 9 at intents/x.yaml:3"
    assert note == f"statements with a yes have numbers that their facts do not have: {numbers}"


def test_the_shipped_base_proves_its_figures(shipped_sources: Sources) -> None:
    """Those of admissions, leads and actors too, and how many articles there are."""
    assert unproved(shipped_sources) == []
    assert not [*miscounted(shipped_sources, Numbers.of(shipped_sources))]
