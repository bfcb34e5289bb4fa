"""What members typed is harmless where it is shown again."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from bot.writing.escaping import harmless, plain


@given(st.text())
@example("@everyone <@1> [ici](https://a.b) `a` *b* \u202e \u2066 \x00\n")
def test_a_harmless_text_is_one_line_without_live_markup(text: str) -> None:
    """Whatever was typed: no line break, no control or direction character, no mention, no bare markup, no link."""
    shown = harmless(text)
    assert not any(character in shown for character in "\n\r\t\x00\u202e\u2066")
    assert "://" not in shown
    bare = [
        character
        for position, character in enumerate(shown)
        if character in "*_~`|[]<" and (position == 0 or shown[position - 1] != "\\")
    ]
    assert bare == []
    assert all(shown[position + 1] == "\u200b" for position, character in enumerate(shown) if character == "@")


def test_a_text_of_the_base_keeps_its_lines() -> None:
    """Accidental markup and mentions are escaped; bullets and line breaks stay."""
    assert plain("Voici :\n• a_b\n• c*d @tous") == "Voici :\n• a\\_b\n• c\\*d @\u200btous"
