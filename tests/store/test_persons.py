"""The desk takes one person's data out whole and erases them without a trace, unless they must be kept."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import make_url, select, text

from bot.clinical.effect import EraseConversation
from bot.errors import EffectError, Overtaken, StorageError
from bot.service.desk_records import CallOutcome, Reason, Status
from bot.service.person_records import Erasing, HoldReason, KeptAs, Person, Standing
from bot.store.desk_changes import DeskChanges
from bot.store.ledger import SqlLedger
from bot.store.persons import Persons
from bot.store.retention import RetentionRows
from bot.store.tables import conversations, metadata
from bot.store.transaction import Database
from tests.store.audit_rows import verdict
from tests.store.persons import ACT, CANARY, book, hire, rows_with, talk
from tests.store.rows import NOW, answer, arrival, new_id

WITH_PATIENTS = {
    *("conversations", "messages", "replies", "inquiries", "appointment_requests", "notes", "calls", "mails", "codes"),
    *("inbox_lists", "judgements"),
}


@pytest.fixture
def persons(database: Database) -> Persons:
    """The persons of a clinic where Ana works."""
    hire(database)
    return Persons(database)


def never(_: Standing) -> bool:
    """No record has to be kept."""
    return False


def read(persons: Persons, inquiry_id: str) -> Person:
    """One person's data."""
    person = persons.read(inquiry_id, action="person.read", detail=None, act=ACT)
    assert person is not None
    return person


def test_the_canary_sits_in_every_table_that_can_hold_a_word_of_a_patient(persons: Persons, database: Database) -> None:
    talk(database)
    with database.read() as connection:
        sung = {
            name for name, table in metadata.tables.items() if CANARY in str(connection.execute(select(table)).all())
        }
    assert sung == WITH_PATIENTS


def test_what_is_taken_out_is_everything_that_is_held(persons: Persons, database: Database) -> None:
    session, inquiry_id = talk(database)
    talk(database)
    book(database, session, at=NOW + timedelta(days=1))
    held = read(persons, inquiry_id).held
    assert set(held) == {*WITH_PATIENTS, "appointments", "audit"}
    whole = json.dumps(held)
    assert whole.count(f"the {CANARY} burns") == 2
    assert {row["conversation_id"] for row in held["messages"]} == {session}
    assert {"conversation.opened", "inquiry.noted"} <= {row["action"] for row in held["audit"]}
    assert "digest" not in whole


def test_what_is_erased_is_in_no_row_and_the_other_person_stays(persons: Persons, database: Database) -> None:
    _, inquiry_id = talk(database)
    other, _ = talk(database)
    others = len(rows_with(database, CANARY)) / 2
    assert persons.erase(inquiry_id, keeping=never, act=ACT) is Erasing.DONE
    assert len(rows_with(database, CANARY)) == others
    assert rows_with(database, other)
    assert persons.erase(inquiry_id, keeping=never, act=ACT) is Erasing.NOT_FOUND
    assert verdict(database).holds


def test_the_audit_says_who_erased_which_opaque_id(persons: Persons, database: Database) -> None:
    session, inquiry_id = talk(database)
    persons.erase(inquiry_id, keeping=never, act=ACT)
    (line,) = [row for row in rows_with(database, session) if "conversation.erased" in row]
    assert ACT.staff_id in line
    assert "not_booked" in line


def test_no_byte_of_it_is_left_in_the_data_folder_once_the_disk_is_tidied(persons: Persons, database: Database) -> None:
    if database.engine.dialect.name != "sqlite":
        pytest.skip("a file of SQLite's; PostgreSQL is asked in the test below")
    folder = Path(str(make_url(str(database.engine.url)).database)).parent
    inquiries = [talk(database)[1] for _ in range(30)]
    assert CANARY.encode() in b"".join(file.read_bytes() for file in folder.iterdir())
    rows = RetentionRows(database)
    assert not rows.is_untidy()
    for inquiry_id in inquiries:
        assert persons.erase(inquiry_id, keeping=never, act=ACT) is Erasing.DONE
    assert rows.is_untidy()
    assert rows.tidy(act=ACT)
    assert not rows.is_untidy()
    assert CANARY.encode() not in b"".join(file.read_bytes() for file in folder.iterdir())
    assert verdict(database).holds


def test_the_disk_is_tidied_later_while_somebody_reads(persons: Persons, database: Database) -> None:
    if database.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL tidies by itself")
    _, inquiry_id = talk(database)
    persons.erase(inquiry_id, keeping=never, act=ACT)
    rows = RetentionRows(database)
    with database.read() as connection:
        connection.execute(select(conversations)).all()
        assert not rows.tidy(act=ACT)
    assert rows.is_untidy()
    assert rows.tidy(act=ACT)


def test_no_table_and_no_index_of_postgresql_finds_it(persons: Persons, database: Database) -> None:
    if database.engine.dialect.name != "postgresql":
        pytest.skip("the test above is SQLite's")
    _, inquiry_id = talk(database)
    persons.erase(inquiry_id, keeping=never, act=ACT)
    for seq in ("on", "off"):
        with database.read() as connection:
            connection.execute(text(f"SET LOCAL enable_seqscan = {seq}"))
            for table in metadata.tables.values():
                found = text(f"SELECT count(*) FROM {table.name} AS t WHERE t::text LIKE '%{CANARY}%'")
                assert connection.execute(found).scalar_one() == 0, table.name


def test_a_hold_keeps_it_from_the_desk_and_from_the_patients_own_word(persons: Persons, database: Database) -> None:
    session, inquiry_id = talk(database)
    assert persons.hold(inquiry_id, HoldReason.COMPLAINT, act=ACT)
    assert persons.hold(inquiry_id, HoldReason.COURT, act=ACT)
    assert read(persons, inquiry_id).standing.hold is HoldReason.COURT
    assert persons.erase(inquiry_id, keeping=never, act=ACT) is Erasing.ON_HOLD
    ledger = SqlLedger(database)
    message = ledger.receive(replace(arrival("", session_id=session), text=None, choices=("yes",)))
    told = replace(answer(message, "Gone.", version=1, session_id=session), effects=(EraseConversation(),))
    with pytest.raises(EffectError):
        ledger.answer(told)
    assert persons.end_hold(inquiry_id, act=ACT)
    assert not persons.end_hold(inquiry_id, act=ACT)
    assert persons.erase(inquiry_id, keeping=never, act=ACT) is Erasing.DONE


@pytest.mark.parametrize("how", ["status", "once had the status", "a call", "a time"])
def test_what_was_ever_booked_is_the_clinics_record(persons: Persons, database: Database, how: str) -> None:
    session, inquiry_id = talk(database)
    assert read(persons, inquiry_id).standing.kept_as is KeptAs.NOT_BOOKED
    changes = DeskChanges(database)
    if how == "a time":
        book(database, session, at=NOW + timedelta(days=9))
    elif how == "a call":
        changes.add_call(inquiry_id, new_id(), outcome=CallOutcome.BOOKED, text="x", act=ACT)
        changes.set_status(inquiry_id, Status.NEW, reason=None, version=2, act=ACT)
    else:
        changes.set_status(inquiry_id, Status.BOOKED, reason=None, version=1, act=ACT)
    if how == "once had the status":
        changes.set_status(inquiry_id, Status.CLOSED, reason=Reason.DECLINED, version=2, act=ACT)
    standing = read(persons, inquiry_id).standing
    assert standing.kept_as is KeptAs.BOOKED
    assert standing.newest == (NOW + timedelta(days=9) if how == "a time" else NOW)
    assert persons.erase(inquiry_id, keeping=lambda one: one.kept_as is KeptAs.BOOKED, act=ACT) is Erasing.RECORD


def test_a_time_that_was_given_back_makes_no_record(persons: Persons, database: Database) -> None:
    session, inquiry_id = talk(database)
    book(database, session, at=NOW + timedelta(days=9), state="cancelled")
    assert read(persons, inquiry_id).standing.kept_as is KeptAs.NOT_BOOKED


def test_nobody_knows_an_inquiry_that_is_not_there(persons: Persons) -> None:
    assert persons.read("0" * 32, action="person.read", detail=None, act=ACT) is None
    assert not persons.hold("0" * 32, HoldReason.OTHER, act=ACT)


def test_an_answer_that_was_being_worked_out_brings_nothing_back(persons: Persons, database: Database) -> None:
    session, inquiry_id = talk(database)
    ledger = SqlLedger(database)
    message = ledger.receive(arrival(f"more {CANARY}", session_id=session))
    persons.erase(inquiry_id, keeping=never, act=ACT)
    with pytest.raises(Overtaken):
        ledger.answer(answer(message, CANARY, version=1, session_id=session))
    with pytest.raises(StorageError):
        ledger.receive(arrival(f"still {CANARY}", session_id=session))
    assert ledger.standing(session) is None
    assert rows_with(database, CANARY) == []
