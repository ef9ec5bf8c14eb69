"""Bringing a database to the newest schema, and telling whether it is there."""

from importlib.resources import files
from typing import cast

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.exc import SQLAlchemyError

from bot.errors import StorageError
from bot.service.audit_chain import UNKEYED
from bot.store.engine import sqlite_file
from bot.store.transaction import Database

_LOCK = 7041776
"""PostgreSQL advisory lock that lets one process at a time migrate."""


def upgrade(address: str, *, key: bytes = UNKEYED) -> None:
    """The database at this address exists and has the newest schema; StorageError when that cannot be done.

    `key` is that of the audit's chain, for lines from before there was one.
    """
    file = sqlite_file(address)
    if file is not None:
        _create(address)
    database = Database(address, key=key)
    try:
        with database.write() as connection:
            _upgrade(connection, key)
    finally:
        database.close()


def is_current(connection: Connection) -> bool:
    """Whether the database has the newest schema."""
    return MigrationContext.configure(connection).get_current_revision() == newest()


def newest() -> str:
    """The revision that this version of the code needs."""
    return cast(str, ScriptDirectory.from_config(_config()).get_current_head())


def _upgrade(connection: Connection, key: bytes) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL lock_timeout = '60s'"))
        connection.execute(text("SET LOCAL statement_timeout = '10min'"))
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    if is_current(connection):
        return
    config = _config()
    config.attributes["connection"] = connection
    config.attributes["audit_key"] = key
    try:
        command.upgrade(config, "head")
    except SQLAlchemyError as error:
        raise StorageError(f"the database could not be migrated: {error}") from error


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(files("bot.store") / "migrations").replace("%", "%%"))
    return config


def _create(address: str) -> None:
    file = sqlite_file(address)
    if file is None or file.exists():
        return
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
    except OSError as error:
        raise StorageError(f"the database file could not be created: {error}") from error
