"""What Discord is told of the bot: its commands, their places and translations, its intents."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands
from discord.app_commands import locale_str

from bot.asking.answering import QUESTION_AT_MOST
from bot.client import intents
from bot.connection.translator import ENGLISH, LOCALES, FrenchFirst
from bot.editions.catalogue import CHOICE_AT_MOST

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.bot.conftest import World


async def payloads(world: World) -> dict[str, dict[str, Any]]:
    """Return the commands as Discord gets them."""
    found = {}
    for command in world.bot.tree.get_commands():
        payload = await command.get_translated_payload(world.bot.tree, FrenchFirst())
        found[payload["name"]] = payload
    return found


def nodes(payload: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield a command and everything inside it."""
    yield payload
    for option in payload.get("options") or ():
        yield from nodes(option)


def test_no_privileged_intent_is_asked_for() -> None:
    """No members, no presences, no message content: the bot can be installed without Discord's approval."""
    wanted = intents()
    assert wanted.guilds
    assert wanted.guild_messages
    assert wanted.dm_messages
    for privileged in (wanted.members, wanted.presences, wanted.message_content):
        assert not privileged


async def test_commands_work_everywhere_but_settings(world: World) -> None:
    """Servers, direct and group messages, installed by a server or a person; a server's settings in servers only."""
    for name, payload in (await payloads(world)).items():
        if name == "reglages":
            assert payload["contexts"] == [0]
            assert payload["integration_types"] == [0]
        else:
            assert sorted(payload["contexts"]) == [0, 1, 2]
            assert sorted(payload["integration_types"]) == [0, 1]


async def test_every_command_is_documented(world: World) -> None:
    """The README has a row for each command that can be typed in Discord, and for no other."""
    typed = {
        command.qualified_name
        for command in world.bot.tree.walk_commands(type=discord.AppCommandType.chat_input)
        if isinstance(command, app_commands.Command)
    }
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `/([a-z ]+)` \|", readme, re.MULTILINE)) == typed


async def test_only_administration_is_hidden(world: World) -> None:
    """`default_permissions` hide what is not for everybody."""
    hidden = {name for name, payload in (await payloads(world)).items() if payload["default_member_permissions"]}
    assert hidden == {"admin", "reglages"}


async def test_names_are_ascii_and_translated_into_both_englishes(world: World) -> None:
    """Each name is ASCII French; names and descriptions have both English forms, within Discord's limits."""
    for payload in (await payloads(world)).values():
        menu = payload.get("type") == 3
        for node in nodes(payload):
            if not menu:
                assert re.fullmatch(r"[a-z0-9]{1,32}", node["name"])
                assert 0 < len(node["description"]) <= 100
            keys = ["name_localizations"] if menu else ["name_localizations", "description_localizations"]
            for key in keys:
                assert set(node[key]) == {locale.value for locale in LOCALES}, (node["name"], key)
                assert all(0 < len(text) <= 100 for text in node[key].values())


async def test_discord_takes_no_text_that_is_too_long(world: World) -> None:
    """Every text that is typed is bounded: who types more than is read sees it, and nobody waits for its reading."""
    questions = {("question", "texte"), ("expliquer", "texte")}
    names = {("acteur", "nom"), ("chronologie", "acteur"), ("chiffres", "theme")}
    limits = {
        (command["name"], option["name"]): option.get("max_length")
        for payload in (await payloads(world)).values()
        for command in nodes(payload)
        for option in command.get("options") or ()
        if option["type"] == discord.AppCommandOptionType.string.value and not option.get("choices")
    }
    assert limits == dict.fromkeys(questions, QUESTION_AT_MOST) | dict.fromkeys(names, CHOICE_AT_MOST)


async def test_a_question_is_a_text_in_every_command(world: World) -> None:
    """The command that asks is `ask` in English; the option that takes a question is not."""
    named = [
        (option["name"], option["name_localizations"]["en-US"])
        for payload in (await payloads(world)).values()
        for option in nodes(payload)
        if option.get("max_length") == QUESTION_AT_MOST
    ]
    assert named == [("texte", "text")] * 2


async def test_english_names_do_not_clash(world: World) -> None:
    """Two commands, or two options of one command, never share an English name."""
    found = await payloads(world)
    for group in (list(found.values()), *(payload.get("options") or [] for payload in found.values())):
        names = [node["name_localizations"]["en-US"] for node in group]
        assert len(names) == len(set(names))


async def test_the_table_holds_nothing_that_is_not_used(world: World) -> None:
    """Every English form belongs to a string of the commands."""
    used = {
        str(node[key])
        for payload in (await payloads(world)).values()
        for node in nodes(payload)
        for key in ("name", "description")
        if node.get(key)
    }
    assert set(ENGLISH) <= used


async def test_other_languages_see_french() -> None:
    """There is one original and one translation."""
    context: Any = app_commands.TranslationContext(app_commands.TranslationContextLocation.other, None)
    assert await FrenchFirst().translate(locale_str("question"), discord.Locale.german, context) is None
    assert await FrenchFirst().translate(locale_str("question"), discord.Locale.british_english, context) == "ask"


async def test_no_command_is_registered_at_start(world: World) -> None:
    """Registering is a command of its own: a start sends no list of commands."""
    puts = [entry for entry in world.env.http_requests if entry.method == "PUT"]
    assert len(puts) == 1  # the test's own
    await world.restart()
    assert len([entry for entry in world.env.http_requests if entry.method == "PUT"]) == 1
