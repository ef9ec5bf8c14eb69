"""Whether the store can be used."""

from bot.errors import StorageError
from bot.store.schema import is_current
from bot.store.transaction import Database


def store_trouble(database: Database) -> str | None:
    """Why the store cannot be used, None when it can."""
    try:
        with database.read() as connection:
            return None if is_current(connection) else "the database has not been migrated"
    except StorageError as error:
        return str(error)
