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
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import snowballstemmer
from rapidfuzz import process
from rapidfuzz.distance import OSA, JaroWinkler

from knowledge.language.normalising import words
from knowledge.language.slips import NEAREST, VOWELS, Shelf, heard, likeness, phonetic, shortest, undoubled
from knowledge.language.terms import Word

ARTICLES = frozenset(["de", "du", "des", "la", "le", "les", "un", "une", "au", "aux", "a", "the", "of", "to", "an"])
"""Words that an expression may have or lack without being another one ("droits de douane", "droits douane")."""

MIN_REPAIRED = 4
"""Shorter words are only repaired to little words: too many others lie one letter away."""
MIN_SPLIT = 7
"""A shorter word is only split into two, of which the first is a little one."""
MAX_REPAIRED = 40
"""Longer words are neither repaired nor split: nobody means one, and what that costs grows faster than they do."""
MIN_SIMILARITY = 0.65
"""Least likeness of a repair."""
UNEXPLAINED = 0.5
"""How many edits each letter of a word that resembles nothing counts as."""
LITTLE_SIMILARITY = 0.66
"""The same for the shortest words, of which only one letter may differ."""
UNDOUBLED_SIMILARITY = 0.95
"""How similar a word is that was typed with one letter twice."""
PHONETIC_SIMILARITY = 0.9
"""What a word is worth that sounds like a known one ("aksion", "kombien")."""
NAMED_AT = 0.85
"""A word less like the name of a stranger than this is a typing error of something else."""
VARIANT_AT = 0.75
"""The same for what people type for another word ("koi")."""
FREQUENT = 0.09
"""What a word's being ten times as frequent in the base as another is worth, in similarity, when both are near."""
FORM = 0.9
"""What a word is worth that is neither known nor an everyday one, and has the stem of a known one."""
SURE_STEM = 6
"""Letters from which a stem makes sure that a word is such a form: shorter ones are met by chance."""
MAX_ALTERNATIVES = 3
BY_CHANCE = 6
"""How often the base may have two letters that are no word of their own."""
WITHIN = 0.1
"""A word this much less likely than the best one is none that may be meant."""
REMEMBERED = 20_000
"""How many repaired words are remembered."""
STEMS_REMEMBERED = 60_000
"""How many stems are: a large base stems its words again and again while it is built."""


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
    """Little words by what they do ("and", "frame", ...): between questions, before a date, around a claim."""
    known: Counter[str] = field(default_factory=Counter)
    """Words spelled correctly, and how often the base has each."""
    stems: set[str] = field(default_factory=set)
    forms: Counter[str] = field(default_factory=Counter)
    """Stem -> how often the base has its words that can have other forms."""
    numbers: dict[str, int] = field(default_factory=dict)
    months: dict[str, int] = field(default_factory=dict)
    scales: dict[str, int] = field(default_factory=dict)
    ordinals: dict[str, int] = field(default_factory=dict)
    counting: frozenset[str] = frozenset()
    """Every word of these four: with no other can a number begin."""
    slips: dict[str, str] = field(default_factory=dict)
    """Two or three letters that are no word -> the little word that they are one slip of the finger away from."""
    shorn: frozenset[str] = frozenset()
    """Names that the saga does not have, and that a little word is with a letter less ("ue")."""
    _by_length: dict[int, Shelf] = field(default_factory=dict)
    _by_sound: dict[str, list[str]] = field(default_factory=dict)
    _meant: dict[str, str] = field(default_factory=dict)
    """What people type for one word -> that word."""
    _short: list[str] = field(default_factory=list)
    """The words of three letters that tell something."""
    _grammar: list[str] = field(default_factory=list)
    """The shortest of the little words."""
    _stem_cache: dict[str, str] = field(default_factory=dict)
    _repaired: dict[str, tuple[Candidate, ...]] = field(default_factory=dict)
    _words: dict[str, tuple[Word, ...]] = field(default_factory=dict)

    def __getstate__(self) -> dict[str, object]:
        # A copy shares no memory of words.
        return {**self.__dict__, "_repaired": {}, "_words": {}, "_stem_cache": {**self._stem_cache}}

    # ------------------------------------------------------------------ building

    def add_spelling(self, variants: Mapping[str, Iterable[str]]) -> None:
        """Add what people type for a standard form (one or several words)."""
        for standard, typed in variants.items():
            target = words(standard)
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
        for word, count in self.known.items():
            if word not in self.exact:
                self.forms[self.stem(word)] += count
        by_length: defaultdict[int, list[str]] = defaultdict(list)
        sounds: defaultdict[str, list[str]] = defaultdict(list)
        self._meant = {word: meant[0] for word, meant in self.spelling.items() if self._stands_for(word, meant)}
        for word in sorted(self.known | self._meant.keys()):
            if len(word) >= MIN_REPAIRED:
                by_length[len(word)].append(word)
                sounds[phonetic(word)].append(word)
        self._by_length = {length: Shelf.of(length, rows) for length, rows in by_length.items()}
        self._by_sound = dict(sounds)
        # Three letters are repaired to what a question asks with, and to what the vocabulary lists.
        self._short = sorted(
            word
            for word in {*self.exact, *self.listed, *self._meant}
            if len(word) == MIN_REPAIRED - 1 and not self._strange(word)
        )
        marks = {word for word, features in self.exact.items() if all(name[0] in "?!" for name in features)}
        self._grammar = sorted(word for word in self.neutral | self.light | marks if 1 < len(word) <= MIN_REPAIRED)
        plain = [word for word in self._grammar if all(name[0] != "!" for name in self.exact.get(word, ()))]
        plain.sort(key=lambda word: (-self.known[word], word))
        brief = {word: meant[0] for word, meant in self.spelling.items() if len(word) == 2 and len(meant) == 1}
        names = [word for word in sorted(self.exact) if len(word) == MIN_REPAIRED and self._named(word)]
        meaning = {*self.exact, *self.listed, *self.spelling, *self.neutral, *self.light}
        # Letters that are known from an expression only ("al" of "al jazeera") mean nothing by themselves.
        self.slips = {
            typed: word
            for typed, word in shortest(plain, brief, names).items()
            if typed not in meaning and self.known[typed] <= BY_CHANCE
        }
        shorn = {word[:place] + word[place + 1 :] for word in self._grammar for place in range(len(word))}
        self.shorn = frozenset(word for word in shorn if word in self.exact and self._strange(word))
        # "bot" speaks to the bot, and is a thing as well; "te" is no form of whatever is cut to the same stem.
        self.exact.update((word, (*self.exact[word], *self.listed.get(word, ()))) for word in marks)

    def _stands_for(self, word: str, meant: tuple[str, ...]) -> bool:
        """Tell whether a typed form stands for one word, and is none itself."""
        return len(meant) == 1 and word.isalpha() and word not in self.known

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

    def says(self, word: str, mark: str) -> bool:
        """Tell whether a word has a mark: it asks who ("?who"), it denies ("!not")."""
        return mark in self.exact.get(word, ())

    def repair(self, word: str) -> tuple[Candidate, ...]:
        """Return the known words that a word may stand for, best first; empty where none is near."""
        found = self._repaired.get(word)
        if found is None:
            found = tuple(self._search(word))
            if len(self._repaired) >= REMEMBERED:
                self._repaired.clear()
            self._repaired[word] = found
        return found

    def remembered(self, token: str, looked_up: Callable[[str, Lexicon], tuple[Word, ...]]) -> tuple[Word, ...]:
        """Return what `looked_up` makes of a token, called once for each: questions are made of the same few words."""
        if token not in self._words:
            if len(self._words) >= REMEMBERED:
                self._words.clear()
            self._words[token] = looked_up(token, self)
        return self._words[token]

    def edits(self, word: str) -> float:
        """Return by how many edits a word may be a known one: for what resembles nothing, half of its letters."""
        if word in self.known or word in self.spelling:
            return 0.0
        found = self.repair(word)
        return len(word) * (1.0 - found[0].similarity if found else UNEXPLAINED)

    def _search(self, word: str) -> Iterator[Candidate]:
        if word in self.known or word in self.common:
            yield Candidate(word, 1.0)
            return
        form = self.forms[self.stem(word)] if not any(other in self.known for other in undoubled(word)) else 0
        if len(word) > MAX_REPAIRED or (form and len(self.stem(word)) >= SURE_STEM):
            yield from [Candidate(word, 1.0)] if form else ()
            return
        if len(word) < MIN_REPAIRED:
            if len(word) == MIN_REPAIRED - 1:
                yield from self._little(word)
            return
        near = self._near(word)
        # How likely a word is meant: how near it is, and how frequent (Kernighan, Church and Gale 1990).
        worth = {other: alike + FREQUENT * math.log10(1 + self.known[other]) for other, alike in near.items()}
        most = max(worth.values(), default=0.0)
        if form and FORM + FREQUENT * math.log10(1 + form) >= most:
            yield Candidate(word, 1.0)
            return
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
            shelf = self._by_length.get(length)
            weighed = ((other, likeness(word, other)) for other in (shelf.near(word) if shelf else ()))
            near |= {other: similarity for other, similarity in weighed if similarity >= MIN_SIMILARITY}
        for form, least in heard(word):
            for other in self._by_sound.get(phonetic(form), ()):
                if OSA.normalized_similarity(form, other) >= least:
                    near[other] = max(near.get(other, 0.0), PHONETIC_SIMILARITY)
        near |= {
            other: UNDOUBLED_SIMILARITY for other in undoubled(word) if other in self.known or other in self._meant
        }
        found: dict[str, float] = {}
        for other, alike in near.items():
            meant = self._meant.get(other, other)
            if alike >= (VARIANT_AT if meant != other else NAMED_AT if self._strange(other) else 0.0):
                found[meant] = max(found.get(meant, 0.0), alike)
        return found

    def _little(self, word: str) -> Iterator[Candidate]:
        """Yield the little words, question words among them, that lie one slip of the finger away."""
        alike, at = OSA.normalized_similarity, LITTLE_SIMILARITY
        near = process.extract(word, self._grammar, scorer=alike, score_cutoff=at, limit=MAX_ALTERNATIVES)
        slips = process.extract(word, self._short, scorer=alike, score_cutoff=at, limit=NEAREST)
        vowels = not VOWELS.isdisjoint(word)
        found = {other: similarity for other, similarity, _ in near if vowels or likeness(word, other) > similarity}
        for other, similarity, _ in slips if vowels else ():
            if likeness(word, other) > similarity or sorted(word) == sorted(other):
                found.setdefault(self._meant.get(other, other), similarity)
        found |= {other: PHONETIC_SIMILARITY for other in found if phonetic(other) == phonetic(word)}
        ranked = sorted(found.items(), key=lambda row: (-row[1], -self.known[row[0]]))
        yield from (Candidate(other, similarity) for other, similarity in ranked[:MAX_ALTERNATIVES])

    def _strange(self, word: str) -> bool:
        """Tell whether a word is a name that the saga does not have, and nothing else."""
        return all(feature.startswith("~") for feature in self.exact.get(word, ("",)))

    def _named(self, word: str) -> bool:
        """Tell whether a word is a name that the saga has."""
        return any(feature.startswith("@") for feature in self.exact.get(word, ()))

    def _telling(self, word: str) -> bool:
        """Tell whether a word is in the vocabulary, or one of the little words that every question has."""
        return word in self.exact or word in self.listed or word in self.neutral or word in self.light

    def split(self, word: str) -> tuple[str, ...]:
        """Return the two or three known words that were typed without a space between, or the empty tuple."""
        if not MIN_REPAIRED <= len(word) <= MAX_REPAIRED or word in self.known:
            return ()
        short = len(word) < MIN_SPLIT
        cuts = [(word[:at], word[at:]) for at in range(2, len(word) - 1)]
        cuts = [(head, tail) for head, tail in cuts if (head in self.neutral if short else self.part(head))]
        if two := [parts for parts in cuts if self.part(parts[1])]:
            # Words that the base has more often are rather meant: "la valeur", not "laval" and "eur".
            return max(two, key=lambda parts: math.prod(1 + self.known[part] for part in parts))
        for head, tail in () if short else reversed(cuts):
            for at in range(len(tail) - 2, 1, -1):
                if self.part(tail[:at]) and self.part(tail[at:]):
                    return (head, tail[:at], tail[at:])
        return ()

    def right(self, token: str) -> bool:
        """Tell whether a token needs no mending: a known word, a known short form, or no word at all."""
        return not token.isalpha() or token in self.known or token in self.spelling

    def part(self, word: str) -> bool:
        """Tell whether a word may be part of one typed without spaces; strange names and letters come up by chance."""
        if len(word) <= 2:
            return word in self.neutral
        return word in self.spelling or (word in self.known and not self._strange(word))


_STEMMER = snowballstemmer.stemmer("french")
"""It hands over to PyStemmer, the same in C, thirty times as fast."""


def first_words(forms: Iterable[str]) -> list[str]:
    """Return the first word of each form: a number is one word in the tables, what follows multiplies or adds."""
    return [token for form in forms for token in words(form)[:1]]


def _joined(features: tuple[str, ...], feature: str) -> tuple[str, ...]:
    return features if feature in features else (*features, feature)
