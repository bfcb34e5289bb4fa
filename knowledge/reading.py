"""Reading a question: normalised words -> terms with features, question types, names, numbers and years."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from knowledge import tuning
from knowledge.counting import Side, number, sided
from knowledge.lexicon import ARTICLES, UNDOUBLED_SIMILARITY, Lexicon
from knowledge.mending import mended
from knowledge.normalising import MARKS, capitalised, normalise, shouted, written_as_name
from knowledge.terms import SLIGHT, Kind, Meaning, Term, Word

VERBAL_ENDINGS = (
    "er",
    "ez",
    "ent",
    "ant",
    "ait",
    "ais",
    "aient",
    "era",
    "erait",
    "ir",
    "it",
    "re",
    "ee",
    "ees",
    "ions",
    "ing",
    "ed",
)
"""Endings of conjugated verbs, in French and English."""
SLIP_BELOW = 3
"""Words of fewer letters that nothing is known of are slips of the finger."""
MAX_TOKENS = 400
"""What lies behind is not read: nobody asks that much, and the cost stays bounded."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was understood of one question, before anything is compared with the base."""

    text: str
    tokens: tuple[str, ...]
    terms: tuple[Term, ...]
    asks: frozenset[str]
    """Question types: who, what, which, when, where, why, how, how-many, ..."""
    confirms: bool
    """It asks to confirm ("est-ce que", "c'est vrai que", "... non ?")."""
    manner: frozenset[str]
    """How it is said: "not", "must", "may", "will", "only", ... (french/manner.yaml)."""
    years: tuple[int | Side, ...]
    """Years that it asks about, each alone or with all on one side of it ("depuis 2031")."""
    focus: tuple[str, ...] = ()
    """The actors that a follow-up newly names: of several facts, those about them are wanted."""
    leaning: bool = False
    """It says that it goes on from something ("et ...", "non, je parlais de ...", "là-dessus")."""
    addressed: bool = False
    """It speaks to whoever answers ("tu", "votre")."""
    words: tuple[str, ...] = ()
    """Its own words, typing errors repaired; without expressions that mean nothing ("s'il vous plaît")."""
    carried: int = 0
    """How many of its terms, the last ones, were taken over from what went before."""

    @property
    def features(self) -> frozenset[str]:
        """Every feature of every term."""
        return frozenset(feature for term in self.terms for feature, _ in term.features)

    @property
    def said(self) -> str:
        """The words as typed, normalised."""
        return " ".join(token for token in self.tokens if token not in MARKS)

    @property
    def negated(self) -> bool:
        """Whether it denies."""
        return "not" in self.manner

    @property
    def verifying(self) -> bool:
        """Whether it states something to be confirmed or denied, rather than asking for something unknown."""
        return self.confirms or not self.asks

    @property
    def blank(self) -> bool:
        """Whether it asks nothing: no word has a meaning, none is a question word, or followed by "?" ("tous ?")."""
        return not (self.terms or self.asks or (self.words and "?" in self.tokens))

    @property
    def empty(self) -> bool:
        """Whether no word of it tells what it is about ("quand ?", "et pourquoi ça ?")."""
        return all(term.kind is Kind.LIGHT for term in self.terms)

    @property
    def bare(self) -> bool:
        """Whether it names actors at most, and says nothing of them."""
        return all(term.kind is Kind.ACTOR or term.kind in SLIGHT for term in self.terms)

    @property
    def garbled(self) -> bool:
        """Whether most of its own words are none that anything is known of."""
        own = self.terms[: len(self.terms) - self.carried]
        return 2 * sum(term.kind is Kind.UNKNOWN for term in own) > len(own)

    @property
    def actors(self) -> tuple[str, ...]:
        """The actors named, in order."""
        return tuple(term.actor for term in self.terms if term.actor)

    @property
    def names(self) -> tuple[str, ...]:
        """The names in it that the saga does not have, as typed."""
        return tuple(term.text for term in self.terms if term.kind is Kind.NAME)


def read(text: str, lexicon: Lexicon) -> Reading:
    """Read `text`; never raises, whatever the text."""
    return read_tokens(text, mended(normalise(text)[:MAX_TOKENS], lexicon), lexicon)


def read_tokens(text: str, tokens: Sequence[str], lexicon: Lexicon) -> Reading:
    """Read tokens that `normalise` gave."""
    text = unicodedata.normalize("NFC", text)
    typed = _words([token for token in _without_or(tokens, text, lexicon) if token not in MARKS], lexicon)
    terms: list[Term] = []
    marks: set[str] = set()
    spoken: list[str] = []
    position = 0
    while position < len(typed):
        word = typed[position]
        term = number(typed, position, lexicon)
        if term is not None:
            if term.kind is Kind.YEAR and terms and _chooses_side(terms[-1], position, typed, lexicon):
                term = term._replace(features=(*term.features, *terms.pop().features))
            terms.append(term)
            spoken += [word.best for word in typed[position : position + term.width]]
            position += term.width
            continue
        expressed = _expressed(typed, position, lexicon)
        meaning, width = expressed or (word.meaning, 1)
        if width == 1 or meaning is not _NO_MEANING:
            spoken += [word.best for word in typed[position : position + width]]
        if meaning.marks:
            last = position + width >= len(typed)
            behind = bool(terms) and terms[-1].position + terms[-1].width == position and not last
            marks.update(_marks(meaning.marks, first=not terms, behind=behind))
        if meaning.features:
            shown = word.text if width == 1 else " ".join([word.text for word in typed[position : position + width]])
            terms.append(Term(shown, meaning.kind, meaning.features, position, width, meaning.share))
        position += width
    if not lexicon.shorn.isdisjoint(tokens):
        terms = [term for term in terms if term.text not in lexicon.shorn or written_as_name(term.text, text)]
    if len(terms) <= tuning.SHORT:
        terms = [_named(term, text) for term in terms]
    named = any(term.kind is Kind.ACTOR for term in terms)
    asks = frozenset(mark[1:] for mark in marks - _FORMS if mark[0] == "?")
    # "sur Brunel ?": of something that was spoken of.
    placing = named and not asks and tokens[0] in lexicon.joints["preposition"]
    return Reading(
        text=text,
        tokens=tuple(tokens),
        terms=tuple(terms),
        asks=asks,
        confirms="?confirm" in marks,
        leaning="?opening" in marks or placing or ("?anaphora" in marks and not named),
        addressed="?address" in marks,
        manner=frozenset(_manner(marks, tokens, typed, lexicon)),
        years=tuple(sided(term.position, typed, lexicon) for term in terms if term.kind is Kind.YEAR),
        words=tuple(spoken or [word.best for word in typed]),
    )


def _chooses_side(term: Term, position: int, typed: Sequence[Word], lexicon: Lexicon) -> bool:
    """Tell whether a term is the word that says which side of the year at a position is meant ("depuis 2031")."""
    adjacent = term.position + term.width == position and term.feature.startswith("=")
    return adjacent and isinstance(sided(position, typed, lexicon), Side)


def _named(term: Term, text: str) -> Term:
    """Return a term; as a name, where it is like nothing known and was typed with a capital inside a sentence."""
    if term.kind is not Kind.UNKNOWN or shouted(text) or term.text not in capitalised(text):
        return term
    return Term(term.text, Kind.NAME, ((term.text, 1.0),), term.position, term.width)


def _without_or(tokens: Sequence[str], text: str, lexicon: Lexicon) -> Sequence[str]:
    """Return tokens without "ou" where it joins two things: typed without its accent, "où" stands first or last.

    It stays in an expression: "vrai ou pas", "oui ou non".
    """
    if "ou" not in tokens or "où" in text.lower():
        return tokens
    marked = [",", *tokens, ","]

    def stays(before: str, behind: str) -> bool:
        said = behind in lexicon.followers.get("ou", ()) or "ou" in lexicon.followers.get(lexicon.stem(before), ())
        return said or before in MARKS or behind in MARKS

    return [word for place, word in enumerate(tokens) if word != "ou" or stays(marked[place], marked[place + 2])]


_FORMS = frozenset(["?confirm", "?anaphora", "?opening", "?address"])
"""Marks that tell the form of a question, not what it asks for."""
_OWN = _FORMS | {"!not"}
"""Marks that a word inside an expression does not give to the whole question."""


def _marks(features: Sequence[str], *, first: bool, behind: bool) -> Iterator[str]:
    """Yield the question and negation marks that count: "et" only opens, and "la mairie, qui" asks nothing."""
    for feature in features:
        if not ((feature == "?opening" and not first) or (feature in ("?who", "?whose") and behind)):
            yield feature


def _manner(marks: set[str], tokens: Sequence[str], typed: Sequence[Word], lexicon: Lexicon) -> Iterator[str]:
    """Yield how something is said: by words, the ending of a verb, "ne" alone, a counting "un", an "ou" that joins."""
    yield from (mark[1:] for mark in marks if mark[0] == "!")
    yield from (word.tense for word in typed if word.tense)
    if "ne" in tokens and "!not" not in marks:
        yield "only"
    if any(one.text in lexicon.joints["one"] and of.text in lexicon.joints["measure"] for one, of in pairwise(typed)):
        yield "single"
    if tokens.count("ou") > sum(word.text == "ou" for word in typed):
        yield "either"


_TENSES = {
    "will": re.compile(r"\w{2}r(?:a|as|ai|ont|ez|ons)$"),
    "would": re.compile(r"\w{2}r(?:ait|ais|aient|ions|iez)$"),
}
"""Endings of a verb in the future, and in the conditional."""


def _tense(word: str) -> str:
    """Return whether a word has the ending of the future ("will") or of the conditional ("would"); "" for neither."""
    return next((mark for mark, ending in _TENSES.items() if ending.search(word)), "")


_HEDGED = frozenset(["!hearsay", "!seems"])
"""Marks of words that only look like one ("paraît"), or whose conditional says that others say so ("serait")."""


def _expressed(typed: Sequence[Word], position: int, lexicon: Lexicon) -> tuple[Meaning, int] | None:
    """Return what the longest expression at `position` tells, and its width; None where there is none."""
    features, width = _expression(typed, position, lexicon)
    if width and typed[position].text in ARTICLES and position + 1 < len(typed):
        # "de quelle année": what begins behind the article is the better reading where it is as long.
        width = 0 if _expression(typed, position + 1, lexicon)[1] >= width else width
    if not width:
        return None
    if not any(features):
        return _NO_MEANING, width
    # "publié quand" is one concept, and still asks when; "quand même" means nothing; "pas d'accord" denies no more. The
    # "ou" of "oui ou non" is none of place.
    words = typed[position : position + width]
    inside = {mark for word in words if word.text != "ou" for mark in lexicon.exact.get(word.best, ())} - _OWN
    marks = [mark for mark in inside if mark[0] in "?!"]
    shown = " ".join([word.text for word in words])
    return _told(shown, [(feature, 1.0) for feature in (*features, *marks)], lexicon), width


_NO_MEANING = Meaning()
"""That of an expression that has none."""


def _told(shown: str, features: Sequence[tuple[str, float]], lexicon: Lexicon) -> Meaning:
    """Return what a word or expression tells that has these features, best similarity first."""
    marks = tuple([feature for feature, _ in features if feature and feature[0] in "?!"])
    kept = [(feature, similarity) for feature, similarity in features if feature and feature[0] not in "?!"]
    if not kept:
        return Meaning(marks)
    # A repaired word weighs as much as it is sure; what it stands for then counts in full.
    sure = kept[0][1]
    scaled = tuple(kept if sure == 1.0 else [(feature, similarity / sure) for feature, similarity in kept])
    return Meaning(marks, _kind(shown, kept[0][0], lexicon), scaled, sure)


def _words(tokens: Sequence[str], lexicon: Lexicon) -> list[Word]:
    """Apply the spelling list, and find what each token may stand for."""
    found: list[Word] = []
    position = 0
    while position < len(tokens):
        token = tokens[position]
        position += 1
        if token in lexicon.pairing and position < len(tokens):
            pair = f"{token} {tokens[position]}"
            if pair in lexicon.spelling:
                found += _spelled(pair, lexicon)
                position += 1
                continue
        found += lexicon.remembered(token, _looked_up)
    return found


def _looked_up(token: str, lexicon: Lexicon) -> tuple[Word, ...]:
    """Return the words that a token stands for."""
    if token in lexicon.spelling and token not in lexicon.exact:
        return _spelled(token, lexicon)
    if not token.isalpha():
        return (_word(token, token, (), lexicon),)
    if token in lexicon.slips:
        return (_word(token, lexicon.stem(token), ((lexicon.slips[token], UNDOUBLED_SIMILARITY),), lexicon),)
    if token in lexicon.known:
        return (_word(token, lexicon.stem(token), ((token, 1.0),), lexicon),)
    candidates = tuple([(candidate.word, candidate.similarity) for candidate in lexicon.repair(token)])
    return (_word(token, lexicon.stem(candidates[0][0] if candidates else token), candidates, lexicon),)


def _spelled(typed: str, lexicon: Lexicon) -> tuple[Word, ...]:
    """Return the words of the standard form of what people type otherwise."""
    return tuple([_word(word, lexicon.stem(word), ((word, 1.0),), lexicon) for word in lexicon.spelling[typed]])


def _word(text: str, stem: str, candidates: Sequence[tuple[str, float]], lexicon: Lexicon) -> Word:
    """Return a token as a word: it may be each of the candidates, with their similarities."""
    best = candidates[0][0] if candidates else text
    return Word(
        text=text,
        stem=stem,
        best=best,
        meaning=_told(text, _single(stem, candidates, lexicon), lexicon),
        counts=best[0].isdecimal() or best in lexicon.counting or text in lexicon.ordinals,
        tense=_tense(best) if _HEDGED.isdisjoint(lexicon.exact.get(best, ())) else "",
    )


def _single(stem: str, candidates: Sequence[tuple[str, float]], lexicon: Lexicon) -> list[tuple[str, float]]:
    """Return the features of one word, best similarity first; empty for a word without meaning."""
    if not candidates:
        return [(stem, 1.0)] if len(stem) > 1 or stem.isdecimal() else []
    found: dict[str, float] = {}
    for candidate, similarity in candidates:
        features = lexicon.features(candidate)
        if not (features or found):
            # Most likely it is a little word: what else it may be, it rather is not.
            return []
        for feature in features:
            found[feature] = max(found.get(feature, 0.0), similarity)
    return sorted(found.items(), key=lambda row: -row[1])


def _expression(typed: Sequence[Word], start: int, lexicon: Lexicon) -> tuple[list[str], int]:
    """Return the features and the width of the longest expression that begins at `start` (width 0: none)."""
    followers = lexicon.followers.get(typed[start].stem)
    if followers is None:
        return [], 0
    rows = sorted({row for stem in _following(typed, start) for row in followers.get(stem, ())})
    for _, stems, _ in rows:
        width = _match(typed, start, stems)
        if width:
            return [feature for _, other, feature in rows if other == stems], width
    return [], 0


def _following(typed: Sequence[Word], start: int) -> list[str]:
    """Return the stems that an expression can go on with: of the articles behind its first word, and the word there."""
    found = []
    for position in range(start + 1, len(typed)):
        found.append(typed[position].stem)
        if typed[position].text not in ARTICLES:
            break
    return found


def _match(typed: Sequence[Word], start: int, stems: tuple[str, ...]) -> int:
    position = start
    for expected in stems:
        while position < len(typed) and typed[position].stem != expected and typed[position].text in ARTICLES:
            position += 1
        if position >= len(typed) or typed[position].stem != expected:
            return 0
        position += 1
    return position - start


_SORTS = {"@": Kind.ACTOR, "~": Kind.NAME, "=": Kind.CONCEPT}
"""What the first characters of features tell of a term."""


def _kind(text: str, first: str, lexicon: Lexicon) -> Kind:
    """Return the kind of a term by its text and its first feature."""
    if first[0] in _SORTS:
        return _SORTS[first[0]]
    if text in lexicon.light:
        return Kind.LIGHT
    if first in lexicon.stems:
        return Kind.WORD
    if len(text) < SLIP_BELOW:
        return Kind.LIGHT
    if text in lexicon.common:
        return Kind.VERBAL if text.endswith(VERBAL_ENDINGS) else Kind.COMMON
    return Kind.UNKNOWN
