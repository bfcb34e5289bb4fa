"""An invented base of any size, as files that a curator could have written, and questions to it.

Its words are made of syllables. Like those of a real base they grow with it, more slowly than it does, and some are
far more common than others. Every intent has its own subject (an actor, a deed, two things), which its phrasings say in
ever other wordings; neighbouring intents share some of it.
"""

from __future__ import annotations

import json
import math
import random
from dataclasses import dataclass, field
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from knowledge.checks.noise import disturb
from knowledge.compiling.vocabulary import everyday_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

PER_INTENT: Final = 30
"""Phrasings of an intent, its question included, as in the shipped base."""
INTENTS_A_FILE: Final = 50
FACTS_A_PARAGRAPH: Final = 10
ACTORS: Final = 0.1
"""Actors for each intent."""
VOCABULARY: Final = 30
GROWTH: Final = 0.6
"""There are so many things, and deeds: VOCABULARY times the number of intents to the power of GROWTH."""
FLAT: Final = 10
"""The higher, the less the commonest words stand out."""
ONSETS: Final = ["b", "br", "c", "ch", "d", "f", "g", "gl", "j", "l", "m", "n", "p", "pl", "r", "s", "t", "tr", "v"]
VOWELS: Final = ["a", "e", "i", "o", "u", "ai", "au", "eu", "oi", "ou", "an", "on", "in"]
OPENINGS: Final = [
    "", "", "", "dis", "alors", "je voudrais savoir", "sait-on", "selon les articles", "en clair", "au fond",
    "d'après la presse", "on dit",
]  # fmt: skip
ASKING: Final = ["qui", "quand", "combien", "pourquoi", "où", "comment", "quel", "est-ce que"]
WORDINGS: Final = [
    "{asking} {actor} {deed} {thing}", "{asking} {thing} {actor} {deed} {other}", "{actor} {deed} {thing} {other}",
    "{thing} de {actor} {asking}", "{asking} {actor} a {deed} {thing} avec {other}", "{deed} {thing} {other}",
    "{actor} et {thing} {deed}", "{asking} {deed} {other} pour {actor}", "{thing} {other} {actor}",
    "{asking} on {deed} {thing} de {actor} sans {other}",
]  # fmt: skip


@dataclass(slots=True)
class Invented:
    """The base, as texts: actors, and for each intent its id, question, and phrasings."""

    actors: list[str] = field(default_factory=list)
    intents: list[tuple[str, list[str]]] = field(default_factory=list)
    subjects: list[str] = field(default_factory=list)
    """What the fact of each intent says."""

    @property
    def phrasings(self) -> int:
        """How many phrasings there are, questions included."""
        return sum(len(texts) for _, texts in self.intents)


def invent(phrasings: int, seed: int) -> Invented:
    """Return a base of so many phrasings, the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311 - test texts, not secrets
    count = math.ceil(phrasings / PER_INTENT)
    taken = set(everyday_words())
    size = round(VOCABULARY * count**GROWTH)
    things, deeds = _words(chance, size, taken), _words(chance, size, taken)
    base = Invented(actors=[word.capitalize() for word in _words(chance, max(5, round(count * ACTORS)), taken)])
    falling = list(accumulate(1 / (rank + FLAT) for rank in range(size)))
    seen: set[str] = set()
    for number in range(count):
        actor = chance.choice(base.actors)
        own_deeds = chance.choices(deeds, cum_weights=falling, k=3)
        own_things = chance.choices(things, cum_weights=falling, k=4)
        texts: list[str] = []
        while len(texts) < min(PER_INTENT, phrasings - number * PER_INTENT):
            text = _wording(chance, actor, own_deeds, own_things)
            if text not in seen:
                seen.add(text)
                texts.append(text)
        base.intents.append((f"sujet-{number}", texts))
        base.subjects.append(f"{actor} {own_deeds[0]} {own_things[0]} et {own_things[1]}")
    return base


def _wording(chance: random.Random, actor: str, deeds: Sequence[str], things: Sequence[str]) -> str:
    thing, other = chance.sample(things, 2)
    wording = chance.choice(WORDINGS).format(
        asking=chance.choice(ASKING), actor=actor, deed=chance.choice(deeds), thing=thing, other=other
    )
    return f"{chance.choice(OPENINGS)} {wording}".strip()


def _words(chance: random.Random, number: int, taken: set[str]) -> list[str]:
    """Return new words of two to four syllables, and take them."""
    found: list[str] = []
    while len(found) < number:
        word = "".join(chance.choice(ONSETS) + chance.choice(VOWELS) for _ in range(chance.choice((2, 3, 3, 4))))
        if word not in taken:
            taken.add(word)
            found.append(word)
    return found


def asked(base: Invented, number: int, seed: int) -> Iterator[tuple[str, str | None]]:
    """Yield questions with the intent that they were made from (None: from none).

    A fifth is about something else; of the others some lack a word, some have typing errors, some are as they stand.
    """
    chance = random.Random(seed)  # noqa: S311 - test texts, not secrets
    strangers = _words(chance, number, set())
    for count in range(number):
        intent, texts = chance.choice(base.intents)
        text = chance.choice(texts)
        match count % 5:
            case 0:
                yield f"{chance.choice(ASKING)} {' '.join(chance.sample(strangers, 3))}", None
            case 1 | 2:
                yield disturb(text, 15, seed), intent
            case 3:
                words = text.split()
                words.pop(chance.randrange(len(words)))
                yield " ".join(words), intent
            case _:
                yield text, intent


def write(base: Invented, folder: Path) -> None:
    """Write the base as a folder of YAML files."""
    paragraphs = len(base.intents) // FACTS_A_PARAGRAPH + 1
    _put(
        folder / "saga.yaml",
        ["name: une saga inventée", "topics: {tout: Tout}", f"welcome: [{base.intents[0][0]}]", "texts: {}"],
    )
    _put(
        folder / "seeds" / "registre.yaml",
        [
            "id: registre",
            "document: registre.txt",
            f"sha256: {'0' * 64}",
            "title: Le registre inventé",
            "paragraphs:",
            *(f"  - {{n: {number}, gist: un paragraphe}}" for number in range(1, paragraphs + 1)),
        ],
    )
    _put(
        folder / "actors" / "acteurs.yaml",
        [f"- {{id: {name.lower()}, name: {name}, kind: company, description: {name}.}}" for name in base.actors],
    )
    for start in range(0, len(base.intents), INTENTS_A_FILE):
        chosen = range(start, min(start + INTENTS_A_FILE, len(base.intents)))
        name = f"{start // INTENTS_A_FILE:04}.yaml"
        _put(folder / "facts" / name, [line for number in chosen for line in _fact(base, number)])
        _put(folder / "intents" / name, [line for number in chosen for line in _intent(base, number)])


def _fact(base: Invented, number: int) -> Iterator[str]:
    subject = base.subjects[number]
    yield f"- id: fait-{number}"
    yield f"  text: {json.dumps(f'En 2031, {subject}.', ensure_ascii=False)}"
    yield "  when: {date: 2031, basis: stated}"
    yield "  status: established"
    yield f"  actors: [{subject.split()[0].lower()}]"
    yield "  topics: [tout]"
    paragraph = number // FACTS_A_PARAGRAPH + 1
    yield f"  sources: [{{article: registre, paragraph: {paragraph}, evidence: [{subject.split()[1]}]}}]"


def _intent(base: Invented, number: int) -> Iterator[str]:
    name, texts = base.intents[number]
    yield f"- id: {name}"
    yield f"  question: {json.dumps(texts[0], ensure_ascii=False)}"
    yield f"  facts: [fait-{number}]"
    yield "  phrasings:"
    yield from (f"    - {json.dumps(text, ensure_ascii=False)}" for text in texts[1:])


def _put(path: Path, lines: Sequence[str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
