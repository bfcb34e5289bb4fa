"""How like a text is to what was typed so far."""

from bot.editions.likeness import likeness
from knowledge.language.normalising import words


def test_likeness_prefers_what_was_typed() -> None:
    """Whole words before beginnings, beginnings before near misses; nothing shared is nothing."""
    known = words("Combien de salariés le moulin emploie-t-il ?")
    assert likeness(words("salariés"), known) > likeness(words("salar"), known) > likeness(words("salariez"), known) > 0
    assert likeness(words("girafe"), known) == 0
