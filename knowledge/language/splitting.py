"""Splitting a message into the questions it holds."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from enum import Enum
from itertools import pairwise

from knowledge import tuning
from knowledge.language.lexicon import Lexicon
from knowledge.language.normalising import MARKS, unmarked
from knowledge.language.terms import JointName, QuestionType, mark_of

STRONG = frozenset("?!.;")
"""Marks at which a sentence ends."""
_ENDING = STRONG | {","}
"""Marks at which a clause ends."""


class Cut(Enum):
    """Where a message is cut, besides strong punctuation, from the surest to the boldest."""

    BEFORE_QUESTIONS = 1
    """At "et" or a comma before a question."""
    AMONG_QUESTIONS = 2
    """At "et" or a comma where both sides hold a question word, wherever it stands."""
    EVERYWHERE = 3
    """At every "et"."""


_CUTS = (Cut.AMONG_QUESTIONS, Cut.BEFORE_QUESTIONS, Cut.EVERYWHERE)
_TALE = (Cut.BEFORE_QUESTIONS, Cut.AMONG_QUESTIONS)
"""The cuts of a message, and of a long one, in the order in which they are tried."""


def ways(
    words: Sequence[str], lexicon: Lexicon, *, tale: bool, asking: bool
) -> Iterator[tuple[Cut, list[tuple[str, ...]]]]:
    """Yield the cuts by which a message falls into several pieces, with these: none twice, the best first.

    That is the finest of the sure ones; a long `tale` has many a question word that asks nothing, and is not cut at
    every "et". Where only what is `asking` counts, other pieces are left out.
    """
    joining = lexicon.joints["and"] | lexicon.joints["then"]
    # Nothing is cut at the mark that ends it.
    inner = words[:-1] if words and words[-1] in _ENDING else words
    if (joining | lexicon.joints["turn"] | _ENDING).isdisjoint(inner):
        return
    # Without an "et", all cuts are the same.
    joined = not joining.isdisjoint(words)
    cuts = _TALE if tale else _CUTS
    tried: list[list[tuple[str, ...]]] = []
    for cut in cuts if joined else cuts[:1]:
        pieces = [piece for piece in split(words, lexicon, cut) if not asking or asks(piece, lexicon)]
        if len(pieces) > 1 and pieces not in tried:
            tried.append(pieces)
            yield cut, pieces


def split(words: Sequence[str], lexicon: Lexicon, cut: Cut) -> list[tuple[str, ...]]:
    """Return the pieces of a message, without the marks at which it is cut, but for "?".

    Of an "et" at which it is cut, too: it is left out before a question, and begins the next piece otherwise.
    """
    joints = lexicon.joints
    joining = joints["and"] | joints["then"]
    cutting = joining | joints["turn"] | _ENDING
    pieces: list[tuple[str, ...]] = []
    piece: list[str] = []
    between = going_on = False
    for position, word in enumerate(words):
        between = word in joints["between"] or (between and word not in STRONG)
        if word not in cutting:
            piece.append(word)
            continue
        # "entre Azur et Brunel" is one thing; "qui paie, à quel prix et que dit Azur ?" are three.
        one = word in joints["and"] and (between or (not going_on and _shares(piece, words, position + 1, lexicon)))
        # "entre Azur et Brunel, quand ... et quand ...": only the first "et" is of what is one thing.
        between = between and not one
        kept = one or (word == "," and frames(piece, lexicon)) or _tags(words, position, lexicon)
        if not kept and (word in STRONG or _opens(words, position + 1, lexicon)):
            pieces.append((*piece, word) if word == "?" else tuple(piece))
            piece, going_on = [], word not in STRONG
        elif not kept and word in joining and _joins(piece, _clause(words, position + 1), cut, lexicon):
            pieces.append(tuple(piece))
            piece = [word]
        else:
            piece.append(word)
    pieces.append(tuple(piece))
    return [piece for piece in pieces if any(word.isalnum() for word in piece)]


def parted(words: Sequence[str], marks: Collection[str]) -> list[tuple[str, ...]]:
    """Return what stands between some words or marks, without these; of pieces without a word, none."""
    pieces: list[list[str]] = [[]]
    for word in words:
        if word in marks:
            pieces.append([])
        else:
            pieces[-1].append(word)
    return [tuple(piece) for piece in pieces if any(word.isalnum() for word in piece)]


def itemised(words: Sequence[str], lexicon: Lexicon) -> list[tuple[str, ...]]:
    """Return what a message announces and then lists ("deux chiffres : les ventes, les bénéfices"), each for itself.

    First is what stands before the colon; the empty list where nothing is listed, or a question word asks of it all.
    """
    if ":" not in words or _holds_question(words, lexicon):
        return []
    colon = words.index(":")
    found = [*parted(words[:colon], ()), *parted(words[colon + 1 :], _ENDING | lexicon.joints["and"])]
    return found if len(found) > tuning.LISTED_FROM else []


def granted(words: Sequence[str], lexicon: Lexicon) -> list[tuple[str, ...]]:
    """Return what a question takes for granted, and the question without it; nothing where no clause says such a thing.

    "vu qu'Azur a fermé, qui vend ?" does at its beginning, "qui vend, puisque Azur a fermé ?" at its end.
    """
    spelled = [lexicon.spelling.get(word, (word,))[0] for word in words]
    opening = lexicon.joints["granted"]
    first = begin = _next(spelled, 0, opening)
    while first < len(words) and spelled[first] in opening | lexicon.joints["that"]:
        first += 1
    end = _next(words, first, _ENDING)
    # "comme si" only imagines it.
    if first == end or spelled[first] in lexicon.joints["whether"]:
        return []
    before, behind = words[:begin], words[end:]
    if not unmarked(before) or before[-1] in MARKS:
        behind = behind[1:] if behind[:1] == (",",) else behind
    rest = (*before, *behind)
    # "euh alors Azur vend ?" asks nothing besides.
    return [(*words[first:end], "?"), rest] if not lexicon.neutral.issuperset(unmarked(rest)) else []


def sentences(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Yield the sentences of a message, each with the mark that ends it."""
    return _ended(words, STRONG)


def clauses(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Yield what stands between two marks of punctuation, with the mark that ends it."""
    return _ended(words, _ENDING)


def _ended(words: Sequence[str], marks: Collection[str]) -> Iterator[tuple[str, ...]]:
    begin = 0
    for end, word in enumerate(words, 1):
        if word in marks or end == len(words):
            yield tuple(words[begin:end])
            begin = end


def asks(piece: Sequence[str], lexicon: Lexicon) -> bool:
    """Tell whether a piece of a message is put as a question."""
    return "?" in piece or _holds_question(piece, lexicon)


def frames(piece: Sequence[str], lexicon: Lexicon) -> bool:
    """Tell whether a piece only says of what, when or where something is asked ("et Azur,", "selon la Gazette,")."""
    short = len(piece) <= tuning.FRAME_AT_MOST or _does(piece[0], lexicon, "frame", "preposition")
    return short and not _holds_question(piece, lexicon)


def _shares(piece: Sequence[str], words: Sequence[str], position: int, lexicon: Lexicon) -> bool:
    """Tell whether a question before "et" asks of what stands behind the next one: "quel jour et à qui Azur vend"."""
    return (
        _only_question_word(piece, lexicon)
        and _opens(words, position, lexicon)
        and not _only_question_word(_clause(words, position), lexicon)
    )


def _only_question_word(words: Sequence[str], lexicon: Lexicon) -> bool:
    """Tell whether words are one question word, perhaps behind another word, and what it chooses: "à quel prix"."""
    for place, word in enumerate(words[:2]):
        if _questions(word, lexicon):
            named = not {"?which", "?how-many"}.isdisjoint(lexicon.exact.get(word, ()))
            return len(words) <= place + 1 + named
    return False


def _joins(before: Sequence[str], behind: Sequence[str], cut: Cut, lexicon: Lexicon) -> bool:
    """Tell whether "et" is taken to join two questions; of "et puis", the first does."""
    if (lexicon.joints["and"] | lexicon.joints["then"]).issuperset(before):
        return False
    if cut is Cut.AMONG_QUESTIONS:
        return _holds_question(before, lexicon) and _holds_question(behind, lexicon)
    return cut is Cut.EVERYWHERE


def _clause(words: Sequence[str], position: int) -> Sequence[str]:
    """Return the words up to the next strong punctuation."""
    return words[position : _next(words, position, STRONG)]


def _next(words: Sequence[str], position: int, sought: Collection[str]) -> int:
    """Return where the next of some words stands, from a position on; the end where none does."""
    return next((at for at in range(position, len(words)) if words[at] in sought), len(words))


def _holds_question(words: Sequence[str], lexicon: Lexicon) -> bool:
    """Tell whether a question word stands anywhere in a clause; "ou" is one as its first or last word.

    Between two others, it joins them ("Azur ou Brunel"): see `reading`.
    """
    inner = range(1, len(words) - 1)
    return any(
        _questions(word, lexicon)
        for place, word in enumerate(words)
        if place not in inner or word not in lexicon.joints["turn"]
    )


_PASSED: tuple[JointName, ...] = ("and", "then", "turn", "preposition")
"""What a word does that may stand between two questions, or before a question word."""


def _does(word: str, lexicon: Lexicon, *roles: JointName) -> bool:
    """Tell whether a word does one of these things in a sentence."""
    return any(word in lexicon.joints[role] for role in roles)


def _opens(words: Sequence[str], position: int, lexicon: Lexicon) -> bool:
    """Tell whether a question opens here: with its word, perhaps behind a joint or a preposition, or with its verb.

    So does the first "que" of a message behind "et"; another goes on from it ("Azur dit que …, et que …").
    """
    before, that = words[:position], lexicon.joints["that"]
    if {*words[position : position + 1]} & that and before[-1] in lexicon.joints["and"]:
        return that.isdisjoint(before)
    joint = words[position - 1]
    for word, behind in pairwise([*words[position : position + 3], ""]):
        # "et c'est qui" opens a question; in "le patron d'Azur, c'est qui", it began before.
        inverted = behind in lexicon.joints["subject"] or (
            _does(joint, lexicon, "and", "then") and _questions(behind, lexicon)
        )
        if _questions(word, lexicon) or (word in lexicon.joints["verb"] and inverted):
            return True
        joint = word
        if not _does(word, lexicon, *_PASSED):
            return False
    return False


def _tags(words: Sequence[str], position: int, lexicon: Lexicon) -> bool:
    """Tell whether a clause ends here with a joint and a question word that only want it confirmed: "… ou quoi ?"."""
    word, behind, end = [*words[position : position + 3], "?", "?"][:3]
    if end not in STRONG:
        return False
    said = (lexicon.stem(word), lexicon.stem(lexicon.spelling.get(behind, (behind,))[0]))
    return (said, "?confirm") in lexicon.expressions.get(said[0], ())


def _questions(word: str, lexicon: Lexicon) -> bool:
    """Tell whether a word is a question word."""
    meant = lexicon.spelling.get(word, (word,))[0]
    return not _QUESTIONS.isdisjoint(lexicon.exact.get(meant, ()))


_TYPES: tuple[QuestionType, ...] = ("who", "what", "which", "when", "where", "why", "how", "how-many")
_QUESTIONS = frozenset(map(mark_of, _TYPES))
