"""PRIVACY.md says exactly what is kept: each table, each column, nothing else."""

from __future__ import annotations

import re
from pathlib import Path

from sqlalchemy import create_engine, inspect

from bot.asking.memory import EXPIRES_AFTER
from bot.running.settings import Settings
from bot.store import Store, file
from tests.bounded import bounded

TEXT = (Path(__file__).parents[2] / "PRIVACY.md").read_text()


@bounded
async def test_every_table_and_column_is_told(tmp_path: Path) -> None:
    """The tables of a real database and those of the document are the same, column for column."""
    store = await Store.open(tmp_path / "saga.sqlite3")
    await store.close()
    engine = create_engine(file.address(tmp_path / "saga.sqlite3", "sqlite+pysqlite"))
    found = inspect(engine)
    kept = {name: {column["name"] for column in found.get_columns(name)} for name in found.get_table_names()}
    engine.dispose()
    told = {
        match[1]: set(re.findall(r"`(\w+)`", match[2]))
        for match in re.finditer(r"^\| `(\w+)` \| ([^|]*) \|", TEXT, re.MULTILINE)
    }
    told["alembic_version"] = set(re.findall(r"A table `alembic_version` \(`(\w+)`\)", TEXT))
    assert told == kept


def test_the_times_are_those_of_the_code() -> None:
    """The retention and the length of a conversation stand in both languages as the code has them."""
    days = Settings.model_fields["retention_days"].default
    assert f"is {days} days" in TEXT
    assert f"au bout de {days} jours" in TEXT
    assert EXPIRES_AFTER == 30 * 60
    assert "for half an hour" in TEXT
    assert "une demi-heure" in TEXT
