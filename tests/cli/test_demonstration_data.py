"""`needlepoint demonstration-data`: a desk full of made-up patients, marked as such, gone again at a word."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update

from bot.cli.demonstration import clear, fill, people
from bot.errors import SettingsError
from bot.service.desk_records import URGENT_BELOW
from bot.settings import Settings, demo
from bot.store.desk_accounts import Accounts
from bot.store.desk_watch import DeskWatch
from bot.store.tables import audit, calls, conversations, inquiries, staff
from bot.store.transaction import Database
from tests.service.clinic import clinic_settings
from tests.store.persons import hire, talk

ROUNDS = 33


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A demonstration into which everybody of the file has written twice, and the first of them once more."""
    settings = demo({"DATA_DIR": str(tmp_path_factory.mktemp("demonstration"))})
    assert fill(settings, people(ROUNDS)) == ROUNDS
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


def test_only_the_newest_emergency_waits_and_those_of_earlier_rounds_were_handled_within_minutes(
    settings: Settings,
) -> None:
    one, call = inquiries.c, calls.c
    database = Database(settings.database_url)
    with database.read() as connection:
        urgent = select(inquiries).where(one.urgency < URGENT_BELOW).order_by(one.created_at.desc())
        newest, *earlier = connection.execute(urgent).all()
        first_call = {
            row.inquiry_id: row.called_at
            for row in connection.execute(select(calls).order_by(call.called_at.desc(), call.id))
        }
    unopened = DeskWatch(database).unopened(limit=9)
    database.close()
    assert (newest.status, newest.owner_id, newest.opened_at) == ("new", None, None)
    assert datetime.now(UTC) - newest.created_at < timedelta(hours=1)
    assert [waiting.inquiry_id for waiting in unopened] == [newest.id]
    assert len(earlier) == 2
    for row in earlier:
        assert (row.status, row.owner_id) == ("closed", "made-up-reception")
        assert row.closed_reason
        assert timedelta() < row.opened_at - row.last_activity_at < timedelta(minutes=5)
        assert timedelta() < first_call[row.id] - row.urgent_since < timedelta(minutes=10)


def test_what_made_up_staff_did_was_done_on_inquiries_that_they_had_opened(settings: Settings) -> None:
    line, database = audit.c, Database(settings.database_url)
    with database.read() as connection:
        done = select(line.subject, line.action).where(line.actor == "made-up-reception").order_by(line.id)
        acts = connection.execute(done).all()
    database.close()
    first = {act.subject: act.action for act in reversed(acts)}
    assert set(first.values()) == {"inquiry.read"}
    assert {"inquiry.taken", "inquiry.called", "inquiry.noted", "inquiry.status"} < {act.action for act in acts}


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
    assert clear(settings) == ROUNDS
    with database.write() as connection:
        assert connection.execute(select(conversations.c.id)).scalars().all() == [mine]
        connection.execute(update(conversations).values(channel="web"))
    database.close()
    assert clear(settings) == 0


def test_a_clinic_of_flesh_and_blood_is_never_filled() -> None:
    with pytest.raises(SettingsError, match="belong to a demonstration"):
        fill(clinic_settings(), people(1))
