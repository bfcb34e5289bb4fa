"""What an administrator may set, from the environment: one typed, frozen object; every mistake said in a sentence."""

from __future__ import annotations

import difflib
import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.asking.limits import CHANNEL, PERSON, Rate
from knowledge.compiling.folders import expanded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic_core import ErrorDetails

ENV_PREFIX: Final = "SAGA_"
READ_ELSEWHERE: Final = frozenset({"SAGA_CACHE"})
"""Variables with our prefix that other parts of the program read."""
TOKEN_AT_MOST: Final = 4096
"""No token is longer: a bigger token file is some other file."""
_LOOPBACK: Final = frozenset({"127.0.0.1", "::1", "localhost"})


class SettingsError(Exception):
    """Settings that cannot be used; carries one clear sentence for each mistake."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("\n".join(problems))


def default_database() -> Path:
    """Return where the database is kept unless a setting says otherwise: the user's own data folder."""
    try:
        if sys.platform == "win32":
            root = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
        else:
            root = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    except RuntimeError:
        raise SettingsError(
            ["This account has no home folder to keep the database in: name a file with SAGA_DATABASE."]
        ) from None
    return root / "saga-bot" / "saga.sqlite3"


def _ids(value: object) -> object:
    """Read Discord ids written with commas or spaces between them."""
    if not isinstance(value, str):
        return value
    words = value.replace(",", " ").split()
    for word in words:
        if not re.fullmatch(r"\d{1,19}", word, re.ASCII):
            raise ValueError(f"has to be Discord ids (digits only) with commas between them; {word!r} is none")
    return frozenset(int(word) for word in words)


def _rate(value: object) -> object:
    """Read a rate written as questions/seconds."""
    if not isinstance(value, str):
        return value
    found = re.fullmatch(r"\s*(\d{1,6})\s*/\s*(\d{1,6})\s*s?\s*", value, re.ASCII)
    if not found or not int(found[1]) or not int(found[2]):
        raise ValueError('has to be questions/seconds, both at least 1, for example "8/30"')
    return Rate(int(found[1]), float(found[2]))


def _upper(value: object) -> object:
    return value.strip().upper() if isinstance(value, str) else value


def _lower(value: object) -> object:
    return value.strip().lower() if isinstance(value, str) else value


def _at_home(path: Path) -> Path:
    """Refuse the home folder of nobody known: a file is made where its folder is missing."""
    found = expanded(path)
    if str(found).startswith("~"):
        raise ValueError("begins with a home folder that is not there")
    return found


def _web_address(value: str) -> str:
    """Refuse an address that the token must not be sent to: unencrypted, unless it is this machine."""
    try:
        parts = urlsplit(value)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise ValueError("has to be a web address") from None
    if not host or parts.scheme not in ("https", "http"):
        raise ValueError("has to be a web address")
    if parts.scheme == "http" and host not in _LOOPBACK:
        raise ValueError("has to be encrypted (https), because the token is sent there")
    return value.rstrip("/")


Ids = Annotated[frozenset[int], NoDecode, BeforeValidator(_ids)]
Limit = Annotated[Rate, NoDecode, BeforeValidator(_rate)]
Folder = Annotated[Path, AfterValidator(expanded)]
File = Annotated[Path, AfterValidator(_at_home)]
Address = Annotated[str, AfterValidator(_web_address)]


class Settings(BaseSettings):
    """Every setting, by the name of its environment variable without `SAGA_`; an empty variable counts as unset."""

    model_config = SettingsConfigDict(
        env_prefix=ENV_PREFIX, env_ignore_empty=True, extra="forbid", frozen=True, hide_input_in_errors=True
    )

    discord_token: SecretStr | None = Field(None, description="The bot's token. Never printed, never logged.")
    discord_token_file: File | None = Field(None, description="A file that holds the token, instead of the variable.")
    base: Folder | None = Field(None, description="Folder of the fact base. Default: the one that is shipped.")
    database: File = Field(
        default_factory=default_database,
        description="The SQLite file of what the bot keeps. Default: saga-bot/saga.sqlite3 in the user's data folder.",
    )
    retention_days: int = Field(
        365, ge=1, le=36_500, description="Days after which votes, reports, gaps, reloads and counts are deleted."
    )
    curator_users: Ids = Field(frozenset(), description="Ids of the people who may use /admin.")
    curator_roles: Ids = Field(frozenset(), description="Ids of the roles whose members may do the same.")
    cooldown_person: Limit = Field(PERSON, description='How much one person may ask: questions/seconds, as in "8/30".')
    cooldown_channel: Limit = Field(CHANNEL, description="How much may be asked in one channel: questions/seconds.")
    log_level: Annotated[Literal["DEBUG", "INFO", "WARNING", "ERROR"], BeforeValidator(_upper)] = Field(
        "INFO", description="The least serious level that is logged: DEBUG, INFO, WARNING or ERROR."
    )
    log_format: Annotated[Literal["text", "json"], BeforeValidator(_lower)] = Field(
        "text", description="How a log line is written: text, or json for one object a line."
    )
    discord_api: Address = Field(
        "https://discord.com/api/v10",
        description="Discord's REST address, which also names the gateway; only a test or a proxy changes it.",
    )

    def token(self) -> str:
        """Return the token, from the variable or the file; raises SettingsError, without ever quoting it."""
        if self.discord_token is not None and self.discord_token_file is not None:
            raise SettingsError(["Set either SAGA_DISCORD_TOKEN or SAGA_DISCORD_TOKEN_FILE, not both."])
        if self.discord_token is not None:
            return _usable(self.discord_token.get_secret_value(), "SAGA_DISCORD_TOKEN")
        if self.discord_token_file is not None:
            return _usable(_content(self.discord_token_file), f"The token file {self.discord_token_file}")
        raise SettingsError(
            ["There is no token: set SAGA_DISCORD_TOKEN, or SAGA_DISCORD_TOKEN_FILE to a file that holds it."]
        )


def read(*, base: Path | None = None) -> Settings:
    """Return the settings of the environment; `base`, as the command line names it, replaces SAGA_BASE.

    Raises SettingsError with every mistake.
    """
    problems = unknown(os.environ)
    try:
        settings = Settings() if base is None else Settings(base=base)
    except ValidationError as error:
        raise SettingsError([*(_sentence(detail) for detail in error.errors(include_url=False)), *problems]) from None
    if problems:
        raise SettingsError(problems)
    return settings


def variables() -> dict[str, str]:
    """Return every environment variable that is a setting, with its description."""
    return {f"{ENV_PREFIX}{name.upper()}": field.description or "" for name, field in Settings.model_fields.items()}


def unknown(environment: Mapping[str, str]) -> list[str]:
    """Return a sentence for each variable that begins like a setting and is none: a typing mistake, most likely."""
    known = {*variables(), *READ_ELSEWHERE}  # as they are spelled: Windows, which knows no case, has all in capitals
    own = {one.removeprefix(ENV_PREFIX): one for one in sorted(known)}
    sentences = []
    for name in sorted(name for name in environment if name.upper().startswith(ENV_PREFIX)):
        if name in known:
            continue
        near = difflib.get_close_matches(name.upper().removeprefix(ENV_PREFIX), own, n=1, cutoff=0.5)
        hint = f"did you mean {own[near[0]]}?" if near else "take it out (docs/running.md lists them all)."
        sentences.append(f"{name} is no setting; {hint}")
    return sentences


def _sentence(detail: ErrorDetails) -> str:
    name = ENV_PREFIX + "_".join(str(part) for part in detail["loc"][:1]).upper()
    if detail["type"] == "int_parsing":
        return f"{name} has to be a whole number."
    message = str(detail["msg"]).removeprefix("Value error, ").removeprefix("Input ")
    for pydantics, ours in _PLAINER:
        message = message.replace(pydantics, ours)
    return f"{name} {message}."


_PLAINER: Final = (
    ("should be", "has to be"),
    ("greater than or equal to", "at least"),
    ("less than or equal to", "at most"),
)


def _content(path: Path) -> str:
    """Return what the token file holds."""
    try:
        with path.open("rb") as file:
            data = file.read(TOKEN_AT_MOST + 1)
    except OSError as error:
        raise SettingsError([f"The token file {path} cannot be read: {error.strerror or error}."]) from None
    if len(data) > TOKEN_AT_MOST:
        raise SettingsError([f"The token file {path} holds more than a token: put nothing else into it."])
    return data.decode("utf-8-sig", "replace")


def _usable(text: str, where: str) -> str:
    """Return a token without the space around it; refuses what can be no token, in words that do not quote it."""
    token = text.strip()
    if not token:
        raise SettingsError([f"{where} is empty: copy the bot's token into it (developer portal, Bot, Reset Token)."])
    if token.lower().startswith("bot "):
        raise SettingsError([f"{where} begins with “Bot ”: leave that word out, only the token itself belongs there."])
    if not re.fullmatch(r"[!-~]+", token):
        raise SettingsError([f"{where} holds a space, a line break or a letter that no token has: copy it again."])
    if re.search(r"[\"'=]", token):
        raise SettingsError([f"{where} holds more than the token: leave out quotation marks, and a name before “=”."])
    return token
