"""The first tables.

Revision: 0001, from nothing.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "guild_settings",
        sa.Column("guild_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("channels", sa.JSON, nullable=False),
        sa.Column("public", sa.Boolean, nullable=False),
        sa.Column("mentions", sa.Boolean, nullable=False),
    )
    op.create_table(
        "votes",
        sa.Column("user_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("answer_key", sa.Text, primary_key=True),
        sa.Column("intent", sa.Text, nullable=False, index=True),
        sa.Column("useful", sa.Boolean, nullable=False),
        sa.Column("at", sa.Integer, nullable=False),
    )
    op.create_table(
        "reports",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("user_id", sa.BigInteger, nullable=False, index=True),
        sa.Column("answer_key", sa.Text, nullable=False),
        sa.Column("intent", sa.Text),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("comment", sa.Text, nullable=False),
        sa.Column("at", sa.Integer, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "gaps",
        sa.Column("question", sa.Text, primary_key=True),
        sa.Column("cause", sa.Text, primary_key=True),
        sa.Column("count", sa.Integer, nullable=False),
        sa.Column("last_at", sa.Integer, nullable=False),
    )
    op.create_index("ix_gaps_count", "gaps", ["count"])
    op.create_table(
        "reloads",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("at", sa.Integer, nullable=False),
        sa.Column("by", sa.BigInteger),
        sa.Column("version", sa.Text, nullable=False),
        sa.Column("ok", sa.Boolean, nullable=False),
        sa.Column("summary", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "daily_counts",
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("outcome", sa.Text, primary_key=True),
        sa.Column("door", sa.Text, primary_key=True),
        sa.Column("count", sa.Integer, nullable=False),
    )


def downgrade() -> None:
    """Remove them, and everything in them."""
    for table in ("daily_counts", "reloads", "gaps", "reports", "votes", "guild_settings"):
        op.drop_table(table)
