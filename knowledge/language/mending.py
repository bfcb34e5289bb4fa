"""Mending what was mistyped, words and spaces, by what stands beside it.

A noisy channel (Kernighan, Church and Gale 1990) with a language model of pairs (Mays, Damerau and Mercer 1991): of all
that may have been meant, that is taken which takes the fewest edits and whose words surprise least behind one another.
A space too many or too few is an edit, too. The best way through a message is found step by step (Viterbi 1967).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from knowledge.language.bigrams import PAUSE, letter_pairs
from knowledge.language.lexicon import Lexicon
from knowledge.language.repairing import MAX_REPAIRED, MIN_REPAIRED

EDIT = 6.0
"""How much an edit surprises (nats)."""
SPACE = 1.0
"""How many edits a space typed too much, or left out, counts as."""
SLIP = 0.5
"""The same for two or three letters that are a little word, but for one slip (`Dictionary.slips`)."""
UNEXPLAINED = 1.8
"""How much a word that resembles nothing surprises, times how much its letters do: a name looks like a word."""
MUCH = 1.9
"""Edits of a word from which it may be two, one of them mistyped."""
SURE = 0.75
"""Similarity from which a mistyped word is taken for a known one in spite of its spaces, too."""
LEAST_JOINED = 4
"""Letters of a word of which two pieces are joined, at least."""
LEAST_MISTYPED = 7
"""The same where the word was mistyped, too."""
LEAST_PART = 4
"""Letters of a mistyped word that was typed together with another one, at least."""
CAPITAL = 2.0
"""Edits that it takes more to mean anything but a name of the saga by what is written with a capital."""
DOUBTED = 1.0
"""Edits at most that turn a right word which the base never has in that place into one that it has there."""
LEAST_DOUBTED = 3
"""Letters of such a word, at least."""


class Guess(NamedTuple):
    """What may be meant by a token, or by two: the words, by how many edits, and how many tokens that takes."""

    words: tuple[str, ...]
    edits: float = 0.0
    width: int = 1


class _Way(NamedTuple):
    """A way through the beginning of a message: how much it surprises, and its words."""

    surprise: float
    words: tuple[str, ...]


def mended(tokens: Sequence[str], lexicon: Lexicon, names: Collection[str] = ()) -> tuple[str, ...]:
    """Return tokens with the words and spaces put right that were mistyped; `names` are written as names are."""
    tokens = tuple(tokens)
    others = [[*_others(tokens, at, lexicon, names)] for at in range(len(tokens))]
    if not any(others):
        return tokens
    # For each place between two tokens, by the word that may stand before it: the best way there.
    ways: list[dict[str, _Way]] = [{PAUSE: _Way(0.0, ())}, *({} for _ in tokens)]
    for at, token in enumerate(tokens):
        each = (_itself(token, lexicon), *others[at])
        # Where every way goes on alike, nothing has to be compared.
        alike = len(each) == len(ways[at]) == 1 and not ways[at + 1]
        for guess in each:
            spoken = lexicon.all_spoken(guess.words)
            way = next(iter(ways[at].values())) if alike else _best(ways[at], spoken[0], lexicon)
            surprise = way.surprise + EDIT * guess.edits + sum(map(lexicon.name_surprise, guess.words))
            surprise += 0.0 if alike else lexicon.bigrams.surprising(spoken)
            there, last = ways[at + guess.width], spoken[-1]
            if last not in there or surprise < there[last].surprise:
                there[last] = _Way(surprise, (*way.words, *guess.words))
    return _best(ways[-1], PAUSE, lexicon).words


def _best(ways: Mapping[str, _Way], behind: str, lexicon: Lexicon) -> _Way:
    """Return the best way to a word, of those to the place before it, each by its last word."""
    surprise = lexicon.bigrams.surprise
    return min(_Way(way.surprise + surprise(last, behind), way.words) for last, way in ways.items())


def _itself(token: str, lexicon: Lexicon) -> Guess:
    """Return a token as what is meant by it."""
    plain = not token.isalpha() or len(token) > MAX_REPAIRED or lexicon.right(token) or lexicon.formed(token)
    return Guess((token,), 0.0 if plain else _unexplained(token, lexicon))


def _others(tokens: Sequence[str], at: int, lexicon: Lexicon, names: Collection[str]) -> Iterator[Guess]:
    """Yield what may be meant by the token at a place, beside itself."""
    token, behind = tokens[at], tokens[at + 1] if at + 1 < len(tokens) else PAUSE
    if not token.isalpha() or len(token) > MAX_REPAIRED:
        return
    right = lexicon.right(token)
    if slip := lexicon.dictionary.slips.get(token):
        yield Guess((slip,), SLIP)
    if behind.isalpha() and not (token in lexicon.known and behind in lexicon.known):
        yield from _joined(token + behind, lexicon, odd=not (right and lexicon.right(behind)))
    if right:
        yield from _doubted(token, tokens[at - 1] if at else PAUSE, behind, lexicon)
        return
    near = [Guess((word,), edits) for word, edits in _near(token, lexicon)]
    least = min([guess.edits for guess in near], default=_unexplained(token, lexicon))
    for guess in (*near, *_parted(token, least, lexicon)):
        other = token in names and not any(map(lexicon.named, guess.words))
        yield guess._replace(edits=guess.edits + CAPITAL * other)


def _near(token: str, lexicon: Lexicon) -> Iterator[tuple[str, float]]:
    """Yield the known words that a word may stand for, and how many edits that takes."""
    for word, likeness in lexicon.similar(token).items():
        yield word, round((1.0 - likeness) * max(len(token), len(word)), 2)


def _doubted(token: str, last: str, following: str, lexicon: Lexicon) -> Iterator[Guess]:
    """Yield what may be meant by a right word between two others neither of which the base ever has beside it."""
    little = token in lexicon.neutral or token in lexicon.light
    if len(token) < LEAST_DOUBTED or little or token in lexicon.exact or token in lexicon.spelling:
        return
    times, before, behind = lexicon.bigrams.times_of, lexicon.spoken(last)[-1], lexicon.spoken(following)[0]
    if times(before, token) or times(token, behind):
        return
    for word, edits in _near(token, lexicon):
        if word != token and edits <= DOUBTED and times(before, word) and times(word, behind):
            yield Guess((word,), edits)


def _joined(whole: str, lexicon: Lexicon, *, odd: bool) -> Iterator[Guess]:
    """Yield the words that two tokens may be without the space between them, mistyped where one of these is `odd`."""
    if LEAST_JOINED <= len(whole) <= MAX_REPAIRED:
        if whole in lexicon.known or whole in lexicon.spelling:
            yield Guess((whole,), SPACE, width=2)
        elif odd and len(whole) >= LEAST_MISTYPED:
            for word, edits in _near(whole, lexicon):
                if edits <= (1.0 - SURE) * len(whole):
                    yield Guess((word,), SPACE + edits, width=2)


def _parted(token: str, least: float, lexicon: Lexicon) -> Iterator[Guess]:
    """Yield two known words that a token may be made of, typed together.

    One of them may be mistyped, too, where a single word would take `MUCH` edits; the fewest that it takes are `least`.
    """
    cuts = [(token[:at], token[at:]) for at in range(1, len(token))] if len(token) >= MIN_REPAIRED else []
    two = [cut for cut in cuts if all(_part(word, lexicon) for word in cut)]
    yield from (Guess(cut, SPACE) for cut in two)
    for cut in cuts if least >= MUCH else ():
        odd = [word for word in cut if not _part(word, lexicon)]
        if len(odd) == 1 and len(odd[0]) >= LEAST_PART and not lexicon.right(odd[0]):
            for word, edits in _near(odd[0], lexicon):
                if edits <= (1.0 - SURE) * len(odd[0]):
                    yield Guess(tuple(word if part == odd[0] else part for part in cut), SPACE + edits)


def _part(word: str, lexicon: Lexicon) -> bool:
    """Tell whether a word may be part of one typed without spaces; strange names and letters come up by chance."""
    if len(word) <= 2:
        return word in lexicon.neutral
    return word in lexicon.spelling or (word in lexicon.known and not lexicon.strange(word))


def _unexplained(token: str, lexicon: Lexicon) -> float:
    """Return how many edits a word that resembles nothing counts as."""
    return UNEXPLAINED * lexicon.letters.surprising((PAUSE, *letter_pairs(token))) / EDIT
