"""Every threshold and weight of the engine, in one place.

Chosen on the open part of the question corpus; `saga evaluate` shows what a change does.
"""

from __future__ import annotations

from typing import Final

# --- weights of terms (times the inverse document frequency over intents, 0..1)
KIND_WEIGHT: Final = {
    "actor": 1.0,
    "name": 1.3,
    "number": 1.0,
    "year": 0.6,
    "concept": 1.0,
    "word": 0.9,
    "light": 0.25,
    "unknown": 0.8,
}
LEAST_WEIGHT: Final = 0.06
"""Even the most common feature ("tiktok") weighs something."""

# --- similarity of a question and a phrasing
PROFILE_WORTH: Final = 0.7
"""What a term is worth that the phrasing lacks but the intent's other phrasings have."""
FACT_WORTH: Final = 0.5
"""The same for a term that only the intent's facts have."""
QUESTION_SHARE: Final = 0.6
"""Weight of the question's coverage against the phrasing's in their harmonic mean."""
ASKS_SAME: Final = 1.0
ASKS_OTHER: Final = 0.8
"""Factor where question and intent ask for different things (when / why / how many ...)."""
NEGATION_OTHER: Final = 0.97

# --- search
POSTINGS_BUDGET: Final = 6_000
"""Postings looked at for one question; the rarest features go first."""
SHORTLIST: Final = 40

# --- decision
ANSWER_AT: Final = 0.56
EXACT_AT: Final = 0.97
"""Score from which a question is as good as one of the phrasings, whatever comes second."""
MARGIN: Final = 0.01
UNEXPLAINED_AT_MOST: Final = 0.5
"""Share of a question's weight that the chosen intent may leave unexplained."""

# --- conversation
CONTEXT_FADES: Final = 4
"""Messages after which the last understood question is forgotten."""
CONTEXT_SHARE: Final = 0.4
"""How much of its weight a term keeps that is taken over from the last question."""
TRUTH_AT: Final = 0.75
"""Coverage, both ways, from which a yes/no statement is taken as the one that was asked about."""
SMALLTALK_AT: Final = 84
"""rapidfuzz ratio (0..100) from which a message is taken as smalltalk."""
WHOLE_AT: Final = 0.7
"""Share of a message's weight that one intent has to explain for the message to be taken as one question."""
