"""How French is set: apostrophes, spaces that do not break, lists."""

from __future__ import annotations

import re
from collections.abc import Sequence

NARROW, WIDE = "\u202f", "\u00a0"
_MARKS = re.compile(r"[ \u00a0\u202f]*([?!;:]+)(?=\s|$)")
_OPEN, _CLOSE = re.compile(r"«\s*"), re.compile(r"\s*»")
_THOUSANDS = re.compile(r"(?<=\d) (?=\d{3}\b)")
_UNIT = re.compile(r"(?<=\d) (?=%|€|millions?\b|milliards?\b|ans?\b|dollars?\b)")


def typeset(text: str) -> str:
    """Return `text` with French typography: curly apostrophes, unbreakable spaces before ? ! ; : » % and in numbers."""
    text = text.replace("'", "’")
    text = _CLOSE.sub(f"{WIDE}»", _OPEN.sub(f"«{WIDE}", text))
    text = _MARKS.sub(lambda marks: (WIDE if marks[1].startswith(":") else NARROW) + marks[1], text)
    text = _THOUSANDS.sub(NARROW, text)
    return _UNIT.sub(WIDE, text)


def listed(words: Sequence[str], last: str = "et") -> str:
    """Return words as French lists them: "a, b et c"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"
