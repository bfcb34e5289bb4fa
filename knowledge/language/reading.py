"""Reading a question: normalised words -> terms with features, question types, names, numbers and years."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Sequence
from itertools import pairwise
from typing import NamedTuple

from knowledge import tuning
from knowledge.language.capitals import capitalised, with_names, written_as_name
from knowledge.language.counting import Side, number, sided
from knowledge.language.lexicon import ARTICLES, Lexicon, wording
from knowledge.language.mending import mended
from knowledge.language.normalising import MARKS, normalise, unmarked
from knowledge.language.splitting import STRONG, parted
from knowledge.language.terms import SLIGHT, TYPE_OF, Kind, QuestionType, Term, Word, mark_of
from knowledge.language.words import NO_MEANING, told_at, words_of

MAX_TOKENS = 400
"""What lies behind is not read: nobody asks that much, and the cost stays bounded."""


class Reading(NamedTuple):
    """What was understood of one question, before anything is compared with the base."""

    text: str
    tokens: tuple[str, ...]
    """Its words and marks, typing errors mended; what is in SMS spelling stays so."""
    terms: tuple[Term, ...]
    asks: frozenset[QuestionType]
    """Question types: who, what, which, when, where, why, how, how-many, ..."""
    confirms: bool
    """It asks to confirm ("est-ce que", "c'est vrai que", "... non ?")."""
    manner: frozenset[str]
    """How it is said: "not", "must", "may", "will", "only", ... (french/manner.yaml)."""
    years: tuple[int | Side, ...]
    """Years that it asks about, each alone or with all on one side of it ("depuis 2031")."""
    focus: tuple[str, ...] = ()
    """The actors that a follow-up newly names: of several facts, those about them are wanted."""
    leaning: bool = False
    """It says that it goes on from something ("et ...", "non, je parlais de ...", "là-dessus")."""
    addressed: bool = False
    """It speaks to whoever answers ("tu", "votre")."""
    words: tuple[str, ...] = ()
    """Its own words in standard spelling, without expressions that mean nothing ("s'il vous plaît")."""
    carried: int = 0
    """How many of its terms, the last ones, were taken over from what went before."""

    @property
    def features(self) -> frozenset[str]:
        """Every feature of every term."""
        return frozenset(feature for term in self.terms for feature, _ in term.features)

    @property
    def own(self) -> tuple[Term, ...]:
        """Its terms but for those that were taken over from what went before."""
        return self.terms[: len(self.terms) - self.carried]

    @property
    def said(self) -> str:
        """Its tokens without marks."""
        return " ".join(unmarked(self.tokens))

    @property
    def worded(self) -> str:
        """The same without articles."""
        return wording(self.said)

    @property
    def negated(self) -> bool:
        """Whether it denies."""
        return "not" in self.manner

    @property
    def marked(self) -> bool:
        """Whether a question mark stands in it."""
        return "?" in self.tokens

    @property
    def verifying(self) -> bool:
        """Whether it states something to be confirmed or denied, rather than asking for something unknown."""
        return self.confirms or not self.asks

    @property
    def claiming(self) -> bool:
        """Whether it clearly says that something is so, or not: it may be keywords otherwise."""
        return self.confirms or self.negated or self.marked

    @property
    def meaningless(self) -> bool:
        """Whether nothing can be made of it: no word has a meaning, asks, or is followed by "?" ("tous ?")."""
        return not (self.terms or self.asks or (self.words and self.marked))

    @property
    def names_no_topic(self) -> bool:
        """Whether no word of it tells what it is about ("quand ?", "et pourquoi ça ?", "combien de milliards ?")."""
        return all(term.kind is Kind.LIGHT or term.rough for term in self.terms)

    @property
    def one_topic_at_most(self) -> bool:
        """Whether at most one word of it tells what it is about."""
        return sum(term.kind is not Kind.LIGHT for term in self.terms) <= 1

    @property
    def only_actors(self) -> bool:
        """Whether it names actors at most, and says nothing of them."""
        return all(term.kind is Kind.ACTOR or term.kind in SLIGHT for term in self.terms)

    @property
    def rambling(self) -> bool:
        """Whether it is a long tale, of which what is asked is only a part."""
        return len(self.terms) >= tuning.RAMBLING

    @property
    def actors(self) -> tuple[str, ...]:
        """The actors named, in order."""
        return tuple(term.actor for term in self.terms if term.actor)

    @property
    def days(self) -> tuple[str, ...]:
        """The months ("03") and days ("03-14") that it names."""
        return tuple(term.date for term in self.terms if term.date)

    @property
    def names(self) -> tuple[str, ...]:
        """The names in it that the saga does not have."""
        return tuple(term.text for term in self.terms if term.kind is Kind.NAME)


def read(text: str, lexicon: Lexicon) -> Reading:
    """Read `text`; never raises, whatever the text."""
    return read_tokens(text, tokens_of(text, lexicon), lexicon)


def tokens_of(text: str, lexicon: Lexicon) -> tuple[str, ...]:
    """Return the words and marks of a text, as far as it is read, with what was mistyped put right."""
    return mended(normalise(text)[:MAX_TOKENS], lexicon, capitalised(text))


def read_tokens(text: str, tokens: Sequence[str], lexicon: Lexicon) -> Reading:
    """Read tokens that `normalise` gave."""
    text = unicodedata.normalize("NFC", text)
    typed, begun = _typed(_without_or(tokens, text, lexicon), lexicon)
    terms: list[Term] = []
    marks = {mark_of("what") for at in range(len(typed)) if _asks_what(at, typed, begun, lexicon)}
    spoken: list[str] = []
    restricting = False
    whether, nobody = lexicon.joints["whether"], lexicon.joints["nobody"]
    # "entre Azur et Brunel qui paie ?" and "Azur ou Brunel, qui paie ?" ask who; "Azur, qui paie" does not.
    choosing = bool(typed) and (typed[0].text in lexicon.joints["between"] or _joining_or(tokens, typed))
    position = 0
    while position < len(typed):
        word = typed[position]
        meaning, width = told_at(typed, position, lexicon) if word.opens else (word.meaning, 1)
        term = number(typed, position, lexicon) if word.counts else None
        # "deux questions" counts nothing of the saga.
        if term is not None and not (meaning is NO_MEANING and width > term.width):
            if term.kind is Kind.YEAR and terms and _chooses_side(terms[-1], position, typed, lexicon):
                term = term._replace(features=(*term.features, *terms.pop().features))
            terms.append(term)
            spoken += _texts(typed, position, term.width)
            position += term.width
            continue
        if width == 1 and word.text in whether and _begins(typed, position + 1, terms):
            # "jamais compris si Azur a vendu" denies nothing of what is asked.
            marks.discard("!not")
            restricting = False
        if word.text in nobody and (restricting or _ends_perfect(typed[:position], lexicon)):
            # "personne" denies in "n'embauche personne" and "a embauché personne", not in "une personne".
            marks.add("!not")
        if width == 1:
            # The "ne" of "n'a qu'une fille" restricts, that of "n'est-ce pas" does not.
            restricting = restricting or word.text == "ne"
            spoken.append(word.text)
        elif meaning is not NO_MEANING:
            spoken += _texts(typed, position, width)
        if meaning.marks:
            behind = bool(terms) and terms[-1].position + terms[-1].width == position and position not in begun
            relative = behind and not choosing and _relative(word, typed[position + width :], lexicon)
            marks.update(_marks(meaning.marks, first=not terms, relative=relative))
        if meaning.features:
            shown = word.text if width == 1 else " ".join(_texts(typed, position, width))
            terms.append(Term(shown, meaning.kind, meaning.features, position, width))
        position += width
    if restricting and "!not" not in marks:
        marks.add("!only")
    shorn = lexicon.dictionary.shorn
    if not shorn.isdisjoint(tokens):
        terms = [term for term in terms if term.text not in shorn or written_as_name(term.text, text)]
    terms = with_names(terms, typed, text)
    named = Kind.ACTOR in [term.kind for term in terms]
    asks = frozenset([TYPE_OF[mark] for mark in marks if mark in TYPE_OF])
    # "sur Brunel ?": of something that was spoken of.
    placing = named and not asks and tokens[0] in lexicon.joints["preposition"]
    return Reading(
        text=text,
        tokens=tuple(tokens),
        terms=tuple(terms),
        asks=asks,
        confirms="?confirm" in marks,
        leaning="?opening" in marks or placing or ("?anaphora" in marks and not named),
        addressed="?address" in marks,
        manner=_manner(marks, tokens, typed, lexicon),
        years=tuple([sided(term.position, typed, lexicon) for term in terms if term.kind is Kind.YEAR]),
        words=tuple(spoken or _texts(typed, 0, len(typed))),
    )


def _typed(tokens: Sequence[str], lexicon: Lexicon) -> tuple[list[Word], set[int]]:
    """Return the words of a message, and where among them a sentence begins."""
    typed: list[Word] = []
    begun: set[int] = set()
    for sentence in parted(tokens, STRONG):
        begun.add(len(typed))
        typed += words_of(unmarked(sentence), lexicon)
    return typed, begun


def _texts(typed: Sequence[Word], start: int, width: int) -> list[str]:
    return [word.text for word in typed[start : start + width]]


def _relative(word: Word, rest: Sequence[Word], lexicon: Lexicon) -> bool:
    """Tell whether a question word behind a noun begins a clause about it, which goes on with the rest.

    "la mairie qui a vendu" and "la mairie à qui ..." ask nothing, but "le moulin appartient à qui déjà", and "il a
    fondé le moulin avec qui, Azur ?".
    """
    if word.text in lexicon.joints["preposition"]:
        return not all(other.meaning.kind is Kind.ACTOR or not other.meaning.features for other in rest)
    return lexicon.says(word.text, "?who") and bool(rest)


def _asks_what(position: int, typed: Sequence[Word], begun: Collection[int], lexicon: Lexicon) -> bool:
    """Tell whether "que" asks what: "que veut Azur ?", "et qu'a dit Azur ?", "Azur, qu'a-t-il dit ?".

    It does before a verb: behind which a pronoun stands, or which begins a sentence that no subject begins.
    """
    joints = lexicon.joints
    if typed[position].text not in joints["interrogative"] or position + 1 == len(typed):
        return False
    verb, *rest = typed[position + 1 :]
    if verb.meaning.kind is Kind.ACTOR:
        return False
    before = typed[position - 1].text if position - 1 in begun else ""
    begins = position in begun or before in joints["and"] | joints["but"]
    noun = verb.text in (ARTICLES | joints["subject"] | joints["preposition"]) - joints["verb"]
    return (begins and not noun) or (bool(rest) and rest[0].text in joints["subject"])


def perfect(word: str, behind: str, lexicon: Lexicon) -> bool:
    """Tell whether something is said to have been so: "a acheté", but not "à la mairie", typed without its accent."""
    return word in lexicon.joints["have"] and behind not in ARTICLES


def _ends_perfect(typed: Sequence[Word], lexicon: Lexicon) -> bool:
    """Tell whether words end with what was done: "Azur a embauché"."""
    return len(typed) > 1 and perfect(typed[-2].text, typed[-1].text, lexicon)


def _begins(typed: Sequence[Word], position: int, terms: Sequence[Term]) -> bool:
    """Tell whether what is asked only begins at a position: nobody is named before, and somebody may be there."""
    subject = position < len(typed) and typed[position].meaning.kind in (Kind.ACTOR, Kind.LIGHT)
    return subject and not any(term.kind is Kind.ACTOR for term in terms)


def _chooses_side(term: Term, position: int, typed: Sequence[Word], lexicon: Lexicon) -> bool:
    """Tell whether a term is the word that says which side of the year at a position is meant ("depuis 2031")."""
    adjacent = term.position + term.width == position and term.feature.startswith("=")
    return adjacent and isinstance(sided(position, typed, lexicon), Side)


def _without_or(tokens: Sequence[str], text: str, lexicon: Lexicon) -> Sequence[str]:
    """Return tokens without "ou" where it joins two things: typed without its accent, "où" stands first or last.

    It stays in an expression: "vrai ou pas", "oui ou non".
    """
    if "ou" not in tokens or "où" in text.lower():
        return tokens
    marked = [",", *tokens, ","]

    def stays(before: str, behind: str) -> bool:
        meant = lexicon.spelling.get(behind, (behind,))[0]
        said = meant in lexicon.followers.get("ou", ()) or "ou" in lexicon.followers.get(lexicon.stem(before), ())
        return said or before in MARKS or behind in MARKS

    return [word for place, word in enumerate(tokens) if word != "ou" or stays(marked[place], marked[place + 2])]


def _marks(features: Sequence[str], *, first: bool, relative: bool) -> list[str]:
    """Return the question and negation marks that count: "et" only opens, and "la mairie, qui" asks nothing."""
    silent = (*(() if first else ("?opening",)), *(("?who", "?whose") if relative else ()))
    return [feature for feature in features if feature not in silent]


def _manner(marks: set[str], tokens: Sequence[str], typed: Sequence[Word], lexicon: Lexicon) -> frozenset[str]:
    """Return how something is said: by words, the ending of a verb, a counting "un", an "ou" that joins."""
    found = [mark[1:] for mark in marks if mark[0] == "!"]
    found += [word.tense for word in typed if word.tense]
    ones, measures = lexicon.joints["one"], lexicon.joints["measure"]
    texts = _texts(typed, 0, len(typed))
    if not ones.isdisjoint(texts) and [of for one, of in pairwise(texts) if one in ones and of in measures]:
        found.append("single")
    if _joining_or(tokens, typed):
        found.append("either")
    return frozenset(found)


def _joining_or(tokens: Sequence[str], typed: Sequence[Word]) -> bool:
    """Tell whether an "ou" among the tokens of a message joins two things: it is none of its words then."""
    return "ou" in tokens and tokens.count("ou") > [word.text for word in typed].count("ou")
