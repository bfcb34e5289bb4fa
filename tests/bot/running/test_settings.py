"""Settings are typed, documented, and every mistake in them is one sentence that never quotes a secret."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from bot.asking.limits import Rate
from bot.failures import Status
from bot.running.settings import READ_ELSEWHERE, Settings, SettingsError, default_database, read, unknown, variables

DOCUMENT = (Path(__file__).parents[3] / "docs" / "running.md").read_text()
SECRET = "MTA.secret.that-nobody-may-read"  # noqa: S105 - it opens nothing


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no setting of the machine come in."""
    for name in [name for name in os.environ if name.startswith("SAGA_")]:
        monkeypatch.delenv(name)


def problems() -> list[str]:
    """Return what is wrong with the settings of the environment."""
    with pytest.raises(SettingsError) as raised:
        read()
    return raised.value.problems


def test_every_setting_is_in_the_one_table() -> None:
    """The table of the document holds each variable with its description, and no other."""
    told = dict(re.findall(r"^\| `(SAGA_\w+)` \| [^|]* \| ([^|]*) \|$", DOCUMENT, re.MULTILINE))
    assert told.keys() == {*variables(), *READ_ELSEWHERE}
    for name, description in variables().items():
        assert told[name].replace("`", "").split(":")[0].split(",")[0].rstrip(".") in description, name


def typed(value: Rate | int | str) -> str:
    """Return the value of a setting as one types it."""
    return f"{value.questions}/{value.seconds:g}" if isinstance(value, Rate) else str(value)


def test_the_defaults_in_the_table_are_those_of_the_code() -> None:
    """The table gives the value of each setting that has one without being set, and of no other."""
    told = dict(re.findall(r"^\| `(SAGA_\w+)` \| `([^`]*)` \|", DOCUMENT, re.MULTILINE))
    assert told == {
        f"SAGA_{name.upper()}": typed(field.default)
        for name, field in Settings.model_fields.items()
        if isinstance(field.default, (Rate, int, str))
    }


def test_every_exit_status_is_documented() -> None:
    """A supervisor can be told what each status means: a good end, Python's own two, and the bot's."""
    told = [int(status) for status in re.findall(r"^\| (\d+) \|", DOCUMENT, re.MULTILINE)]
    assert told == [0, 1, 2, *(int(status) for status in Status)]


def test_settings_are_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Each kind of value is read as one writes it."""
    for name, value in {
        "DISCORD_TOKEN": f" {SECRET}\n",
        "BASE": "",
        "DATABASE": str(tmp_path / "saga.sqlite3"),
        "RETENTION_DAYS": "30",
        "CURATOR_USERS": "80351110224678912, 2",
        "CURATOR_ROLES": "3 4,5",
        "COOLDOWN_PERSON": "3 / 10s",
        "LOG_LEVEL": "debug",
        "LOG_FORMAT": "JSON",
        "DISCORD_API": "http://127.0.0.1:8080/api/v10/",
    }.items():
        monkeypatch.setenv(f"SAGA_{name}", value)
    settings = read()
    assert settings.token() == SECRET
    assert SECRET not in repr(settings)
    assert settings.base is None
    assert settings.database == tmp_path / "saga.sqlite3"
    assert settings.retention_days == 30
    assert settings.curator_users == {80_351_110_224_678_912, 2}
    assert settings.curator_roles == {3, 4, 5}
    assert settings.cooldown_person == Rate(3, 10.0)
    assert (settings.log_level, settings.log_format) == ("DEBUG", "json")
    assert settings.discord_api == "http://127.0.0.1:8080/api/v10"
    assert read(base=tmp_path).base == tmp_path
    with pytest.raises(ValueError, match="frozen"):
        settings.retention_days = 1  # type: ignore[misc] # what the test is about


def test_the_database_has_a_place_of_its_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Without a setting, the file lies in the user's data folder; `~` is the home folder."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert default_database() == tmp_path / "saga-bot" / "saga.sqlite3"
    monkeypatch.setenv("SAGA_DATABASE", "~/saga.sqlite3")
    assert read().database == Path.home() / "saga.sqlite3"


@pytest.mark.usefixtures("homeless")
def test_without_a_home_folder_the_database_needs_a_name(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An account that has none, as services often do, reads a sentence; with the setting it needs no home."""
    assert problems() == ["This account has no home folder to keep the database in: name a file with SAGA_DATABASE."]
    monkeypatch.setenv("SAGA_DATABASE", str(tmp_path / "saga.sqlite3"))
    assert read().database == tmp_path / "saga.sqlite3"


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("RETENTION_DAYS", "douze", "SAGA_RETENTION_DAYS has to be a whole number."),
        ("RETENTION_DAYS", "0", "SAGA_RETENTION_DAYS has to be at least 1."),
        (
            "CURATOR_USERS",
            "12, olympe",
            "SAGA_CURATOR_USERS has to be Discord ids (digits only) with commas between them; 'olympe' is none.",
        ),
        (
            "COOLDOWN_CHANNEL",
            "8",
            'SAGA_COOLDOWN_CHANNEL has to be questions/seconds, both at least 1, for example "8/30".',
        ),
        (
            "COOLDOWN_CHANNEL",
            "0/30",
            'SAGA_COOLDOWN_CHANNEL has to be questions/seconds, both at least 1, for example "8/30".',
        ),
        (
            "COOLDOWN_CHANNEL",
            "8/0",
            'SAGA_COOLDOWN_CHANNEL has to be questions/seconds, both at least 1, for example "8/30".',
        ),
        ("LOG_FORMAT", "xml", "SAGA_LOG_FORMAT has to be 'text' or 'json'."),
        (
            "DISCORD_API",
            "http://discord.com/api/v10",
            "SAGA_DISCORD_API has to be encrypted (https), because the token is sent there.",
        ),
        ("DISCORD_API", "discord", "SAGA_DISCORD_API has to be a web address."),
        ("DISCORD_API", "http://[", "SAGA_DISCORD_API has to be a web address."),
        ("DATABASE", "~nobody-here/x", "SAGA_DATABASE begins with a home folder that is not there."),
        ("RETENTION", "30", "SAGA_RETENTION is no setting; did you mean SAGA_RETENTION_DAYS?"),
        ("XYZ", "30", "SAGA_XYZ is no setting; take it out (docs/running.md lists them all)."),
    ],
)
def test_a_mistake_is_one_sentence(monkeypatch: pytest.MonkeyPatch, name: str, value: str, sentence: str) -> None:
    """What is wrong, with the variable's own name and what it has to be."""
    monkeypatch.setenv(f"SAGA_{name}", value)
    assert problems() == [sentence]


def test_all_mistakes_are_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody has to start the bot five times to learn of five mistakes."""
    for name in ("RETENTION_DAYS", "LOG_LEVEL", "CURATOR_USERS", "DISCORD_API", "NONSENSE"):
        monkeypatch.setenv(f"SAGA_{name}", "nonsense")
    assert len(problems()) == 5


def test_a_setting_is_spelled_in_capitals() -> None:
    """Another spelling is obeyed by some commands and not by others: it is refused, and the right one named."""
    assert unknown({"saga_base": "x"}) == ["saga_base is no setting; did you mean SAGA_BASE?"]


def test_only_our_own_names_are_looked_at() -> None:
    """Variables of other programs, and one that another part of ours reads, are left alone."""
    assert unknown({"PATH": "", "SAGA_CACHE": "x", "SAGADA": "x", **dict.fromkeys(variables(), "x")}) == []


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty"),
        (b" \n", "is empty"),
        (f"Bot {SECRET}".encode(), "begins with “Bot ”"),
        (f"SAGA_DISCORD_TOKEN={SECRET}".encode(), "holds more than the token: leave out quotation marks, and a name"),
        (f'"{SECRET}"'.encode(), "holds more than the token: leave out quotation marks, and a name"),
        (f"{SECRET}\n{SECRET}".encode(), "holds a space, a line break or a letter that no token has"),
        (b"\xff\xfe" + SECRET.encode(), "holds a space, a line break or a letter that no token has"),
        (SECRET.encode() * 1_000, "holds more than a token"),
        (None, "cannot be read"),
    ],
)
def test_a_token_file_that_holds_none(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: bytes | None, sentence: str
) -> None:
    """What is wrong with the file is told, with its name, and never with what stands in it."""
    path = tmp_path / "token"
    if content is not None:
        path.write_bytes(content)
    monkeypatch.setenv("SAGA_DISCORD_TOKEN_FILE", str(path))
    with pytest.raises(SettingsError) as raised:
        read().token()
    assert str(path) in str(raised.value)
    assert sentence in str(raised.value)
    assert SECRET not in str(raised.value)


def test_a_token_file_is_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The token of a file is taken without the line break or the mark that an editor put there."""
    path = tmp_path / "token"
    path.write_bytes(b"\xef\xbb\xbf" + SECRET.encode() + b"\r\n")
    monkeypatch.setenv("SAGA_DISCORD_TOKEN_FILE", str(path))
    assert read().token() == SECRET


def test_a_token_has_one_place(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two places are a mistake, and so is none."""
    with pytest.raises(SettingsError, match="There is no token"):
        read().token()
    monkeypatch.setenv("SAGA_DISCORD_TOKEN", SECRET)
    monkeypatch.setenv("SAGA_DISCORD_TOKEN_FILE", "token")
    with pytest.raises(SettingsError, match="not both"):
        read().token()


def test_settings_take_no_other_name() -> None:
    """A field that is not there cannot be given."""
    with pytest.raises(ValueError, match="not permitted"):
        Settings.model_validate({"nonsense": 1})
