"""Reading a question: normalised words -> terms with features, question types, names, numbers and years."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from knowledge.lexicon import ARTICLES, MIN_REPAIRED, Lexicon
from knowledge.normalising import MARKS, normalise

MAX_TOKENS = 400
"""What lies behind is not read: nobody asks that much, and the cost stays bounded."""
SMALL_NUMBER = 10
"""Number words up to this are often mere determiners ("les deux", "trois trucs") and weigh little."""


_VERBAL = (
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


class Kind(StrEnum):
    """What sort of word a term is."""

    ACTOR = "actor"
    NAME = "name"
    """A name that the saga does not have."""
    NUMBER = "number"
    YEAR = "year"
    CONCEPT = "concept"
    WORD = "word"
    LIGHT = "light"
    COMMON = "common"
    """An everyday word that the base does not use."""
    VERBAL = "verbal"
    """The same, with the ending of a conjugated verb: such words rarely decide what a question is about."""
    UNKNOWN = "unknown"
    """A word that nothing known is similar to."""


@dataclass(frozen=True, slots=True)
class Term:
    """A word or expression that carries meaning: its alternatives as (feature, similarity), best first."""

    text: str
    kind: Kind
    features: tuple[tuple[str, float], ...]
    position: int
    width: int = 1
    share: float = 1.0
    """How much of its weight counts: less for a repaired word, and for what is taken over from an earlier message."""


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
    negated: bool
    years: tuple[int, ...]
    followed: bool = False
    """It was completed by what went before, and what it asks is new."""
    leaning: bool = False
    """It says that it goes on from something ("et ...", "non, je parlais de ...", "là-dessus")."""

    @property
    def features(self) -> frozenset[str]:
        """Every feature of every term."""
        return frozenset(feature for term in self.terms for feature, _ in term.features)

    @property
    def verifying(self) -> bool:
        """Whether it states something to be confirmed or denied, rather than asking for something unknown."""
        return self.confirms or not self.asks

    @property
    def actors(self) -> tuple[str, ...]:
        """The actors named, in order."""
        return tuple(term.features[0][0][1:] for term in self.terms if term.kind is Kind.ACTOR)

    @property
    def names(self) -> tuple[str, ...]:
        """The names in it that the saga does not have, as typed."""
        return tuple(term.text for term in self.terms if term.kind is Kind.NAME)


@dataclass(slots=True)
class _Word:
    """A token with what it may stand for."""

    text: str
    stem: str
    candidates: tuple[tuple[str, float], ...]

    @property
    def best(self) -> str:
        """The most similar known word."""
        return self.candidates[0][0] if self.candidates else self.text


def read(text: str, lexicon: Lexicon) -> Reading:
    """Read `text`; never raises, whatever the text."""
    return read_tokens(text, normalise(text)[:MAX_TOKENS], lexicon)


def read_tokens(text: str, tokens: Sequence[str], lexicon: Lexicon) -> Reading:
    """Read tokens that `normalise` gave."""
    typed = _words([token for token in tokens if token not in MARKS], lexicon)
    terms: list[Term] = []
    asks: set[str] = set()
    negated = opens = False
    years: list[int] = []
    position = 0
    while position < len(typed):
        number = _number(typed, position, lexicon)
        if number is not None:
            term, width = number
            if term.kind is Kind.YEAR:
                years.append(int(term.text))
            terms.append(replace(term, width=width))
            position += width
            continue
        features, width = _expression(typed, position, lexicon)
        if width and typed[position].text in ARTICLES and position + 1 < len(typed):
            behind = _expression(typed, position + 1, lexicon)[1]
            width = 0 if behind >= width else width
        if not width:
            features, width = _single(typed[position], lexicon), 1
        shown = " ".join(word.text for word in typed[position : position + width])
        kept: list[tuple[str, float]] = []
        for feature, similarity in features:
            if feature == "?opening":
                opens = opens or not terms
            elif feature == "?who" and terms and terms[-1].position + terms[-1].width == position:
                pass  # "Microsoft, qui ...": a relative pronoun
            elif feature.startswith("?"):
                asks.add(feature[1:])
            elif feature.startswith("!"):
                negated = True
            elif feature:
                kept.append((feature, similarity))
        if kept:
            # A repaired word weighs as much as it is sure; what it stands for then counts in full.
            sure = kept[0][1]
            scaled = tuple((feature, similarity / sure) for feature, similarity in kept)
            terms.append(Term(shown, _kind(shown, kept, lexicon), scaled, position, width, sure))
        position += width
    return Reading(
        text=text,
        tokens=tuple(tokens),
        terms=tuple(terms),
        asks=frozenset(asks - {"confirm", "anaphora"}),
        confirms="confirm" in asks,
        leaning=opens or ("anaphora" in asks and not any(term.kind is Kind.ACTOR for term in terms)),
        negated=negated,
        years=tuple(years),
    )


def _words(tokens: Sequence[str], lexicon: Lexicon) -> list[_Word]:
    """Apply the spelling list, join and split what was glued or broken, and find what each token may stand for."""
    found: list[_Word] = []
    position = 0
    while position < len(tokens):
        token = tokens[position]
        pair = f"{token} {tokens[position + 1]}" if position + 1 < len(tokens) else ""
        if pair in lexicon.spelling:
            found += [_Word(word, lexicon.stem(word), ((word, 1.0),)) for word in lexicon.spelling[pair]]
            position += 2
            continue
        joined = pair.replace(" ", "")
        if (
            len(joined) > 4
            and joined in lexicon.known
            and not (token in lexicon.known and tokens[position + 1] in lexicon.known)
        ):
            found.append(_Word(joined, lexicon.stem(joined), ((joined, 1.0),)))
            position += 2
            continue
        position += 1
        if token in lexicon.spelling and token not in lexicon.exact:
            found += [_Word(word, lexicon.stem(word), ((word, 1.0),)) for word in lexicon.spelling[token]]
        elif not token.isalpha():
            found.append(_Word(token, token, ()))
        else:
            found += _alphabetic(token, lexicon)
    return found


def _alphabetic(token: str, lexicon: Lexicon) -> list[_Word]:
    candidates = lexicon.repair(token)
    if not candidates or candidates[0].similarity < 1.0:
        parts = lexicon.split(token)
        if parts and (not candidates or candidates[0].similarity < 0.85):
            return [_Word(part, lexicon.stem(part), ((part, 1.0),)) for part in parts]
    if not candidates:
        return [_Word(token, lexicon.stem(token), ())]
    best = candidates[0].word
    return [_Word(token, lexicon.stem(best), tuple((c.word, c.similarity) for c in candidates))]


def _single(word: _Word, lexicon: Lexicon) -> list[tuple[str, float]]:
    """Return the features of one word, best similarity first; empty for a word without meaning."""
    if not word.candidates:
        return [(word.stem, 1.0)] if len(word.stem) > 1 or word.stem.isdigit() else []
    found: dict[str, float] = {}
    for candidate, similarity in word.candidates:
        for feature in lexicon.features(candidate):
            found[feature] = max(found.get(feature, 0.0), similarity)
    return sorted(found.items(), key=lambda row: -row[1])


def _expression(typed: Sequence[_Word], start: int, lexicon: Lexicon) -> tuple[list[tuple[str, float]], int]:
    """Return the features and the width of the longest expression that begins at `start` (width 0: none)."""
    for stems, _ in lexicon.expressions.get(typed[start].stem, ()):
        width = _match(typed, start, stems)
        if width:
            features = [(feature, 1.0) for other, feature in lexicon.expressions[typed[start].stem] if other == stems]
            return features, width
    return [], 0


def _match(typed: Sequence[_Word], start: int, stems: tuple[str, ...]) -> int:
    position = start
    for expected in stems:
        while position < len(typed) and typed[position].stem != expected and typed[position].text in ARTICLES:
            position += 1
        if position >= len(typed) or typed[position].stem != expected:
            return 0
        position += 1
    return position - start


def _kind(text: str, features: Sequence[tuple[str, float]], lexicon: Lexicon) -> Kind:
    first = features[0][0]
    if first.startswith("@"):
        return Kind.ACTOR
    if first.startswith("~"):
        return Kind.NAME
    if first.startswith("="):
        return Kind.CONCEPT
    if text in lexicon.light:
        return Kind.LIGHT
    if first in lexicon.stems:
        return Kind.WORD
    if len(text) < MIN_REPAIRED:
        return Kind.LIGHT
    if text in lexicon.common:
        return Kind.VERBAL if text.endswith(_VERBAL) else Kind.COMMON
    return Kind.UNKNOWN


# ---------------------------------------------------------------------- numbers


def _number(typed: Sequence[_Word], start: int, lexicon: Lexicon) -> tuple[Term, int] | None:
    """Read a number, year, percentage, ordinal or date that begins at `start`."""
    ordinal = _ordinal(typed, start, lexicon)
    if ordinal is not None:
        return ordinal
    position, value, digits = start, 0.0, False
    group = 0.0
    while position < len(typed):
        text = typed[position].best
        if text[0].isdigit():
            if position > start:
                break
            group, digits = float(text), True
        elif text in lexicon.numbers:
            if digits:
                break
            amount = lexicon.numbers[text]
            group = group * amount if amount in (100, 20) and group and group < amount else group + amount
        elif text in lexicon.scales and (position > start or len(text) > 2):
            value, group = value + max(group, 1.0) * lexicon.scales[text], 0.0
        else:
            break
        position += 1
    if position == start:
        return _month(typed, start, lexicon)
    total = value + group
    shown = " ".join(word.text for word in typed[start:position])
    scaled = value > 0
    if position < len(typed) and typed[position].text == "%":
        return Term(f"{shown} %", Kind.NUMBER, ((f"#{total:g}%", 1.0),), start), position + 1 - start
    if position + 1 < len(typed) and [word.text for word in typed[position : position + 2]] == ["pour", "cent"]:
        return Term(f"{shown} %", Kind.NUMBER, ((f"#{total:g}%", 1.0),), start), position + 2 - start
    if digits and not scaled and 1900 <= total < 2100 and len(shown) == 4:
        return Term(shown, Kind.YEAR, ((f"#{shown}", 1.0),), start), 1
    if position < len(typed) and not scaled and 1 <= total <= 31:
        month = lexicon.months.get(typed[position].best)
        if month:
            features = ((f"#d{month:02}-{int(total):02}", 1.0), (f"#m{month:02}", 0.5))
            return Term(f"{shown} {typed[position].text}", Kind.NUMBER, features, start), position + 1 - start
    light = not digits and not scaled and total <= SMALL_NUMBER
    return Term(shown, Kind.LIGHT if light else Kind.NUMBER, ((f"#{total:g}", 1.0),), start), position - start


def _month(typed: Sequence[_Word], start: int, lexicon: Lexicon) -> tuple[Term, int] | None:
    month = lexicon.months.get(typed[start].best)
    if month is None:
        return None
    return Term(typed[start].text, Kind.CONCEPT, ((f"#m{month:02}", 1.0),), start), 1


def _ordinal(typed: Sequence[_Word], start: int, lexicon: Lexicon) -> tuple[Term, int] | None:
    rank, width = lexicon.ordinals.get(typed[start].text), 1
    if rank is None and typed[start].text.isdigit() and start + 1 < len(typed):
        if typed[start + 1].text in ("e", "eme", "ieme", "er", "ere", "nd", "nde", "th", "rd"):
            rank, width = int(typed[start].text), 2
    if rank is None:
        return None
    shown = " ".join(word.text for word in typed[start : start + width])
    return Term(shown, Kind.CONCEPT, ((f"#{rank}e", 1.0),), start), width
