"""Whom or what an argument of a command names, as far as it has been typed: an actor, a theme."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from discord import app_commands

from bot.asking.access import Refusal
from bot.editions.catalogue import CHOICE_AT_MOST, CHOICES, short
from bot.editions.likeness import likeness
from bot.editions.listings import themes
from bot.editions.naming import Named, proposed, told, unknown
from bot.writing.french import capital, clipped, label
from knowledge.language.reading import read
from knowledge.language.terms import SLIGHT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.editions.edition import Edition
    from knowledge.model import Fact, KnowledgeBase

UNKNOWN_ACTOR: Final = "Je ne connais pas « {} » dans cette saga."
UNKNOWN_THEME: Final = "Les chiffres n’ont pas de thème « {} »."
HELD: Final = 0.9
"""From this likeness on, a theme's name holds all that was typed, the last word perhaps unfinished."""
NEARLY_ALL: Final = 0.9
"""From this share of the figures on, a theme shows as good as all of them."""


def proposed_actors(typed: str, facts: Iterable[Fact], base: KnowledgeBase) -> list[app_commands.Choice[str]]:
    """Return the actors of some facts nearest to what was typed so far; those most spoken of where nothing was."""
    return [
        app_commands.Choice(name=label(capital(name), CHOICE_AT_MOST), value=clipped(name, CHOICE_AT_MOST))
        for name in proposed(typed, _spoken_of(facts, base))[:CHOICES]
    ]


def actor_key(typed: str, edition: Edition) -> str:
    """Return the short key of the actor that was typed or chosen. Raises Refusal where there is none."""
    named = _actor(typed, edition.base)
    if named is None:
        raise Refusal(unknown(UNKNOWN_ACTOR, typed, _spoken_of(edition.base.facts.values(), edition.base)))
    return short(named)


def _spoken_of(facts: Iterable[Fact], base: KnowledgeBase) -> list[Named]:
    """Return the actors that some facts are about, by name, those most spoken of first."""
    spoken = Counter(name for fact in facts for name in fact.actors)
    actors = [(base.actors[name], count) for name, count in spoken.items()]
    actors.sort(key=lambda row: (-row[1], row[0].name))
    return [(actor.name, actor.aliases) for actor, _ in actors]


def _actor(typed: str, base: KnowledgeBase) -> str | None:
    """Return the actor that is named: by its name or an alias as it stands, or in words that the engine reads so."""
    wanted = told(typed)
    forms = [(told(actor.name), actor.id) for actor in base.actors.values()]
    forms += [(told(alias), actor.id) for actor in base.actors.values() for alias in actor.aliases]
    exact = [name for form, name in forms if form == wanted]
    if exact:
        return exact[0]
    # What is a concept first ("le président") stands for an actor as well, and names nobody.
    read_as = [
        {feature[1:] for feature, _ in term.features if term.actor and feature.startswith("@")}
        for term in read(typed, base.lexicon).terms
        if term.kind not in SLIGHT
    ]
    named = set.intersection(*read_as) if read_as else set()
    return named.pop() if len(named) == 1 else None


def theme_key(typed: str, edition: Edition) -> str:
    """Return the short key of the theme that was typed or chosen. Raises Refusal where there is none."""
    wanted = told(typed)
    found = themes(edition)
    for meant in (
        [key for key, name, _ in found if told(name) == wanted],
        [key for key, name, _ in found if likeness(wanted, told(name)) >= HELD],
    ):
        if len(meant) == 1:
            return meant[0]
    raise Refusal(unknown(UNKNOWN_THEME, typed, _themes(edition)))


def proposed_themes(typed: str, edition: Edition) -> list[app_commands.Choice[str]]:
    """Return the themes nearest to what was typed so far."""
    names = [label(name, CHOICE_AT_MOST) for name in proposed(typed, _themes(edition))]
    return [app_commands.Choice(name=shown, value=shown) for shown in names[:CHOICES]]


def _themes(edition: Edition) -> list[Named]:
    """Return the themes by name, the fullest first: one that has nearly all figures tells hardly more than none."""
    told_apart = NEARLY_ALL * len(edition.catalogue.figures)
    return [(name, ()) for _, name, count in themes(edition) if count < told_apart]
