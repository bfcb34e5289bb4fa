"""What members type, made harmless before it is shown again: no markup, no mention, no link, no trick of direction."""

from __future__ import annotations

import re
from typing import Final

from bot.writing.french import clipped

ECHO_AT_MOST: Final = 200
"""Characters of a member's text that are shown again, at most."""

_MARKUP = re.compile(r"([\\*_~`|\[\]<]|^[>#+-])")
_EMPHASIS = re.compile(r"([\\*_~`|])")
_BREAK = "\u200b"


def harmless(text: str, limit: int = ECHO_AT_MOST) -> str:
    """Return a member's text on one line, at most `limit` characters of it, that Discord shows letter for letter."""
    kept = "".join([character if character.isprintable() else " " for character in text[: limit * 8]])
    short = clipped(" ".join(kept.split()), limit)
    short = short.replace("@", f"@{_BREAK}").replace("://", f":{_BREAK}//")
    return _MARKUP.sub(r"\\\1", short)


def plain(text: str) -> str:
    """Return a text of the base (a title, a fact) without accidental markup: its lines and bullets stay."""
    return _EMPHASIS.sub(r"\\\1", text).replace("@", f"@{_BREAK}")


def coded(text: str, limit: int) -> str:
    """Return `text` as inline code, on one line, at most `limit` characters of it; a narrow screen can wrap it."""
    return f"`{clipped(' '.join(text.replace('`', 'ˋ').split()), limit)}`"
