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
    "actor": 2.674,
    "actor left": -1.376,
    "alone": 1.162,
    "alone, asks": -2.628,
    "alone, bare": -1.211,
    "alone, empty": -0.049,
    "alone, kin": 8.876,
    "alone, leaning": -0.899,
    "alone, names": 1.659,
    "alone, same": -0.738,
    "alone, same, asks": -4.284,
    "asks nothing": -0.525,
    "asks something else": -0.588,
    "common left": -0.899,
    "concept left": -1.053,
    "covered": 0.825,
    "evidence": 8.392,
    "exact": 1.460,
    "explained": 0.994,
    "fit": 3.311,
    "followed": -0.951,
    "followed, asks": 1.096,
    "followed, bare": 0.882,
    "followed, empty": 3.032,
    "followed, kin": 4.652,
    "followed, leaning": 0.779,
    "followed, names": 2.098,
    "followed, same": 1.471,
    "followed, same, asks": -1.466,
    "gap": 3.343,
    "gap, explained": -1.540,
    "gap, few terms": -2.475,
    "gap, less": -3.922,
    "gap, more": 2.091,
    "gap, nothing more": -0.367,
    "gap, verifying": -1.737,
    "light left": -4.073,
    "likelihood": 7.060,
    "name left": -0.496,
    "negation differs": 0.000,
    "never asks it": -0.259,
    "number left": -0.982,
    "own words left": -10.138,
    "strangers": -1.915,
    "unknown left": -1.741,
    "verbal left": 0.000,
    "word left": -0.589,
    "year left": -3.060,
}
NOTHING: Final[dict[str, float]] = {
    "always": 6.211,
    "asks nothing": 3.309,
    "best explained": 0.000,
    "best fit": -3.615,
    "everyday words": -1.844,
    "few terms": 4.439,
    "strange name": 9.543,
    "strange name, verifying": -4.778,
    "talking": -2.509,
    "talking, bare": 4.325,
    "talking, leaning": 2.842,
    "terms": -0.793,
    "unknown words": 19.115,
    "verifying": -2.435,
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
ANSWER_AT: Final = 0.2
"""Probability from which the best candidate is taken as what was asked."""
NOTHING_AT: Final = 0.7
"""How many times as probable as "no answer" the best candidate has to be."""
CLEAR_AT: Final = 5.0
"""How many times as probable as the second the best has to be, to be clear where the whole question is explained."""
NOTHING_CLEAR_AT: Final = 0.1
"""How many times as probable as "no answer" such a clear candidate has to be."""
EXPLAINED_AT: Final = 0.25
"""Share of a short question that what it is taken for has to account for."""
EXPLAINED_TINY_AT: Final = 0.5
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

CALIBRATION: Final = ((0.0, 0.5), (0.4, 0.74), (0.55, 0.8), (0.65, 0.9), (1.0, 0.95))
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
HALVED_BELOW: Final = 0.62
"""Confidence below which a message is also tried in halves, cut at "et"."""
OWN_LEFT_AT_MOST: Final = 0.6
"""Share of a follow-up's own words that what it is taken for may leave unexplained."""
THEN_SURE: Final = 0.9
"""Probability of an answer to "et en 2025 ?"."""
