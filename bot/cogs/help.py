"""/aide: what the bot is about and can do, generated from its base and its commands, each one clickable."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Any, Final

import discord
from discord import app_commands, ui
from discord.app_commands import locale_str
from discord.ext import commands

from bot.asking.access import in_direct_message, is_curator, may_write
from bot.asking.guilds import heard_in
from bot.connection.registry import WAIT_AT_MOST
from bot.connection.translator import LOCALES, in_language
from bot.views.base import CALM, Layout, small
from bot.views.buttons import first_questions
from bot.writing.escaping import plain
from bot.writing.french import counted
from knowledge.language.typography import typeset

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.client import Interaction, SagaBot

log = logging.getLogger(__name__)

ELSEWHERE = "Sans commande : {where}."
NEXT = (
    "Pour enchaîner : « et pourquoi ? » se comprend d’après ce qui précède ; « nouvelle conversation » repart de zéro."
)
HERE: Final = ", mentionnez-moi ici, ou répondez-moi avec le @ activé (sans lui, Discord me cache le texte)"
MENU = "Sur un message : son menu, « {apps} », puis « {name} »."
ABOUT = (
    "Sur {saga}, je réponds par des faits relevés à la main dans {articles}, avec la source. "
    "Aucun modèle de langage : je n’invente rien, et quand les articles ne le disent pas, je le dis."
)


class HelpCog(commands.Cog):
    """Help."""

    def __init__(self, bot: SagaBot) -> None:
        self.bot = bot
        self._ids: dict[str | None, dict[str, int]] = {}
        """The server on which commands are registered (None: on all) -> their ids."""

    @app_commands.command(name="aide", description=locale_str("Ce que je sais faire"))
    async def help(self, interaction: Interaction) -> None:
        """Show what it is about, and the other commands that this person may use here."""
        edition = self.bot.holder.current
        articles = counted(len(edition.base.articles), "article de presse", "articles de presse")
        about = ABOUT.format(saga=plain(edition.base.name), articles=articles)
        # Each may wait for somebody else, and Discord waits three seconds for both.
        ids, where = await asyncio.gather(self._command_ids(interaction), self._where(interaction))
        lines = [
            f"- {_mention(command, ids)}{typeset(' :')} {in_language(command.description, interaction.locale)}"
            for command in self._commands(interaction)
        ]
        container: ui.Container[Layout] = ui.Container(accent_colour=CALM)
        container.add_item(ui.TextDisplay(typeset(f"### Ce que je sais faire\n{about}")))
        container.add_item(ui.TextDisplay("\n".join(lines)))
        elsewhere = typeset(ELSEWHERE.format(where=where))
        apps = "Apps" if interaction.locale in LOCALES else "Applications"
        menus = [
            typeset(MENU).format(apps=apps, name=in_language(menu.name, interaction.locale))
            for menu in self.bot.tree.walk_commands(type=discord.AppCommandType.message)
        ]
        container.add_item(ui.TextDisplay(small([elsewhere, typeset(NEXT), *menus])))
        for row in first_questions(edition.catalogue):
            container.add_item(row)
        await interaction.response.send_message(view=Layout(container), ephemeral=not in_direct_message(interaction))

    async def _where(self, interaction: Interaction) -> str:
        """Return where we answer what is written to us: a mention only where it does not meet with silence."""
        if in_direct_message(interaction):
            return "écrivez-moi ici"
        guild = self.bot.get_guild(interaction.guild_id or 0)
        heard = (
            guild is not None
            and may_write(interaction)
            and heard_in(await self.bot.guild_settings.now(guild.id), interaction.channel)
        )
        return f"écrivez-moi en message privé{HERE if heard else ''}"

    def _commands(self, interaction: Interaction) -> Iterator[app_commands.Command[Any, ..., Any]]:
        curator = is_curator(self.bot, interaction.user)
        for command in self.bot.tree.walk_commands(type=discord.AppCommandType.chat_input):
            if not isinstance(command, app_commands.Command) or command is self.help:
                continue
            root = command.root_parent or command
            needed = root.default_permissions
            if root.name == "admin":
                if curator:
                    yield command
            elif self._exists(root, interaction) and (needed is None or interaction.permissions >= needed):
                yield command

    def _exists(self, root: app_commands.Command[Any, ..., Any] | app_commands.Group, interaction: Interaction) -> bool:
        """Tell whether Discord has a command here: one that only servers install, where we are a member."""
        for_people = root.allowed_installs is None or root.allowed_installs.user
        return for_people or self.bot.get_guild(interaction.guild_id or 0) is not None

    async def _command_ids(self, interaction: Interaction) -> dict[str, int]:
        """Return the ids that Discord gave our commands where it found this one, on one server or on all.

        They are asked for once, and again where our own has become another; and done without where it takes too long.
        """
        data: Any = interaction.data
        place = data.get("guild_id")
        if self._ids.get(place, {}).get(self.help.name) != int(data["id"]):
            guild = discord.Object(place) if place else None
            try:
                async with asyncio.timeout(WAIT_AT_MOST):
                    known = await self.bot.tree.fetch_commands(guild=guild)
            except (TimeoutError, discord.HTTPException) as error:
                log.warning("no command ids: %s", type(error).__name__)
                return {}
            self._ids[place] = {command.name: command.id for command in known}
        return self._ids[place]


def _mention(command: app_commands.Command[Any, ..., Any], ids: dict[str, int]) -> str:
    """Return a command to click on, or its name where its id is not known."""
    root = command.root_parent or command
    found = ids.get(root.name)
    return f"</{command.qualified_name}:{found}>" if found else f"**/{command.qualified_name}**"


async def setup(bot: SagaBot) -> None:
    """Add the cog."""
    await bot.add_cog(HelpCog(bot))
