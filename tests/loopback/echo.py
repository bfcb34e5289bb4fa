"""The smallest bots that discord.py can make: they prove the loopback Discord before the real bot uses it."""

from __future__ import annotations

import asyncio
import contextlib
import io
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands, ui

from tests.loopback.pointing import pointed

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.loopback.server import LoopbackDiscord


class Form(ui.Modal, title="Dire autrement"):
    """One field."""

    words: ui.Label[Any] = ui.Label(text="Mots", component=ui.TextInput(custom_id="words", default="rien"))

    async def on_submit(self, interaction: discord.Interaction[Any]) -> None:
        """Say what was written."""
        assert isinstance(self.words.component, ui.TextInput)
        await interaction.response.send_message(f"écrit : {self.words.component.value}", ephemeral=True)


class Card(ui.LayoutView):
    """A text with two buttons and a menu."""

    def __init__(self, text: str) -> None:
        super().__init__(timeout=None)
        self.add_item(ui.Container(ui.TextDisplay(text)))
        row: ui.ActionRow[Any] = ui.ActionRow()
        again: ui.Button[Any] = ui.Button(label="Encore", custom_id="again")
        form: ui.Button[Any] = ui.Button(label="Écrire", custom_id="form")
        again.callback = self.again  # type: ignore[method-assign] # how discord.py wants it
        form.callback = self.form  # type: ignore[method-assign] # the same
        self.add_item(row.add_item(again).add_item(form))
        menu: ui.Select[Any] = ui.Select(
            custom_id="menu", options=[discord.SelectOption(label=name, value=name) for name in ("un", "deux")]
        )
        menu.callback = self.chosen  # type: ignore[method-assign] # the same
        self.menu = menu
        self.add_item(ui.ActionRow(menu))

    async def again(self, interaction: discord.Interaction[Any]) -> None:
        """Change the card in its place."""
        await interaction.response.edit_message(view=Card("encore"))

    async def form(self, interaction: discord.Interaction[Any]) -> None:
        """Open the form."""
        await interaction.response.send_modal(Form())

    async def chosen(self, interaction: discord.Interaction[Any]) -> None:
        """Say what was chosen, after thinking about it."""
        await interaction.response.defer(thinking=True, ephemeral=True)
        await interaction.followup.send(f"choisi : {self.menu.values[0]}")


class Echo(discord.Client):
    """Says what it is told: in direct messages, when it is mentioned, and by commands."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            intents=discord.Intents(guilds=True, guild_messages=True, dm_messages=True),
            guild_ready_timeout=0.05,
            **options,
        )
        self.tree = app_commands.CommandTree(self)
        self.heard: list[discord.Message] = []
        self.errors: list[Exception] = []

        @self.tree.command(name="echo", description="Répète")
        async def echo(interaction: discord.Interaction[Any], texte: str) -> None:
            await interaction.response.send_message(view=Card(texte))

        @echo.autocomplete("texte")
        async def propose(_: discord.Interaction[Any], current: str) -> list[app_commands.Choice[str]]:
            return [app_commands.Choice(name=f"{current} {end}", value=current) for end in ("un", "deux")]

        @self.tree.command(name="deux", description="Répond deux fois")
        async def twice(interaction: discord.Interaction[Any]) -> None:
            await interaction.response.send_message("un")
            try:
                await interaction.response.send_message("deux")
            except discord.InteractionResponded:
                interaction.response._response_type = None
            try:
                await interaction.response.send_message("deux")
            except discord.HTTPException as error:
                self.errors.append(error)

        @self.tree.context_menu(name="Dire")
        async def say(interaction: discord.Interaction[Any], message: discord.Message) -> None:
            await interaction.response.defer(thinking=True)
            await interaction.edit_original_response(content=f"dit : {message.content}")

        group = app_commands.Group(name="admin", description="Pour les autres")

        @group.command(name="fichier", description="Un fichier")
        async def file(interaction: discord.Interaction[Any]) -> None:
            content = io.BytesIO("accentué".encode())
            await interaction.response.send_message(file=discord.File(content, "liste.txt"))

        self.tree.add_command(group)

        @self.tree.error
        async def failed(_: discord.Interaction[Any], error: app_commands.AppCommandError) -> None:
            self.errors.append(error)

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Identify at once: discord.py would wait five seconds, as Discord wants it."""

    async def on_message(self, message: discord.Message) -> None:
        """Repeat what a person says, where one speaks to us."""
        self.heard.append(message)
        if message.author.bot or not (message.guild is None or self.user in message.mentions):
            return
        try:
            await message.reply(f"« {message.content} »")
        except discord.HTTPException as error:
            self.errors.append(error)


class ShardedEcho(Echo, discord.AutoShardedClient):
    """The same over shards, which ask the REST side where the gateway is."""


@contextlib.asynccontextmanager
async def running(client: Echo, discord_: LoopbackDiscord) -> AsyncIterator[Echo]:
    """Run a client against a loopback Discord until the block ends; what ends the client early is raised here."""
    with pointed(discord_):
        connection = asyncio.create_task(client.start(discord_.token))
        identified = asyncio.create_task(discord_.gateway.identified.count(len(discord_.gateway.identified) + 1))
        await asyncio.wait({connection, identified}, return_when=asyncio.FIRST_COMPLETED)
        try:
            if connection.done():
                await connection
            yield client
        finally:
            identified.cancel()
            await client.close()
            await asyncio.gather(connection, identified, return_exceptions=True)
