"""A clinic on a fresh database for every test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.clinical.protocol import Protocol
from bot.knowledge import load_protocol
from bot.service.takeover import Takeover
from bot.store.transaction import Database
from tests.service.clinic import TestClinic, clinic_on
from tests.service.takeovers import takeover_of
from tests.store.databases import address, database, migrated_file, migrated_postgresql, sqlite_copy

__all__ = ["address", "database", "migrated_file", "migrated_postgresql"]


@pytest.fixture(scope="session")
def protocol() -> Protocol:
    """The protocol in force."""
    return load_protocol()


@pytest.fixture
def file(migrated_file: Path, tmp_path: Path) -> Path:
    """A migrated SQLite file."""
    return Path(sqlite_copy(migrated_file, tmp_path).removeprefix("sqlite:///"))


@pytest.fixture
def clinic(file: Path, protocol: Protocol) -> Iterator[TestClinic]:
    """A clinic on this file."""
    database = Database(f"sqlite:///{file}")
    built = clinic_on(database, protocol)
    yield built
    built.service.threads.close()
    database.close()


@pytest.fixture
def two_processes(database: Database, address: str, protocol: Protocol) -> Iterator[tuple[TestClinic, TestClinic]]:
    """Two web processes of one clinic, each with its own connections, on every kind of database."""
    second = Database(address)
    pair = clinic_on(database, protocol), clinic_on(second, protocol)
    yield pair
    for one in pair:
        one.service.threads.close()
    second.close()


@pytest.fixture
def takeover(clinic: TestClinic) -> Takeover:
    """The use cases of writing to a patient."""
    return takeover_of(clinic)
