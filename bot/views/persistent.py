"""All buttons and menus that outlive a restart, for the client to register."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bot.curating.feedback import HandledButton
from bot.views.buttons import ChoiceButton, RelatedMenu, ReportButton, SourcesButton, VoteButton
from bot.views.listing import ListMenu, PageButton
from bot.views.mydata import ForgetButton
from bot.views.settings import ChannelsMenu, ToggleButton

if TYPE_CHECKING:
    from discord import ui

PERSISTENT: Final[tuple[type[ui.DynamicItem[Any]], ...]] = (
    SourcesButton,
    VoteButton,
    ReportButton,
    RelatedMenu,
    ChoiceButton,
    PageButton,
    ListMenu,
    ForgetButton,
    HandledButton,
    ToggleButton,
    ChannelsMenu,
)
