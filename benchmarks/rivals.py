"""What people would pick instead: each takes the same phrasings, and finds the intent of a question with a score.

All get their texts from the project's own normaliser (case, accents, apostrophes, elisions), which serves them.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import warnings
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Protocol

from rapidfuzz import fuzz, process
from snowballstemmer import stemmer

from benchmarks.measuring import MissingError, library

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

NGRAMS: Final = (2, 4)
"""Lengths of the character n-grams of TF-IDF, inside words."""
REGULARISATION: Final = 10.0
ITERATIONS: Final = 50
"""Of logistic regression at most; twice as many take twice as long and were no better."""
EPOCHS: Final = 40
"""Rounds of training of nlp.js at most: left alone it takes about 60, and minutes."""


SCRIPT: Final = Path(__file__).with_name("nlpjs.cjs")


class Phrasing(NamedTuple):
    """A normalised phrasing, its intent, and the answer that it deserves if it is a yes/no statement."""

    text: str
    intent: str
    truth: bool | None


class Found(NamedTuple):
    """What a rival takes a question for, how sure it is (on its own scale), and the time it took in other processes."""

    intent: str
    score: float
    truth: bool | None = None
    milliseconds: float = 0.0


class Rival(Protocol):
    """Finds the intent of a normalised question, which is not empty."""

    def find(self, text: str) -> Found:
        """Return the intent that is nearest, however far."""


@dataclass(slots=True)
class Nearest:
    """A rival that picks one phrasing; `search` returns its number and score."""

    phrasings: Sequence[Phrasing]
    search: Callable[[str], tuple[int, float]]

    def find(self, text: str) -> Found:
        """Return the intent of the phrasing picked."""
        number, score = self.search(text)
        return Found(self.phrasings[number].intent, score, self.phrasings[number].truth)


class Silence:
    """What a rival is worth that takes no question for anything."""

    def find(self, text: str) -> Found:  # noqa: ARG002 - it hears nothing
        """Return no intent."""
        return Found("", 0.0)


def rapidfuzz(phrasings: Sequence[Phrasing], scorer: Callable[..., float]) -> Rival:
    """Return rapidfuzz's `extractOne` over all phrasings."""
    texts = [phrasing.text for phrasing in phrasings]

    def search(text: str) -> tuple[int, float]:
        _, score, number = process.extractOne(text, texts, scorer=scorer)
        return number, score

    return Nearest(phrasings, search)


def thefuzz(phrasings: Sequence[Phrasing]) -> Rival:
    """Return thefuzz's `extractOne` as it comes: WRatio, and its own processor."""
    extract = library("thefuzz.process").extractOne
    texts = {number: phrasing.text for number, phrasing in enumerate(phrasings)}

    def search(text: str) -> tuple[int, float]:
        _, score, number = extract(text, texts)
        return number, score

    return Nearest(phrasings, search)


def bm25(phrasings: Sequence[Phrasing]) -> Rival:
    """Return BM25 over French Snowball stems."""
    engine = library("bm25s").BM25()
    stem = stemmer("french").stemWords
    engine.index([stem(phrasing.text.split()) for phrasing in phrasings], show_progress=False)

    def search(text: str) -> tuple[int, float]:
        scores = engine.get_scores(stem(text.split()))
        number = int(scores.argmax())
        return number, float(scores[number])

    return Nearest(phrasings, search)


def _vectors(phrasings: Sequence[Phrasing]) -> tuple[Any, Any]:
    """Return the TF-IDF vectoriser over character n-grams, and the vectors of the phrasings."""
    vectoriser = library("sklearn.feature_extraction.text").TfidfVectorizer(
        analyzer="char_wb", ngram_range=NGRAMS, min_df=2, sublinear_tf=True, dtype=library("numpy").float32
    )
    return vectoriser, vectoriser.fit_transform([phrasing.text for phrasing in phrasings])


def nearest_neighbour(phrasings: Sequence[Phrasing]) -> Rival:
    """Return TF-IDF over character n-grams, and the phrasing at the least cosine distance."""
    vectoriser, vectors = _vectors(phrasings)
    # A product of sparse matrices: ten times as fast as scikit-learn's NearestNeighbors, with the same result.
    by_ngram = vectors.T.tocsr()

    def search(text: str) -> tuple[int, float]:
        likeness = (vectoriser.transform([text]) @ by_ngram).toarray()[0]
        number = int(likeness.argmax())
        return number, float(likeness[number])

    return Nearest(phrasings, search)


@dataclass(slots=True)
class Regression:
    """TF-IDF over character n-grams, and a logistic regression over intents."""

    phrasings: Sequence[Phrasing]
    vectoriser: Any = field(init=False)
    model: Any = field(init=False)

    def __post_init__(self) -> None:
        self.vectoriser, vectors = _vectors(self.phrasings)
        self.model = library("sklearn.linear_model").LogisticRegression(C=REGULARISATION, max_iter=ITERATIONS)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that it could go on
            self.model.fit(vectors, [phrasing.intent for phrasing in self.phrasings])

    def find(self, text: str) -> Found:
        """Return the most probable intent, with its probability."""
        chances = self.model.predict_proba(self.vectoriser.transform([text]))[0]
        best = int(chances.argmax())
        return Found(str(self.model.classes_[best]), float(chances[best]))


class NlpJs:
    """nlp.js in a process of its own, which measures itself."""

    def __init__(self, phrasings: Sequence[Phrasing], modules: Path) -> None:
        node = shutil.which("node")
        if node is None:
            raise MissingError("node is not installed")
        if not (modules / "@nlpjs" / "lang-fr").is_dir():
            raise MissingError(
                f"no {modules.name} with nlp.js (npm install @nlpjs/core@4 @nlpjs/nlp@4 @nlpjs/lang-fr@4)"
            )
        self._process = subprocess.Popen(  # noqa: S603 - the script that stands beside this one
            [node, str(SCRIPT), str(modules.parent)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        rows = [(phrasing.text, phrasing.intent) for phrasing in phrasings]
        self.seconds: float = self._ask({"phrasings": rows, "epochs": EPOCHS})["seconds"]
        """CPU time of the training."""

    def find(self, text: str) -> Found:
        """Return the best intent; "None", which it knows as well, is no intent of the base."""
        found = self._ask(text)
        return Found(found["intent"], found["score"], milliseconds=found["milliseconds"])

    def close(self) -> None:
        """End the process."""
        self._process.communicate()

    def _ask(self, line: object) -> Any:
        assert self._process.stdin is not None  # noqa: S101 - both are pipes
        assert self._process.stdout is not None  # noqa: S101
        self._process.stdin.write(json.dumps(line) + "\n")
        self._process.stdin.flush()
        reply = self._process.stdout.readline()
        if not reply:
            raise MissingError(f"nlp.js ended with status {self._process.wait()}")
        return json.loads(reply)


SILENCE: Final = "says nothing"
"""The row that the others are read against: as many questions are right without an answer."""
RIVALS: Final[Mapping[str, Callable[[Sequence[Phrasing]], Rival]]] = {
    SILENCE: lambda _: Silence(),
    "rapidfuzz WRatio": lambda phrasings: rapidfuzz(phrasings, fuzz.WRatio),
    "rapidfuzz token_set_ratio": lambda phrasings: rapidfuzz(phrasings, fuzz.token_set_ratio),
    "rapidfuzz token_sort_ratio": lambda phrasings: rapidfuzz(phrasings, fuzz.token_sort_ratio),
    "thefuzz WRatio": thefuzz,
    "BM25, French stems": bm25,
    "TF-IDF, nearest neighbour": nearest_neighbour,
    "TF-IDF, logistic regression": Regression,
}
"""Those that run in this process, each made from the phrasings."""
