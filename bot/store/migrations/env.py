"""How Alembic reaches the database: on the connection that bot.store.schema hands over, or one of DATABASE_URL."""

from alembic import context

from bot.store.tables import metadata

connection = context.config.attributes.get("connection")
if connection is None:
    raise SystemExit("run migrations with `needlepoint migrate`, which opens the database itself")
context.configure(connection=connection, target_metadata=metadata, render_as_batch=True, compare_type=True)
with context.begin_transaction():
    context.run_migrations()
