"""Compiling what a base knows of French, the saga's own words, and the words of all that it says, into a `Lexicon`."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.resources import files
from itertools import chain

from knowledge.compiling.schema import NumbersEntry
from knowledge.compiling.sources import Sources
from knowledge.language.bigrams import Bigrams
from knowledge.language.lexicon import ARTICLES, Lexicon, first_words
from knowledge.language.normalising import fold, unmarked, words
from knowledge.language.reading import read_tokens
from knowledge.language.terms import JointName, mark_of

EVERYDAY = {"fr": 70, "en": 2_000}
"""Least count of an everyday word in the frequency list of its language (354 million French words)."""


def texts_of(sources: Sources) -> Iterator[str]:
    """Yield all that the base says or expects to be asked; its words count as spelled correctly."""
    for intent in sources.intents:
        yield from (intent.value.question, *intent.value.about)
        yield from (text for _, _, text in intent.value.worded())
    for fact in sources.facts:
        yield fact.value.text
    for actor in sources.actors:
        yield actor.value.description
    yield from chain.from_iterable(sources.actor_questions.values())


def build_lexicon(sources: Sources, said: Mapping[str, Sequence[str]]) -> Lexicon:
    """Compile the French vocabulary, the saga's own words, and every word of its phrasings and facts.

    `said` has the tokens of all these texts.
    """
    lexicon = Lexicon()
    for entry in sources.numbers:
        _add_numbers(entry, lexicon)
    for role, forms in sources.joints.items():
        listed = chain.from_iterable(map(words, forms))
        lexicon.joints[role] = frozenset(map(lexicon.stem, listed) if role in _STEMMED else listed)
    for actor in sources.actors:
        # Its name is first of all its name: "la Mairie de Valrose" is a town hall only besides.
        lexicon.add_meaning(f"@{actor.value.id}", [actor.value.name], stemmed=False)
    _add_words(sources, lexicon)
    for mark, forms in _marks(sources).items():
        lexicon.add_meaning(mark, forms, stemmed=False)
    _add_names(sources, said, lexicon)
    lexicon.add_spelling(sources.spelling)
    heard = Counter(chain.from_iterable(said[text] for text in texts_of(sources)))
    lexicon.known.update({token: count for token, count in heard.items() if token.isalpha()})
    lexicon.everyday = everyday_words().difference(lexicon.known)
    lexicon.freeze()
    for forms in sources.exclusives.values():
        group = {term.feature for form in forms for term in read_tokens(form, words(form), lexicon).terms[:1]}
        for feature in group:
            lexicon.exclusive[feature] = lexicon.exclusive.get(feature, frozenset()) | group - {feature}
    spoken = {token: lexicon.spoken(token) for token in heard}
    lexicon.bigrams = Bigrams.of(chain.from_iterable(map(spoken.__getitem__, text)) for text in said.values())
    return lexicon


_STEMMED: frozenset[JointName] = frozenset(["mutual"])
"""Joints that are words of which any form will do: these are kept as stems."""


def everyday_words() -> frozenset[str]:
    """Return the words that French (and often English) speakers use, from the frequency lists of pyspellchecker."""
    found: set[str] = set()
    for language, least in EVERYDAY.items():
        # Read from its file: the object that pyspellchecker makes of it takes most of the time.
        packed = files("spellchecker").joinpath("resources", f"{language}.json.gz").read_bytes()
        frequent = [word for word, count in json.loads(gzip.decompress(packed)).items() if count >= least]
        found.update(word if word.isascii() else fold(word) for word in frequent)
    return frozenset(word for word in found if word.isalpha() and len(word) > 2)


def _add_words(sources: Sources, lexicon: Lexicon) -> None:
    """Add what words mean in everyday French, but for those to which the saga gives its own meaning, and there."""
    own = {_bare(form) for entry in sources.vocabulary for forms in entry.value.values() for form in forms}

    def left(forms: Iterable[str]) -> Iterator[str]:
        return (form for form in forms if _bare(form) not in own)

    for fillers in sources.fillers:
        lexicon.add_neutral(left([*fillers.fillers, *fillers.function_words]))
        lexicon.add_neutral(left(fillers.light_words), light=True)
    for name, forms in chain.from_iterable(entry.value.items() for entry in sources.concepts):
        lexicon.add_meaning(f"={name}", left(forms))
    for name, forms in chain.from_iterable(entry.value.items() for entry in sources.vocabulary):
        lexicon.add_meaning(f"={name}", forms)
    for form in left(chain.from_iterable(sources.strangers.values())):
        lexicon.add_meaning(f"={'-'.join(map(lexicon.stem, words(form)))}", [form])


def _add_names(sources: Sources, said: Mapping[str, Sequence[str]], lexicon: Lexicon) -> None:
    """Add the aliases of actors, and the listed names that are strangers': no actor has them, and no fact says them."""
    named = {words(form) for actor in sources.actors for form in (actor.value.name, *actor.value.aliases)}
    facts = [unmarked(said[fact.value.text]) for fact in sources.facts]
    told, stated = "".join(f" {' '.join(fact)} ." for fact in facts), {word for fact in facts for word in fact}
    for form in chain.from_iterable(sources.names.values()):
        typed = words(form)
        if typed not in named and not (stated.issuperset(typed) and f" {' '.join(typed)} " in told):
            lexicon.add_meaning(f"~{'-'.join(typed)}", [form], stemmed=False)
    for actor in sources.actors:
        lexicon.add_meaning(f"@{actor.value.id}", actor.value.aliases, stemmed=False)


def _bare(form: str) -> tuple[str, ...]:
    """Return the words of a form without articles: "le bail" is no other word than "bail"."""
    return tuple(word for word in words(form) if word not in ARTICLES)


def _marks(sources: Sources) -> dict[str, list[str]]:
    """Return the forms that mark what a question asks for ("?who"), and those that mark how it is said ("!not")."""
    asking = {mark_of(name): forms for name, forms in sources.question_words.items()}
    return asking | {f"!{name}": forms for name, forms in sources.manner.items()}


def _add_numbers(entry: NumbersEntry, lexicon: Lexicon) -> None:
    for spellings, table in (
        (entry.numbers, lexicon.numbers),
        (entry.months, lexicon.months),
        (entry.scales, lexicon.scales),
        (entry.ordinals, lexicon.ordinals),
    ):
        for value, forms in spellings.items():
            first = first_words(forms)
            table.update(dict.fromkeys(first, value))
            lexicon.know(first)
