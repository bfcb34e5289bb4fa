"""What the preview needs of SimCord that the pinned version has no way to: pages, a language, mentions, refusals."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from simcord import Env
    from simcord.backend.models import Message
    from simcord.preview import Preview


class Both:
    """Stands for both pages where SimCord asks for the one."""

    def __init__(self, *previews: Preview) -> None:
        self._previews = previews

    @property
    def _closed(self) -> bool:
        return all(preview._closed for preview in self._previews)  # noqa: SLF001

    def _mark_action_dispatched(self) -> None:
        for preview in self._previews:
            preview._mark_action_dispatched()  # noqa: SLF001


def speak(env: Env, language: str) -> None:
    """Give everybody a Discord in a language: SimCord has it in American English."""
    emit = env.backend.emit

    def emitted(event: str, payload: Mapping[str, Any]) -> None:
        emit(event, {**payload, "locale": language} if event == "INTERACTION_CREATE" else payload)

    env.backend.emit = emitted  # type: ignore[method-assign]


def mention_by_name(env: Env, name: str, mention: str) -> None:
    """Make a mention of « @name » where somebody writes it: Discord's own client does so while one types."""
    create = env.backend.create_message
    typed = re.compile(rf"@{re.escape(name)}\b", re.IGNORECASE)

    def created(channel_id: int, author_id: int, content: str | None = "", **rest: Any) -> Message:
        return create(channel_id, author_id, content and typed.sub(mention, content), **rest)

    env.backend.create_message = created  # type: ignore[method-assign]


def forgive(env: Env, told: Callable[[BaseException], str | None]) -> None:
    """Take no refusal for a failure, after which SimCord's page keeps the command and takes no other."""
    record = env._record_error  # noqa: SLF001

    def recorded(error: BaseException) -> None:
        if told(error) is None:
            record(error)

    env._record_error = recorded  # type: ignore[method-assign] # noqa: SLF001
