"""What the commands need of the database and the desk, put together only where it is used."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.bootstrap.clinic_settings import naming_the_way_back
from bot.cli.greeting import address_of
from bot.clinical.protocol import Protocol
from bot.knowledge.loader import load_protocol
from bot.outside.clock import SystemClock
from bot.service.actors import SYSTEM
from bot.service.audit_chain import key_of
from bot.service.desk import DeskServices
from bot.service.desk_accounts import Accounts
from bot.service.desk_records import Act
from bot.settings import Settings
from bot.store.schema import newest, upgrade
from bot.store.transaction import Database

SET_UP = "/desk/setup/"


def migrate_database(settings: Settings) -> str:
    """The version that the database has now, which is the newest."""
    upgrade(settings.database_url, key=key_of(settings.audit_secret))
    return newest()


@contextmanager
def clinic_database(settings: Settings) -> Iterator[Database]:
    """The clinic's database, brought to its newest version first."""
    key = key_of(settings.audit_secret)
    upgrade(settings.database_url, key=key)
    database = Database(settings.database_url, key=key)
    try:
        yield database
    finally:
        database.close()


def new_account_link(settings: Settings) -> str:
    """A fresh link that makes one staff account, once."""
    with desk_of(settings) as desk:
        return _link(settings, desk.accounts)


def first_account_link(settings: Settings) -> str | None:
    """A fresh link while there is no staff account, else None."""
    with desk_of(settings) as desk:
        return None if desk.accounts.has_staff() else _link(settings, desk.accounts)


def system_act() -> Act:
    """What a command does now; whoever may run it on the clinic's server is known there, not here."""
    return Act(SYSTEM, SystemClock().now())


def _link(settings: Settings, accounts: Accounts) -> str:
    return f"{address_of(settings)}{SET_UP}{accounts.create_setup_link()}"


def clinic_protocol(settings: Settings) -> Protocol:
    """The protocol that the clinic's settings name."""
    overlay = Path(settings.overlay) if settings.overlay else None
    with naming_the_way_back(settings):
        return load_protocol(language=settings.language, region=settings.region, overlay=overlay)


@contextmanager
def desk_of(settings: Settings) -> Iterator[DeskServices]:
    """The desk on the clinic's database, brought to its newest version first."""
    from bot.bootstrap.desk import build_desk  # heavy, and only this needs it

    protocol = clinic_protocol(settings)
    with clinic_database(settings) as database:
        yield build_desk(settings, database=database, protocol=protocol)
