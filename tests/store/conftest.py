"""Every store test runs on SQLite, and on PostgreSQL where there is one."""

from tests.store.databases import address, database, migrated_file, migrated_postgresql

__all__ = ["address", "database", "migrated_file", "migrated_postgresql"]
