"""Keys for the doors in the daily counts, which were kept under the words that curators read.

Revision: 0002, from 0001.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

KEYS = {
    "question": "command",
    "message privé": "direct",
    "réponse": "reply",
    "message cité": "quote",
    "bouton": "button",
}
"""Word -> key, where they differ."""
DAILY = sa.table("daily_counts", sa.column("door", sa.Text))


def upgrade() -> None:
    """Put the keys in the place of the words."""
    _rename(KEYS)


def downgrade() -> None:
    """Put the words back."""
    _rename({key: word for word, key in KEYS.items()})


def _rename(names: dict[str, str]) -> None:
    for before, after in names.items():
        op.execute(sa.update(DAILY).where(DAILY.c.door == before).values(door=after))
