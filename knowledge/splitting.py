"""Splitting a message into the questions it holds."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.lexicon import Lexicon

_STRONG = frozenset("?!.;")
_JOINTS = frozenset(["et", "puis", "ensuite", "aussi", "and", "ou", "mais"])
_PREPOSITIONS = frozenset(["a", "de", "par", "pour", "sur", "dans", "en", "depuis", "avec", "chez", "vers", "at", "in"])


def split(tokens: Sequence[str], lexicon: Lexicon) -> list[tuple[str, ...]]:
    """Return the pieces of a message: cut at strong punctuation, and at "et", "puis" ... or a comma before a question word."""
    pieces: list[tuple[str, ...]] = []
    piece: list[str] = []
    for position, token in enumerate(tokens):
        if token in _STRONG:
            if token == "?":
                piece.append(token)
            pieces.append(tuple(piece))
            piece = []
        elif (token in _JOINTS or token == ",") and _asks(tokens, position + 1, lexicon):
            pieces.append(tuple(piece))
            piece = []
        else:
            piece.append(token)
    pieces.append(tuple(piece))
    return [piece for piece in pieces if any(token.isalnum() for token in piece)]


def _asks(tokens: Sequence[str], position: int, lexicon: Lexicon) -> bool:
    """Tell whether a question word comes next, perhaps behind a joint or a preposition."""
    for token in tokens[position : position + 3]:
        meant = lexicon.spelling.get(token, (token,))[0]
        if any(feature in _QUESTIONS for feature in lexicon.exact.get(meant, ())):
            return True
        if token not in _JOINTS and token not in _PREPOSITIONS:
            return False
    return False


_QUESTIONS = frozenset(f"?{name}" for name in ("who", "what", "which", "when", "where", "why", "how", "how-many"))
