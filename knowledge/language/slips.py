"""Slips of the finger and of the ear: how like what was typed a word is, and what sounds alike."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA, Levenshtein

from knowledge.language.normalising import LETTERS

WEIGHED_FROM = 0.5
"""Least likeness of two words before slips are told from other edits."""
NEAREST = 16
"""How many words, those most alike, are weighed."""
NEAR_KEY = 0.6
"""How much of an edit a neighbouring key is."""
TWICE = 0.6
"""How much of an edit a letter typed twice is, or one of two that are the same left out."""
NEIGHBOURS = {
    "a": "zq", "z": "aes", "e": "zrd", "r": "etf", "t": "ryg", "y": "tuh", "u": "yij", "i": "uok", "o": "ipl",
    "p": "om",
    "q": "asw", "s": "qdz", "d": "sfe", "f": "dgr", "g": "fht", "h": "gjy", "j": "hku", "k": "jli", "l": "kmo",
    "m": "lp",
    "w": "xq", "x": "wc", "c": "xv", "v": "cb", "b": "vn", "n": "bh",
}  # fmt: skip
"""Neighbouring keys of a French (AZERTY) keyboard."""
VOWELS = frozenset("aeiouy")
"""Three letters without any of them are rather an abbreviation than a typing error, but for a neighbouring key."""
MEANT = 45
"""How many little words, the most frequent ones, two letters may be a slip of."""
PHONETIC_AT = 0.5
"""Least similarity of spelling of two words that sound alike."""
ELIDED = frozenset("ldz")
"""Letters that are heard before a vowel and do not belong to the word ("l'action", "les actions")."""
ELIDED_FROM = 7
"""Letters from which one of these may have been typed together with a word."""
ELIDED_AT = 0.6
"""Least similarity of spelling then."""


def likeness(typed: str, word: str) -> float:
    """Return how like a word what was typed is: 1 - edits / length. Swapped letters are one edit, slips less."""
    edits = float(OSA.distance(typed, word))
    for edit in Levenshtein.editops(typed, word):
        at = edit.src_pos
        if edit.tag == "replace" and word[edit.dest_pos] in NEIGHBOURS.get(typed[at], ""):
            edits -= 1.0 - NEAR_KEY
        elif (edit.tag == "delete" and _doubled(typed, at)) or (edit.tag == "insert" and _doubled(word, edit.dest_pos)):
            edits -= 1.0 - TWICE
    return 1.0 - edits / max(len(typed), len(word))


def _doubled(word: str, at: int) -> bool:
    """Tell whether a letter of a word stands beside the same one."""
    return word[at] in (word[at - 1 : at], word[at + 1 : at + 2])


@dataclass(frozen=True, slots=True)
class SlipIndex:
    """Words by what is left of them without one letter.

    Two that are one edit apart, or two swapped letters, have one of these in common (Garbe 2012, "SymSpell").
    """

    words: Sequence[str]
    keys: NDArray[np.uint32]
    """Hashes of what is left, ascending."""
    owners: NDArray[np.uint32]
    """Of which word, by its number."""

    @classmethod
    def of(cls, words: Sequence[str]) -> SlipIndex:
        """Return the index of words."""
        keys = [_left(word) for word in words]
        owners = np.arange(len(words), dtype=np.uint32).repeat([*map(len, keys)])
        flat = np.array([*chain.from_iterable(keys)], np.uint32)
        order = np.argsort(flat, kind="stable")
        return cls(words, flat[order], owners[order])

    def near(self, typed: str) -> list[str]:
        """Return the words that are one slip away, at most, from what was typed."""
        keys = np.array([*_left(typed)], np.uint32)
        rows = zip(self.keys.searchsorted(keys).tolist(), self.keys.searchsorted(keys, "right").tolist(), strict=True)
        owners = {owner for first, last in rows if last > first for owner in self.owners[first:last].tolist()}
        words = [self.words[owner] for owner in sorted(owners)]
        return [word for word in words if OSA.distance(typed, word, score_cutoff=1) <= 1]


def _left(word: str) -> set[int]:
    """Return hashes of a word and of what is left of it without each of its letters."""
    return {crc32(left.encode()) for left in (word, *(word[:at] + word[at + 1 :] for at in range(len(word))))}


@dataclass(frozen=True, slots=True)
class Shelf:
    """Words by length, and which letters each has: most are passed over without a look at the order of these."""

    words: NDArray[np.object_]
    """In order of their lengths."""
    lengths: NDArray[np.int64]
    letters: NDArray[np.uint64]

    @classmethod
    def of(cls, words: Sequence[str]) -> Shelf:
        """Return a shelf of words."""
        words = sorted(words, key=len)
        letters = np.array([*map(_letters, words)], np.uint64)
        return cls(np.array(words, np.object_), np.array([*map(len, words)], np.int64), letters)

    def near(self, typed: str, reach: int) -> list[str]:
        """Return the words that are most like what was typed, as far as any is, and differ by `reach` in length."""
        first, last = self.lengths.searchsorted([len(typed) - reach, len(typed) + reach + 1])
        letters, lengths = self.letters[first:last], self.lengths[first:last]
        # Each letter that one has and the other lacks takes an edit.
        own, most = np.uint64(_letters(typed)), np.maximum(lengths, len(typed)) * (1.0 - WEIGHED_FROM)
        alike = np.bitwise_count(letters & ~own) <= most
        alike &= np.bitwise_count(own & ~letters) <= most
        words: list[str] = self.words[first:last][alike].tolist()
        near = process.extract(typed, words, scorer=OSA.normalized_similarity, score_cutoff=WEIGHED_FROM, limit=NEAREST)
        return [word for word, *_ in near]


def _letters(word: str) -> int:
    """Return the letters of a word as the bits of a number, and in its upper half those that it has twice."""
    return sum({1 << (ord(letter) % 32 + 32 * (letter in word[:place])) for place, letter in enumerate(word)})


_SOUNDS = [
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("ph", "f"), ("eaux?|aux?", "o"), ("qu|q|k|c(?=[aoulrt])|ck", "k"), ("c(?=[eiy])|ss|sc(?=[ei])|ç", "s"),
        ("ge(?=[ao])", "j"), ("g(?=[eiy])", "j"), ("gu(?=[ei])", "g"), ("[ae]i[nm](?![aeiouy])|i[nm](?![aeiouy])", "1"),
        ("[ae][nm](?![aeiouynm])", "2"), ("o[nm](?![aeiouynm])", "3"), ("ai|ei|er$|ez$|et$|es$|ee", "e"), ("oi|wa",
        "4"),
        ("ou|oo", "5"), ("y", "i"), ("z", "s"), ("h", ""), ("x", "ks"), (r"(.)\1+", r"\1"),
        ("(?<=..)(?:ent|es?|[tdxp]?s?)$", ""),
    )
]  # fmt: skip
"""A rough French phonetic key, after the habit of Soundex FR and Phonex: what sounds alike is written alike."""


def phonetic(word: str) -> str:
    """Return a key that words with the same French sound share (not meant to be read)."""
    for pattern, sound in _SOUNDS:
        word = pattern.sub(sound, word)
    return word


def heard(typed: str) -> Iterator[tuple[str, float]]:
    """Yield a typed word, and again without an article that may be typed together with it ("laction": "action").

    With each comes how alike in spelling, at least, a word has to be that sounds the same.
    """
    yield typed, PHONETIC_AT
    if len(typed) >= ELIDED_FROM and typed[0] in ELIDED and typed[1] in VOWELS:
        yield typed[1:], ELIDED_AT


def undoubled(word: str) -> Iterator[str]:
    """Yield a word without one of two neighbouring letters that are the same."""
    for place in range(1, len(word)):
        if word[place] == word[place - 1]:
            yield word[:place] + word[place + 1 :]


def shortest(little: Sequence[str], brief: Mapping[str, str], names: Iterable[str]) -> dict[str, str]:
    """Return misspellings of the shortest words: two or three letters -> the word that they are one slip away from.

    `little` are the little words, the most frequent first, of which the first `MEANT` count; `brief` maps what people
    type in two letters for a word to that word; of `names`, those of four letters are known without one behind the
    first. In single letters, in words of two letters and in `brief`, a letter typed twice is a slip, too.
    """
    found: dict[str, str] = {}
    for word in little[:MEANT]:
        if len(word) == 2:
            first, last = (NEIGHBOURS.get(letter, "") for letter in word)
            for typed in (word[::-1], *(key + word[1] for key in first), *(word[0] + key for key in last)):
                found.setdefault(typed, word)
        elif len(word) == 3:
            for place in range(3):
                found.setdefault(word[:place] + word[place + 1 :], word)
    for word, meant in [*((word, word) for word in (*LETTERS, *little) if len(word) <= 2), *brief.items()]:
        for place, letter in enumerate(word):
            found.setdefault(word[:place] + letter + word[place:], meant)
    for name in names:
        for place in range(1, len(name)):
            found.setdefault(name[:place] + name[place + 1 :], name)
    return found
