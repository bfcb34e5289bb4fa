"""Who may do what, and the sentence that says what is needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
from discord import app_commands

if TYPE_CHECKING:
    from bot.client import Interaction, SagaBot


class Refusal(app_commands.CheckFailure):
    """A kind French sentence for the member, raised where something is not to be done."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class Patience(Refusal):
    """Somebody asks faster than we may answer: told to them alone."""


CURATORS_ONLY = (
    "Cette commande est réservée aux personnes qui tiennent la base de faits : le propriétaire de l’application, "
    "son équipe, et les comptes ou rôles nommés dans les réglages du bot."
)
MANAGERS_ONLY = "Il faut la permission « Gérer le serveur » pour changer ces réglages."


def is_curator(bot: SagaBot, user: discord.User | discord.Member) -> bool:
    """Tell whether a person may see and reload the base.

    The settings name curators, and so does Discord: the application's owner, and its team. Managing a server does not
    make one: the base is that of all servers.
    """
    if user.id in bot.options.curator_users:
        return True
    if isinstance(user, discord.Member) and any(map(user.get_role, bot.options.curator_roles)):
        return True
    application = bot.application
    if application is None:
        return False
    if application.team is not None:
        accepted = discord.TeamMembershipState.accepted
        return any(member.id == user.id and member.membership_state is accepted for member in application.team.members)
    return application.owner.id == user.id


def require_curator(interaction: Interaction) -> bool:
    """Return True for a curator, as discord.py wants it of a check. Raises Refusal for anybody else."""
    if not is_curator(interaction.client, interaction.user):
        raise Refusal(CURATORS_ONLY)
    return True


def require_manager(interaction: Interaction) -> int:
    """Return the id of the server that the person is in and may manage. Raises Refusal where there is none."""
    if interaction.guild_id is None or not interaction.permissions.manage_guild:
        raise Refusal(MANAGERS_ONLY)
    return interaction.guild_id


def may_write(interaction: Interaction) -> bool:
    """Tell whether Discord lets us answer a message where an interaction takes place."""
    granted = interaction.app_permissions
    threaded = isinstance(interaction.channel, discord.Thread)
    return granted.view_channel and (granted.send_messages_in_threads if threaded else granted.send_messages)


def in_direct_message(interaction: Interaction) -> bool:
    """Tell whether it happens in a direct message to us, where nobody else is: not in a server, nor in a group."""
    return interaction.guild_id is None and not interaction.context.private_channel
