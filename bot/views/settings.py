"""The panel of a server's settings. Each click is checked again: a panel may outlive the right to use it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal, Self

import discord
from discord import ui

from bot.asking.access import require_manager
from bot.connection.waiting import waited
from bot.views.base import CALM, Layout, Persistent, replace, small
from bot.views.state import PREFIX
from bot.writing.french import counted
from knowledge.language.typography import typeset

if TYPE_CHECKING:
    import re

    from bot.client import Interaction
    from bot.store import GuildSettings

CHANNELS_AT_MOST: Final = 25
"""Discord lets one choose at most so many at once."""
EVERYWHERE: Final = "Pour limiter mes réponses à certains salons ou catégories, choisissez-les ici."
ELSEWHERE: Final = "Ailleurs, les commandes répondent en privé et les mentions restent sans réponse."
Switch = Literal["public", "mentions"]


def panel(settings: GuildSettings, guild: discord.Guild | None) -> Layout:
    """Return the settings of a server, each with the means to change it.

    A channel that was chosen and is no more still keeps the bot from answering everywhere: it is counted, and Discord
    is not asked to show it. Of a server whose channels have not come from Discord yet, none is known to be gone.
    """
    gone = {channel for channel in settings.channels if guild and guild.channels and not guild.get_channel(channel)}
    there = " ".join(f"<#{channel}>" for channel in sorted(settings.channels - gone))
    lost = counted(len(gone), "salon supprimé", "salons supprimés") if gone else ""
    where = " et ".join(filter(None, (there, lost))) or "tous les salons"
    public = "visibles de tous" if settings.public else "visibles de la seule personne qui demande"
    mentions = "je réponds à la vue de tous" if settings.mentions else "je ne réponds pas"
    container: ui.Container[Layout] = ui.Container(accent_colour=CALM)
    container.add_item(ui.TextDisplay("### Réglages de ce serveur"))
    chosen = ui.TextDisplay[Layout](typeset(f"**Salons** : {where}"))
    container.add_item(ui.Section(chosen, accessory=EverywhereButton()) if settings.channels else chosen)
    container.add_item(ui.ActionRow(ChannelsMenu.offering(settings.channels - gone)))
    container.add_item(ui.TextDisplay(small(typeset(ELSEWHERE if settings.channels else EVERYWHERE))))
    container.add_item(_switch(f"**Commandes** : réponses {public}", "public", on=settings.public))
    container.add_item(_switch(f"**Mentions** : {mentions}", "mentions", on=settings.mentions))
    return Layout(container)


async def _change(interaction: Interaction, **changes: Any) -> None:
    """Change settings of the server, for who may, and put the panel as it is now in the place of the old one."""
    changing = interaction.client.guild_settings.change(require_manager(interaction), **changes)
    changed = await waited(interaction, changing, replacing=True)
    await replace(interaction, panel(changed, interaction.guild))


def _switch(text: str, name: Switch, *, on: bool) -> ui.Section[Any]:
    return ui.Section(ui.TextDisplay(typeset(text)), accessory=ToggleButton(name, on=on))


class ToggleButton(Persistent[ui.Button[Any]], template=rf"{PREFIX}:g:(?P<name>public|mentions):(?P<on>[01])"):
    """Turns a setting to the other side of what the panel shows."""

    def __init__(self, name: Switch, *, on: bool) -> None:
        self.name, self.on = name, on
        labels = {
            ("public", True): "Rendre privées",
            ("public", False): "Rendre publiques",
            ("mentions", True): "Ne plus répondre",
            ("mentions", False): "Répondre",
        }
        super().__init__(ui.Button(label=labels[name, on], custom_id=f"{PREFIX}:g:{name}:{int(on)}"))

    @classmethod
    async def from_custom_id(cls, _: Interaction, __: ui.Item[Any], match: re.Match[str], /) -> Self:  # type: ignore[override]
        """Return the button again, from its custom id."""
        name: Switch = "public" if match["name"] == "public" else "mentions"
        return cls(name, on=match["on"] == "1")

    async def act(self, interaction: Interaction) -> None:
        """Change the setting and show the panel anew."""
        await _change(interaction, **{self.name: not self.on})


class EverywhereButton(Persistent[ui.Button[Any]], template=rf"{PREFIX}:g:everywhere"):
    """Lets the bot answer in all channels again."""

    def __init__(self) -> None:
        super().__init__(ui.Button(label="Répondre partout", custom_id=f"{PREFIX}:g:everywhere"))

    @classmethod
    async def from_custom_id(cls, _: Interaction, __: ui.Item[Any], ___: re.Match[str], /) -> Self:  # type: ignore[override]
        """Return the button again."""
        return cls()

    async def act(self, interaction: Interaction) -> None:
        """Forget which channels were chosen and show the panel anew."""
        await _change(interaction, channels=frozenset())


class ChannelsMenu(Persistent[ui.ChannelSelect[Any]], template=rf"{PREFIX}:g:channels"):
    """Chooses the channels where the bot may answer."""

    def __init__(self, menu: ui.ChannelSelect[Any]) -> None:
        super().__init__(menu)

    @classmethod
    def offering(cls, chosen: frozenset[int]) -> ChannelsMenu:
        """Return the menu with the channels chosen so far."""
        return cls(
            ui.ChannelSelect(
                custom_id=f"{PREFIX}:g:channels",
                placeholder="Choisir des salons",
                min_values=0,
                max_values=CHANNELS_AT_MOST,
                channel_types=[
                    discord.ChannelType.text,
                    discord.ChannelType.news,
                    discord.ChannelType.forum,
                    discord.ChannelType.media,
                    discord.ChannelType.voice,
                    discord.ChannelType.stage_voice,
                    discord.ChannelType.category,
                ],
                default_values=[
                    discord.SelectDefaultValue(id=channel, type=discord.SelectDefaultValueType.channel)
                    for channel in sorted(chosen)[:CHANNELS_AT_MOST]
                ],
            )
        )

    @classmethod
    async def from_custom_id(cls, _: Interaction, item: ui.Item[Any], __: re.Match[str], /) -> Self:  # type: ignore[override]
        """Return the menu again: what was chosen comes with the interaction."""
        assert isinstance(item, ui.ChannelSelect)  # noqa: S101 - Discord sends back what we sent
        return cls(item)

    async def act(self, interaction: Interaction) -> None:
        """Keep the choice and show the panel anew."""
        await _change(interaction, channels=frozenset(channel.id for channel in self.item.values))
