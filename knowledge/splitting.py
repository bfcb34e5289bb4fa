"""Splitting a message into the questions it holds."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.lexicon import Lexicon

_STRONG = frozenset("?!.;")
_JOINTS = frozenset(["et", "puis", "ensuite", "aussi", "and", "ou", "mais"])
_PREPOSITIONS = frozenset(["a", "de", "par", "pour", "sur", "dans", "en", "depuis", "avec", "chez", "vers", "at", "in"])


def split(words: Sequence[str], lexicon: Lexicon, *, everywhere: bool = False) -> list[tuple[str, ...]]:
    """Return the pieces of a message, cut at strong punctuation, and at "et" or a comma before a question word.

    With `everywhere`, "et" cuts wherever it stands, and begins the next piece.
    """
    pieces: list[tuple[str, ...]] = []
    piece: list[str] = []
    for position, word in enumerate(words):
        if word in _STRONG:
            if word == "?":
                piece.append(word)
            pieces.append(tuple(piece))
            piece = []
        elif word in (",", *_JOINTS) and _asks(words, position + 1, lexicon) and not _picks(words, position + 1):
            pieces.append(tuple(piece))
            piece = []
        elif everywhere and word == "et":
            pieces.append(tuple(piece))
            piece = [word]
        else:
            piece.append(word)
    pieces.append(tuple(piece))
    return [piece for piece in pieces if any(word.isalnum() for word in piece)]


def _picks(words: Sequence[str], position: int) -> bool:
    """Tell whether "lequel" comes next, which picks among what was just named."""
    return any(word in _PICKING for word in words[position : position + 2])


_PICKING = frozenset(["lequel", "laquelle", "lesquels", "lesquelles"])


def _asks(words: Sequence[str], position: int, lexicon: Lexicon) -> bool:
    """Tell whether a question word comes next, perhaps behind a joint or a preposition."""
    for word in words[position : position + 3]:
        meant = lexicon.spelling.get(word, (word,))[0]
        if any(feature in _QUESTIONS for feature in lexicon.exact.get(meant, ())):
            return True
        if word not in _JOINTS and word not in _PREPOSITIONS:
            return False
    return False


_QUESTIONS = frozenset(f"?{name}" for name in ("who", "what", "which", "when", "where", "why", "how", "how-many"))
