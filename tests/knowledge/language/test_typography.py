"""knowledge.language.typography: how French is set."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from knowledge.language.typography import listed, typeset

NARROW, WIDE = "\u202f", "\u00a0"


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("l'offre", "l’offre"),
        ("Qui ? Moi !", f"Qui{NARROW}? Moi{NARROW}!"),
        ("Qui? Moi!", f"Qui{NARROW}? Moi{NARROW}!"),
        ("a ; b : c", f"a{NARROW}; b{WIDE}: c"),
        ("il dit « oui »", f"il dit «{WIDE}oui{WIDE}»"),
        ("9 000 postes", f"9{NARROW}000 postes"),
        ("1 234 567 euros", f"1{NARROW}234{NARROW}567 euros"),
        ("63 %", f"63{WIDE}%"),
        ("39 milliards", f"39{WIDE}milliards"),
        ("en 2031, 300 tonnes", "en 2031, 300 tonnes"),
        ("à 12:30 [1]", "à 12:30 [1]"),
    ],
)
def test_typography_is_french(written: str, printed: str) -> None:
    """Curly apostrophes, and spaces that do not break before ? ! ; : » % and inside numbers."""
    assert typeset(written) == printed


@given(st.text(max_size=200))
@example("a  ?")
@example("a ::")
@example(":»")
@example("quoi?! ?:")
@example("« « »")
@example("1 000 000 %")
def test_setting_twice_is_setting_once(text: str) -> None:
    """Text that is set stays as it is."""
    assert typeset(typeset(text)) == typeset(text)


def test_lists() -> None:
    """Before the last of several words stands "et", and commas between the others."""
    assert [listed(words) for words in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a et b", "a, b et c"]
