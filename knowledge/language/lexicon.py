"""What words mean to the engine: spelling, stems, concepts, names.

Built once from a base's vocabulary and phrasings; afterwards it only remembers what it has looked up.
A *feature* is the unit that questions and phrasings are compared by. Its first character tells its kind:

    =acheter   a concept (all its words and expressions count as one)
    @mairie    an actor of the saga
    ~perou     a name that the saga does not have
    ?when      a question type
    !not       a negation
    #2031      a number, #63% a percentage, #m09 a month
    rachat     the stem of any other word
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import get_args

import snowballstemmer

from knowledge.language.bigrams import NAME, PAUSE, Bigrams, letter_pairs
from knowledge.language.normalising import MARKS, words
from knowledge.language.repairing import Dictionary, similar
from knowledge.language.slips import undoubled
from knowledge.language.terms import Continuations, JointName, Word

ARTICLES = frozenset(["de", "du", "des", "la", "le", "les", "un", "une", "au", "aux", "a", "the", "of", "to", "an"])
"""Words that an expression may have or lack without being another one ("prix de vente", "prix vente")."""

_MERE_ARTICLES = frozenset(["des", "la", "le", "les", "un", "une", "the"])
"""Those of them that are nothing else."""


def wording(said: str) -> str:
    """Return words without articles: "vente" and "la vente" are one wording."""
    return " ".join([word for word in said.split() if word not in _MERE_ARTICLES])


REMEMBERED = 20_000
"""How many words are remembered with what they are like, and with what they tell."""
SURE_STEM = 6
"""Letters from which a stem makes sure that a word is a form of those that have it: shorter ones are met by chance."""
STEMS_REMEMBERED = 60_000
"""How many stems are: a large base stems its words again and again while it is built."""


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
    followers: dict[str, Continuations] = field(default_factory=dict)
    """First stem of expressions -> how they go on."""
    everyday: frozenset[str] = frozenset()
    """Everyday words that the base need not use: they are no typing errors."""
    neutral: set[str] = field(default_factory=set)
    light: set[str] = field(default_factory=set)
    joints: dict[JointName, frozenset[str]] = field(
        default_factory=lambda: dict.fromkeys(get_args(JointName), frozenset())
    )
    """Little words by what they do ("and", "frame", ...): between questions, before a date, around a claim."""
    known: Counter[str] = field(default_factory=Counter)
    """Words spelled correctly, and how often the base has each."""
    names: int = 0
    """How often the base has names, of any sort."""
    stems: set[str] = field(default_factory=set)
    forms: Counter[str] = field(default_factory=Counter)
    """Stem -> how often the base has its words that can have other forms."""
    numbers: dict[str, int] = field(default_factory=dict)
    months: dict[str, int] = field(default_factory=dict)
    scales: dict[str, int] = field(default_factory=dict)
    ordinals: dict[str, int] = field(default_factory=dict)
    counting: frozenset[str] = frozenset()
    """Every word of these four: with no other can a number begin."""
    exclusive: dict[str, frozenset[str]] = field(default_factory=dict)
    """Feature -> those of which it is none: of a fall, no rise."""
    dictionary: Dictionary = field(init=False, repr=False)
    """What typing errors are looked up in, once it is frozen."""
    bigrams: Bigrams = field(default_factory=lambda: Bigrams.of([]))
    """Which words the base has beside which."""
    letters: Bigrams = field(default_factory=lambda: Bigrams.of([]))
    """Which letters stand behind which two in words that are right."""
    _stem_cache: dict[str, str] = field(default_factory=dict)
    _similar: dict[str, dict[str, float]] = field(default_factory=dict)
    _words: dict[str, tuple[Word, ...]] = field(default_factory=dict)

    def __getstate__(self) -> dict[str, object]:
        # A copy shares no memory of words.
        return {**self.__dict__, "_similar": {}, "_words": {}, "_stem_cache": {**self._stem_cache}}

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
            features: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
            for stems, feature in rows:
                features[stems].append(feature)
            followers: defaultdict[str, list[tuple[int, tuple[str, ...], tuple[str, ...]]]] = defaultdict(list)
            for place, (stems, names) in enumerate(features.items()):
                followers[stems[1]].append((place, stems, tuple(names)))
            self.followers[first] = dict(followers)
        self.names = sum(count for word, count in self.known.items() if self._is_name(word))
        self.counting = frozenset([*self.numbers, *self.months, *self.scales, *self.ordinals])
        self.stems = {self.stem(word) for word in self.known}
        for word, count in self.known.items():
            if word not in self.exact:
                self.forms[self.stem(word)] += count
        self.dictionary = Dictionary.of(self)
        self.letters = Bigrams.of(map(letter_pairs, sorted(self.known.keys() | self.everyday)))
        # "bot" speaks to the bot, and is a thing as well; "te" is no form of whatever is cut to the same stem.
        self.exact.update((word, (*self.exact[word], *self.listed.get(word, ()))) for word in self.marks)

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
        if word in self.neutral or (len(word) == 1 and not word.isdecimal()):
            # A letter alone, as a slip of the finger leaves it, is no word.
            return ()
        stem = self.stem(word)
        # A little word is no form of another that is cut to the same stem ("à propos" proposes nothing).
        return (stem,) if word in self.light else self.single.get(stem) or (stem,)

    def says(self, word: str, mark: str) -> bool:
        """Tell whether a word has a mark: it asks who ("?who"), it denies ("!not")."""
        return mark in self.exact.get(word, ())

    @property
    def marks(self) -> set[str]:
        """The words that only ask, deny or hedge."""
        return {word for word, features in self.exact.items() if all(name[0] in "?!" for name in features)}

    def strange(self, word: str) -> bool:
        """Tell whether a word is a name that the saga does not have, and nothing else."""
        return all(feature.startswith("~") for feature in self.exact.get(word, ("",)))

    def name_surprise(self, word: str) -> float:
        """Return by how much a name surprises where any may stand (nats): `bigrams` counts all as one."""
        # Figures alone are a name, too, which `know` does not count.
        return math.log((self.names + 1) / (self.known[word] + 1)) if self._is_name(word) else 0.0

    def _is_name(self, word: str) -> bool:
        """Tell whether a word is counted as a name."""
        return self.exact.get(word, ("",))[0][:1] in _NAMING

    def named(self, word: str) -> bool:
        """Tell whether a word is a name that the saga has."""
        return any(feature.startswith("@") for feature in self.exact.get(word, ()))

    def similar(self, word: str) -> Mapping[str, float]:
        """Return the known words that look or sound like a word, and how similar each is (0..1)."""
        found = self._similar.get(word)
        if found is None:
            if len(self._similar) >= REMEMBERED:
                self._similar.clear()
            found = self._similar[word] = similar(word, self)
        return found

    def remembered(self, token: str, looked_up: Callable[[str, Lexicon], tuple[Word, ...]]) -> tuple[Word, ...]:
        """Return what `looked_up` makes of a token, called once for each: questions are made of the same few words."""
        if token not in self._words:
            if len(self._words) >= REMEMBERED:
                self._words.clear()
            self._words[token] = looked_up(token, self)
        return self._words[token]

    def right(self, token: str) -> bool:
        """Tell whether a token needs no mending: a word, a form of one, a known short form, or no word at all."""
        known = token in self.known or token in self.everyday or token in self.spelling or not token.isalpha()
        return known or (len(self.stem(token)) >= SURE_STEM and self.formed(token))

    def formed(self, word: str) -> bool:
        """Tell whether a word may be a form of a known one that the base does not use: it has its stem.

        "combienn" is none: a letter was typed twice.
        """
        return self.forms[self.stem(word)] > 0 and self.known.keys().isdisjoint(undoubled(word))

    def all_spoken(self, tokens: Iterable[str]) -> list[str]:
        """Return tokens as `bigrams` counts them."""
        return [word for token in tokens for word in self.spoken(token)]

    def spoken(self, token: str) -> tuple[str, ...]:
        """Return the words in standard spelling that a token stands for, as `bigrams` counts them.

        What is no word of any kind, and was meant, is a name.
        """
        if token in MARKS:
            return (PAUSE,)
        if token in self.exact:
            return (NAME,) if self._is_name(token) else (token,)
        return self.spelling.get(token) or ((token,) if self.right(token) else (NAME,))


_NAMING = frozenset("@~")
"""What the features of names begin with."""

_STEMMER = snowballstemmer.stemmer("french")
"""It hands over to PyStemmer, the same in C, thirty times as fast."""


def first_words(forms: Iterable[str]) -> list[str]:
    """Return the first word of each form: a number is one word in the tables, what follows multiplies or adds."""
    return [token for form in forms for token in words(form)[:1]]


def _joined(features: tuple[str, ...], feature: str) -> tuple[str, ...]:
    return features if feature in features else (*features, feature)
