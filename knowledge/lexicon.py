"""What words mean to the engine: spelling, stems, concepts, names, and the repair of typing errors.

Built once from a base's vocabulary and phrasings; afterwards it only remembers words that it has repaired.
A *feature* is the unit that questions and phrasings are compared by. Its first character tells its kind:

    =acheter   a concept (all its words and expressions count as one)
    @mairie    an actor of the saga
    ~inde      a name that the saga does not have
    ?when      a question type
    !not       a negation
    #2020      a number, #63% a percentage, #m09 a month
    rachat     the stem of any other word
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import snowballstemmer
from rapidfuzz import process
from rapidfuzz.distance import OSA, JaroWinkler

from knowledge.normalising import MARKS, fold, normalise

ARTICLES = frozenset(["de", "du", "des", "la", "le", "les", "un", "une", "au", "aux", "a", "the", "of", "to", "an"])
"""Words that an expression may have or lack without being another one ("droits de douane", "droits douane")."""

MIN_REPAIRED = 4
"""Shorter words are only repaired to little words: too many others lie one letter away."""
MAX_REPAIRED = 40
"""Longer words are neither repaired nor split: nobody means one, and what that costs grows faster than they do."""
MIN_SIMILARITY = 0.62
"""Least similarity (1 - edits / length, transposition counts as one edit) of a repair."""
VOWELS = frozenset("aeiouy")
"""Three letters without any of them are rather an abbreviation than a typing error."""
LITTLE_SIMILARITY = 0.66
"""The same for the shortest words, of which only one letter may differ."""
UNDOUBLED_SIMILARITY = 0.95
"""How similar a word is that was typed with one letter twice."""
PHONETIC_SIMILARITY = 0.9
"""What a word is worth that sounds like a known one ("aksion", "kombien")."""
PHONETIC_AT = 0.5
"""Least similarity of spelling of two words that sound alike."""
NAMED_AT = 0.85
"""A word less like the name of a stranger than this is a typing error of something else."""
FREQUENT = 0.12
"""What a word's being ten times as frequent in the base as another is worth, in similarity, when both are near."""
MAX_ALTERNATIVES = 3
NEAREST = 6
"""How many words of one length are weighed."""
WITHIN = 0.1
"""A word this much less likely than the best one is none that may be meant."""
REMEMBERED = 20_000
"""How many repaired words are remembered."""
STEMS_REMEMBERED = 60_000
"""How many stems are: a large base stems its words again and again while it is built."""

EVERYDAY = {"fr": 70, "en": 2_000}
"""Least count of an everyday word in the frequency list of its language (354 million French words)."""

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


@dataclass(frozen=True, slots=True)
class Candidate:
    """A known word that a typed word may stand for, and how similar it is (1.0: the same)."""

    word: str
    similarity: float


@dataclass
class Lexicon:
    """Words and what they mean. Fill it with the `add_*` methods, then `freeze` it."""

    spelling: dict[str, tuple[str, ...]] = field(default_factory=dict)
    pairing: set[str] = field(default_factory=set)
    """First words of two that `spelling` has."""
    single: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Stem -> features, for the forms of a word that the vocabulary does not list."""
    listed: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Word -> features, for the words that the vocabulary lists as they are."""
    exact: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Word -> features, for names and question words, which are not stemmed."""
    expressions: dict[str, list[tuple[tuple[str, ...], str]]] = field(default_factory=dict)
    """First stem -> (all stems, feature), longest first."""
    followers: dict[str, dict[str, list[tuple[int, tuple[str, ...], str]]]] = field(default_factory=dict)
    """First stem of expressions -> second stem -> those that go on with it, each behind its place among all."""
    common: frozenset[str] = frozenset()
    """Everyday words that the base need not use: they are no typing errors."""
    neutral: set[str] = field(default_factory=set)
    light: set[str] = field(default_factory=set)
    joints: dict[str, frozenset[str]] = field(default_factory=lambda: defaultdict(frozenset))
    """The little words between which a message is cut into questions, by what they do ("and", "frame", ...)."""
    known: Counter[str] = field(default_factory=Counter)
    """Words spelled correctly, and how often the base has each."""
    stems: set[str] = field(default_factory=set)
    numbers: dict[str, int] = field(default_factory=dict)
    months: dict[str, int] = field(default_factory=dict)
    scales: dict[str, int] = field(default_factory=dict)
    ordinals: dict[str, int] = field(default_factory=dict)
    counting: frozenset[str] = frozenset()
    """Every word of these four: with no other can a number begin."""
    _by_length: dict[int, list[str]] = field(default_factory=dict)
    _by_sound: dict[str, list[str]] = field(default_factory=dict)
    _grammar: list[str] = field(default_factory=list)
    """The shortest of the little words."""
    _stem_cache: dict[str, str] = field(default_factory=dict)
    _repaired: dict[str, tuple[Candidate, ...]] = field(default_factory=dict)

    def __getstate__(self) -> dict[str, object]:
        # A copy shares no memory of words.
        return {**self.__dict__, "_repaired": {}, "_stem_cache": {**self._stem_cache}}

    # ------------------------------------------------------------------ building

    def add_spelling(self, variants: Mapping[str, Iterable[str]]) -> None:
        """Add what people type for a standard form (one or several words)."""
        for standard, typed in variants.items():
            target = tuple(token for token in normalise(standard) if token not in MARKS)
            for variant in typed:
                tokens = words(variant)
                if len(tokens) == 1:
                    self.spelling.setdefault(tokens[0], target)
                elif tokens:
                    self.spelling.setdefault(" ".join(tokens), target)
                    self.pairing.add(tokens[0])
            self.know(target)

    def add_meaning(self, feature: str, forms: Iterable[str], *, stemmed: bool = True) -> None:
        """Let every word or expression of `forms` carry `feature`."""
        table = self.listed if stemmed else self.exact
        for form in forms:
            tokens = words(form)
            if not tokens:
                continue
            self.know(tokens)
            if len(tokens) == 1:
                table[tokens[0]] = _joined(table.get(tokens[0], ()), feature)
                if stemmed:
                    stem = self.stem(tokens[0])
                    self.single[stem] = _joined(self.single.get(stem, ()), feature)
                continue
            content = tuple(token for token in tokens if token not in ARTICLES)
            stems = tuple(self.stem(token) for token in (content if len(content) > 1 else tokens))
            rows = self.expressions.setdefault(stems[0], [])
            if (stems, feature) not in rows:
                rows.append((stems, feature))

    def add_neutral(self, forms: Iterable[str], *, light: bool = False) -> None:
        """Let words carry no meaning (or little), and expressions none."""
        for form in forms:
            tokens = words(form)
            self.know(tokens)
            if len(tokens) == 1:
                (self.light if light else self.neutral).add(tokens[0])
            elif tokens:
                stems = tuple(self.stem(token) for token in tokens)
                self.expressions.setdefault(stems[0], []).append((stems, ""))

    def know(self, tokens: Iterable[str]) -> None:
        """Take words as spelled correctly."""
        self.known.update(token for token in tokens if token.isalpha())

    def freeze(self) -> None:
        """Order the expressions and prepare the repair of typing errors."""
        for first, rows in self.expressions.items():
            rows.sort(key=lambda row: len(row[0]), reverse=True)
            followers = self.followers[first] = {}
            for place, (stems, feature) in enumerate(rows):
                followers.setdefault(stems[1], []).append((place, stems, feature))
        self.counting = frozenset([*self.numbers, *self.months, *self.scales, *self.ordinals])
        self.stems = {self.stem(word) for word in self.known}
        by_length: defaultdict[int, list[str]] = defaultdict(list)
        sounds: defaultdict[str, list[str]] = defaultdict(list)
        for word in sorted(self.known):
            if len(word) >= MIN_REPAIRED:
                by_length[len(word)].append(word)
                sounds[phonetic(word)].append(word)
        self._by_length = dict(by_length)
        self._by_sound = dict(sounds)
        marks = {word for word, features in self.exact.items() if all(name[0] in "?!" for name in features)}
        self._grammar = sorted(word for word in self.neutral | self.light | marks if 1 < len(word) <= MIN_REPAIRED)
        # "bot" speaks to the bot, and is a thing as well; "te" is no form of whatever is cut to the same stem.
        self.exact.update((word, (*self.exact[word], *self.listed.get(word, ()))) for word in marks)

    # ------------------------------------------------------------------ looking up

    def stem(self, word: str) -> str:
        """Return the Snowball stem of a normalised word."""
        found = self._stem_cache.get(word)
        if found is None:
            found = _STEMMER.stemWord(word) if len(word) > 2 else word
            if len(self._stem_cache) < STEMS_REMEMBERED:
                self._stem_cache[word] = found
        return found

    def features(self, word: str) -> tuple[str, ...]:
        """Return what a correctly spelled word stands for; the empty tuple for a word without meaning of its own."""
        found = self.exact.get(word) or self.listed.get(word)
        if found is not None:
            return found
        if word in self.neutral or len(word) == 1:
            # A letter alone, as a slip of the finger leaves it, is no word.
            return ()
        stem = self.stem(word)
        # A little word is no form of another that is cut to the same stem ("à propos" proposes nothing).
        return (stem,) if word in self.light else self.single.get(stem) or (stem,)

    def repair(self, word: str) -> tuple[Candidate, ...]:
        """Return the known words that a word may stand for, best first; empty where none is near."""
        found = self._repaired.get(word)
        if found is None:
            found = tuple(self._search(word))
            if len(self._repaired) >= REMEMBERED:
                self._repaired.clear()
            self._repaired[word] = found
        return found

    def _search(self, word: str) -> Iterator[Candidate]:
        form = self.stem(word) in self.stems and not any(other in self.known for other in _undoubled(word))
        if form or word in self.known or word in self.common:
            yield Candidate(word, 1.0)
            return
        if len(word) > MAX_REPAIRED:
            return
        if len(word) < MIN_REPAIRED:
            if len(word) == MIN_REPAIRED - 1 and not VOWELS.isdisjoint(word):
                yield from self._little(word)
            return
        near = self._near(word)
        # How likely a word is meant: how near it is, and how frequent (Kernighan, Church and Gale 1990).
        worth = {other: alike + FREQUENT * math.log10(1 + self.known[other]) for other, alike in near.items()}
        most = max(worth.values(), default=0.0)
        likely = [other for other in near if worth[other] >= most - WITHIN]
        likely.sort(
            key=lambda other: (-worth[other], not self._telling(other), -JaroWinkler.similarity(word, other), other)
        )
        least = 1.0
        for other in likely[:MAX_ALTERNATIVES]:
            # None is to seem surer than one that is likelier.
            least = min(least, near[other])
            yield Candidate(other, least)

    def _near(self, word: str) -> dict[str, float]:
        """Return the known words that look or sound like a word, and how similar each is."""
        reach = 1 if len(word) < 6 else 2 if len(word) < 10 else 3
        near: dict[str, float] = {}
        for length in range(max(MIN_REPAIRED, len(word) - reach), len(word) + reach + 1):
            alike = process.extract(
                word,
                self._by_length.get(length, ()),
                scorer=OSA.normalized_similarity,
                score_cutoff=MIN_SIMILARITY,
                limit=NEAREST,
            )
            near |= {other: similarity for other, similarity, _ in alike}
        for other in self._by_sound.get(phonetic(word), ()):
            if OSA.normalized_similarity(word, other) >= PHONETIC_AT:
                near[other] = max(near.get(other, 0.0), PHONETIC_SIMILARITY)
        near |= {other: UNDOUBLED_SIMILARITY for other in _undoubled(word) if other in self.known}
        return {other: alike for other, alike in near.items() if alike >= NAMED_AT or not self._strange(other)}

    def _little(self, word: str) -> Iterator[Candidate]:
        """Yield the little words, question words among them, that lie one slip of the finger away."""
        alike, at = OSA.normalized_similarity, LITTLE_SIMILARITY
        near = process.extract(word, self._grammar, scorer=alike, score_cutoff=at, limit=MAX_ALTERNATIVES)
        yield from (Candidate(other, similarity) for other, similarity, _ in near)

    def _strange(self, word: str) -> bool:
        """Tell whether a word is a name that the saga does not have, and nothing else."""
        return all(feature.startswith("~") for feature in self.exact.get(word, ("",)))

    def _telling(self, word: str) -> bool:
        """Tell whether a word is in the vocabulary, or one of the little words that every question has."""
        return word in self.exact or word in self.listed or word in self.neutral or word in self.light

    def split(self, word: str) -> tuple[str, ...]:
        """Return the two or three known words that were typed without a space between, or the empty tuple."""
        if not 7 <= len(word) <= MAX_REPAIRED or word in self.known:
            return ()
        for first in range(len(word) - 2, 1, -1):
            head, tail = word[:first], word[first:]
            if self._part(head):
                if self._part(tail):
                    return (head, tail)
                for second in range(len(tail) - 2, 1, -1):
                    if self._part(tail[:second]) and self._part(tail[second:]):
                        return (head, tail[:second], tail[second:])
        return ()

    def _part(self, word: str) -> bool:
        """Tell whether a word may be part of one typed without spaces; strange names and letters come up by chance."""
        return word in self.neutral if len(word) <= 2 else word in self.known and not self._strange(word)


_STEMMER = snowballstemmer.stemmer("french")


def everyday_words() -> frozenset[str]:
    """Return the words that French (and often English) speakers use, from the frequency lists of pyspellchecker."""
    from spellchecker import SpellChecker  # noqa: PLC0415 - only needed to build a base

    found: set[str] = set()
    for language, least in EVERYDAY.items():
        counts = SpellChecker(language=language).word_frequency
        frequent = [word for word, count in counts.items() if count >= least]
        found.update(word if word.isascii() else fold(word) for word in frequent)
    return frozenset(word for word in found if word.isalpha() and len(word) > 2)


def _undoubled(word: str) -> Iterator[str]:
    """Yield a word without one of two neighbouring letters that are the same."""
    for place in range(1, len(word)):
        if word[place] == word[place - 1]:
            yield word[:place] + word[place + 1 :]


def words(text: str) -> tuple[str, ...]:
    """Return the normalised tokens of `text` without punctuation."""
    return tuple(token for token in normalise(text) if token not in MARKS)


def first_words(forms: Iterable[str]) -> list[str]:
    """Return the first word of each form: a number is one word in the tables, what follows multiplies or adds."""
    return [token for form in forms for token in words(form)[:1]]


def _joined(features: tuple[str, ...], feature: str) -> tuple[str, ...]:
    return features if feature in features else (*features, feature)
