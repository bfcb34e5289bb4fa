"""What a person's next message may lean on: a small value, passed in and out; the engine keeps none."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, replace

from knowledge import tuning
from knowledge.language.counting import Side
from knowledge.language.reading import Reading
from knowledge.language.terms import Kind, QuestionType, Term
from knowledge.model import IntentKind, KnowledgeBase
from knowledge.reply import Outcome, Part, Rule
from knowledge.search.index import Phrase


@dataclass(frozen=True, slots=True)
class Conversation:
    """The last question that was understood: its terms, what it asked for, and what it was answered with."""

    terms: tuple[Term, ...] = ()
    asks: frozenset[QuestionType] = frozenset()
    intent: str | None = None
    facts: tuple[str, ...] = ()
    years: tuple[int | Side, ...] = ()
    """Years that the question asked about."""
    age: int = 0
    """Messages since then that were not understood as questions."""
    listed: tuple[str, ...] = ()
    """The facts of the last answer, of which one point after the other may be wanted: `facts` is then that point."""
    choices: tuple[str, ...] = ()
    """Intents that were just offered to choose from."""
    heard: tuple[str, ...] = ()
    """All facts told since something new was asked about: who wants to know more wants others."""
    statement: Phrase | None = None
    """What the last answer said yes or no to, where nothing was denied in asking: "alors, oui ou non ?"."""

    @property
    def fresh(self) -> bool:
        """Whether there is something that a follow-up can lean on."""
        return self.intent is not None and self.age < tuning.CONTEXT_FADES

    def within(self, base: KnowledgeBase) -> Conversation:
        """Return it, or a new one where the base was changed so that it no longer has what was spoken of."""
        actors = {term.actor for term in self.terms if term.actor}
        intents = {*self.choices, *([self.intent] if self.intent else ())}
        known = base.intents.keys() >= intents and base.facts.keys() >= {*self.facts, *self.listed, *self.heard}
        return self if known and base.actors.keys() >= actors else Conversation()

    def after(self, part: Part, base: KnowledgeBase) -> Conversation:
        """Return where it stands after a question of it was decided."""
        if part.rule is Rule.AGAIN:
            return self
        if part.rule is Rule.PICKED:
            return replace(self, facts=part.facts, statement=None)
        if part.rule in (Rule.MOVED, Rule.BEYOND):
            listed = part.facts if len(part.facts) > 1 else ()
            heard = (*self.heard, *part.facts)
            return replace(self, facts=part.facts, listed=listed, heard=heard, statement=None)
        if part.outcome is Outcome.CLARIFY:
            # Who does not choose goes on from what they asked: "et Azur ?", "c'était quand ?".
            known = base.index.known(part.choices[0])
            return replace(self.understood(part.reading, part.choices[0], (), known, listed=()), choices=part.choices)
        if part.intent and base.intents[part.intent].forgets:
            return Conversation()
        if part.rule is Rule.DETAIL and not self.fresh:
            # "et cette vente ?", not understood, still is what "je parle d'Azur" goes on from.
            likeliest = (one.intent for one in part.candidates)
            asked = next((name for name in likeliest if base.intents[name].kind is IntentKind.ANSWER), None)
            return self.understood(part.reading, asked, (), frozenset(), listed=()) if asked else self
        if part.intent and part.outcome is not Outcome.SMALLTALK and part.rule is not Rule.YEAR:
            known, read_out = base.index.known(part.intent), base.intents[part.intent].kind is IntentKind.ANSWER
            listed = part.facts if read_out and len(part.facts) > 1 else ()
            said = part.statement if part.truth is not None and not part.reading.negated else None
            return replace(self.understood(part.reading, part.intent, part.facts, known, listed=listed), statement=said)
        return self.passed()

    def understood(
        self,
        reading: Reading,
        intent: str,
        facts: tuple[str, ...],
        known: Container[str],
        *,
        listed: tuple[str, ...],
    ) -> Conversation:
        """Return the state after a question that led to `intent`, whose features are `known`.

        Terms of the state before are kept where the intent knows them: actors, where the question names none ("qui est
        Azur ?", then "que dit-elle ?", "quand ?"); and concepts and words, where it hardly says anything itself
        ("combien de départs ?", then "c'est la première fois ?", "et Brunel ?").
        """
        terms = [term if term.share == 1.0 else term._replace(share=1.0) for term in reading.terms]
        if self.fresh:
            new = {term.feature for term in terms}
            adds_little = not reading.carried and (reading.leaning or reading.one_topic_at_most)
            terms += [
                term
                for term in self.terms
                if term.feature in known and term.feature not in new
                if (adds_little and term.kind in _SPOKEN_OF) or (term.actor and not reading.actors)
            ]
        heard = (*self.heard, *facts) if reading.carried or {*facts} & {*self.heard} else facts
        return Conversation(tuple(terms), reading.asks, intent, facts, reading.years, listed=listed, heard=heard)

    def passed(self) -> Conversation:
        """Return the state after a message that was no question, or one not understood."""
        return replace(self, age=self.age + 1) if self.intent else Conversation()


_SPOKEN_OF = frozenset([Kind.CONCEPT, Kind.WORD])
