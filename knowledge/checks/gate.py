"""The over-match gate: every wording of a base is asked, and has to lead to its own intent."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field

from knowledge.compiling.building import Wording, wordings
from knowledge.compiling.problems import Problem
from knowledge.compiling.sources import Sources
from knowledge.conversation import Conversation
from knowledge.engine import decided
from knowledge.language.normalising import words
from knowledge.model import IntentKind, KnowledgeBase
from knowledge.reply import Outcome, Part, Rule
from knowledge.verdict.opening import opened

Asking = Callable[[Sequence[Wording]], Iterable[Wording]]
"""What hands out the wordings that are asked, as it shows how far they are."""


@dataclass(slots=True)
class Asked:
    """What came of asking every wording of a base."""

    won: int = 0
    lost: int = 0
    statements: int = 0
    """Those that won and deserve a yes or a no."""
    undecided: list[Problem] = field(default_factory=list)
    """Those of them that get neither."""
    problems: list[Problem] = field(default_factory=list)
    """One for each that lost, and for each statement that gets the opposite."""


def over_match(
    sources: Sources, base: KnowledgeBase, asking: Asking = iter, twice: Collection[tuple[str, ...]] = ()
) -> Asked:
    """Ask every wording: each has to lead to its own intent, and no yes or no statement may get the opposite.

    What stands `twice`, by its words, is a problem already, and can only lead to one of its places.
    """
    asked = Asked()
    for wording in asking([*wordings(sources)]):
        own, truth, text, placed, place = wording
        if base.intents[own].again or (twice and words(text) in twice):
            continue
        part = decided(text if truth is None else f"{text.rstrip(' ?')} ?", base, Conversation())[0]
        if part.intent != own or part.outcome is Outcome.CLARIFY:
            asked.lost += 1
            asked.problems.append(_astray(wording, part))
            continue
        asked.won += 1
        if truth is None or base.intents[own].kind is not IntentKind.ANSWER:
            continue
        asked.statements += 1
        if part.truth is not truth or not opened(part, base):
            judged = _judged(part, deserved=truth)
            found = asked.undecided if judged == _UNDECIDED else asked.problems
            found.append(placed.problem(f"'{text}' {judged}", *place))
    return asked


def _astray(wording: Wording, part: Part) -> Problem:
    """Return the problem that a wording leads elsewhere, or nowhere for sure."""
    own, _, text, placed, place = wording
    if part.rule is Rule.EMPTY:
        message = f"nothing in '{text}' asks anything; if it is part of a sentence with a comma, put that in quotes"
        return placed.problem(message, *place)
    rival = f" (then '{part.runner_up}')" if part.runner_up else ""
    if part.intent == own:
        return placed.problem(f"'{text}' is too near another intent{rival}", *place)
    led = f"'{part.intent}'" if part.intent else "no answer"
    return placed.problem(f"'{text}' leads to {led}{rival}, not to '{own}'", *place)


def _judged(part: Part, *, deserved: bool) -> str:
    """Return what a statement gets instead of the yes or no that it deserves."""
    if part.truth is not None and part.truth is not deserved:
        return "gets a yes, not a no" if part.truth else "gets a no, not a yes"
    if part.statement and part.truth is None and deserved:
        return "is taken for what is told of somebody else"
    return _UNDECIDED


_UNDECIDED = "gets neither a yes nor a no"
