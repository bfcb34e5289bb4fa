"""/reglages: a server's own rules, for those who may manage it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
import pytest

from bot.asking.guilds import allowed_in
from bot.store import GuildSettings
from tests.bot.conftest import components, labels, seen, text

if TYPE_CHECKING:
    from simcord.results import ResponseMessage

    from tests.bot.conftest import World

QUESTION = "Qui voulait racheter le moulin ?"


async def opened(world: World) -> ResponseMessage:
    """Open the panel as the server's manager."""
    result = await world.manager.slash(world.channel, "reglages")
    assert result.ephemeral
    return seen(result)


async def test_the_panel_shows_the_rules_privately(world: World) -> None:
    """All channels, public answers, mentions answered: that is what holds before anybody decides."""
    panel = await opened(world)
    assert "**Salons**\u00a0: tous les salons" in text(panel)
    assert "Ailleurs" not in text(panel)
    assert labels(panel) == ["Rendre privées", "Ne plus répondre"]


@pytest.mark.parametrize("restarted", [False, True])
async def test_each_click_changes_one_rule_and_lasts(world: World, *, restarted: bool) -> None:
    """The panel shows the new state; the rule holds at once and after a restart, whatever a member chooses."""
    panel = await opened(world)
    if restarted:
        await world.restart()
    await world.manager.click(panel, label="Rendre privées")
    assert labels(panel) == ["Rendre publiques", "Ne plus répondre"]
    await world.manager.click(panel, label="Ne plus répondre")
    assert labels(panel) == ["Rendre publiques", "Répondre"]
    assert (await world.ask(QUESTION)).ephemeral
    await world.restart()
    assert (await world.ask(QUESTION)).ephemeral
    assert (await world.ask(QUESTION, prive=False)).ephemeral
    assert await world.store.guild_settings(world.guild.id) == GuildSettings(public=False, mentions=False)
    await world.manager.click(panel, label="Rendre publiques")
    assert not (await world.ask(QUESTION)).ephemeral


async def test_one_click_lets_the_bot_answer_everywhere_again(world: World) -> None:
    """Who has chosen many channels need not take them out one by one."""
    panel = await opened(world)
    elsewhere = world.guild.create_text_channel("ailleurs")
    await world.manager.select(panel, [elsewhere])
    assert labels(panel) == ["Répondre partout", "Rendre privées", "Ne plus répondre"]
    assert (await world.ask(QUESTION)).ephemeral
    await world.restart()
    await world.manager.click(panel, label="Répondre partout")
    assert "**Salons**\u00a0: tous les salons" in text(panel)
    assert not (await world.ask(QUESTION)).ephemeral


async def test_a_chosen_channel_that_was_deleted_is_told(world: World) -> None:
    """It still keeps the bot from answering everywhere, and the panel opens: Discord is not asked to show it."""
    gone, left = (world.guild.create_text_channel(name) for name in ("bientôt-supprimé", "ailleurs"))
    await world.manager.select(await opened(world), [gone, left])
    guild = world.bot.get_guild(world.guild.id)
    assert guild is not None
    channel = guild.get_channel(gone.id)
    assert channel is not None
    guild._remove_channel(channel)
    panel = await opened(world)
    assert f"**Salons**\u00a0: <#{left.id}> et 1\u00a0salon supprimé" in text(panel)
    (menu,) = [item for item in components(panel) if item["type"] == 8]
    assert [value["id"] for value in menu["default_values"]] == [left.id]
    assert (await world.ask(QUESTION)).ephemeral


async def test_private_are_the_answers_to_commands(world: World) -> None:
    """The panel promises no more: Discord can hide the answer to a mention from nobody, only the bot be silent."""
    panel = await opened(world)
    await world.manager.click(panel, label="Rendre privées")
    assert "**Commandes**\u00a0: réponses visibles de la seule personne qui demande" in text(panel)
    assert "**Mentions**\u00a0: je réponds à la vue de tous" in text(panel)
    await world.ada.send(world.channel, world.mention(QUESTION))
    assert not world.last().flags.ephemeral
    await world.manager.click(panel, label="Ne plus répondre")
    assert "**Mentions**\u00a0: je ne réponds pas" in text(panel)


async def test_a_category_stands_for_its_channels(world: World) -> None:
    """Who chooses a category lets the bot speak in every channel of it, and nowhere else."""
    category = world.guild.create_category("Archives")
    inside = world.guild.create_text_channel("articles", category=category)
    await world.manager.select(await opened(world), [category])
    assert not (await world.ada.slash(inside, "question", texte=QUESTION)).ephemeral
    assert (await world.ask(QUESTION)).ephemeral


async def test_outside_the_chosen_channels_there_is_no_public_word(world: World) -> None:
    """Elsewhere commands answer their asker alone, and mentions get silence."""
    elsewhere = world.guild.create_text_channel("ailleurs")
    panel = await opened(world)
    await world.manager.select(panel, [world.channel])
    assert world.channel.mention in text(panel)
    assert not (await world.ask(QUESTION)).ephemeral
    assert (await world.ada.slash(elsewhere, "question", texte=QUESTION)).ephemeral
    assert (await world.ada.slash(elsewhere, "question", texte=QUESTION, prive=False)).ephemeral
    await world.ada.send(elsewhere, world.mention(QUESTION))
    assert world.last(elsewhere).author.id == world.ada.id
    await world.ada.send(world.channel, world.mention(QUESTION))
    assert "Azur" in text(world.last())
    await world.manager.select(panel, [])
    assert "tous les salons" in text(panel)


async def test_mentions_may_be_switched_off(world: World) -> None:
    """Then a mention gets silence, and direct messages go on as before."""
    await world.bot.guild_settings.change(world.guild.id, mentions=False)
    await world.ada.send(world.channel, world.mention(QUESTION))
    assert world.last().author.id == world.ada.id
    await world.ada.send_dm(QUESTION)
    assert "Azur" in text(world.last(world.dm(world.ada)))


async def test_each_server_has_its_own_rules(world: World) -> None:
    """What one server decides holds nowhere else."""
    await world.bot.guild_settings.change(world.guild.id + 1, public=False)
    assert not (await world.ask(QUESTION)).ephemeral


async def test_discord_hides_the_command_and_the_check_enforces_it(world: World) -> None:
    """A member without the right does not see it; one who is shown it anyway is told what is needed."""
    assert "reglages" not in world.ada.available_commands(world.channel)
    assert "reglages" in world.manager.available_commands(world.channel)
    command = world.env.backend.find_command("reglages", world.guild.id)
    assert command is not None
    world.guild.set_command_permissions(int(command["id"]), {world.ada: True})
    result = await world.ada.slash(world.channel, "reglages")
    assert result.ephemeral
    assert "Gérer le serveur" in text(seen(result))


async def test_a_panel_outlives_no_right(world: World) -> None:
    """Who loses the right loses the buttons with it."""
    panel = await opened(world)
    role = world.guild.roles["Gestion"]
    role._role.permissions = discord.Permissions.none().value
    refused = await world.manager.click(panel, label="Rendre privées")
    assert "Gérer le serveur" in text(seen(refused))
    refused = await world.manager.select(panel, [world.channel])
    assert "Gérer le serveur" in text(seen(refused))
    assert await world.store.guild_settings(world.guild.id) == GuildSettings()


async def test_there_are_no_settings_in_direct_messages(world: World) -> None:
    """The command belongs to servers."""
    assert "reglages" not in world.ada.user.available_commands()


async def test_a_thread_belongs_to_its_channel(world: World) -> None:
    """Where a channel is allowed, its threads are; where it is not, they are not."""
    await world.bot.guild_settings.change(world.guild.id, channels=frozenset({world.channel.id}))
    channel = world.bot.get_channel(world.channel.id)
    assert isinstance(channel, discord.TextChannel)
    await channel.create_thread(name="fil", type=discord.ChannelType.public_thread)
    (thread,) = world.channel.threads
    assert not (await world.ada.slash(thread, "question", texte=QUESTION)).ephemeral
    await world.bot.guild_settings.change(world.guild.id, channels=frozenset({world.guild.id}))
    assert (await world.ada.slash(thread, "question", texte=QUESTION)).ephemeral


async def test_a_thread_of_a_channel_that_is_not_known_is_judged_by_what_is(world: World) -> None:
    """Discord may tell of a thread before its channel: its own id and that of the channel count, no category."""
    channel = world.bot.get_channel(world.channel.id)
    assert isinstance(channel, discord.TextChannel)
    thread = await channel.create_thread(name="fil", type=discord.ChannelType.public_thread)
    thread.parent_id = 1
    assert thread.parent is None
    assert allowed_in(GuildSettings(channels=frozenset({1})), thread)
    assert not allowed_in(GuildSettings(channels=frozenset({world.channel.id})), thread)


async def test_a_server_that_was_left_while_the_bot_was_off_is_forgotten_at_its_start(world: World) -> None:
    """Discord then tells nobody; the servers that the bot is still in keep their settings."""
    decided = GuildSettings(public=False)
    for guild_id in (world.guild.id, world.guild.id + 1):
        await world.bot.guild_settings.change(guild_id, public=False)
    await world.restart()
    await world.env.settle()
    assert await world.store.guilds(world.bot.application_id or 0) == [world.guild.id]
    assert await world.store.guild_settings(world.guild.id + 1) == GuildSettings()
    assert await world.bot.guild_settings.of(world.guild.id) == decided


@pytest.mark.parametrize("other", [1, None])
async def test_settings_that_another_application_kept_are_not_forgotten(world: World, other: int | None) -> None:
    """A bot that is started with another token on the same database is in other servers, and has left none."""
    decided = GuildSettings(public=False)
    await world.store.save_guild_settings(world.guild.id + 1, decided, other)
    await world.restart()
    await world.env.settle()
    assert await world.store.guild_settings(world.guild.id + 1) == decided


@pytest.mark.parametrize("kind", [discord.ChannelType.stage_voice, discord.ChannelType.media])
async def test_every_channel_that_one_can_write_in_can_be_chosen(world: World, kind: discord.ChannelType) -> None:
    """Under a restriction, the bot would be silent for good in what the menu leaves out."""
    (menu,) = [item for item in components(await opened(world)) if item["type"] == 8]
    assert kind.value in menu["channel_types"]


async def test_a_server_that_was_left_is_forgotten(world: World) -> None:
    """Its settings go when the bot is removed; a server that Discord cannot reach for a while keeps them."""
    decided = GuildSettings(public=False)
    await world.bot.guild_settings.change(world.guild.id, public=False)
    world.env.backend.emit("GUILD_DELETE", {"id": str(world.guild.id), "unavailable": True})
    await world.env.settle()
    assert await world.store.guild_settings(world.guild.id) == decided
    world.env.backend.emit("GUILD_DELETE", {"id": str(world.guild.id)})
    await world.env.settle()
    assert await world.store.guild_settings(world.guild.id) == GuildSettings()
    assert await world.bot.guild_settings.of(world.guild.id) == GuildSettings()
