"""Every threshold and weight of the engine, in one place.

Chosen on the open part of the question corpus; `saga evaluate` shows what a change does.
"""

from __future__ import annotations

from typing import Final

# --- weights of terms (times the inverse document frequency over intents, 0..1)
KIND_WEIGHT: Final = {
    "actor": 1.44,
    "name": 1.3,
    "number": 0.61,
    "year": 0.67,
    "concept": 1.0,
    "word": 0.5,
    "light": 0.4,
    "common": 0.59,
    "verbal": 0.16,
    "unknown": 0.51,
}
LEAST_WEIGHT: Final = 0.06
"""Even the most common feature (what the saga is about) weighs something."""

# --- similarity of a question and a phrasing
PROFILE_WORTH: Final = 0.59
"""What a term is worth that the phrasing lacks but the intent's other phrasings have."""
QUESTION_SHARE: Final = 0.47
"""Weight of the question's coverage against the phrasing's in their harmonic mean."""
QUESTION_SHARE_RAMBLING: Final = 0.33
"""The same for a long message, most of which is beside the point."""
SIZE_EVENED: Final = 0.3
"""How far an intent of few phrasings is made up to the size of the others: 0 not at all, 1 wholly."""
SMOOTHING: Final = 0.05
"""What every feature counts for every intent before any phrasing is counted (Lidstone)."""
RUNS_WEIGHT: Final = 1.4
"""What the runs of letters of a word count against the word itself."""
ASKED_AT_LEAST: Final = 0.03
"""Share of an intent's phrasings from which what they ask for (when, how many ...) is what the intent tells."""
# --- search
LIKELIEST: Final = 12
"""How many of the likeliest intents have their phrasings looked at."""
PHRASES_EACH: Final = 3
"""How many phrasings of each of them are scored."""

# --- probability of a candidate: what each signal of it is worth, by `python -m benchmarks.fit`
SIGNALS: Final[dict[str, float]] = {
    "actor": 3.440,
    "actor left": -0.828,
    "alone": 0.700,
    "alone, asks": -2.192,
    "alone, bare": -0.280,
    "alone, empty": -0.441,
    "alone, kin": 6.440,
    "alone, leaning": 0.195,
    "alone, names": 1.512,
    "alone, same": -0.455,
    "alone, same, asks": 0.120,
    "asks nothing": -0.810,
    "asks something else": -1.001,
    "common left": -2.123,
    "concept left": -0.636,
    "covered": 0.000,
    "evidence": 9.344,
    "exact": 1.291,
    "explained": 0.000,
    "fit": 4.218,
    "followed": -0.012,
    "followed, asks": -2.529,
    "followed, bare": 1.819,
    "followed, empty": 2.861,
    "followed, kin": 5.754,
    "followed, leaning": -1.202,
    "followed, names": 2.385,
    "followed, same": -0.122,
    "followed, same, asks": 0.215,
    "gap": 2.685,
    "gap, explained": -1.576,
    "gap, few terms": -1.634,
    "gap, less": 2.803,
    "gap, more": 1.462,
    "gap, nothing more": -0.372,
    "gap, verifying": -1.127,
    "light left": -0.947,
    "likelihood": 8.978,
    "name left": -1.246,
    "negation differs": 0.000,
    "never asks it": -0.002,
    "number left": -0.378,
    "own words left": 0.000,
    "strangers": -0.385,
    "unknown left": -2.438,
    "verbal left": -1.532,
    "word left": -0.315,
    "year left": -1.767,
}
NOTHING: Final[dict[str, float]] = {
    "always": 5.178,
    "asks nothing": 2.443,
    "best explained": 0.000,
    "best fit": -0.334,
    "everyday words": -2.708,
    "few terms": 0.535,
    "strange name": 4.305,
    "strange name, verifying": -3.316,
    "talking": -6.340,
    "talking, bare": 3.314,
    "talking, leaning": 7.362,
    "terms": -2.781,
    "unknown words": -6.135,
    "verifying": -0.585,
}
"""The same for there being no answer."""
VERBATIM: Final = 10.0
"""What it is worth that a question is a phrasing word for word: it wins its own intent, whatever else is near."""
EXACT_AT: Final = 0.95
"""Share, both ways, from which a question is as good as one of the phrasings."""
TINY: Final = 3
"""Terms at most of a very short question."""
SHORT: Final = 8
"""Terms at most of a short question; longer ones ramble."""
ACTOR_PENALTY: Final = 0.34
"""How much of its weight an actor or number costs a candidate that has nothing to do with it."""

# --- decision
ANSWER_AT: Final = 0.25
"""Probability from which the best candidate is taken as what was asked."""
NOTHING_AT: Final = 1.5
"""How many times as probable as "no answer" the best candidate has to be."""
CLEAR_AT: Final = 5.0
"""How many times as probable as the second the best has to be, to be clear where the whole question is explained."""
NOTHING_CLEAR_AT: Final = 0.1
"""How many times as probable as "no answer" such a clear candidate has to be."""
EXPLAINED_AT: Final = 0.2
"""Share of a short question that what it is taken for has to account for."""
EXPLAINED_TINY_AT: Final = 0.4
"""The same for a question of few terms."""
DETAIL_AT: Final = 0.5
"""Share of a question from which what is not answered is a detail of something known."""
CORRECTED_AT: Final = 0.65
"""Share of a phrasing that a statement with a strange name has to have, to be put right rather than not known."""
SURE_AT: Final = 0.88
"""Probability from which nothing else is told."""
TOGETHER_AT: Final = 0.14
"""Of the probability of the best, what a second answer has to have to be told with it."""
NEAR_AT: Final = 0.63
"""The same for an answer told after "the articles do not say"."""
ADMITTED_AT: Final = 0.12
"""The same for "the articles do not say", told after an answer."""
TOLD_TOGETHER: Final = 4
"""Facts at most in an answer that tells two near intents."""
CLARIFY_BELOW: Final = 0.5
"""Probability of the best up to which two near intents, too long to be told together, are asked back about."""

CALIBRATION: Final = (
    (0.0, 0.6),
    (0.25, 0.75),
    (0.45, 0.82),
    (0.7, 0.91),
    (0.86, 0.93),
    (0.95, 0.95),
    (0.98, 0.97),
    (1.0, 0.98),
)
"""Strength of a decision (0..1) -> share of such answers that are right: knots of a line, read off the open
questions (benchmarks/calibrate.py draws it) and set a little lower, because new questions are harder."""

# --- conversation
CONTEXT_FADES: Final = 4
"""Messages after which the last understood question is forgotten."""
CONTEXT_SHARE: Final = 0.33
"""How much of its weight a term keeps that is taken over from the last question."""
TRUTH_AT: Final = 0.75
"""Coverage, both ways, from which a yes/no statement is taken as the one that was asked about."""
SMALLTALK_AT: Final = 84
"""rapidfuzz ratio (0..100) from which each clause of a message is taken as smalltalk."""
SMALLTALK_RATHER: Final = 72
"""The same where nothing of the saga was understood."""
SMALLTALK_AMID: Final = 97
"""The same for what looks like a follow-up in a conversation."""
WHOLE_GAIN: Final = 0.17
"""By how much surer one answer to a whole message has to be than the answers to its several questions."""
APART_AT: Final = 0.8
"""Confidence of each of several questions from which they are answered apart, however sure one answer to all is."""
RAMBLING: Final = 10
"""Terms from which a message may tell what has nothing to do with its question."""
OWN_LEFT_AT_MOST: Final = 0.6
"""Share of a follow-up's own words that what it is taken for may leave unexplained."""
THEN_SURE: Final = 0.9
"""Probability of an answer to "et en 2025 ?"."""
