"""What the commands need of the database and the desk, put together only where it is used."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.bootstrap import build_desk
from bot.cli.greeting import address_of
from bot.knowledge.loader import load_protocol
from bot.service.desk import DeskServices
from bot.service.desk_accounts import Accounts
from bot.settings import Settings
from bot.store.schema import newest, upgrade
from bot.store.transaction import Database

SET_UP = "/desk/setup/"


def migrate_database(settings: Settings) -> str:
    """The version that the database has now, which is the newest."""
    upgrade(settings.database_url)
    return newest()


def new_account_link(settings: Settings) -> str:
    """A fresh link that makes one staff account, once."""
    with desk_of(settings) as desk:
        return _link(settings, desk.accounts)


def first_account_link(settings: Settings) -> str | None:
    """A fresh link while there is no staff account, else None."""
    with desk_of(settings) as desk:
        return None if desk.accounts.has_staff() else _link(settings, desk.accounts)


def _link(settings: Settings, accounts: Accounts) -> str:
    return f"{address_of(settings)}{SET_UP}{accounts.create_setup_link()}"


@contextmanager
def desk_of(settings: Settings) -> Iterator[DeskServices]:
    """The desk on the clinic's database, brought to its newest version first."""
    upgrade(settings.database_url)
    database = Database(settings.database_url)
    overlay = Path(settings.overlay) if settings.overlay else None
    protocol = load_protocol(language=settings.language, region=settings.region, overlay=overlay)
    try:
        yield build_desk(settings, database=database, protocol=protocol)
    finally:
        database.close()
