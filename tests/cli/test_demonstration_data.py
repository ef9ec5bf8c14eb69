"""`needlepoint demonstration-data`: a desk full of made-up patients, marked as such, gone again at a word."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import func, select, update

from bot.cli.demonstration import clear, fill, people
from bot.errors import SettingsError
from bot.settings import Settings, demo
from bot.store.desk_accounts import Accounts
from bot.store.tables import conversations, inquiries, staff
from bot.store.transaction import Database
from tests.service.clinic import clinic_settings
from tests.store.persons import hire, talk


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A demonstration into which everybody of the file has written."""
    settings = demo({"DATA_DIR": str(tmp_path_factory.mktemp("demonstration"))})
    assert fill(settings, people(17)) == 17
    return settings


def rows(settings: Settings) -> list[Any]:
    """Name, level, status and channel of every inquiry."""
    wanted = select(inquiries.c.name, inquiries.c.disposition, inquiries.c.status, inquiries.c.channel)
    database = Database(settings.database_url)
    with database.read() as connection:
        found = list(connection.execute(wanted))
    database.close()
    return found


def test_the_desk_has_something_of_every_kind(settings: Settings) -> None:
    found = rows(settings)
    assert {row.disposition for row in found} >= {"emergency", "same_day", "see_doctor", "physio_exam"}
    assert {row.status for row in found} >= {"new", "in_progress", "waiting", "booked", "closed"}
    assert len({row.name for row in found if row.name}) > 9


def test_everybody_is_marked_as_made_up(settings: Settings) -> None:
    assert {row.channel for row in rows(settings)} == {"demonstration"}


def test_nobody_wrote_in_the_future(settings: Settings) -> None:
    database = Database(settings.database_url)
    with database.read() as connection:
        newest = connection.execute(select(func.max(conversations.c.last_activity_at))).scalar_one()
    database.close()
    assert newest <= datetime.now(UTC)


def test_made_up_staff_can_not_sign_in_and_leave_the_first_account_open(settings: Settings) -> None:
    database = Database(settings.database_url)
    accounts = Accounts(database)
    assert not accounts.has_staff()
    with database.read() as connection:
        email = connection.execute(select(staff.c.email)).scalar_one()
    assert accounts.credentials(email) is None
    database.close()


def test_removing_erases_the_made_up_and_nobody_else(settings: Settings) -> None:
    database = Database(settings.database_url)
    hire(database)
    mine, _ = talk(database)
    assert clear(settings) == 17
    with database.write() as connection:
        assert connection.execute(select(conversations.c.id)).scalars().all() == [mine]
        connection.execute(update(conversations).values(channel="web"))
    database.close()
    assert clear(settings) == 0


def test_a_clinic_of_flesh_and_blood_is_never_filled() -> None:
    with pytest.raises(SettingsError, match="belong to a demonstration"):
        fill(clinic_settings(), people(1))
