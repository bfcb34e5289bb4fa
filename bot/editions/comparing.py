"""What differs between two bases, for whoever reloads one."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from knowledge.model import KnowledgeBase


@dataclass(frozen=True, slots=True)
class Change:
    """What a reload did to one sort of thing: ids, sorted."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)

    def __str__(self) -> str:
        return f"+{len(self.added)} ~{len(self.changed)} -{len(self.removed)}"


@dataclass(frozen=True, slots=True)
class Rewording:
    """How many wordings an intent gained and lost."""

    intent: str
    added: int
    removed: int


@dataclass(frozen=True, slots=True)
class Difference:
    """What a reload did: to articles, facts, intents and actors, to the wordings, and by which version."""

    before: str
    after: str
    articles: Change = field(default_factory=Change)
    facts: Change = field(default_factory=Change)
    intents: Change = field(default_factory=Change)
    actors: Change = field(default_factory=Change)
    wordings: tuple[Rewording, ...] = ()
    """Of the intents that both bases have; sorted by intent."""

    def __bool__(self) -> bool:
        return bool(self.articles or self.facts or self.intents or self.actors or self.wordings)

    @property
    def reworded(self) -> str:
        """How many wordings came and went."""
        return f"+{sum(one.added for one in self.wordings)} -{sum(one.removed for one in self.wordings)}"


def compare(before: KnowledgeBase, after: KnowledgeBase) -> Difference:
    """Return what differs between two bases."""
    return Difference(
        before.version,
        after.version,
        _change(before.articles, after.articles),
        _change(before.facts, after.facts),
        _change(before.intents, after.intents),
        _change(before.actors, after.actors),
        tuple(_rewordings(before, after)),
    )


def _rewordings(before: KnowledgeBase, after: KnowledgeBase) -> Iterator[Rewording]:
    """Yield the intents that people can ask for in other words than before."""
    old, new = _smalltalk(before), _smalltalk(after)
    for intent in sorted(before.intents.keys() & after.intents.keys()):
        # One after the other: all at once, what is made for it would be freed at once, which holds up the event loop.
        was, now = _asked(intent, before) | old[intent], _asked(intent, after) | new[intent]
        if was != now:
            yield Rewording(intent, added=len(now - was), removed=len(was - now))


def _asked(intent: str, base: KnowledgeBase) -> set[tuple[str, bool | None]]:
    """Return the phrasings of an intent, normalised, with the answer of those that are yes or no."""
    index = base.index
    return {(phrase.said, phrase.truth) for phrase in index.members.seen(intent)} if intent in index.spans else set()


def _smalltalk(base: KnowledgeBase) -> defaultdict[str, set[tuple[str, bool | None]]]:
    """Return the wordings of the small talk in the same form, by intent."""
    found: defaultdict[str, set[tuple[str, bool | None]]] = defaultdict(set)
    for said, intent in base.index.smalltalk.items():
        found[intent].add((said, None))
    return found


def _change(before: Mapping[str, object], after: Mapping[str, object]) -> Change:
    return Change(
        added=tuple(sorted(after.keys() - before.keys())),
        changed=tuple(sorted(name for name in after.keys() & before.keys() if after[name] != before[name])),
        removed=tuple(sorted(before.keys() - after.keys())),
    )
