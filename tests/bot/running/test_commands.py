"""`saga commands`, `saga invite` and `saga run --check`, as processes."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from bot.failures import Status
from tests.bot.running.process import environment, running, saga
from tests.bounded import bounded
from tests.loopback import LoopbackDiscord


@bounded
async def test_commands_are_registered_for_all_or_for_one_server_and_taken_away(tmp_path: Path) -> None:
    """`sync` registers the same commands everywhere or on one server, and `clear` takes them away from there only."""
    async with LoopbackDiscord() as loopback:
        guild = loopback.guild("Rédaction")
        variables = environment(tmp_path, loopback)
        everywhere = await saga(variables, "commands", "sync")
        assert (everywhere.status, everywhere.err) == (0, "")
        here = await saga(variables, "commands", "sync", "--guild", str(guild.id))
        assert f"on the server {guild.id}" in here.out
        names = [[command["name"] for command in loopback.commands[where]] for where in (0, guild.id)]
        assert names[0] == names[1]
        assert {"question", "aide", "mesdonnees", "admin", "reglages", "Que dit la saga ?"} <= set(names[0])
        gone = await saga(variables, "commands", "clear", "--guild", str(guild.id))
        assert (gone.status, gone.out) == (0, f"The commands of the server {guild.id} are gone.\n")
        assert loopback.commands[guild.id] == []
        assert loopback.commands[0]
        assert not loopback.gateway.hellos.seen
    assert not (tmp_path / "saga.sqlite3").exists()


@bounded
async def test_commands_are_taken_away_whatever_the_base_is_like(tmp_path: Path) -> None:
    """Who removes the bot needs neither a base that can be used nor a database that can be opened."""
    async with LoopbackDiscord() as loopback:
        loopback.commands[0] = [{"id": "1", "name": "question"}]
        (tmp_path / "saga.yaml").write_text("- broken\n")
        variables = environment(tmp_path, loopback, SAGA_BASE=str(tmp_path), SAGA_DATABASE=str(tmp_path))
        gone = await saga(variables, "commands", "clear")
        assert (gone.status, gone.err) == (0, "")
        assert loopback.commands[0] == []


@bounded
async def test_a_start_says_where_commands_are_not_registered(tmp_path: Path) -> None:
    """Who has updated the bot, or never registered its commands, reads so in the log; who has, reads nothing."""
    async with LoopbackDiscord() as loopback:
        variables = environment(tmp_path, loopback)
        await saga(variables, "commands", "sync")
        async with running(variables, loopback) as bot:
            await bot.logged("ready")
            await loopback.asked.first(lambda asked: (asked.method, asked.path[-9:]) == ("GET", "/commands"))
            assert "commands sync" not in bot.said
        loopback.commands[0] = [command for command in loopback.commands[0] if command["name"] != "aide"]
        async with running(variables, loopback) as bot:
            line = await bot.logged("Discord has other commands")
            assert line.entry["message"].endswith("(aide): run `saga commands sync`")


@bounded
async def test_the_invitation_asks_for_what_is_needed(tmp_path: Path) -> None:
    """The links hold the application that the token belongs to, and exactly the scopes and permissions in use."""
    async with LoopbackDiscord() as loopback:
        asked = await saga(environment(tmp_path, loopback), "invite")
        offline = await saga(environment(tmp_path, None), "invite", "--id", str(loopback.bot.id))
    assert asked.status == offline.status == 0
    assert asked.out == offline.out
    server, person = re.findall(r"https://\S+", asked.out)
    assert "Installation Contexts" in asked.out
    assert urlsplit(server)[:3] == ("https", "discord.com", "/oauth2/authorize")
    assert parse_qs(urlsplit(server).query) == {
        "client_id": [str(loopback.bot.id)],
        "integration_type": ["0"],
        "scope": ["bot applications.commands"],
        "permissions": [str((1 << 10) | (1 << 11) | (1 << 16) | (1 << 38))],
    }
    assert parse_qs(urlsplit(person).query) == {
        "client_id": [str(loopback.bot.id)],
        "integration_type": ["1"],
        "scope": ["applications.commands"],
    }


@bounded
async def test_a_check_of_what_is_in_order(tmp_path: Path) -> None:
    """Each thing in order is a line; nothing is made, nobody is asked, and the token is not shown."""
    async with LoopbackDiscord() as loopback:
        token = tmp_path / "token"
        token.write_text(f"{loopback.token}\n")
        variables = environment(tmp_path, loopback, SAGA_DISCORD_TOKEN_FILE=str(token))
        del variables["SAGA_DISCORD_TOKEN"]
        token.chmod(0o600)
        checked = await saga(variables, "run", "--check")
        assert (checked.status, checked.err) == (0, "")
        assert [line.split(":")[0] for line in checked.out.splitlines()] == ["token", "base", "database"]
        assert loopback.token not in checked.out
        token.chmod(0o644)
        assert "chmod 600" in (await saga(variables, "run", "--check")).out
        assert not loopback.asked.seen
    assert not (tmp_path / "saga.sqlite3").exists()


@bounded
async def test_a_base_that_cannot_be_kept_is_noted(tmp_path: Path, small: Path) -> None:
    """Where each start has to compile the base, the check says so and names the folder, and a start logs it."""
    blocked = tmp_path / "blocked"
    blocked.touch()
    token = "none-that-is-asked-for"  # noqa: S105 - it opens nothing
    variables = environment(tmp_path, None, SAGA_BASE=str(small), SAGA_DISCORD_TOKEN=token, SAGA_CACHE=str(blocked))
    checked = await saga(variables, "run", "--check")
    assert checked.status == 0
    assert f"note: the compiled base cannot be kept, in {blocked}, " in checked.out
    assert '"compiling the base' in (await saga(variables, "run")).err


@bounded
async def test_a_check_says_everything_at_once(tmp_path: Path) -> None:
    """A missing token, a broken base and a file that is no database are all told in one go."""
    (tmp_path / "saga.sqlite3").write_text("des notes, pas une base\n" * 200)
    variables = environment(tmp_path, None, SAGA_BASE=str(tmp_path / "nowhere"))
    checked = await saga(variables, "run", "--check")
    assert checked.status == Status.SETTINGS
    token, base, database = checked.err.splitlines()
    assert token.startswith("There is no token")
    assert base.startswith("base: ")
    assert "is not a database" in database


@bounded
async def test_a_check_ends_with_the_status_of_what_is_wrong(tmp_path: Path) -> None:
    """A supervisor is told the same by the check as by the start."""
    (tmp_path / "notes").write_text("des notes, pas une base\n" * 200)
    for name, value, status in (
        ("SAGA_BASE", str(tmp_path / "nowhere"), Status.BASE),
        ("SAGA_BASE", "~nobody-here/x", Status.BASE),
        ("SAGA_DATABASE", str(tmp_path / "notes"), Status.DATABASE),
    ):
        variables = environment(tmp_path, None, SAGA_DISCORD_TOKEN="none-that-is-asked-for", **{name: value})  # noqa: S106
        for arguments in (("run",), ("run", "--check")):
            assert (await saga(variables, *arguments)).status == status
