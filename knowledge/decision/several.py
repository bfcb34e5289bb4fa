"""Choosing what is told of a message that may hold several questions: its pieces, or one answer to the whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from knowledge import tuning
from knowledge.language.lexicon import Lexicon
from knowledge.language.normalising import words
from knowledge.language.splitting import Cut, asks
from knowledge.language.terms import Kind
from knowledge.model import IntentKind, KnowledgeBase
from knowledge.reply import Outcome, Part, Rule

QUESTIONS_AT_MOST = 4
"""How many questions of one message are answered."""


def premise_corrected(pieces: Iterable[Part]) -> list[Part]:
    """Return the answer to a question that takes something for granted; none where nobody knows whether it is so.

    What is wrong is put right, and the question answered behind it where that is sure, or the articles do not say; of
    what is right, only that answer is told, unless it states the same once more.
    """
    parts = iter(pieces)
    taken = next(parts, None)
    # "who is considering it?" says nothing of its own behind "considering".
    if taken is None or taken.statement is None or not taken.reading.own:
        return []
    sure = [
        part for part in parts if part.says and part.strength >= (tuning.ASIDE_AT if part.admits else tuning.SURE_AT)
    ]
    if not taken.truth:
        return [taken._replace(statement=taken.statement._replace(truth=None)), *sure]
    return [part for part in sure if not part.statement or part.statement.text != taken.statement.text]


def tale_questions(pieces: Iterable[Part], whole: Part) -> list[Part]:
    """Return the questions of a long tale, told instead of one answer that is sure of the whole; none where it stays.

    It stays unless every piece has an answer, with some confidence, at least two are different, and one is that answer.
    """
    parts: list[Part] = []
    for part in pieces:
        if part.outcome is not Outcome.ANSWERED or part.strength < tuning.APART_AT:
            return []
        parts.append(part)
    intents = {part.intent for part in parts}
    return parts if len(intents) > 1 and whole.intent in intents else []


def pieces_told(pieces: Iterable[Part], whole: Part, cut: Cut) -> list[Part]:
    """Return the pieces of a message that are told instead of one answer to the whole; none where the whole is better.

    `cut` says how the message was cut: the bolder, the more the pieces have to show. The pieces are decided one by one,
    as they are asked for.
    """
    parts: list[Part] = []
    for part in pieces:
        # "Azur et la mairie s'entendent-elles ?" does not ask who Azur is.
        named = not parts and all(term.actor for term in part.reading.terms) and not part.reading.asks
        if cut is Cut.EVERYWHERE and part.outcome is not Outcome.SMALLTALK and (named or not part.says):
            return []
        parts.append(part)
    if parts and all(part.outcome is Outcome.SMALLTALK for part in parts):
        # "merci beaucoup et bonne nuit": what is said last is answered.
        return parts[-1:]
    parts = _judged(parts)
    asking = [part for part in parts if part.outcome is not Outcome.SMALLTALK and part.reading.terms]
    if cut is Cut.EVERYWHERE and any(_coupled(before, behind) for before, behind in pairwise(parts)):
        return []
    questions = [part for part in asking if _asks(part)]
    if _names_subject(questions, whole):
        return []
    told = [part for part in asking if part.says]
    # That nothing is known of a stranger who is asked about is said beside what is known.
    said = [part for part in asking if part in told or (part.rule is Rule.NAME and _asks(part))]
    several, every = len({(part.intent, part.truth) for part in told}) > 1, len(told) == len(asking)
    answered = any(part.tells for part in told)
    if whole.tells:
        least = min((part.strength for part in told), default=0.0)
        gain = 0.0 if cut is Cut.EVERYWHERE else tuning.WHOLE_GAIN
        asked = all(part.reading.asks or part.reading.confirms for part in told)
        enough = tuning.ASKED_APART_AT if asked else tuning.APART_AT
        marked = all(part.reading.marked for part in asking)
        surer = whole.strength < least + gain or (every and (marked or least >= enough))
        return said if answered and several and surer else []
    if several or (answered and len(asking) == 1):
        return said
    return questions if answered and _only(questions, asking, whole) else []


def _names_subject(questions: Sequence[Part], whole: Part) -> bool:
    """Tell whether a message only names what its one question is about, and the articles lack what that asks for.

    "l'offre de la coopérative de Brunel, de qui ?" does not ask what is offered.
    """
    lacked = _admission(whole)
    return lacked is not None and [_admission(part) for part in questions] == [lacked]


def _admission(part: Part) -> str | None:
    """Return the intent by which a part says what the articles lack; None where it says no such thing."""
    return (part.gap or part.intent) if part.admits else None


def _judged(parts: Sequence[Part]) -> list[Part]:
    """Return parts with a yes or a no only where all that one sentence states deserves the same.

    "Azur a payé et Brunel a fui ?" gets no « Oui » where only one of the two is known.
    """
    judged: list[Part] = []
    sentence: list[Part] = []
    for part, behind in zip(parts, [*parts[1:], None], strict=True):
        sentence.append(part)
        # "est-ce qu'Azur a payé et est-ce que Brunel a fui ?" are two questions.
        if behind is None or part.reading.marked or (part.reading.confirms and behind.reading.confirms):
            truths = {one.truth for one in sentence if one.reading.verifying and one.outcome is not Outcome.SMALLTALK}
            agreed = truths <= {True} or truths <= {False}
            judged += sentence if agreed else [one._replace(statement=None) for one in sentence]
            sentence = []
    return judged


def _only(questions: Sequence[Part], asking: Sequence[Part], whole: Part) -> bool:
    """Tell whether the questions of a message are told alone, and what it tells before and after them is left out.

    That of a long one need not be of the saga. In a short one it has to have nothing to do with it; there, one of the
    questions may be unknown.
    """
    if whole.reading.rambling:
        return all(part.says for part in questions)
    rest = [part for part in asking if part not in questions]
    least = tuning.ASKED_APART_AT if whole.silent else tuning.APART_AT
    sure = all(part.strength >= least for part in questions if part.says)
    return sure and all(part.rule is Rule.OFF_TOPIC for part in rest)


def _coupled(before: Part, behind: Part) -> bool:
    """Tell whether the "et" between two pieces stands between two names: "l'offre d'Azur et Brunel" is one thing."""
    if not (before.reading.terms and behind.reading.terms):
        return False
    ending, opening = before.reading.terms[-1], behind.reading.terms[0]
    at_end = ending.position + ending.width == len(before.reading.words)
    return ending.kind is opening.kind is Kind.ACTOR and at_end and opening.position == 1


def enumerated(pieces: Iterable[Part]) -> list[Part]:
    """Return all parts but the first, which announces a list; none unless each is known, and more than a mere name."""
    listed = [*pieces][1:]
    known = all(
        part.says and part.strength >= tuning.ASKED_APART_AT and not part.reading.only_actors for part in listed
    )
    return listed if known and len({part.intent for part in listed}) > 1 else []


def _asks(part: Part) -> bool:
    """Tell whether a part is put as a question."""
    return bool(part.reading.asks) or part.reading.marked


def questioning(parts: Iterable[Part], lexicon: Lexicon) -> list[Part]:
    """Return the parts that ask the articles something: "Azur a vendu. À combien ?" only says that Azur did."""
    return [part for part in parts if part.outcome is not Outcome.SMALLTALK and _put(part, lexicon)]


def _put(part: Part, lexicon: Lexicon) -> bool:
    """Tell whether a part may be a question, by any of its words: "que dit Azur", "... c'est ça"."""
    tokens = part.reading.tokens
    opening = not lexicon.joints["that"].isdisjoint(tokens[:1])
    return _asks(part) or part.reading.confirms or opening or asks(tokens, lexicon)


def without_repeats(parts: Iterable[Part], base: KnowledgeBase) -> list[Part]:
    """Return the first `QUESTIONS_AT_MOST` parts of a message, each without the facts that an earlier one tells.

    A part of which nothing is left is left out, and so is an admission that was made already. Facts that prove one
    statement and disprove the next are told twice. The card of an actor does not tell the figures of its facts.
    """
    kept: list[Part] = []
    told: set[str] = set()
    spoken: set[str | None] = set()
    truths: set[tuple[str | None, bool]] = set()
    for part in parts:
        contrary = part.truth is not None and (part.intent, not part.truth) in truths
        presents = part.intent is not None and base.intents[part.intent].kind is IntentKind.ACTOR
        new = part.facts if contrary else tuple(name for name in part.facts if name not in told)
        admits = not part.tells
        repeated = admits and part.intent is not None and part.intent in spoken
        if (new or admits) and not repeated:
            also = tuple(name for name in part.also if name in new)
            gap = None if part.gap in spoken else part.gap
            kept.append(part._replace(facts=part.facts if presents else new, also=also, gap=gap))
        if not admits:
            told.update(_presented(part, base) if presents else new)
        spoken |= {part.intent, part.gap}
        if part.truth is not None:
            truths.add((part.intent, part.truth))
    return kept[:QUESTIONS_AT_MOST]


def _presented(part: Part, base: KnowledgeBase) -> Iterator[str]:
    """Yield the facts behind the card of an actor whose figures, if any, stand on the card."""
    said = {*words(base.intents[part.intent or ""].text)}
    for name in part.facts:
        if said.issuperset(word for word in words(base.facts[name].text) if word[0].isdigit()):
            yield name
