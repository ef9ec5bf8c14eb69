"""The retention job erases what has been kept long enough, of each class, and nothing else, as often as it runs."""

from collections import Counter
from datetime import datetime, timedelta

import pytest
from sqlalchemy import delete, insert, select, update

from bot.service.person_records import HoldReason
from bot.service.retaining import Retaining
from bot.service.retention import Retention
from bot.store.persons import Persons
from bot.store.retention import RetentionRows
from bot.store.tables import appointment_requests, conversations, inquiries, mails, sign_in_attempts
from bot.store.transaction import Database
from tests.store.audit_rows import verdict
from tests.store.persons import ACT, CANARY, book, hire, rows_with, talk
from tests.store.rows import NOW, new_id

DAY = timedelta(days=1)
KEPT = Retention(left_early=30 * DAY, not_booked=400 * DAY, booked_years=16, mail=30 * DAY, majority=19)


class Stopped:
    """A clock that stands still."""

    def now(self) -> datetime:
        """The moment of these tests."""
        return NOW


@pytest.fixture
def job(database: Database) -> Retaining:
    """The job of a clinic where Ana works."""
    hire(database)
    return Retaining(RetentionRows(database), KEPT, Stopped())


def left_early(database: Database, *, heard: datetime) -> str:
    """The session of a patient who left before the end, without a name or number."""
    session, _ = talk(database, heard=heard)
    mine = inquiries.c.conversation_id == session
    with database.write() as connection:
        connection.execute(update(inquiries).where(mine).values(complete=False, name=None, phone=None, email=None))
        connection.execute(delete(appointment_requests).where(appointment_requests.c.conversation_id == session))
    return session


def kept(database: Database) -> set[str]:
    """The sessions that are there."""
    with database.read() as connection:
        return set(connection.execute(select(conversations.c.id)).scalars())


def test_each_class_is_kept_to_its_day_and_no_longer(database: Database, job: Retaining) -> None:
    just_over, not_yet = timedelta(), timedelta(seconds=1)
    for more in (just_over, not_yet):
        left_early(database, heard=NOW - 30 * DAY + more)
        talk(database, heard=NOW - 400 * DAY + more)
        booked, _ = talk(database, heard=NOW.replace(year=NOW.year - 17))
        book(database, booked, at=NOW.replace(year=NOW.year - 16) + more)
    assert job.look() == Counter({"left_early": 1, "not_booked": 1, "booked": 1})
    assert len(kept(database)) == 6
    assert job.run() == Counter({"left_early": 1, "not_booked": 1, "booked": 1})
    assert len(kept(database)) == 3
    assert job.run() == Counter()
    assert verdict(database).holds


def test_a_minors_record_is_kept_until_as_long_after_majority(database: Database, job: Retaining) -> None:
    session, _ = talk(database, heard=NOW.replace(year=NOW.year - 20))
    book(database, session, at=NOW.replace(year=NOW.year - 20))
    with database.write() as connection:
        connection.execute(update(conversations).values(encounter='{"precautions": ["minor"]}'))
    assert job.run() == Counter()
    with database.write() as connection:
        connection.execute(update(conversations).values(encounter="{}"))
    assert job.run() == Counter({"booked": 1})


def test_a_hold_stands_against_it(database: Database, job: Retaining) -> None:
    _, inquiry_id = talk(database, heard=NOW - 999 * DAY)
    persons = Persons(database)
    persons.hold(inquiry_id, HoldReason.CLAIM, act=ACT)
    assert job.run() == Counter()
    persons.end_hold(inquiry_id, act=ACT)
    assert job.run() == Counter({"not_booked": 1})
    assert rows_with(database, CANARY) == []


def test_more_than_a_page_goes_in_one_run(database: Database, job: Retaining, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.service.retaining.PAGE", 4)
    monkeypatch.setattr("bot.service.retaining.BATCH", 3)
    for n in range(5):
        talk(database, heard=NOW - 500 * DAY)
        book(database, talk(database, heard=NOW - (500 + n) * DAY)[0], at=NOW + n * DAY)
    assert job.run() == Counter({"not_booked": 5})
    assert len(kept(database)) == 5


def test_one_that_wrote_again_meanwhile_stays(database: Database, job: Retaining) -> None:
    session, _ = talk(database, heard=NOW - 500 * DAY)
    with database.write() as connection:
        connection.execute(update(conversations).values(last_activity_at=NOW))
    erased = job.book.erase([session], over=lambda one: KEPT.is_over(one, NOW), act=ACT)
    assert (erased, kept(database)) == (Counter(), {session})


def test_mails_attempts_and_codes_are_forgotten(database: Database, job: Retaining) -> None:
    talk(database)
    with database.write() as connection:
        connection.execute(update(mails).values(created_at=NOW - 31 * DAY, address=None, sent_at=NOW - 31 * DAY))
        for at in (NOW, NOW - 2 * DAY):
            connection.execute(insert(sign_in_attempts).values(id=new_id(), key="k", at=at))
    later = Retaining(job.book, KEPT, type("Later", (), {"now": lambda _: NOW + timedelta(hours=1)})())
    expected = Counter({"mails": 1, "sign_in_attempts": 1, "codes": 1})
    assert later.look() == expected
    assert later.run() == expected
    assert later.run() == Counter()


def test_a_mail_that_waits_to_be_sent_stays(database: Database, job: Retaining) -> None:
    talk(database)
    with database.write() as connection:
        connection.execute(update(mails).values(created_at=NOW - 31 * DAY))
    assert job.look() == Counter()


def test_a_run_is_written_down_with_what_it_erased(database: Database, job: Retaining) -> None:
    session, _ = talk(database, heard=NOW - 500 * DAY)
    assert job.book.last_run() is None
    job.run()
    assert job.book.last_run() == NOW
    (line,) = [row for row in rows_with(database, session) if "conversation.erased" in row]
    assert "system" in line
