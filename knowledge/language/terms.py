"""What a question is made of: words with what they tell, and terms that carry meaning."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Literal, NamedTuple, get_args


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


NAMING = frozenset([Kind.ACTOR, Kind.NAME, Kind.NUMBER, Kind.YEAR])
"""Kinds of words that stand for one thing: no mere remark has them."""
SLIGHT = frozenset([Kind.LIGHT, Kind.VERBAL])
"""Kinds of words that rarely decide what a question is about."""


class Term(NamedTuple):
    """A word or expression that carries meaning: its alternatives as (feature, similarity), likeliest first."""

    text: str
    kind: Kind
    features: tuple[tuple[str, float], ...]
    position: int
    width: int = 1
    share: float = 1.0
    """How much of its weight counts: less for what is taken over from an earlier message."""

    @property
    def feature(self) -> str:
        """What it most likely stands for."""
        return self.features[0][0]

    def standing_for(self, *features: str) -> Term:
        """Return the term as if it stood for other features."""
        return self._replace(features=tuple([(feature, 1.0) for feature in features]))

    @property
    def actor(self) -> str | None:
        """The id of the actor that it names; None where it names none."""
        return self.feature[1:] if self.kind is Kind.ACTOR else None

    @property
    def rough(self) -> bool:
        """Whether it says roughly how many, and not of what ("des milliards")."""
        return self.kind is Kind.NUMBER and self.feature.endswith("s")

    @property
    def date(self) -> str:
        """The month ("03") or the day ("03-14") that it names; "" where it names none."""
        return self.feature[2:] if self.feature[:2] in ("#m", "#d") else ""

    @property
    def is_date(self) -> bool:
        """Whether it names a year, a month or a day."""
        return self.kind is Kind.YEAR or bool(self.date)


JointName = Literal[
    "and", "then", "turn", "between", "preposition", "frame", "verb", "subject", "since", "after", "before",
    "within", "claimant", "that", "one", "measure", "is", "idle", "but", "have", "source", "agent", "whether",
    "mutual", "still", "granted", "nobody", "because", "caused", "made", "lately", "that-one", "this", "for",
    "pronoun", "several", "neuter", "interrogative",
]  # fmt: skip
"""What a little word does, as french/joints.yaml lists it."""


QuestionType = Literal[
    "who", "what", "which", "when", "where", "why", "how", "how-many", "how-long", "since-when", "whose"
]  # fmt: skip
"""What a question asks for, as french/question-words.yaml lists it."""
QuestionForm = Literal["confirm", "opening", "anaphora", "address"]
"""What words there tell of the form of a question."""
WHO: frozenset[QuestionType] = frozenset(["who", "what"])
"""What one asks for who somebody is."""
BROAD: frozenset[QuestionType] = frozenset(["what"])
"""What a message asks for that wants nothing in particular: "que s'est-il passé ?", "et en 2031 ?"."""


def mark_of(asked: QuestionType | QuestionForm) -> str:
    """Return the feature of a question type: of what asks for it, and of the words that do ("?when")."""
    return f"?{asked}"


TYPE_OF: dict[str, QuestionType] = {mark_of(name): name for name in get_args(QuestionType)}
"""Feature -> the question type that it is of."""
FORMS = frozenset(map(mark_of, get_args(QuestionForm)))
"""Features of the words that tell the form of a question, not what it asks for."""


class Meaning(NamedTuple):
    """What a word or expression tells, wherever it stands."""

    marks: tuple[str, ...] = ()
    """What it says of the question: that it asks for something, denies ..."""
    kind: Kind = Kind.LIGHT
    features: tuple[tuple[str, float], ...] = ()
    """Those of a term, likeliest first; none for what carries no meaning."""


Continuations = Mapping[str, Sequence[tuple[int, tuple[str, ...], tuple[str, ...]]]]
"""Second stem of expressions with the same first one -> their places among these, longest first, stems and features."""


class Word(NamedTuple):
    """A word in standard spelling, with what it tells."""

    text: str
    stem: str
    meaning: Meaning
    """What it tells by itself."""
    counts: bool
    """Whether a number may begin with it."""
    opens: Continuations
    """How the expressions that begin with it may go on."""
    tense: str
    """"will" for a verb in the future, "would" for one in the conditional, "" for all else."""
