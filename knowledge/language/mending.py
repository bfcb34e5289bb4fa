"""Mending the spaces of a typed text: words that were broken, typed together, or both, by one measure.

A noisy channel (Kernighan, Church and Gale 1990): what explains by the fewest edits what was typed is what was meant,
a space too many or too few being one of them. Where a word is as well explained by itself, the spaces stay.
"""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.language.lexicon import Lexicon

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
    alone = lexicon.edits(token) + lexicon.edits(behind)
    if alone < MUCH:
        return ()
    if not right and (parts := lexicon.split(whole)):
        return parts
    edits = lexicon.edits(whole)
    return (whole,) if edits <= (1.0 - SURE) * len(whole) and SPACE + edits <= alone else ()


def _parted(token: str, lexicon: Lexicon) -> tuple[str, ...]:
    """Return the words that a token is made of, one of which may be mistyped; itself where that is no worse."""
    if lexicon.right(token):
        return (token,)
    least = lexicon.edits(token)
    if exact := lexicon.split(token):
        return exact if (len(exact) - 1) * SPACE < least else (token,)
    best: tuple[str, ...] = (token,)
    for at in range(LEAST_PART, len(token) - LEAST_PART + 1) if least >= MUCH else ():
        parts = token[:at], token[at:]
        odd = [part for part in parts if not lexicon.part(part)]
        if len(odd) == 1:
            edits = lexicon.edits(odd[0])
            if edits <= (1.0 - SURE) * len(odd[0]) and SPACE + edits < least:
                least, best = SPACE + edits, parts
    return best
