"""The one French normaliser: typed text -> lower-case words without accents, and marks of punctuation.

Everything that is ever compared (questions, phrasings, aliases, vocabulary, evidence) passes through here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import pairwise

MARKS = frozenset("?!.,;:")
"""Punctuation that is kept as tokens, because it separates questions and clauses."""

_VARIANTS = str.maketrans(
    {
        "œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l",
        "\u2018": "'", "\u2019": "'", "\u02bc": "'", "\u2032": "'", "`": "'", "\u00b4": "'", "\uff07": "'",
        "\u00ad": None, "\u200b": None, "\u200c": None, "\u200d": None, "\u2060": None, "\ufeff": None,
        "…": ".", "«": " ", "»": " ", "“": " ", "”": " ", "€": " euros ", "$": " dollars ", "£": " livres ",
        "&": " et ", "⁉": "?", "‽": "?", "？": "?", "¿": "?",
    }
)  # fmt: skip
REMEMBERED = 5_000
"""How many characters are remembered with what they become."""


class _Folding(dict[int, str]):
    """A table for `str.translate`: the code of a character -> what it becomes; worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        plain = chr(code).translate(_VARIANTS).lower()
        plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", plain).lower().translate(_VARIANTS))
        folded = "".join(character for character in plain if not unicodedata.combining(character))
        if len(self) < REMEMBERED:
            self[code] = folded
        return folded


_FOLDED = _Folding()
LETTERS = "abcdefghijklmnopqrstuvwxyz"


MONTHS = (
    "janvier", "fevrier", "mars", "avril", "mai", "juin",
    "juillet", "aout", "septembre", "octobre", "novembre", "decembre",
)  # fmt: skip

LONGEST_MONTH = 31
"""Days."""


def _written_out(date: re.Match[str]) -> str:
    """Return a date in figures as one in words: what is no date of the calendar stays."""
    day, month = int(date["day"]), int(date["month"])
    is_date = 1 <= month <= len(MONTHS) and 1 <= day <= LONGEST_MONTH
    return f"{day} {MONTHS[month - 1]} {date['year']}" if is_date else date.group()


def _only_digits(match: re.Match[str]) -> str:
    return re.sub(r"\D", "", match.group())


def _once(match: re.Match[str]) -> str:
    """Return the group of a match; a template that says so would be parsed for every text, matched or not."""
    return match[1]


_PLAIN_OU = re.compile(r"\bou\b", re.IGNORECASE)
_URL = re.compile(
    r"(?:https?://|www\.)\S+|<(?:a?:\w+:|[@#][!&]?|/[\w ]+:)\d+>|<t:-?\d+(?::\w)?>|(?<!\w)@(?:everyone|here)\b"
    r"|(?<![\w:])(?::[a-z\d_+-]*[a-z][\w+-]*:)+(?!\w)",
    re.IGNORECASE,
)
_URL_MARKS = frozenset("/<.@:")
_BULLET = re.compile(r"^\s*[-*•–—]\s")
_By = str | Callable[[re.Match[str]], str]
_STEPS: tuple[tuple[frozenset[str], re.Pattern[str], _By], ...] = tuple(
    (frozenset(needed), re.compile(pattern), by)
    for needed, pattern, by in (
        ("+", r"(?<= )\+(?= )", "et"),
        ("/", r"(?<=[^\W\d]) / (?=[^\W\d])", "; "),
        ("/.-", r"(?<![\d/.-])(?P<day>\d\d?)([/.-])(?P<month>\d\d?)\2(?P<year>\d{4})(?![/-]?\d|\.\d)", _written_out),
        ("-", r"(?<![\d/.-])(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)(?![\d/-])", _written_out),
        ("0123456789", r"(?<![\d.,])(\d{1,3})(?:[ \u00a0\u202f.,']\d{3})+(?![\d])", _only_digits),
        (".,", r"(?<=\d)[.,](?=\d)", "."),
        (".", r"\b([a-z])\.(?=[a-z])", _once),
        (".", r"\b(mm?|mrs?|mmes?|mlles?|drs?|prs?)\.(?= [a-z])", _once),
        ("/)", r"(?<!\S)\d{1,2}[/)](?= ?[a-z])", ";"),
        (".", r"(?:^|(?<=[?!.;:,] ))\d{1,2}\.(?= [a-z])", ";"),
        ("", r"([a-z])\1\1+", _once),
        ("'", r"\bn'(?=\w)", "ne "),
        ("'", r"\bqu'(?=\w)", "que "),
        ("'", r"\bpuisqu'(?=\w)", "puisque "),
        ("'", r"\bt'(?=\w)", "te "),
        ("'", r"(?<=\w)n't\b", " not"),
        ("'", r"'(?=(?:s|re|ve|ll|d|m)\b)", " "),
        ("'", r"\b(?:l|d|j|m|s|c|jusqu|lorsqu|quoiqu|quelqu|presqu|entr)'(?=\w)", ""),
    )
)
"""What is rewritten, in this order: the signs without any of which there is nothing to rewrite, what, and by what."""
_SIGNS = frozenset().union(*(needed for needed, *_ in _STEPS))
_TOKEN = re.compile(r"[a-z]+|\d+(?:\.\d+)?|%|[?!.,;:]|[^\W\d_a-z]+")


def fold(text: str) -> str:
    """Return `text` in lower case, without accents, ligatures and typographic variants, one space between words."""
    return " ".join(text.translate(_FOLDED).split())


def normalise(text: str) -> tuple[str, ...]:
    """Return the tokens of `text`: words, numbers ("9 000" is one), `%`, and the marks of `MARKS`.

    "1/", "2)" and "3." before a word end what stands before them, and the full stop of "M." does not.
    Links, mentions, emojis and other symbols vanish; a letter typed three times or more counts once; elided
    articles and pronouns (l', d', j' ...) are dropped, except the n' of a negation, which becomes "ne", the t' of whom
    one speaks to, which becomes "te", and qu', which becomes "que".
    A date in figures is written out: "13.01.2031" and "2031-01-13" are "13 janvier 2031".
    Whoever writes "où" means "or" by "ou": there, it is a comma. A new line ends what stands before it.
    """
    text = _in_one_line(unicodedata.normalize("NFC", text))
    if "où" in text.lower():
        text = _PLAIN_OU.sub(",", text)
    text = fold(text if _URL_MARKS.isdisjoint(text) else _URL.sub(" ", text))
    for pattern, by in _steps(_SIGNS.intersection(text)):
        text = pattern.sub(by, text)
    return tuple(_TOKEN.findall(text))


def _in_one_line(text: str) -> str:
    """Return the lines of a text one behind the other, without bullets; between two, a mark stands."""
    if "\n" not in text:
        return text
    lines = [line for line in (_BULLET.sub("", each).strip() for each in text.split("\n")) if line]
    ended = [line if line[-1] in MARKS or behind[0] in MARKS else f"{line};" for line, behind in pairwise(lines)]
    return " ".join([*ended, *lines[-1:]])


@lru_cache(REMEMBERED)
def _steps(signs: frozenset[str]) -> list[tuple[re.Pattern[str], _By]]:
    """Return what may have to be rewritten in a text that has these signs: most texts have the same few."""
    return [(pattern, by) for needed, pattern, by in _STEPS if not needed or not needed.isdisjoint(signs)]


def unmarked(tokens: Iterable[str]) -> list[str]:
    """Return tokens without the marks of punctuation among them."""
    return [token for token in tokens if token not in MARKS]


def words(text: str) -> tuple[str, ...]:
    """Return the tokens of `text` without punctuation."""
    return tuple(unmarked(normalise(text)))
