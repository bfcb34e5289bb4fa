"""/aide: generated from the command tree."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING, Any

import discord
import pytest
import simcord.interactions

from bot.store import GuildSettings
from tests.bot.conftest import offered, seen, text

if TYPE_CHECKING:
    from discord import app_commands

    from tests.bot.conftest import World


async def test_a_member_sees_every_command_that_is_theirs_to_use(world: World) -> None:
    """Each one is clickable, with its description; what is not theirs is not shown."""
    result = await world.ada.slash(world.channel, "aide")
    shown = text(result.response)
    named = set(re.findall(r"</([\w ]+):\d+>", shown))
    assert named == {"question", "chronologie", "acteur", "chiffres", "sources", "mesdonnees"}
    assert result.ephemeral
    assert offered(result.response)


@pytest.mark.parametrize(
    ("locale", "said", "menu"),
    [
        (
            "fr",
            "Qui est-ce, et qu’a fait cette personne",
            "«\u00a0Applications\u00a0», puis «\u00a0Que dit la saga\u202f?\u00a0»",
        ),
        ("en-GB", "Who is it, and what did they do?", "«\u00a0Apps\u00a0», puis «\u00a0What does the saga say?\u00a0»"),
    ],
)
async def test_commands_are_described_as_discord_shows_them(
    world: World, monkeypatch: pytest.MonkeyPatch, locale: str, said: str, menu: str
) -> None:
    """In the reader's language, where the commands have it; the rest is French for all."""
    payload = simcord.interactions.base_payload

    def spoken(*about: Any, **how: Any) -> Any:
        record, sent = payload(*about, **how)
        return record, {**sent, "locale": locale}

    monkeypatch.setattr(simcord.interactions, "base_payload", spoken)
    shown = text(seen(await world.ada.slash(world.channel, "aide")))
    assert said in shown
    assert menu in shown
    assert "Sans commande\u00a0:" in shown


async def test_help_says_which_saga_it_is_about(world: World) -> None:
    """The name that the base gives it, and how many articles it rests on, stand first."""
    shown = text(seen(await world.ada.slash(world.channel, "aide")))
    about = (
        "Sur la vente du moulin de Valrose, je réponds par des faits relevés à la main dans 2\u00a0articles de presse"
    )
    assert shown.startswith(f"### Ce que je sais faire\n{about}")


async def test_managers_and_curators_see_theirs(world: World) -> None:
    """A manager sees the settings, a curator the administration too."""
    manager = text(seen(await world.manager.slash(world.channel, "aide")))
    assert "</reglages:" in manager
    assert "/admin" not in manager
    assert "</admin recharger:" in text(seen(await world.carla.slash(world.channel, "aide")))


async def test_without_command_ids_the_names_are_shown(world: World) -> None:
    """Discord's list is a comfort, not a need."""
    world.env.inject_error("GET", "/applications/*/commands", status=404)
    shown = text(seen(await world.ada.slash(world.channel, "aide")))
    assert "**/question**" in shown
    assert "</question:" in text(seen(await world.ada.slash(world.channel, "aide")))


async def test_discord_and_the_database_are_waited_for_at_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The help is there within Discord's three seconds, though its list of commands and our settings are both slow."""
    happened: list[str] = []

    async def listed(**_: Any) -> list[app_commands.AppCommand]:
        happened.append("commands asked for")
        for _turn in range(5):
            await asyncio.sleep(0)
        happened.append("commands there")
        return []

    async def settings(_guild_id: int) -> GuildSettings:
        happened.append("settings asked for")
        return GuildSettings()

    monkeypatch.setattr(world.bot.tree, "fetch_commands", listed)
    monkeypatch.setattr(world.bot.guild_settings, "now", settings)
    assert "mentionnez-moi ici" in text(seen(await world.ada.slash(world.channel, "aide")))
    assert happened == ["commands asked for", "settings asked for", "commands there"]


async def test_in_direct_messages_the_help_is_there_too(world: World) -> None:
    """There, the settings of a server have no place."""
    shown = text(seen(await world.ada.user.slash("aide")))
    assert "</question:" in shown
    assert "reglages" not in shown


async def test_where_the_bot_is_no_member_there_are_no_settings_and_no_mentions(world: World) -> None:
    """Who installed it for oneself has its commands in any server, but not those that only servers install."""
    world.env.backend.emit("GUILD_DELETE", {"id": str(world.guild.id)})
    await world.env.settle()
    shown = text(seen(await world.manager.slash(world.channel, "aide")))
    assert "</question:" in shown
    assert "reglages" not in shown
    assert "mentionnez-moi" not in shown


async def test_nobody_is_sent_where_the_bot_is_silent(world: World) -> None:
    """A mention is proposed where it is answered: where we may write, in chosen channels, and while mentions are on."""
    mention = "mentionnez-moi ici, ou répondez-moi avec le @ activé"
    assert mention in text(seen(await world.ada.slash(world.channel, "aide")))
    mute = discord.PermissionOverwrite(send_messages=False)
    closed = world.guild.create_text_channel("annonces", overwrites={world.guild.default_role: mute})
    assert mention not in text(seen(await world.ada.slash(closed, "aide")))
    await world.bot.guild_settings.change(world.guild.id, channels=frozenset({world.channel.id + 1}))
    assert mention not in text(seen(await world.ada.slash(world.channel, "aide")))
    await world.bot.guild_settings.change(world.guild.id, channels=frozenset(), mentions=False)
    assert mention not in text(seen(await world.ada.slash(world.channel, "aide")))
    assert "écrivez-moi ici" in text(seen(await world.ada.user.slash("aide")))


async def test_the_ids_are_those_of_where_the_commands_are_registered(world: World) -> None:
    """Registered on one server only, they are clickable there, and Discord is asked for them once."""
    world.bot.tree.copy_global_to(guild=discord.Object(world.guild.id))
    registered = await world.bot.tree.sync(guild=discord.Object(world.guild.id))
    (question,) = (command.id for command in registered if command.name == "question")
    for _ in range(2):
        assert f"</question:{question}>" in text(seen(await world.ada.slash(world.channel, "aide")))
    asked = [entry for entry in world.env.http_requests if entry.method == "GET" and entry.path.endswith("/commands")]
    assert len(asked) == 1


async def test_commands_that_were_registered_anew_are_linked_anew(world: World) -> None:
    """After they were taken away and registered again, no link leads to what is gone."""
    guild = discord.Object(world.guild.id)
    world.bot.tree.copy_global_to(guild=guild)
    await world.bot.tree.sync(guild=guild)
    await world.ada.slash(world.channel, "aide")
    commands = world.bot.tree.get_commands(guild=guild)
    world.bot.tree.clear_commands(guild=guild)
    await world.bot.tree.sync(guild=guild)
    for command in commands:
        world.bot.tree.add_command(command, guild=guild)
    registered = await world.bot.tree.sync(guild=guild)
    (question,) = (command.id for command in registered if command.name == "question")
    assert f"</question:{question}>" in text(seen(await world.ada.slash(world.channel, "aide")))
