"""After a conversation is erased no row of any table holds a word of it, and nothing brings it back."""

import json
import sqlite3
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import make_url, select, update

from bot.clinical.effect import AppointmentRequest, EraseConversation, RequestAppointment
from bot.clinical.encounter import Encounter, FindingRecord
from bot.clinical.event import Intent
from bot.clinical.reading import ContactDetails, RedFlag
from bot.clinical.vocabulary import Finding, FlagClass, Level, Onset, Presence
from bot.errors import EffectError, Overtaken
from bot.service.desk_records import Act, CallOutcome
from bot.service.records import Answer, KeptMessage, MessageState, StoredReply
from bot.store.desk_changes import DeskChanges
from bot.store.desk_file import DeskFile
from bot.store.ledger import SqlLedger
from bot.store.tables import audit, conversations, inquiries, messages, metadata, replies, staff
from bot.store.transaction import Database
from tests.store.rows import NOW, SESSION, answer, arrival, inquiry, new_id, opened

CANARY = "canary"
OTHER = "0" * 31 + "f"
ANA = "a" * 32
FLAG = RedFlag(FlagClass.DVT, Level.SAME_DAY, Onset.NEW, f"my {CANARY} calf", rule=f"net:{CANARY}")
KNOWN = Encounter(findings=(FindingRecord(Finding.PAIN, Presence.PRESENT, (f"the {CANARY} burns",)),))
REACH = ContactDetails(f"Kim {CANARY}", CANARY, f"{CANARY}@mail.example")
WISH = RequestAppointment(AppointmentRequest(REACH, times=CANARY, voicemail=CANARY, payer=CANARY))


@pytest.fixture
def ledger(database: Database) -> SqlLedger:
    """A ledger with a conversation that has left its words everywhere, and one like it that stays."""
    ledger = SqlLedger(database)
    with database.write() as connection:
        person = {"id": ANA, "name": "Ana", "email": "ana@clinic.example", "role": "reception"}
        connection.execute(staff.insert().values(**person, password_hash="x", created_at=NOW))
    for session in (SESSION, OTHER):
        _talk(ledger, database, session)
    return ledger


def _talk(ledger: SqlLedger, database: Database, session: str) -> None:
    opened(ledger, session)
    kept = ledger.receive(arrival(f"the {CANARY} burns", client_id="one", session_id=session, flags=(FLAG,)))
    told = answer(kept, f"You told us: {CANARY}", session_id=session, encounter=KNOWN, inquiry=inquiry(contact=REACH))
    id = new_id()
    ledger.answer(replace(told, effects=(WISH,), intents=(Intent(CANARY, 0.9),), inquiry_id=id))
    ledger.receive(arrival(f"are you there, {CANARY}?", client_id="owed", session_id=session))
    ledger.keep_code(session, f"digest {CANARY} {session}", now=NOW, expires_at=NOW + timedelta(minutes=10))
    act = Act(ANA, NOW)
    DeskChanges(database).add_note(id, new_id(), text=f"{CANARY} called", act=act)
    DeskChanges(database).add_call(id, new_id(), outcome=CallOutcome.NO_ANSWER, text=CANARY, act=act)


def erasing(message: KeptMessage, **changes: Any) -> Answer:
    """The answer that erases the conversation."""
    told = answer(message, "It is erased.", version=1)
    return replace(told, effects=(EraseConversation(),), **changes)


def confirmed(ledger: SqlLedger, *, text: str | None = None) -> KeptMessage:
    """The patient's yes, tapped unless it was typed."""
    said = replace(arrival(text or "", client_id="erase"), digest="d" * 64)
    return ledger.receive(said if text else replace(said, text=None, choices=("yes",)))


def words(database: Database, session: str) -> list[str]:
    """Every row of every table that holds the canary and is not of the other conversation."""
    with database.read() as connection:
        rows = [str(tuple(row)) for table in metadata.tables.values() for row in connection.execute(select(table))]
    spared = _rows_of_other(database)
    return [row for row in rows if CANARY in row and row not in spared]


def _rows_of_other(database: Database) -> set[str]:
    with database.read() as connection:
        found = {OTHER, connection.execute(_INQUIRY_OF_OTHER).scalar_one()}
        rows = [row for table in metadata.tables.values() for row in connection.execute(select(table))]
    return {str(tuple(row)) for row in rows if found & set(map(str, row))}


_INQUIRY_OF_OTHER = select(inquiries.c.id).where(inquiries.c.conversation_id == OTHER)


def count(database: Database, table: Any, session: str) -> int:
    """How many rows of a table belong to a conversation."""
    with database.read() as connection:
        return len(connection.execute(select(table).where(table.c.conversation_id == session)).all())


def test_the_conversation_has_left_its_words_in_every_table(ledger: SqlLedger, database: Database) -> None:
    assert len(words(database, SESSION)) >= 9


@pytest.mark.parametrize("typed", [None, f"yes, erase me, {CANARY}"])
def test_no_row_of_any_table_holds_a_word_of_it_afterwards(
    ledger: SqlLedger, database: Database, typed: str | None
) -> None:
    ledger.answer(erasing(confirmed(ledger, text=typed)))
    assert words(database, SESSION) == []
    assert [count(database, table, SESSION) for table in (messages, replies, inquiries)] == [1, 1, 0]


def test_the_other_conversation_keeps_everything(ledger: SqlLedger, database: Database) -> None:
    before = _rows_of_other(database)
    ledger.answer(erasing(confirmed(ledger)))
    assert _rows_of_other(database) == before
    assert len(before) >= 9


@pytest.mark.parametrize("typed", [None, f"yes {CANARY}"])
def test_the_same_id_gets_the_same_answer_again(ledger: SqlLedger, typed: str | None) -> None:
    message = confirmed(ledger, text=typed)
    told = ledger.answer(erasing(message))
    standing = ledger.standing(SESSION, client_id="erase")
    assert standing is not None
    assert standing.same is not None
    assert standing.same.replies == told
    assert (standing.same.digest, standing.same.choices) == (message.digest, ("yes",))
    assert (standing.encounter, standing.recent, standing.owed) == (Encounter(), (), ())


def test_what_was_owed_before_is_never_answered(ledger: SqlLedger, database: Database) -> None:
    standing = ledger.standing(SESSION)
    assert standing is not None
    owed = standing.owed[0]
    ledger.answer(erasing(confirmed(ledger)))
    assert SESSION not in ledger.owed(received_by=NOW + timedelta(days=1), limit=9)
    for version in (1, 2):
        with pytest.raises(Overtaken):
            ledger.answer(answer(owed, f"late {CANARY}", version=version, encounter=KNOWN, inquiry=inquiry()))
    assert words(database, SESSION) == []


def test_events_after_any_number_bring_only_the_last_reply(ledger: SqlLedger) -> None:
    told = ledger.answer(erasing(confirmed(ledger)))
    assert ledger.replies_after(SESSION, 0) == told
    assert ledger.history(SESSION, limit=99).replies == told


def test_the_code_opens_nothing_any_more(ledger: SqlLedger) -> None:
    ledger.answer(erasing(confirmed(ledger)))
    assert ledger.use_code(f"digest {CANARY} {SESSION}", now=NOW) is None
    assert ledger.use_code(f"digest {CANARY} {OTHER}", now=NOW) == OTHER


def test_the_desk_finds_it_no_longer(ledger: SqlLedger, database: Database) -> None:
    with database.read() as connection:
        id = connection.execute(select(inquiries.c.id).where(inquiries.c.conversation_id == SESSION)).scalar_one()
    ledger.answer(erasing(confirmed(ledger)))
    assert DeskFile(database).read(id, act=Act(ANA, NOW)) is None


def test_the_audit_keeps_opaque_ids_and_says_that_it_was_erased(ledger: SqlLedger, database: Database) -> None:
    ledger.answer(erasing(confirmed(ledger)))
    with database.read() as connection:
        lines = connection.execute(select(audit.c.action, audit.c.subject, audit.c.detail)).all()
    assert ("conversation.erased", SESSION, None) in lines
    assert CANARY not in str(lines)


def test_the_standing_tells_from_which_answer_on_things_count(ledger: SqlLedger) -> None:
    ledger.answer(erasing(confirmed(ledger)))
    standing = ledger.standing(SESSION)
    assert standing is not None
    assert (standing.erased, standing.version) == (2, 2)


def test_a_booked_inquiry_is_not_erased_and_nothing_is_lost(ledger: SqlLedger, database: Database) -> None:
    with database.write() as connection:
        connection.execute(update(inquiries).values(status="booked"))
    message = confirmed(ledger)
    before = words(database, SESSION)
    with pytest.raises(EffectError):
        ledger.answer(erasing(message))
    assert words(database, SESSION) == before


def test_a_late_answer_can_erase_too(ledger: SqlLedger, database: Database) -> None:
    message = confirmed(ledger)
    honest = replace(answer(message, "I will answer later.", version=1), state=MessageState.DEFERRED)
    ledger.answer(honest)
    standing = ledger.standing(SESSION, client_id="erase")
    assert standing is not None
    deferred = standing.same
    assert deferred is not None
    ledger.answer(erasing(deferred, version=2))
    assert words(database, SESSION) == []


def test_a_message_that_came_after_the_confirmation_is_new_and_still_owed(ledger: SqlLedger) -> None:
    message = confirmed(ledger)
    ledger.receive(arrival("my chest hurts", client_id="later"))
    ledger.answer(erasing(message))
    standing = ledger.standing(SESSION, client_id="later")
    assert standing is not None
    assert [owed.text for owed in standing.owed] == ["my chest hurts"]
    assert standing.recent == ("my chest hurts",)


def test_the_conversation_goes_on_with_new_words(ledger: SqlLedger, database: Database) -> None:
    ledger.answer(erasing(confirmed(ledger)))
    kept = ledger.receive(arrival("my knee", client_id="two"))
    ledger.answer(answer(kept, "Where?", version=2, inquiry=inquiry(regions=("knee",))))
    assert [one.text for one in ledger.history(SESSION, limit=9).messages] == [None, "my knee"]
    assert count(database, inquiries, SESSION) == 1


def test_erased_words_are_overwritten_in_the_file(ledger: SqlLedger, database: Database) -> None:
    if database.engine.dialect.name != "sqlite":
        pytest.skip("what PostgreSQL leaves on disk is its own vacuum's business")
    with database.write() as connection:
        for table in (messages, replies, inquiries):
            connection.execute(table.delete().where(table.c.conversation_id == OTHER))
        connection.execute(conversations.delete().where(conversations.c.id == OTHER))
    ledger.answer(erasing(confirmed(ledger)))
    database.close()
    file = make_url(str(database.engine.url)).database
    assert file
    opened_file = sqlite3.connect(file)
    opened_file.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    opened_file.close()
    with open(file, "rb") as stored:
        assert CANARY.encode() not in stored.read()


def test_bodies_and_codes_of_other_shapes_do_not_matter(ledger: SqlLedger, database: Database) -> None:
    kept = ledger.receive(arrival("more", client_id="more"))
    odd = StoredReply(new_id(), json.dumps({"question": None, "text": CANARY, "data": {"card": [[CANARY, CANARY]]}}))
    ledger.answer(replace(answer(kept, version=1), replies=(odd,)))
    ledger.answer(erasing(confirmed(ledger), version=2))
    assert words(database, SESSION) == []
