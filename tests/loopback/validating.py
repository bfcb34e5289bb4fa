"""What Discord refuses, as far as a bot is likely to get it wrong: the sizes and shapes of messages and commands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from tests.loopback.world import COMPONENTS_V2, Json, walk

if TYPE_CHECKING:
    from collections.abc import Iterator

COMPONENTS: Final = 40
CHARACTERS: Final = 4_000
CONTENT: Final = 2_000
CUSTOM_ID: Final = 100
LABEL: Final = 80
CHOICES: Final = 25
NAME: Final = 32
OPTION: Final = 100
_CHAT_NAME = re.compile(r"[-_\w]{1,32}")


class Invalid(Exception):  # noqa: N818 - it is what Discord calls it
    """A form body that Discord refuses; `code` is 50035, or 50006 for an empty message."""

    def __init__(self, problem: str, code: int = 50_035) -> None:
        self.code = code
        super().__init__(problem)

    @property
    def body(self) -> Json:
        """The response, as Discord writes it."""
        if self.code == 50_006:
            return {"message": "Cannot send an empty message", "code": self.code}
        errors = {"_errors": [{"code": "INVALID", "message": str(self)}]}
        return {"message": "Invalid Form Body", "code": self.code, "errors": {"data": errors}}


def message(data: Json, files: int = 0) -> None:
    """Refuse a message that Discord refuses."""
    components = data.get("components") or []
    content = data.get("content") or ""
    if not (content or components or data.get("embeds") or files):
        raise Invalid("empty", 50_006)
    if len(content) > CONTENT:
        raise Invalid(f"content: {len(content)} characters, at most {CONTENT}")
    problems = [*_layout(data, components), *_components(components)]
    if problems:
        raise Invalid("; ".join(problems))


def _layout(data: Json, components: list[Json]) -> Iterator[str]:
    everything = list(walk(components))
    if data.get("flags", 0) & COMPONENTS_V2:
        if data.get("content") or data.get("embeds"):
            yield "content and embeds do not go with components V2"
        if len(everything) > COMPONENTS:
            yield f"{len(everything)} components, at most {COMPONENTS}"
        said = sum(len(part.get("content", "")) for part in everything if part["type"] == 10)
        if said > CHARACTERS:
            yield f"{said} characters, at most {CHARACTERS}"
    elif any(part["type"] != 1 for part in components):
        yield "only action rows without components V2"


def _components(components: list[Json]) -> Iterator[str]:
    ids = [part["custom_id"] for part in walk(components) if "custom_id" in part]
    if len(ids) != len(set(ids)):
        yield f"custom ids are not unique: {ids}"
    yield from (f"custom id {name!r} is too long" for name in ids if not 1 <= len(name) <= CUSTOM_ID)
    for part in walk(components):
        kind = part["type"]
        if kind == 1 and not 1 <= len(part["components"]) <= 5:
            yield f"an action row of {len(part['components'])}"
        if kind == 2 and len(part.get("label") or "") > LABEL:
            yield f"label {part['label']!r} is too long"
        if kind == 2 and not (part.get("label") or part.get("emoji")):
            yield "a button without label and emoji"
        if kind == 3:
            yield from _options(part["options"])
        if kind == 10 and not part["content"]:
            yield "a text without text"


def _options(options: list[Json]) -> Iterator[str]:
    if not 1 <= len(options) <= CHOICES:
        yield f"{len(options)} options"
    values = [option["value"] for option in options]
    if len(values) != len(set(values)):
        yield f"option values are not unique: {values}"
    for option in options:
        for name in ("label", "value", "description"):
            if len(option.get(name) or "") > OPTION:
                yield f"option {name} {option[name]!r} is too long"


def choices(data: Json) -> None:
    """Refuse proposals that Discord refuses."""
    if len(data["choices"]) > CHOICES:
        raise Invalid(f"{len(data['choices'])} choices")
    for choice in data["choices"]:
        if not 1 <= len(choice["name"]) <= OPTION or len(str(choice["value"])) > OPTION:
            raise Invalid(f"choice {choice['name']!r}")


def form(data: Json) -> None:
    """Refuse a form that Discord refuses."""
    if not 1 <= len(data["title"]) <= 45 or not 1 <= len(data["components"]) <= 5:
        raise Invalid("title or number of fields")
    problems = list(_components(data["components"]))
    if problems:
        raise Invalid("; ".join(problems))


def commands(listed: list[Json]) -> None:
    """Refuse commands that Discord refuses."""
    problems = [problem for command in listed for problem in _command(command)]
    names = [(command.get("type", 1), command["name"]) for command in listed]
    if len(names) != len(set(names)):
        problems.append(f"names are not unique: {names}")
    if problems:
        raise Invalid("; ".join(problems))


def _command(command: Json) -> Iterator[str]:
    names = [command["name"], *(command.get("name_localizations") or {}).values()]
    if command.get("type", 1) != 1:
        yield from (f"name {name!r}" for name in names if not 1 <= len(name) <= NAME)
        return
    yield from (f"name {name!r}" for name in names if not _CHAT_NAME.fullmatch(name) or name != name.lower())
    said = [command.get("description", ""), *(command.get("description_localizations") or {}).values()]
    yield from (f"description of {command['name']}" for text in said if not 1 <= len(text) <= OPTION)
    options: list[Any] = command.get("options", [])
    if len(options) > CHOICES:
        yield f"{len(options)} options of {command['name']}"
    for option in options:
        yield from _command({**option, "type": 1})
