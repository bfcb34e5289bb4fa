"""Who may do what, who is there to read, and what a refusal says: the cases that SimCord cannot play."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import discord
import pytest
from discord import app_commands

from bot.asking.access import CURATORS_ONLY, Refusal, in_direct_message, is_curator, may_write
from bot.client import Options
from bot.replying.errors import CHANGED, GUILD_ONLY, MISREAD, sentence_for


def member(identity: int, state: discord.TeamMembershipState = discord.TeamMembershipState.accepted) -> Any:
    """Return somebody of a team."""
    return SimpleNamespace(id=identity, membership_state=state)


def test_the_team_s_accepted_members_keep_the_base() -> None:
    """With a team, its members may; who was only invited, and the nominal owner, may not."""
    invited = discord.TeamMembershipState.invited
    team = SimpleNamespace(members=[member(1), member(2, invited)])
    bot: Any = SimpleNamespace(options=Options(), application=SimpleNamespace(team=team, owner=member(3)))
    assert [is_curator(bot, member(identity)) for identity in (1, 2, 3)] == [True, False, False]


def test_before_discord_told_us_who_we_are_only_named_people_may() -> None:
    """Without the application's own word, the settings alone count."""
    bot: Any = SimpleNamespace(options=Options(curator_users=frozenset({1})), application=None)
    assert [is_curator(bot, member(identity)) for identity in (1, 2)] == [True, False]


@pytest.mark.parametrize(
    ("guild", "group", "expected"), [(None, False, True), (None, True, False), (7, False, False)], ids=str
)
def test_in_a_group_nobody_is_alone(guild: int | None, group: bool, expected: bool) -> None:  # noqa: FBT001 - a table
    """What is for the asker alone is hidden in servers and in group messages, and only there."""
    interaction: Any = SimpleNamespace(
        guild_id=guild, context=app_commands.AppCommandContext(private_channel=group, dm_channel=not group)
    )
    assert in_direct_message(interaction) is expected


@pytest.mark.parametrize("kind", [discord.TextChannel, discord.Thread])
def test_a_thread_is_written_in_by_a_right_of_its_own(kind: type) -> None:
    """Who may write in a channel may have to be silent in its threads, and the other way round."""
    for right, place in (("send_messages", discord.TextChannel), ("send_messages_in_threads", discord.Thread)):
        granted = discord.Permissions(view_channel=True, **{right: True})
        interaction: Any = SimpleNamespace(app_permissions=granted, channel=object.__new__(kind))
        assert may_write(interaction) is (kind is place)


def test_each_foreseen_error_has_its_sentence() -> None:
    """Refusals, changed commands and misread options are no incidents; anything else is."""
    command: Any = SimpleNamespace(name="question", qualified_name="question", _guild_ids=None)
    transformer: Any = SimpleNamespace(_error_display_name="Range")
    assert sentence_for(Refusal(CURATORS_ONLY)) == CURATORS_ONLY
    assert sentence_for(app_commands.NoPrivateMessage()) == GUILD_ONLY
    assert sentence_for(app_commands.CommandNotFound("question", [])) == CHANGED
    assert sentence_for(app_commands.TransformerError("x", discord.AppCommandOptionType.string, transformer)) == MISREAD
    assert sentence_for(app_commands.CommandInvokeError(command, ValueError())) is None
