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
LIKELIHOOD_SHARE: Final = 0.4
"""Share of the likelihood of an intent (naive Bayes) in a score."""
LIKELIHOOD_SPAN: Final = 20.0
"""Log-likelihood behind the likeliest intent at which an intent gets nothing of that share."""
SIZE_EVENED: Final = 0.6
"""How far an intent of few phrasings is made up to the size of the others: 0 not at all, 1 wholly."""
GAP_PRIOR: Final = 0.9
"""Log-likelihood that "the articles do not say" has in advance: a wrong answer is worse than none."""
SMOOTHING: Final = 0.1
"""What every feature counts for every intent before any phrasing is counted (Lidstone)."""
ASKS_OTHER: Final = 0.79
"""Factor where the phrasing asks for something else than the question (when / why / how many ...)."""
ASKS_NEVER: Final = 0.7
"""The same where no phrasing of the intent asks for it."""
ASKS_NEVER_FOLLOWED: Final = 0.58
"""The same in a follow-up, whose question word is most of what it says."""
ASKS_NOTHING: Final = 0.98
"""The same where the phrasing asks for nothing (keywords, statements)."""
ASKS_NOTHING_FOLLOWED: Final = 0.97
"""The same in a follow-up."""
ASKED_AT_LEAST: Final = 0.03
"""Share of an intent's phrasings from which what they ask for (when, how many ...) is what the intent tells."""
NEGATION_OTHER: Final = 0.895

# --- search
LIKELIEST: Final = 10
"""How many of the likeliest intents have their phrasings looked at."""
PHRASES_EACH: Final = 3
"""How many phrasings of each of them are scored."""

# --- decision
ANSWER_AT: Final = 0.35
"""Score from which an intent is taken as what was asked."""
UNEXPLAINED_AT_MOST: Final = 0.7
"""Share of a short question's weight that the chosen intent may leave unexplained."""
UNEXPLAINED_TINY: Final = 0.37
"""The same for a question of few terms."""
TINY: Final = 3
"""Terms at most of such a question."""
SHORT: Final = 8
"""Terms at most of a short question."""
GAP_HANDICAP: Final = 0.05
"""By how much "the articles do not say" has to be nearer than the nearest answer."""
EXACT_AT: Final = 0.95
"""Score from which a question is as good as one of the phrasings, whatever comes second."""
MARGIN: Final = 0.08
"""Two intents nearer than this are told together, where they are short enough."""
TIE: Final = 0.001
"""The same where the best is as good as one of its phrasings."""
TOLD_TOGETHER: Final = 4
"""Facts at most in an answer that tells two near intents."""
CLARIFY_BELOW: Final = 0.52
"""Best score up to which two near intents, too long to be told together, are asked back about."""
ACTOR_PENALTY: Final = 0.34
"""How much of its weight an actor or number costs a candidate that has nothing to do with it."""

CALIBRATION: Final = ((0.0, 0.5), (0.4, 0.74), (0.55, 0.8), (0.65, 0.9), (1.0, 0.95))
"""Strength of a decision (0..1) -> share of such answers that are right: knots of a line, read off the open
questions (benchmarks/calibrate.py draws it) and set a little lower, because new questions are harder."""

# --- conversation
CONTEXT_FADES: Final = 4
"""Messages after which the last understood question is forgotten."""
CONTEXT_SHARE: Final = 0.34
"""How much of its weight a term keeps that is taken over from the last question."""
TRUTH_AT: Final = 0.75
"""Coverage, both ways, from which a yes/no statement is taken as the one that was asked about."""
SMALLTALK_AT: Final = 84
"""rapidfuzz ratio (0..100) from which each clause of a message is taken as smalltalk."""
SMALLTALK_RATHER: Final = 72
"""The same where nothing of the saga was understood."""
SMALLTALK_AMID: Final = 97
"""The same for what looks like a follow-up in a conversation."""
WHOLE_GAIN: Final = 0.26
"""By how much surer one answer to a whole message has to be than the answers to its several questions."""
HALVED_BELOW: Final = 0.8
"""Confidence below which a message is also tried in halves, cut at "et"."""
COMPLETE_AT: Final = 0.98
"""Confidence from which a short question ("qui est le maire ?") stands alone."""
CONTEXT_GAIN: Final = 0.16
"""What an intent would gain in a follow-up for having all actors, topics and articles of the last answer."""
