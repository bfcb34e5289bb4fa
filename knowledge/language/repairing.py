"""The known words that a mistyped one may stand for, by how like it they look or sound."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA

from knowledge.language.slips import VOWELS, Shelf, SlipIndex, heard, likeness, phonetic, shortest, undoubled

if TYPE_CHECKING:
    from knowledge.language.lexicon import Lexicon

MIN_REPAIRED = 4
"""Letters from which every known word may be meant: of three, what tells something or joins; of two, little words."""
MAX_REPAIRED = 40
"""Longer words are neither repaired nor split: nobody means one, and what that costs grows faster than they do."""
MIN_SIMILARITY = 0.65
"""Least likeness of a repair."""
UNDOUBLED_SIMILARITY = 0.95
"""How similar a word is that was typed with one letter twice."""
PHONETIC_SIMILARITY = 0.9
"""What a word is worth that sounds like a known one ("aksion", "kombien")."""
VARIANT_AT = 0.75
"""Least likeness of what people type for another word ("koi")."""
NAMED_AT = 0.8
"""Least likeness of a name that the saga does not have: "Vesoul" is no misspelt Seoul."""
BY_CHANCE = 6
"""How often the base may have two letters that are no word of their own."""


@dataclass(frozen=True, slots=True)
class Dictionary:
    """The known words as typing errors are looked up in them: by one slip, by length, by sound; and the shortest."""

    slipped: SlipIndex
    shelf: Shelf
    by_sound: Mapping[str, Sequence[str]]
    meant: Mapping[str, str]
    """What people type for one word -> that word."""
    short: Sequence[str]
    """The words of three letters that tell something."""
    grammar: Sequence[str]
    """The shortest of the little words."""
    slips: Mapping[str, str]
    """Two or three letters that are no word -> the little word that they are one slip of the finger away from."""
    shorn: frozenset[str]
    """Names that the saga does not have, and that a little word is with a letter less ("ue")."""

    @classmethod
    def of(cls, lexicon: Lexicon) -> Dictionary:
        """Return the dictionary of all that a lexicon knows."""
        by_sound: defaultdict[str, list[str]] = defaultdict(list)
        meant = {word: stands[0] for word, stands in lexicon.spelling.items() if _stands_for(word, stands, lexicon)}
        words = [word for word in sorted(lexicon.known | meant.keys()) if len(word) >= MIN_REPAIRED]
        for word in words:
            by_sound[phonetic(word)].append(word)
        # Three letters are repaired to what a question asks with, and to what the vocabulary lists.
        listed = {*lexicon.exact, *lexicon.listed, *meant}
        short = [word for word in listed if len(word) == MIN_REPAIRED - 1 and not lexicon.strange(word)]
        little = lexicon.neutral | lexicon.light | lexicon.marks
        grammar = sorted(word for word in little if 1 < len(word) <= MIN_REPAIRED)
        brief = [word for word in (*grammar, *short) if len(word) == MIN_REPAIRED - 1]
        shorn = {word[:place] + word[place + 1 :] for word in grammar for place in range(len(word))}
        return cls(
            slipped=SlipIndex.of(sorted({*words, *brief})),
            shelf=Shelf.of(words),
            by_sound=dict(by_sound),
            meant=meant,
            short=sorted(short),
            grammar=grammar,
            slips=_slips(grammar, lexicon),
            shorn=frozenset(word for word in shorn if word in lexicon.exact and lexicon.strange(word)),
        )


def _stands_for(word: str, meant: tuple[str, ...], lexicon: Lexicon) -> bool:
    """Tell whether a typed form stands for one word, and is none itself."""
    return len(meant) == 1 and word.isalpha() and word not in lexicon.known


def _slips(grammar: Sequence[str], lexicon: Lexicon) -> dict[str, str]:
    """Return two or three letters that are no word, with the little word that each is one slip away from."""
    plain = [word for word in grammar if all(name[0] != "!" for name in lexicon.exact.get(word, ()))]
    plain.sort(key=lambda word: (-lexicon.known[word], word))
    brief = {word: meant[0] for word, meant in lexicon.spelling.items() if len(word) == 2 and len(meant) == 1}
    names = [word for word in sorted(lexicon.exact) if len(word) == MIN_REPAIRED and lexicon.named(word)]
    meaning = {*lexicon.exact, *lexicon.listed, *lexicon.spelling, *lexicon.neutral, *lexicon.light}
    # Letters that are known from an expression only ("al" of "al jazeera") mean nothing by themselves.
    return {
        typed: word
        for typed, word in shortest(plain, brief, names).items()
        if typed not in meaning and lexicon.known[typed] <= BY_CHANCE
    }


def similar(word: str, lexicon: Lexicon) -> dict[str, float]:
    """Return the known words that look or sound like a word, and how like it each is (0..1).

    Most are one slip away from what was meant. What is no word may be more slips away.
    """
    if len(word) > MAX_REPAIRED:
        return {}
    if len(word) < MIN_REPAIRED:
        return _meant(_short(word, lexicon), lexicon)
    near = _a_slip_away(word, lexicon)
    return _meant(near if lexicon.right(word) else _looking_alike(word, lexicon) | near, lexicon)


def _meant(near: Mapping[str, float], lexicon: Lexicon) -> dict[str, float]:
    """Return what near words stand for, those left out that are not like enough for what they are."""
    found: dict[str, float] = {}
    for other, alike in near.items():
        meant = lexicon.dictionary.meant.get(other, other)
        if alike >= (VARIANT_AT if meant != other else NAMED_AT if lexicon.strange(other) else MIN_SIMILARITY):
            found[meant] = max(found.get(meant, 0.0), alike)
    return found


def _a_slip_away(word: str, lexicon: Lexicon) -> dict[str, float]:
    """Return the words of some length that lie one slip away from a word, of the finger or of the ear."""
    dictionary = lexicon.dictionary
    near = {other: likeness(word, other) for other in dictionary.slipped.near(word)}
    for form, least in heard(word):
        for other in dictionary.by_sound.get(phonetic(form), ()):
            if OSA.normalized_similarity(form, other) >= least:
                near[other] = max(near.get(other, 0.0), PHONETIC_SIMILARITY)
    doubled = (other for other in undoubled(word) if other in lexicon.known or other in dictionary.meant)
    return near | dict.fromkeys(doubled, UNDOUBLED_SIMILARITY)


def _looking_alike(word: str, lexicon: Lexicon) -> dict[str, float]:
    """Return the words of some length that look like a word, in spite of several slips."""
    reach = 1 if len(word) < 6 else 2 if len(word) < 10 else 3
    return {other: likeness(word, other) for other in lexicon.dictionary.shelf.near(word, reach)}


def _short(word: str, lexicon: Lexicon) -> dict[str, float]:
    """Return the words that lie one slip away from three letters, or from two, one of them left out."""
    dictionary = lexicon.dictionary
    if len(word) < MIN_REPAIRED - 1:
        return {other: likeness(word, other) for other in dictionary.short if OSA.distance(word, other) == 1}
    # Words of two letters are not in the index of slips.
    brief = [other for other in dictionary.grammar if len(other) < len(word) and OSA.distance(word, other) == 1]
    near = {other: likeness(word, other) for other in (*brief, *dictionary.slipped.near(word)) if other != word}
    if not VOWELS.isdisjoint(word):
        return near
    return {
        other: alike
        for other, alike in near.items()
        if len(other) > len(word) or alike > OSA.normalized_similarity(word, other)
    }
