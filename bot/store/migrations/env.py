"""How Alembic runs the migrations: on the connection that the store hands over, inside the store's transaction."""

from __future__ import annotations

from alembic import context

context.configure(connection=context.config.attributes["connection"], render_as_batch=True)
context.run_migrations()
