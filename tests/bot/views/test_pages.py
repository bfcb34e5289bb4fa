"""/chronologie, /acteur, /chiffres, /sources: lists of facts, paged."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from bot.asking.arguments import proposed_themes
from bot.views.pages import PER_PAGE
from tests.bot.conftest import components, labels, seen, text, values

if TYPE_CHECKING:
    from pathlib import Path

    from tests.bot.conftest import World

FACT = """
- id: essai-{number}
  text: "En {year}, essai numéro {number} au moulin."
  when: {{date: {year}, basis: stated}}
  status: established
  actors: [moulin]
  topics: [vente]
  sources: [{{article: echo, paragraph: 3, evidence: [45 salariés, numéro {number}]}}]
"""


@pytest.fixture
def small(small: Path) -> Path:
    """Return a base with enough dated facts for three pages."""
    facts = "".join(FACT.format(number=number, year=2032 + number) for number in range(2 * PER_PAGE))
    (small / "facts" / "essais.yaml").write_text(facts, encoding="utf-8")
    return small


async def test_the_timeline_is_in_order_and_paged(world: World) -> None:
    """Facts come by date, a page at a time, each page with the sources of its own facts."""
    result = await world.ada.slash(world.channel, "chronologie")
    shown = text(result.response)
    assert shown.index("Mars 2031 (date déduite)") < shown.index("Avril 2031") < shown.index("2032")
    assert f"Page 1 sur 3\u00a0· {2 * PER_PAGE + 3}\u00a0événements" in shown
    assert len(re.findall(r"^- ", shown, re.MULTILINE)) == PER_PAGE
    assert "La Gazette, 3\u00a0mars 2031" in shown


@pytest.mark.parametrize("restarted", [False, True])
async def test_pages_turn_for_the_asker_in_place(world: World, *, restarted: bool) -> None:
    """Forward and back, to either end, in the same message; none back from the first, none on from the last.

    Each button bears the number of its page: words would not stand in one row on a phone.
    """
    shown = seen(await world.ada.slash(world.channel, "chronologie"))
    if restarted:
        await world.restart()
    disabled = [item["label"] for item in components(shown) if item.get("disabled")]
    assert disabled == ["«\u00a01", "‹\u00a0Page\u00a01"]
    await world.ada.click(shown, label="Page\u00a02\u00a0›")
    assert "Page 2 sur 3" in text(shown)
    await world.ada.click(shown, label="Page\u00a03\u00a0›")
    assert "Page 3 sur 3" in text(shown)
    assert [item["label"] for item in components(shown) if item.get("disabled")] == ["Page\u00a03\u00a0›", "3\u00a0»"]
    await world.ada.click(shown, label="‹\u00a0Page\u00a02")
    assert "Page 2 sur 3" in text(shown)
    await world.ada.click(shown, label="«\u00a01")
    assert "Page 1 sur 3" in text(shown)
    await world.ada.click(shown, label="3\u00a0»")
    assert "Page 3 sur 3" in text(shown)


async def test_two_pages_need_no_way_to_their_ends(world: World) -> None:
    """Where the next page is the last one, one button leads there."""
    shown = seen(await world.ada.slash(world.channel, "chronologie", acteur="le moulin de Valrose"))
    assert labels(shown) == ["«\u00a01", "‹\u00a0Page\u00a01", "Page\u00a02\u00a0›", "3\u00a0»"]
    facts = "".join(FACT.format(number=number, year=2032 + number) for number in range(PER_PAGE))
    (world.folder / "facts" / "essais.yaml").write_text(facts, encoding="utf-8")
    await world.bot.reload_base()
    shown = seen(await world.ada.slash(world.channel, "chronologie"))
    assert labels(shown) == ["‹\u00a0Page\u00a01", "Page\u00a02\u00a0›"]


async def test_a_year_stands_behind_its_months(world: World) -> None:
    """What is only known to have been in a year, or by its end, is not told before what was in its January."""
    days = ["2050", "2050-01", "2049-06/2050-01-15", "2050-01-15", "2050-02-01"]
    facts = "".join(FACT.format(number=number, year=day) for number, day in enumerate(days))
    (world.folder / "facts" / "essais.yaml").write_text(facts, encoding="utf-8")
    await world.bot.reload_base()
    shown = text(seen(await world.ada.slash(world.channel, "chronologie", annee=2050)))
    assert re.findall(r"essai numéro (\d)", shown) == ["2", "3", "1", "4", "0"]


async def test_the_press_is_no_part_of_the_saga(world: World) -> None:
    """What is dated and only about an article's author or publication is no event; it stands with its actor."""
    fact = FACT.format(number=0, year=2030).replace("actors: [moulin]", "actors: [gazette]")
    (world.folder / "facts" / "essais.yaml").write_text(fact, encoding="utf-8")
    await world.bot.reload_base()
    assert "2030" not in text(seen(await world.ada.slash(world.channel, "chronologie")))
    assert "En 2030" in text(seen(await world.ada.slash(world.channel, "acteur", nom="la Gazette")))


async def test_a_date_is_a_heading_once(world: World) -> None:
    """Facts of one date stand under one heading, which says whether it was inferred for all of them or for some."""
    stated = FACT.format(number=0, year="2031-03")
    undated = stated.replace("essai-0", "essai-1").replace("  when: {date: 2031-03, basis: stated}\n", "")
    (world.folder / "facts" / "essais.yaml").write_text(stated + undated, encoding="utf-8")
    await world.bot.reload_base()
    shown = text(seen(await world.ada.slash(world.channel, "chronologie")))
    assert shown.count("**Mars 2031") == shown.count("**Mars 2031 (date en partie déduite)**") == 1
    sources = seen(await world.ada.slash(world.channel, "sources"))
    result = text(seen(await world.ada.select(sources, [values(sources)[1]])))
    assert result.count("**Sans date**") == 1
    assert "\nPublication non précisée, sans date. " in result


async def test_somebody_else_gets_the_page_alone(world: World) -> None:
    """Bob may read on without turning Ada's page; his page is then his own to turn."""
    shown = seen(await world.ada.slash(world.channel, "chronologie"))
    result = await world.bob.click(shown, label="Page\u00a02\u00a0›")
    assert result.ephemeral
    assert "Page 2 sur 3" in text(result.response)
    assert "Page 1 sur 3" in text(shown)
    await world.bob.click(seen(result), label="Page\u00a03\u00a0›")
    assert "Page 3 sur 3" in text(result.response)


async def test_a_page_beyond_the_end_is_the_last(world: World) -> None:
    """A base that shrank meanwhile breaks no button."""
    shown = seen(await world.ada.slash(world.channel, "chronologie"))
    (world.folder / "facts" / "essais.yaml").unlink()
    await world.bot.reload_base()
    await world.ada.click(shown, label="Page\u00a02\u00a0›")
    assert "Avril 2031" in text(shown)
    assert labels(shown) == []


async def test_the_timeline_of_a_year_and_of_an_actor(world: World) -> None:
    """Year and actor narrow the list, alone and together; both are proposed."""
    year = text(seen(await world.ada.slash(world.channel, "chronologie", annee=2033)))
    assert "essai numéro 1 " in year
    assert "faute d’accord" not in year
    actor = text(seen(await world.ada.slash(world.channel, "chronologie", acteur="Brunel")))
    assert "Chronologie, Brunel" in actor
    assert "essai" not in actor
    nothing = text(seen(await world.ada.slash(world.channel, "chronologie", annee=2033, acteur="Brunel")))
    assert nothing.endswith("Aucun événement pour Brunel en 2033. Il y en a en 2031.")
    years = await world.ada.autocomplete(world.channel, "chronologie", "annee", "204")
    assert [choice["value"] for choice in years] == [2040, 2041, 2042, 2043, 2044, 2045, 2046, 2047]
    assert (await world.ada.autocomplete(world.channel, "chronologie", "acteur", "azu"))[0]["value"] == "Azur"


async def test_the_timeline_of_a_base_that_marks_events_shows_these(world: World) -> None:
    """Where facts are marked as events, what is only dated is left out, and an event without a date comes last.

    An actor that has none is not proposed; who names it is shown where it is spoken of.
    """
    for name, marked in (("vente", "retrait-brunel"), ("chiffres", "production")):
        file = world.folder / "facts" / f"{name}.yaml"
        before = file.read_text(encoding="utf-8")
        file.write_text(before.replace(f"- id: {marked}\n", f"- id: {marked}\n  event: true\n"), encoding="utf-8")
    await world.bot.reload_base()
    every = text(seen(await world.ada.slash(world.channel, "chronologie")))
    assert re.findall(r"^\*\*.+|^- .{12}", every, re.MULTILINE) == [
        "**Avril 2031**",
        "- En avril 203",
        "**Sans date**",
        "- Le moulin pr",
    ]
    of_azur = text(seen(await world.ada.slash(world.channel, "chronologie", acteur="Azur")))
    assert of_azur.endswith("Aucun événement pour Azur. «\u00a0/acteur\u00a0» montre ce que les articles en disent.")
    actors = await world.ada.autocomplete(world.channel, "chronologie", "acteur", "")
    assert "Azur" not in {choice["value"] for choice in actors}
    years = await world.ada.autocomplete(world.channel, "chronologie", "annee", "")
    assert [choice["value"] for choice in years] == [2031]


@pytest.mark.parametrize("typed", ["2031", "", "abc", "-1", "9" * 30])
async def test_the_year_field_takes_anything_typed_so_far(world: World, typed: str) -> None:
    """A number half typed, or none, proposes years or nothing."""
    assert len(await world.ada.autocomplete(world.channel, "chronologie", "annee", typed)) <= 25


async def test_an_actor_is_presented_with_what_they_did(world: World) -> None:
    """Who it is comes first, then the facts in order with their sources."""
    shown = text(seen(await world.ada.slash(world.channel, "acteur", nom="Brunel")))
    assert shown.startswith("### Brunel\nBrunel est une société")
    assert "**Avril 2031**" in shown
    assert "[1]\u00a0«\u00a0Valrose" in shown


@pytest.mark.parametrize("typed", ["brunel", "société Brunel", "BRUNNEL", "la mairie", "mairie de valrose", "moulin"])
async def test_an_actor_is_found_as_people_type_it(world: World, typed: str) -> None:
    """Case, aliases and small mistakes do not matter."""
    assert seen(await world.ada.slash(world.channel, "acteur", nom=typed)) is not None
    assert not (await world.ada.slash(world.channel, "acteur", nom=typed)).ephemeral


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("mairie de Paris", "la mairie"),
        ("Marie de Valrose", "la mairie"),
        ("Moulin Rouge", "le moulin de Valrose"),
        ("Pierre Brunel", "Brunel"),
    ],
)
async def test_a_name_is_not_that_of_somebody_else(world: World, typed: str, near: str) -> None:
    """A word in common, or one spelt alike, makes nobody of a stranger; who may be meant is named."""
    for command, field in (("acteur", "nom"), ("chronologie", "acteur")):
        result = await world.ada.slash(world.channel, command, **{field: typed})
        assert result.ephemeral
        shown = text(result.response)
        assert shown.startswith(f"Je ne connais pas «\u00a0{typed}\u00a0» dans cette saga.")
        assert f"Vouliez-vous dire {near}" in shown


async def test_an_actor_is_read_as_the_engine_reads_it(world: World) -> None:
    """What an answer takes for an actor, a command does: words around the name that mean nothing do not matter."""
    shown = text(seen(await world.ada.slash(world.channel, "acteur", nom="c'est qui la coopérative Azur ?")))
    assert shown.startswith("### Azur")


async def test_an_office_is_not_its_holder(world: World) -> None:
    """What means something before it stands for an actor names nobody: « le président » is not the presidency."""
    actors = world.folder / "actors" / "acteurs.yaml"
    alias = "mairie de Valrose, la présidence]"
    actors.write_text(actors.read_text(encoding="utf-8").replace("mairie de Valrose]", alias), encoding="utf-8")
    await world.bot.reload_base()
    assert not (await world.ada.slash(world.channel, "acteur", nom="la présidence")).ephemeral
    assert (await world.ada.slash(world.channel, "acteur", nom="le président")).ephemeral


async def test_an_unknown_actor_is_told_so_privately(world: World) -> None:
    """What was typed is echoed harmlessly, and the list is pointed at."""
    result = await world.ada.slash(world.channel, "acteur", nom="@everyone **Napoléon**")
    assert result.ephemeral
    assert "@everyone" not in text(result.response)
    assert "liste proposée" in text(result.response)


async def test_actors_most_spoken_of_are_proposed_first(world: World) -> None:
    """An empty field proposes those with most facts; two letters narrow it."""
    found = await world.ada.autocomplete(world.channel, "acteur", "nom", "")
    assert found[0] == {"name": "Le moulin de Valrose", "value": "le moulin de Valrose"}
    assert [choice["value"] for choice in await world.ada.autocomplete(world.channel, "acteur", "nom", "br")] == [
        "Brunel"
    ]


async def test_figures_are_shown_at_once(world: World) -> None:
    """All of them without a theme; with one, its own, under its name."""
    (world.folder / "facts" / "essais.yaml").unlink()
    await world.bot.reload_base()
    every = text(seen(await world.ada.slash(world.channel, "chiffres")))
    assert every.startswith("### Les chiffres de la saga\n**Mars 2031")
    assert all(figure in every for figure in ("2\u00a0millions", "45 salariés", "300 tonnes"))
    theme = text(seen(await world.ada.slash(world.channel, "chiffres", theme="chiffres")))
    assert theme.startswith("### Les chiffres de la saga\nThème\u00a0: Chiffres\n**Sans date**")
    assert "millions" not in theme


@pytest.mark.parametrize("typed", ["chiffre", "les chiffres", "CHIF"])
async def test_a_theme_is_found_as_people_type_it(world: World, typed: str) -> None:
    """Articles and endings do not matter: figures that are there are never said not to be."""
    shown = text(seen(await world.ada.slash(world.channel, "chiffres", theme=typed)))
    assert "Thème\u00a0: Chiffres" in shown


async def test_a_theme_that_has_all_figures_is_not_proposed(world: World) -> None:
    """It would show what is shown without one; who types it still gets it."""
    (world.folder / "facts" / "essais.yaml").unlink()
    facts = world.folder / "facts" / "vente.yaml"
    kept = facts.read_text(encoding="utf-8").replace("topics: [vente]", "topics: [vente, chiffres]")
    facts.write_text(kept, encoding="utf-8")
    await world.bot.reload_base()
    found = await world.ada.autocomplete(world.channel, "chiffres", "theme", "")
    assert [choice["value"] for choice in found] == ["Vente"]
    assert "Thème\u00a0: Chiffres" in text(seen(await world.ada.slash(world.channel, "chiffres", theme="chiffres")))


def test_a_theme_that_has_nearly_all_figures_is_not_proposed() -> None:
    """It would show hardly less than what is shown without one."""
    facts = {str(number): SimpleNamespace(topics=("many" if number else "one",)) for number in range(10)}
    base = SimpleNamespace(topics={"many": "Chiffres", "one": "Vente"}, facts=facts)
    edition: Any = SimpleNamespace(base=base, catalogue=SimpleNamespace(figures=tuple(facts)))
    assert [choice.value for choice in proposed_themes("", edition)] == ["Vente"]


async def test_an_unknown_theme_is_told_so(world: World) -> None:
    """A theme without figures is refused with a way on; themes are proposed as one types."""
    result = await world.ada.slash(world.channel, "chiffres", theme="météo")
    assert result.ephemeral
    assert "liste proposée" in text(result.response)
    found = await world.ada.autocomplete(world.channel, "chiffres", "theme", "chif")
    assert [choice["value"] for choice in found] == ["Chiffres"]


@pytest.mark.parametrize("restarted", [False, True])
async def test_sources_lead_to_what_rests_on_them(world: World, *, restarted: bool) -> None:
    """Each article with publication, author, date and number of facts, and a menu to read them: its title once."""
    articles = seen(await world.ada.slash(world.channel, "sources"))
    assert "2\u00a0articles de presse" in text(articles)
    assert "La Gazette, par Odile Marchand, 3\u00a0mars 2031\u00a0· 2\u00a0faits" in text(articles)
    if restarted:
        await world.restart()
    result = await world.ada.select(articles, [values(articles)[0]])
    assert result.ephemeral
    shown = text(result.response)
    assert "2\u00a0faits de la base y reposent" in shown
    assert shown.count("Le moulin de Valrose change de mains") == 1
    assert "[1]" not in shown


async def test_lists_are_private_where_the_server_wants_it(world: World) -> None:
    """The server's choice of private answers holds for lists too."""
    await world.bot.guild_settings.change(world.guild.id, public=False)
    for command in ("chronologie", "sources", "chiffres"):
        assert (await world.ada.slash(world.channel, command)).ephemeral
