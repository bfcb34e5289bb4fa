"""What was asked and had no answer: near-duplicates together, first what a curator can add, most asked first."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rapidfuzz import fuzz

from bot.writing.escaping import harmless
from bot.writing.french import counted
from knowledge.engine import answer
from knowledge.language.reading import read
from knowledge.language.terms import Kind, QuestionType
from knowledge.language.typography import typeset
from knowledge.reply import Outcome, Rule

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Sequence
    from datetime import datetime

    from bot.store import Gap
    from knowledge.language.lexicon import Lexicon
    from knowledge.model import KnowledgeBase

MISTYPED_FROM: Final = 80
"""From this likeness on, something that is no word is taken for a mistyped form of another."""
FRAMES: Final[frozenset[QuestionType]] = frozenset(("what", "which"))
"""Question words that ask for no more than the words beside them: "quel est le prix", "le prix"."""
SHOWN_AT_MOST: Final = 15
ASIDE_AT_MOST: Final = 5
"""So many are shown of what there is nothing to do for: one of them may have been misread."""
SETTLED: Final = frozenset({Rule.GAP, Rule.GAP_AND_NEAR, Rule.OFF_TOPIC})
"""Causes for which a base lacks nothing: it says itself that the articles do not say, or the saga is another one."""
ANSWERED: Final = "posée seule, a une réponse"
CAUSES: Final[dict[str, str]] = {
    Rule.EMPTY: "aucune question trouvée",
    Rule.OFF_TOPIC: "hors de la saga",
    Rule.DETAIL: "détail que la base n’a pas",
    Rule.NAME: "nom inconnu",
    Rule.YEAR: "année sans faits",
    Rule.DATE: "date sans faits",
    Rule.GAP: "les articles ne le disent pas",
    Rule.GAP_AND_NEAR: "les articles ne le disent pas",
    Rule.REMARK: "rien de demandé",
    Rule.ADRIFT: "fil perdu",
    Rule.LATER: "pas de suite",
    Rule.EARLIER: "rien d’antérieur",
    Rule.MORE: "rien de plus",
    Rule.POINT: "point absent",
}


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that are nearly the same: the most asked one, why, how often in all, when last, and the others."""

    question: str
    cause: str
    count: int
    last_at: datetime
    others: tuple[str, ...]
    answered: bool
    """Whether each gets an answer by now, asked alone: whoever asked it may have leaned on what was said before."""

    @property
    def to_do(self) -> bool:
        """Whether a curator may have something to add."""
        return not self.answered and self.cause not in SETTLED


def grouped(gaps: Sequence[Gap], base: KnowledgeBase) -> list[Group]:
    """Return gaps with near-duplicates together: what may be added, then the rest, what `base` answers by now last.

    In each part the most asked come first.

    Thousands take a while: not for the event loop.
    """
    groups = [
        Group(
            members[0].question,
            members[0].cause,
            sum(member.count for member in members),
            max(member.last_at for member in members),
            tuple(dict.fromkeys(gap.question for gap in members if gap.question != members[0].question)),
            all(answer(member.question, base).outcome is Outcome.ANSWERED for member in members),
        )
        for members in _together(gaps, base.lexicon)
    ]
    return sorted(groups, key=lambda group: (not group.to_do, group.answered, -group.count, group.question))


def _together(gaps: Sequence[Gap], lexicon: Lexicon) -> list[list[Gap]]:
    """Return gaps in groups, in each the most asked first: the same meaning, the same letters, or one word misspelt."""
    together: list[list[Gap]] = []
    known: dict[Hashable, list[Gap]] = {}
    """What a question means, and its letters -> those it is grouped with."""
    words: defaultdict[str, list[tuple[str, list[Gap]]]] = defaultdict(list)
    """A question without one of its words -> that word, and those it is grouped with."""
    for gap in sorted(gaps, key=lambda gap: (-gap.count, gap.question)):
        keys = _meant(gap.question, lexicon), gap.question.replace(" ", "")
        rests = _rests(gap.question)
        found = [known[key] for key in keys if key in known] or [
            members for word, rest in rests for other, members in words[rest] if _misspelt(word, other, lexicon)
        ]
        members = found[0] if found else []
        if not members:
            together.append(members)
        members.append(gap)
        for key in keys:
            known.setdefault(key, members)
        for word, rest in rests:
            words[rest].append((word, members))
    return together


def _meant(question: str, lexicon: Lexicon) -> Hashable:
    """Return what a question asks of which telling terms, in whatever order; its words where it has no such term."""
    reading = read(question, lexicon)
    terms = frozenset(term.feature for term in reading.terms if term.kind is not Kind.LIGHT)
    return (terms, reading.asks - FRAMES, reading.negated) if terms else question


def _rests(question: str) -> list[tuple[str, str]]:
    """Return each word of a question, and the question with a blank in its place."""
    said = question.split()
    return [(word, " ".join([*said[:place], "_", *said[place + 1 :]])) for place, word in enumerate(said)]


def _misspelt(word: str, other: str, lexicon: Lexicon) -> bool:
    """Tell whether one of two words is the other one, typed wrong: not where both are words, or numbers."""
    slip = word.isalpha() and other.isalpha() and not (_known(word, lexicon) and _known(other, lexicon))
    return slip and fuzz.ratio(word, other) >= MISTYPED_FROM


def _known(word: str, lexicon: Lexicon) -> bool:
    return word in lexicon.known or word in lexicon.everyday


def shown(groups: Sequence[Group], room: int) -> str:
    """Return the first gaps as two lists: what a curator can add, and what there is nothing to do for.

    In at most `room` characters: fewer of them where they are long.
    """
    if not groups:
        return typeset("### Lacunes\nToutes les questions ont eu une réponse.")
    return next(said for most in range(SHOWN_AT_MOST, -1, -1) if len(said := _shown(groups, most)) <= room or not most)


def _shown(groups: Sequence[Group], most: int) -> str:
    """Return the two lists, with at most so many gaps in each."""
    to_do = [group for group in groups if group.to_do]
    aside = [group for group in groups if not group.to_do]
    lines = [typeset(f"### Lacunes : {counted(len(to_do), 'question')} à étudier"), *_listed(to_do, most)]
    if aside:
        lines += [
            typeset(f"### Rien à faire : {counted(len(aside), 'question')}"),
            *_listed(aside, min(most, ASIDE_AT_MOST)),
        ]
    return "\n".join(lines)


def _listed(groups: Sequence[Group], at_most: int) -> Iterator[str]:
    for group in groups[:at_most]:
        alike = f" · {counted(len(group.others), 'variante')}" if group.others else ""
        cause = harmless(CAUSES.get(group.cause, group.cause), 40)
        answered = f" · {ANSWERED}" if group.answered else ""
        yield f"- **{group.count}\u00a0×** {harmless(group.question, 110)}\n  -# {cause}{alike}{answered}"
    if len(groups) > at_most:
        yield f"-# … et {counted(len(groups) - at_most, 'autre')}, dans le fichier joint."


def exported(groups: Sequence[Group]) -> bytes:
    """Return all gaps as a CSV file that a spreadsheet opens, without formulas in it."""
    text = io.StringIO()
    rows = csv.writer(text, delimiter=";")
    rows.writerow(["question", "fois", "cause", "dernière fois", "variantes", "à étudier", "aujourd’hui"])
    for group in groups:
        variants = " | ".join(group.others)
        rows.writerow(
            [
                _inert(group.question),
                group.count,
                _inert(CAUSES.get(group.cause, group.cause)),
                group.last_at.isoformat(timespec="minutes"),
                _inert(variants),
                "oui" if group.to_do else "non",
                ANSWERED if group.answered else "",
            ]
        )
    return text.getvalue().encode("utf-8-sig")


def _inert(text: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in "=+-@\t\r" and text else text
