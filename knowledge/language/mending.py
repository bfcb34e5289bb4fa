"""Mending the spaces of a typed text: words that were broken, typed together, or both, by one measure.

A noisy channel (Kernighan, Church and Gale 1990): what explains by the fewest edits what was typed is what was meant,
a space too many or too few being one of them. Where a word is as well explained by itself, the spaces stay.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from knowledge.language.lexicon import Lexicon
from knowledge.language.repairing import MAX_REPAIRED, MIN_REPAIRED

SPACE = 1.0
"""How many edits a space typed too much, or left out, counts as."""
MUCH = 1.9
"""Edits of what stands there from which it may be something else, mistyped and with a space amiss."""
LEAST_JOINED = 4
"""Letters of a word of which two pieces are joined, at least."""
LEAST_MISTYPED = 7
"""The same where the word was mistyped, too."""
LEAST_PART = 4
"""Letters of each of two words typed together, at least, where one of them was mistyped, too."""
LEAST_SPLIT = 7
"""Letters of a word that is split into two without a typing error, of which the first is not a mere little one."""
UNEXPLAINED = 0.5
"""How many edits each letter of a word that resembles nothing counts as."""
SURE = 0.75
"""Similarity from which a mistyped word is taken for a known one in spite of its spaces, too."""


def mended(tokens: Sequence[str], lexicon: Lexicon) -> tuple[str, ...]:
    """Return tokens with the spaces between words put right, where one of them is no known word."""
    if not [token for token in tokens if token not in lexicon.known and token.isalpha()]:
        return tuple(tokens)
    found: list[str] = []
    position = 0
    while position < len(tokens):
        token, behind = tokens[position], tokens[position + 1] if position + 1 < len(tokens) else ""
        if joined := _joined(token, behind, lexicon):
            found += joined
            position += 2
        else:
            found += _parted(token, lexicon)
            position += 1
    return tuple(found)


def _joined(token: str, behind: str, lexicon: Lexicon) -> tuple[str, ...]:
    """Return the words that two tokens are without the space between them; none where it may stay."""
    whole = token + behind
    words = (token in lexicon.known) + (behind in lexicon.known)
    if words == 2 or not whole.isalpha() or not behind or len(whole) < LEAST_JOINED:
        return ()
    if whole in lexicon.known and (len(whole) > LEAST_JOINED or not words):
        return (whole,)
    right, next_right = lexicon.right(token), lexicon.right(behind)
    if right and next_right:
        return ()
    if len(whole) < LEAST_MISTYPED or not lexicon.neutral.isdisjoint((token, behind)):
        return ()
    alone = _edits(token, lexicon) + _edits(behind, lexicon)
    if alone < MUCH:
        return ()
    if not right and (parts := split(whole, lexicon)):
        return parts
    edits = _edits(whole, lexicon)
    return (whole,) if edits <= (1.0 - SURE) * len(whole) and SPACE + edits <= alone else ()


def _parted(token: str, lexicon: Lexicon) -> tuple[str, ...]:
    """Return the words that a token is made of, one of which may be mistyped; itself where that is no worse."""
    if lexicon.right(token):
        return (token,)
    least = _edits(token, lexicon)
    if exact := split(token, lexicon):
        return exact if (len(exact) - 1) * SPACE < least else (token,)
    best: tuple[str, ...] = (token,)
    for at in range(LEAST_PART, len(token) - LEAST_PART + 1) if least >= MUCH else ():
        parts = token[:at], token[at:]
        odd = [part for part in parts if not _part(part, lexicon)]
        if len(odd) == 1:
            edits = _edits(odd[0], lexicon)
            if edits <= (1.0 - SURE) * len(odd[0]) and SPACE + edits < least:
                least, best = SPACE + edits, parts
    return best


def split(word: str, lexicon: Lexicon) -> tuple[str, ...]:
    """Return the two or three known words that were typed without a space between, or the empty tuple."""
    if not MIN_REPAIRED <= len(word) <= MAX_REPAIRED or word in lexicon.known:
        return ()
    short = len(word) < LEAST_SPLIT
    cuts = [(word[:at], word[at:]) for at in range(2, len(word) - 1)]
    cuts = [(head, tail) for head, tail in cuts if (head in lexicon.neutral if short else _part(head, lexicon))]
    if two := [parts for parts in cuts if _part(parts[1], lexicon)]:
        # Words that the base has more often are rather meant: "la valeur", not "laval" and "eur".
        return max(two, key=lambda parts: math.prod(1 + lexicon.known[part] for part in parts))
    for head, tail in () if short else reversed(cuts):
        for at in range(len(tail) - 2, 1, -1):
            if _part(tail[:at], lexicon) and _part(tail[at:], lexicon):
                return (head, tail[:at], tail[at:])
    return ()


def _part(word: str, lexicon: Lexicon) -> bool:
    """Tell whether a word may be part of one typed without spaces; strange names and letters come up by chance."""
    if len(word) <= 2:
        return word in lexicon.neutral
    return word in lexicon.spelling or (word in lexicon.known and not lexicon.strange(word))


def _edits(word: str, lexicon: Lexicon) -> float:
    """Return by how many edits a word may be a known one: for what resembles nothing, half of its letters."""
    if word in lexicon.known or word in lexicon.spelling:
        return 0.0
    found = lexicon.repair(word)
    return len(word) * (1.0 - found[0].similarity if found else UNEXPLAINED)
