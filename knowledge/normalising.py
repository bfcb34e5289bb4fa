"""The one French normaliser: typed text -> lower-case words without accents, and marks of punctuation.

Everything that is ever compared (questions, phrasings, aliases, vocabulary, evidence) passes through here.
"""

from __future__ import annotations

import re
import unicodedata

MARKS = frozenset("?!.,;:")
"""Punctuation that is kept as tokens, because it separates questions and clauses."""

_FOLDED = str.maketrans(
    {
        "œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l",
        "\u2018": "'", "\u2019": "'", "\u02bc": "'", "\u2032": "'", "`": "'", "\u00b4": "'", "\uff07": "'",
        "\u00ad": None, "\u200b": None, "\u200c": None, "\u200d": None, "\u2060": None, "\ufeff": None,
        "…": ".", "«": " ", "»": " ", "“": " ", "”": " ", "€": " euros ", "$": " dollars ", "£": " livres ",
        "&": " et ", "⁉": "?", "‽": "?", "？": "?", "¿": "?",
    }
)  # fmt: skip
_URL = re.compile(r"(?:https?://|www\.)\S+|<(?:a?:\w+:|[@#][!&]?|/[\w ]+:)\d+>", re.IGNORECASE)
_PLUS = re.compile(r"(?<= )\+(?= )")
_GROUPED = re.compile(r"(?<![\d.,])(\d{1,3})(?:[ \u00a0\u202f.,']\d{3})+(?![\d])")
_DECIMAL = re.compile(r"(?<=\d)[.,](?=\d)")
_INITIALS = re.compile(r"\b([a-z])\.(?=[a-z])")
_REPEATED = re.compile(r"([a-z])\1{2,}")
_ELIDED = re.compile(r"\b(?:l|d|j|m|t|s|c|qu|jusqu|lorsqu|puisqu|quoiqu|quelqu|presqu|entr)'(?=\w)")
_ASKING = re.compile(r"\bqu'(?=est\b)")
_NEGATION = re.compile(r"\bn'(?=\w)")
_ENGLISH = re.compile(r"(?<=\w)n't\b|'(?=(?:s|re|ve|ll|d|m)\b)")
_TOKEN = re.compile(r"\d+(?:\.\d+)?|[a-z]+|%|[?!.,;:]|[^\W\d_a-z]+")


def fold(text: str) -> str:
    """Return `text` in lower case, without accents, ligatures and typographic variants, one space between words."""
    plain = unicodedata.normalize("NFKD", text.translate(_FOLDED)).lower()
    text = unicodedata.normalize("NFKD", plain.translate(_FOLDED))
    return " ".join("".join(c for c in text if not unicodedata.combining(c)).split())


def normalise(text: str) -> tuple[str, ...]:
    """Return the tokens of `text`: words, numbers ("9 000" is one), `%`, and the marks of `MARKS`.

    Links, mentions, emojis and other symbols vanish; a letter typed three times or more counts once; elided
    articles and pronouns (l', d', qu'...) are dropped, except the n' of a negation, which becomes "ne".
    """
    text = fold(_URL.sub(" ", text))
    text = _PLUS.sub("et", text)
    text = _GROUPED.sub(lambda match: re.sub(r"\D", "", match.group()), text)
    text = _DECIMAL.sub(".", text)
    text = _INITIALS.sub(r"\1", text)
    text = _REPEATED.sub(r"\1", text)
    text = _NEGATION.sub("ne ", text)
    text = _ASKING.sub("que ", text)
    text = _ENGLISH.sub(lambda match: " not" if "t" in match.group() else " ", text)
    text = _ELIDED.sub("", text)
    return tuple(_TOKEN.findall(text))
