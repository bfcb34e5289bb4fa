"""The shape of every YAML file of a base, as pydantic models: the contract that curators write to."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from knowledge.language.terms import JointName, QuestionForm, QuestionType
from knowledge.model import Again, Status

FORMS = {
    r"^[a-z0-9]+(-[a-z0-9]+)*$": "id: use lower-case letters a-z, digits and hyphens",
    r"^[0-9a-f]{64}$": "sha256: it has 64 digits and lower-case letters a-f; for 64 zeros the check says which",
    r"^[a-z]{2}$": "language: use its two lower-case letters",
}
"""Pattern of a text -> what is said to whoever wrote one that does not match it."""
_ID, _SHA256, _LANGUAGE = FORMS
Id = Annotated[str, StringConstraints(pattern=_ID, max_length=60)]
"""Lower-case ASCII words joined by hyphens."""
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1_000)]
Phrasing = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Sha256 = Annotated[str, StringConstraints(pattern=_SHA256)]

Kind = Literal["person", "company", "product", "institution", "place", "group"]
"""What an actor is."""
TextName = Literal[
    "yes", "yes-hedged", "no", "no-hedged", "yes-negated", "yes-hedged-negated", "no-negated", "no-hedged-negated",
    "one-article", "articles", "seemingly", "otherwise", "list", "clarify",
    "unknown-empty", "unknown-off-topic", "unknown-detail", "unknown-name", "unknown-year", "unknown-date",
    "unknown-remark", "unknown-adrift", "unknown-later", "unknown-earlier", "unknown-more", "unknown-point",
    "undated", "untold", "in-year", "since-year", "before-year",
]  # fmt: skip
"""A fixed sentence of the answers."""

_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


def _date(text: str, period: str) -> None:
    found = _DATE.fullmatch(text)
    if not found:
        raise ValueError(f"'{period}' is no date: write YYYY, YYYY-MM, YYYY-MM-DD, or two of them joined by '/'")
    year, month, day = (int(part or 1) for part in found.groups())
    if not 1 <= month <= 12 or not 1 <= day <= monthrange(year, month)[1]:
        raise ValueError(f"'{text}' stands in no calendar")


def _period(text: str) -> str:
    first, slash, last = text.partition("/")
    _date(first, text)
    if slash:
        _date(last, text)
    if slash and last < first:
        raise ValueError(f"the period '{text}' ends before it begins")
    return text


Period = Annotated[str, AfterValidator(_period)]


def named(entry: object) -> str | None:
    """Return the id of an entry as it is written, whatever else is wrong with that; None where it has no right one."""
    name = entry.get("id") if isinstance(entry, dict) else None
    return name if isinstance(name, str) and re.fullmatch(_ID, name) else None


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class WhenEntry(_Strict):
    """When something happened; an inferred date says from what."""

    date: Period
    basis: Literal["stated", "inferred"]
    why: Text | None = Field(default=None, alias="from")

    @model_validator(mode="after")
    def _reason(self) -> WhenEntry:
        if self.basis == "inferred" and not self.why:
            raise ValueError("an inferred date needs 'from': what it is inferred from")
        return self


class ParagraphEntry(_Strict):
    """A paragraph of an article: the n-th line of the document that is not empty."""

    n: Annotated[int, Field(ge=1)]
    gist: Text


class ArticleCard(_Strict):
    """seeds/*.yaml: one card for each source article."""

    id: Id
    document: Text
    sha256: Sha256
    title: Text
    publication: Text | None = None
    publication_basis: Text | None = None
    author: Text | None = None
    date: WhenEntry | None = None
    language: Annotated[str, StringConstraints(pattern=_LANGUAGE)] = "fr"
    url: Text | None = None
    paragraphs: list[ParagraphEntry]


class CitationEntry(_Strict):
    """Where a fact stands: article, paragraph, and the fragments of it that prove the fact."""

    article: Id
    paragraph: Annotated[int, Field(ge=1)]
    evidence: Annotated[list[Phrasing], Field(min_length=1)]


class FactEntry(_Strict):
    """facts/*.yaml: a list of these."""

    id: Id
    text: Text
    when: WhenEntry | None = None
    event: bool = False
    status: Status
    by: list[Id] = []
    actors: list[Id] = []
    topics: list[Id] = []
    sources: Annotated[list[CitationEntry], Field(min_length=1)]
    supersedes: list[Id] = []
    contradicts: list[Id] = []


WORDED = ("phrasings", "yes", "no")
"""The fields of an intent that list what it is asked by."""


class IntentEntry(_Strict):
    """intents/*.yaml: a list of these."""

    id: Id
    question: Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=99)]
    facts: list[Id] = []
    more: list[Id] = []
    lead: Text | None = None
    gap: Text | None = None
    reply: Text | None = None
    again: Again | None = None
    forgets: bool = False
    offered: bool = True
    outcome_of: list[Id] = []
    about: list[Phrasing] = []
    phrasings: list[Phrasing] = []
    yes: list[Phrasing] = []
    no: list[Phrasing] = []

    @property
    def told(self) -> list[Id]:
        """All facts that it may be answered with, as `Intent.told`."""
        return [*self.facts, *self.more]

    def worded(self) -> Iterator[tuple[str, int, str]]:
        """Yield all that it is asked by, but for its question: field, number in it, and text."""
        for key in WORDED:
            for number, text in enumerate(getattr(self, key)):
                yield key, number, text

    @model_validator(mode="after")
    def _one_kind(self) -> IntentEntry:
        if self.reply is not None:
            if self.told or self.lead or self.gap or self.outcome_of or self.about:
                raise ValueError("a 'reply' (smalltalk) goes without facts, more, lead, gap, outcome_of or about")
        elif self.again or self.forgets:
            raise ValueError("'again' and 'forgets' go with a 'reply'")
        elif self.gap is not None:
            if self.lead or self.more:
                raise ValueError("a 'gap' goes without lead or more")
        elif not self.facts:
            raise ValueError("an intent needs 'facts', or a 'gap', or a 'reply'")
        elif twice := {*self.facts} & {*self.more}:
            raise ValueError(f"'more' repeats {', '.join(sorted(twice))} of 'facts'")
        return self


class ActorEntry(_Strict):
    """actors/*.yaml: a list of these."""

    id: Id
    name: Text
    kind: Kind
    aliases: list[Phrasing] = []
    description: Text
    facts: list[Id] = []
    says: Id | None = None
    stance: Id | None = None


Texts = dict[TextName, Text]
"""french/texts.yaml, and what replaces it in saga.yaml."""


class SagaEntry(_Strict):
    """saga.yaml: what the base is about, its topics, and the fixed sentences of its answers."""

    name: Text
    topics: dict[Id, Text]
    welcome: Annotated[list[Id], Field(min_length=1)]
    part: list[Phrasing] = []
    texts: Texts = {}


class NumbersEntry(_Strict):
    """french/numbers.yaml: number words, months, scales and ordinals, each with its spellings."""

    numbers: dict[int, list[Phrasing]]
    months: dict[int, list[Phrasing]]
    scales: dict[int, list[Phrasing]]
    ordinals: dict[int, list[Phrasing]]


class FillersEntry(_Strict):
    """french/fillers/*.yaml: what carries no meaning of its own in a question."""

    fillers: list[Phrasing] = []
    function_words: list[Phrasing] = []
    light_words: list[Phrasing] = []


Words = dict[str, Annotated[list[Phrasing], Field(min_length=1)]]
"""A mapping from a canonical name to the words and expressions that stand for it."""
QuestionWords = dict[Literal[QuestionType, QuestionForm], list[Phrasing]]
"""french/question-words.yaml: the words of each type of question, and those that tell the form of one."""
ActorQuestions = dict[Literal[Kind, "says", "stance", "thing"], list[Phrasing]]
"""french/actor-questions.yaml: how people ask what an actor of each kind is, said and wants, and about a thing."""
Joints = dict[JointName, list[Phrasing]]
"""french/joints.yaml: little words between which a message is cut into questions, before a date, or around a claim."""
