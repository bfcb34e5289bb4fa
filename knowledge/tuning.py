"""Every threshold and weight by which the engine decides, in one place.

What a word may be like to stand for another one, how much an answer tells, and sizes of work, stand beside their use.

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
UNSEEN_WEIGHT: Final = 1.0
"""What a feature weighs that no phrasing has."""
ASKED_WEIGHT: Final = 0.4
"""What it weighs, where the phrasing is chosen that is most like a question, that it asks for the same."""
MONTH_WORTH: Final = 0.5
"""How similar a day is to its month."""

# --- similarity of a question and a phrasing
PROFILE_WORTH: Final = 0.59
"""What a term is worth that the phrasing lacks but the intent's other phrasings have."""
QUESTION_SHARE: Final = 0.47
"""Weight of the question's coverage against the phrasing's in their harmonic mean."""
QUESTION_SHARE_LONG: Final = 0.33
"""The same for a long question, most of which is beside the point."""

# --- likelihood of an intent
SIZE_EVENED: Final = 0.3
"""How far an intent of few phrasings is made up to the size of the others: 0 not at all, 1 wholly."""
SMOOTHING: Final = 0.05
"""What every feature counts for every intent before any phrasing is counted (Lidstone)."""
NGRAMS_WEIGHT: Final = 1.45
"""What the character n-grams of a word count against the word itself."""
STATEMENT_WORTH: Final = 0.3
"""What a statement counts of a question where words are counted: many are written that few people ask."""

# --- reading
SMALL_NUMBER: Final = 10
"""Number words up to this are often mere determiners ("les deux", "trois trucs") and weigh little."""
LISTED_FROM: Final = 2
"""Things behind a colon from which they are a list, each asked for by itself."""
FRAME_AT_MOST: Final = 3
"""Words at most, in front of a question, that only say what it is about ("et Azur,")."""

# --- search
LIKELIEST: Final = 10
"""How many of the likeliest intents are candidates, each by that phrasing of it which is most like the question.

Cards of actors come on top, and what is worded just so, and in a talk the last one.
"""
LIKELIEST_ANYWAY: Final = 5
"""How many of them are candidates, however unlikely."""
LIKELY_WITHIN: Final = 0.3
"""By how much less likely than the likeliest the others may be: no fit makes up for more."""

# --- probability of a candidate: what each signal of it is worth, by `python -m benchmarks.fit`
SIGNALS: Final[dict[str, float]] = {
    "actor": -3.180,
    "actors missed": -1.844,
    "alone": 0.735,
    "alone, actors": -0.031,
    "alone, asks": 1.234,
    "alone, covered": 0.384,
    "alone, fit": -4.339,
    "alone, jaccard": 7.566,
    "alone, leaning": 0.054,
    "alone, likely": 2.438,
    "alone, no facts": 3.660,
    "alone, no topic": 0.148,
    "alone, one topic at most": -0.299,
    "alone, same": -0.663,
    "alone, same, asks": -2.817,
    "asked how": 0.072,
    "asked how-many": 0.515,
    "asked since-when": 0.314,
    "asked what": 0.158,
    "asked when": 0.176,
    "asked where": 0.134,
    "asked which": 0.621,
    "asked who": 0.510,
    "asks nothing": -0.629,
    "asks something else": -1.066,
    "common left": -0.941,
    "concept left": -0.508,
    "exact": 0.828,
    "explained": 1.997,
    "fit": 4.162,
    "followed": -0.874,
    "followed, actors": -0.276,
    "followed, asks": -0.409,
    "followed, covered": 0.109,
    "followed, fit": 1.028,
    "followed, jaccard": 4.127,
    "followed, leaning": -0.139,
    "followed, likely": 4.506,
    "followed, no facts": -0.043,
    "followed, no topic": 1.322,
    "followed, one topic at most": 0.441,
    "followed, same": -0.537,
    "followed, same, asks": 0.669,
    "gap": 0.427,
    "gap, explained": 0.271,
    "gap, few terms": -0.895,
    "gap, less": 2.031,
    "gap, more": -1.450,
    "gap, nothing more": -0.863,
    "gap, verifying": -1.047,
    "light left": -0.779,
    "likely": 9.995,
    "likely, beside others": 4.918,
    "name left": -0.764,
    "number left": -0.620,
    "size": -1.388,
    "verbal left": -12.621,
    "year left": -2.634,
}
NO_ANSWER: Final[dict[str, float]] = {
    "always": 2.863,
    "asks nothing": 1.473,
    "best fit": -1.379,
    "everyday words": -2.764,
    "few terms": 1.494,
    "strange name": 1.292,
    "strange name, verifying": 0.944,
    "talking": 0.396,
    "talking, leaning": 0.552,
    "talking, one term at most": 0.289,
    "terms": -3.807,
    "unknown words": -1.274,
    "verifying": -0.062,
}
"""The same for there being no answer."""
VERBATIM: Final = 10.0
"""What it is worth that a question is a phrasing word for word: it wins its own intent, whatever else is near."""
EXACT_AT: Final = 0.95
"""Share of a question, or of a phrasing, from which the other accounts for as good as all of it."""
TINY: Final = 3
"""Terms at most of a very short question."""
SHORT: Final = 8
"""Terms at most of a short question; of a long one, everyday words are not heard."""
FEW: Final = 2
"""Terms at most of a question of which too little is known for an answer to be likely."""
MANY: Final = 8
"""Terms from which a longer question makes an answer no likelier."""

# --- decision
KEPT: Final = 5
"""Candidates that a part keeps: what is offered next comes from them."""
JOINED_AT_MOST: Final = 2
"""Words at most between two names that are asked for together: "et de"."""
ANSWER_AT: Final = 0.28
"""Probability from which the best candidate is taken as what was asked."""
NO_ANSWER_AT: Final = 1.0
"""How many times as probable as "no answer" the best candidate has to be."""
CLEAR_AT: Final = 5.0
"""How many times as probable as the second the best has to be, to be clear where the whole question is explained."""
NO_ANSWER_CLEAR_AT: Final = 0.07
"""How many times as probable as "no answer" such a clear candidate has to be."""
EXPLAINED_AT: Final = 0.15
"""Share of a short question that what it is taken for has to account for."""
EXPLAINED_TINY_AT: Final = 0.45
"""The same for a question of few terms, where the rest does not make it probable."""
PROBABLE_AT: Final = 0.75
"""Probability from which a question of few terms is judged like a longer one: other signals spoke."""
TOPIC_AT_MOST: Final = 2
"""Terms at most of a message without a question mark that may only name a thing."""
DETAIL_AT: Final = 0.5
"""Share of a question from which what is not answered is a detail of something known."""
NAMED_AT: Final = 0.4
"""Weight from which a word that a fact has names what it tells of, rather than what is told of anything."""
COUNTED_AT: Final = 0.55
"""Probability from which a figure that nothing has is told to be one that the articles do not give."""
TRUTH_AT: Final = 0.75
"""Coverage, both ways, from which a yes/no statement is taken as the one that was asked about."""
PRESUMED_AT: Final = 0.85
"""Share, both ways, from which a denied statement is what an open question takes for granted."""
PRESUMED_BEYOND: Final = 0.05
"""By how much it has to fit better than what the question is taken for."""
LINKED_ABOVE: Final = 0.5
"""Share of what a question says of a cause, and of its effect, above which an article, or what the
question is taken for, may join them."""
TELLING_FROM: Final = 0.12
"""Weight from which a term of a statement has to be in a question, for it to be that statement."""
CLAIMED_WITHIN: Final = 9
"""Words at most that tell who is said to say something, with the word behind which that comes."""
STRANGE_BELOW: Final = 0.03
"""Share of the phrasings of an answer below which what they say that somebody did is strange to it."""
REPORTED_WITHIN: Final = 3
"""Words at most between "qui" and what somebody is asked to have said, with the one behind which that comes."""
QUOTE_UNKNOWN_AT: Final = 0.5
"""Share of what somebody is asked to have said from which it is a detail that the articles lack."""
CORRECTED_AT: Final = 0.6
"""Share of a phrasing that a statement with a strange name has to have, to be put right rather than not known."""
STATED_AT: Final = 0.1
"""Of the probability of the best, what an intent needs to come first because it has just the statement asked about."""
SURE_AT: Final = 0.88
"""Probability from which nothing else is told."""
TOGETHER_AT: Final = 0.12
"""Of the probability of the best, what a second answer has to have to be told with it."""
LIKEWISE_AT: Final = 0.5
"""The same for a second answer that is told with half of the facts, rather than only its first; and, where both are too
long for that, for one that is told instead, being a part of the best, or asked back about."""
NEAR_AT: Final = 0.5
"""The same for an answer told after "the articles do not say"."""
ADMITTED_AT: Final = 0.25
"""The same for "the articles do not say", told after an answer."""
ADMITTED_AFTER_ALL_AT: Final = 0.5
"""The same after an answer that accounts for the whole question: little is left to be admitted."""
WANTED_AT: Final = 0.02
"""The same for an intent whose facts are told of an answer, too, where they stand among what that has more."""
TOLD_TOGETHER: Final = 4
"""Facts at most in an answer that tells two near intents, and events told of a time."""
CLARIFY_BELOW: Final = 0.42
"""Probability of the best up to which two near intents, too long to be told together, are asked back about."""

TOPIC_WORTH: Final = 2
"""How many shared actors a shared topic is worth, where what is near the facts told is offered."""
OFFERED_AT: Final = 0.3
"""Share of a question from which what accounts for it is offered as what to ask next."""

CALIBRATION: Final = (
    (0.0, 0.65),
    (0.3, 0.76),
    (0.5, 0.84),
    (0.76, 0.92),
    (0.91, 0.94),
    (0.967, 0.962),
    (0.99, 0.98),
    (1.0, 0.985),
)
"""Strength of a decision (0..1) -> share of such answers that are right: knots of a line, read off the open
questions (benchmarks/calibrate.py draws it) and set a little lower, because new questions are harder."""

# --- conversation
CONTEXT_FADES: Final = 4
"""Messages after which the last understood question is forgotten."""
CONTEXT_SHARE: Final = 0.6
"""How much of its weight a term keeps that is taken over from the last question.

A message that only puts in another name or year takes it over whole.
"""
MORE_AT: Final = 0.6
"""How much a fact has to share with one that was told to be told to who wants to know more."""
OUTCOME_AT: Final = 0.5
"""Share of what was told last, of what the outcome is known of, from which one intent tells what came of it all."""
OWN_LEFT_AT_MOST: Final = 0.5
"""Share of a follow-up's own words that what it is taken for may leave unexplained."""
THEN_AT: Final = 0.1
"""Probability from which what lies in another year answers "et en 2031 ?"."""
THEN_SHARED_AT: Final = 0.6
"""Jaccard index of its topics and those told from which: who asked what it is worth does not ask what it earned."""
THEN_SURE: Final = 0.9
"""Probability of an answer to "et en 2031 ?"."""
WHEN_SHARED_AT: Final = 0.3
"""The same for what answers "quand ?" and tells none of that."""
OMNIPRESENT_FROM: Final = 1 / 3
"""Share of a base's facts from which an actor is in everything, and joins no two events."""

# --- smalltalk and remarks
SMALLTALK_LETTERS: Final = 2
"""Letters from which something may be smalltalk: a single one is a slip of the finger."""
SMALLTALK_SURE: Final = 0.5
"""Confidence of smalltalk that is no likelier than a question; it grows by how much likelier it is."""
SMALLTALK_AT: Final = 0.62
"""How likely smalltalk has to make a message, at least (1: as likely as its own wordings, on average)."""
SMALLTALK_BEYOND: Final = 0.22
"""How much likelier than any question does."""
SMALLTALK_TOLD_AT: Final = 0.55
"""How likely it has to make what is told, not asked, to whoever answers ("tu es rapide")."""
SMALLTALK_TOLD: Final = 0.12
"""How much likelier than any question does, then."""
SMALLTALK_ACCOUNTS: Final = 0.5
"""Of the terms of a message that carry meaning, more than this share has to be known to smalltalk."""
SMALLTALK_AMID: Final = 0.45
"""How much likelier than any question it has to make what goes on from something."""
SMALLTALK_WHOLE: Final = 2
"""Terms that carry meaning from which a wording of smalltalk, put as a question, goes on from nothing."""
REMARK_BELOW: Final = 0.5
"""Likelihood of the likeliest question below which few words amid a talk that ask nothing are a mere remark."""
REMARK_SURE: Final = 0.9
"""Probability of its being one."""

# --- several questions in a message
WHOLE_GAIN: Final = 0.17
"""By how much surer one answer to a whole message has to be than the answers to its several questions."""
APART_AT: Final = 0.7
"""Confidence of each of several questions from which they are answered apart, however sure one answer to all is."""
ASKED_APART_AT: Final = 0.4
"""The same where each has a question word of its own."""
ASIDE_AT: Final = 0.5
"""Confidence from which a tale is answered without the clauses that name a stranger."""
RAMBLING: Final = 10
"""Terms from which a message may tell what has nothing to do with its question."""
