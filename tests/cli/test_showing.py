"""bot.cli.showing: a reply as a terminal shows it."""

from __future__ import annotations

from bot.cli.showing import folded


def test_a_line_is_never_broken_at_a_no_break_space() -> None:
    """Nor at a space that French would have so: before a mark, inside quotation marks, behind §."""
    for typed in ("La fin", "« Une fin ? », § 4", "«\u00a0Une fin\u202f?\u00a0», § 4", "  – Qui vend ?"):
        for width in range(1, 12):
            lines = folded(typed, width).split("\n")
            assert not any(
                line.lstrip().startswith((":", "»", "?", "4")) or line.endswith(("«", "§")) for line in lines
            )
    assert folded("« Une fin ? », § 4", None) == "« Une fin ? », § 4"
