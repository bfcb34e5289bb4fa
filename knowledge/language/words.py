"""What typed words tell, wherever they stand: each one looked up, and the longest expression that begins with it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest

from knowledge.language.lexicon import ARTICLES, Lexicon
from knowledge.language.terms import FORMS, Kind, Meaning, Word

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
INFINITIVE_ENDINGS = ("er", "ir", "re")
"""Those of infinitives, in French."""
SLIP_BELOW = 3
"""Words of fewer letters that nothing is known of are slips of the finger."""

_OWN = FORMS | {"!not"}
"""Marks that a word inside an expression does not give to the whole question."""


def words_of(tokens: Sequence[str], lexicon: Lexicon) -> list[Word]:
    """Apply the spelling list, and find what each token tells."""
    found: list[Word] = []
    second = False
    for token, behind in zip_longest(tokens, tokens[1:], fillvalue=""):
        if second:
            second = False
            continue
        second = token in lexicon.pairing and f"{token} {behind}" in lexicon.spelling
        found += lexicon.remembered(f"{token} {behind}" if second else token, _looked_up)
    return found


def _looked_up(token: str, lexicon: Lexicon) -> tuple[Word, ...]:
    """Return the words that a token stands for."""
    spelled = lexicon.spelling[token] if token in lexicon.spelling and token not in lexicon.exact else (token,)
    return tuple([_word(word, lexicon) for word in spelled])


def _word(text: str, lexicon: Lexicon) -> Word:
    """Return a word with what it tells by itself."""
    stem = lexicon.stem(text)
    return Word(
        text=text,
        stem=stem,
        meaning=_told(text, lexicon.features(text), lexicon),
        counts=text[0].isdecimal() or text in lexicon.counting,
        opens=lexicon.followers.get(stem, {}),
        tense=_tense(text) if _HEDGED.isdisjoint(lexicon.exact.get(text, ())) else "",
    )


def _told(shown: str, features: Sequence[str], lexicon: Lexicon) -> Meaning:
    """Return what a word or expression tells that has these features."""
    marks = tuple([feature for feature in features if feature and feature[0] in "?!"])
    kept = tuple([(feature, 1.0) for feature in features if feature and feature[0] not in "?!"])
    return Meaning(marks, _kind(shown, kept[0][0], lexicon), kept) if kept else Meaning(marks)


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
    if text in lexicon.everyday:
        return Kind.VERBAL if text.endswith(VERBAL_ENDINGS) else Kind.COMMON
    return Kind.UNKNOWN


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


def told_at(typed: Sequence[Word], position: int, lexicon: Lexicon) -> tuple[Meaning, int]:
    """Return what the longest expression at `position`, if any, tells, or else the word there, and its width."""
    features, width = _expression(typed, position)
    if not width:
        return typed[position].meaning, 1
    if typed[position].text in ARTICLES and _expression(typed, position + 1)[1] >= width:
        # "de quelle année": what begins behind the article is the better reading where it is as long.
        return typed[position].meaning, 1
    if not any(features):
        return NO_MEANING, width
    # "publié quand" is one concept, and still asks when; "quand même" means nothing; "pas d'accord" denies no more. The
    # "ou" of "oui ou non" is none of place.
    words = typed[position : position + width]
    inside = {mark for word in words if word.text != "ou" for mark in lexicon.exact.get(word.text, ())} - _OWN
    # « tu peux confirmer ? » behind a statement does not say that it may be so, and « ou quoi ? » asks nothing else.
    marks = [] if {*features} == {"?confirm"} else [mark for mark in inside if mark[0] in "?!"]
    shown = " ".join([word.text for word in words])
    return _told(shown, (*features, *marks), lexicon), width


NO_MEANING = Meaning()
"""That of an expression that has none."""


def _expression(typed: Sequence[Word], start: int) -> tuple[tuple[str, ...], int]:
    """Return the features and the width of the longest expression that begins at `start` (width 0: none)."""
    opens = typed[start].opens
    rows: list[tuple[int, tuple[str, ...], tuple[str, ...]]] = []
    # It can go on with one of the articles behind its first word, or with the word there.
    for position in range(start + 1, len(typed)):
        rows += opens.get(typed[position].stem, ())
        if typed[position].text not in ARTICLES:
            break
    if not rows:
        return (), 0
    # "rédige un résumé" is longer than "rédige un", though both are of two words without the article.
    found = [(_match(typed, start, stems), features) for _, stems, features in sorted(rows)]
    width, features = max(found, key=lambda row: row[0])
    return features if width else (), width


def _match(typed: Sequence[Word], start: int, stems: tuple[str, ...]) -> int:
    """Return how many words from `start` on are an expression of these stems, articles between them; 0 for none."""
    position, end = start, len(typed)
    for expected in stems:
        while position < end and typed[position].stem != expected:
            if typed[position].text not in ARTICLES:
                return 0
            position += 1
        if position == end:
            return 0
        position += 1
    return position - start
