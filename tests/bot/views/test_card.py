"""What is shown, at its largest."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from discord import ui

from bot.asking.answering import Answer
from bot.editions.listings import ListKind, Wanted
from bot.views.base import TEXT_AT_MOST
from bot.views.buttons import under
from bot.views.card import body, card
from bot.views.pages import page
from bot.views.sources import details
from bot.views.state import CUSTOM_ID_AT_MOST, Mark
from knowledge.engine import answer

if TYPE_CHECKING:
    from bot.editions.edition import Edition

COMPONENTS_AT_MOST = 40


def huge(edition: Edition) -> Edition:
    """Return a base whose texts are all far too long."""
    facts = {
        name: replace(
            fact,
            text=fact.text * 20,
            citations=tuple(replace(citation, evidence=citation.evidence * 40) for citation in fact.citations * 5),
        )
        for name, fact in edition.base.facts.items()
    }
    articles = {name: replace(article, title=article.title * 10) for name, article in edition.base.articles.items()}
    return replace(edition, base=replace(edition.base, facts=facts, articles=articles))


async def test_no_card_is_too_large_for_discord(edition: Edition) -> None:
    """Even a base full of endless texts makes messages that Discord takes."""
    big = huge(edition)
    reply = answer("Qui voulait racheter le moulin ?", edition.base)
    reply = replace(reply, text=reply.text * 100, facts=tuple(big.base.facts) * 5)
    views = [card(Answer(reply, big), 1, question="x" * 5_000), *details(list(big.base.facts.values()), big.base)]
    views += [page(Wanted(kind), 0, 1, big) for kind in (ListKind.TIMELINE, ListKind.FIGURES)]
    for view in views:
        assert view.content_length() <= TEXT_AT_MOST
        assert view.total_children_count <= COMPONENTS_AT_MOST
    row = under(Mark.of(reply, big.base), answered=True)
    assert all(len(item["custom_id"]) <= CUSTOM_ID_AT_MOST for item in row.to_component_dict()["components"])


def test_what_follows_a_list_stands_apart_from_it() -> None:
    """An admission below several points is not read as the end of the last one; points stay together."""
    assert body("Voici :\n• un [1]\n• deux [2]\nLe reste, rien ne le dit.\nRien.") == (
        "Voici :\n- un\u00a0[1]\n- deux\u00a0[2]\n\nLe reste, rien ne le dit.\nRien."
    )
    assert body("• un\n\nSuite\n• deux") == "- un\n\nSuite\n- deux"


def test_date_status_and_speaker_hold_for_what_is_admitted_too(edition: Edition) -> None:
    """An answer that admits what is missing rests on what is near that: no date of the one stands below the other."""
    reply = answer("Combien Azur offre-t-elle pour le moulin ?", edition.base)
    shown = [reply, replace(reply, parts=(reply.parts[0]._replace(gap="sans-prix-de-brunel"),))]
    lines = [
        [item.content for item in card(Answer(one, edition), 1).walk_children() if isinstance(item, ui.TextDisplay)]
        for one in shown
    ]
    assert lines[0][1] == "-# mars 2031 (date déduite)\u00a0· rapporté\u00a0· selon la Gazette"
    assert lines[1] == [lines[0][0], *lines[0][2:]]
