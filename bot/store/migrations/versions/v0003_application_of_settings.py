"""Which application kept a server's settings; of those that are there already, nobody knows.

Revision: 0003, from 0002.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column."""
    op.add_column("guild_settings", sa.Column("application", sa.BigInteger))


def downgrade() -> None:
    """Take it away again."""
    op.drop_column("guild_settings", "application")
