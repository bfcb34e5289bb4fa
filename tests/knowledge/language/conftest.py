"""A lexicon of a few words, for the tests of what words mean and of typing errors."""

from __future__ import annotations

import pytest

from knowledge.language.lexicon import Lexicon
from knowledge.language.normalising import words


@pytest.fixture(scope="package")
def lexicon() -> Lexicon:
    """Return a lexicon of a few words."""
    made = Lexicon()
    made.add_meaning("=acheter", ["acheter", "racheter", "faire l'acquisition de"])
    made.add_meaning("=refuser", ["refuser", "dire non"])
    made.add_meaning("=droits", ["droits de douane"])
    made.add_meaning("@azur", ["Azur", "coopérative Azur"], stemmed=False)
    made.add_meaning("@coop", ["coopérative"], stemmed=False)
    made.add_meaning("?how-many", ["combien"], stemmed=False)
    made.add_neutral(["s'il te plaît", "bien", "les", "en"])
    made.add_neutral(["vraiment"], light=True)
    made.add_spelling({"combien": ["cb", "kombien"], "est-ce que": ["esk"]})
    made.know(words("le moulin produit de la farine"))
    made.everyday = frozenset(["marin", "matin"])
    made.freeze()
    return made
