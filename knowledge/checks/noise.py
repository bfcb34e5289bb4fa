"""Disturbing questions the way hurried people type, to see which answers survive. Seeded, so that runs compare."""

from __future__ import annotations

import random
from collections.abc import Callable

from knowledge.language.slips import NEIGHBOURS

PHONETIC = (
    ("qu", "k"), ("ph", "f"), ("eau", "o"), ("au", "o"), ("ai", "é"), ("ç", "s"), ("ss", "s"), ("ll", "l"), ("tt", "t"),
    ("nn", "n"), ("mm", "m"), ("rr", "r"), ("pp", "p"), ("c", "k"), ("er ", "é "), ("ent ", " "), ("est", "é"),
    ("oi", "wa"),
)  # fmt: skip
FILLERS = ("euh ", "bon ", "alors ", "stp ", "du coup ", "genre ", "en fait ")
EMOJIS = " 😂", " 🤔", " 👀", " 🙏", " 💀"


def disturb(text: str, every: int, seed: int) -> str:
    """Return `text` with one disturbance in `every` characters (at least one)."""
    chance = random.Random(f"{seed}:{text}")  # noqa: S311 - noise, not secrets
    for _ in range(max(1, len(text) // every)):
        text = chance.choices(_KINDS, _ODDS)[0](text, chance)
    return text


def _letter(text: str, chance: random.Random) -> int | None:
    places = [place for place, char in enumerate(text) if char.isalpha()]
    return chance.choice(places) if places else None


def _neighbour(text: str, chance: random.Random) -> str:
    place = _letter(text, chance)
    if place is None or text[place].lower() not in NEIGHBOURS:
        return text
    return text[:place] + chance.choice(NEIGHBOURS[text[place].lower()]) + text[place + 1 :]


def _swap(text: str, chance: random.Random) -> str:
    place = _letter(text, chance)
    if place is None or place + 1 >= len(text) or not text[place + 1].isalpha():
        return text
    return text[:place] + text[place + 1] + text[place] + text[place + 2 :]


def _double(text: str, chance: random.Random) -> str:
    place = _letter(text, chance)
    return text if place is None else text[: place + 1] + text[place:]


def _drop(text: str, chance: random.Random) -> str:
    place = _letter(text, chance)
    return text if place is None else text[:place] + text[place + 1 :]


def _phonetic(text: str, chance: random.Random) -> str:
    written, spoken = chance.choice(PHONETIC)
    return text.replace(written, spoken, 1)


def _accents(text: str, _: random.Random) -> str:
    return text.translate(str.maketrans("éèêëàâîïôûùç", "eeeeaaiiouuc"))


def _tight(text: str, _: random.Random) -> str:
    return text.replace(" ?", "?").replace(" !", "!").replace(", ", ",").replace(" : ", ":")


def _space(text: str, chance: random.Random) -> str:
    places = [place for place, char in enumerate(text) if char == " "]
    if not places:
        return text
    place = chance.choice(places)
    return text[:place] + text[place + 1 :]


def _split(text: str, chance: random.Random) -> str:
    place = _letter(text, chance)
    return text if place is None else f"{text[:place]} {text[place:]}"


def _filler(text: str, chance: random.Random) -> str:
    return chance.choice(FILLERS) + text


def _shout(text: str, _: random.Random) -> str:
    return text.upper()


def _emoji(text: str, chance: random.Random) -> str:
    return text + chance.choice(EMOJIS)


_WEIGHTED: tuple[tuple[Callable[[str, random.Random], str], int], ...] = (
    (_neighbour, 4), (_swap, 4), (_double, 3), (_drop, 4), (_phonetic, 3), (_accents, 2), (_tight, 1), (_space, 1),
    (_split, 1), (_filler, 1), (_shout, 1), (_emoji, 1),
)  # fmt: skip
_KINDS = [kind for kind, _ in _WEIGHTED]
_ODDS = [odds for _, odds in _WEIGHTED]
