"""The commands as Discord has them beside those of this version: an update changes them here, and not there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bot.client import SagaBot

WAIT_AT_MOST: Final = 1.5
"""Seconds to wait for Discord's list of commands: an interaction has to be answered within three."""


async def outdated(bot: SagaBot) -> list[str]:
    """Return the names of the commands that Discord lacks, has in another form, or has though we do not; sorted.

    Only those for every server are looked at. All that a person sees of a command is compared, but for its names in
    English, which Discord does not list. Raises discord.HTTPException.
    """
    ours = _shown(command.to_dict(bot.tree) for command in bot.tree.get_commands())
    theirs = _shown(await bot.http.get_global_commands(bot.application_id or 0))
    return sorted({key[-1] for key in ours.keys() | theirs.keys() if ours.get(key) != theirs.get(key)})


def _shown(commands: Iterable[Mapping[str, Any]]) -> dict[tuple[int, str], object]:
    """Return commands or their options, by their sort and name, as a person sees them."""
    return {
        (one["type"], one["name"]): (
            one.get("description") or "",
            bool(one.get("required")),
            bool(one.get("autocomplete")),
            [*_shown(one.get("options") or ()).items()],
        )
        for one in commands
    }
