"""Patients for tests of erasing: conversations that have left a canary in every field for words of theirs."""

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import insert, select, update

from bot.clinical.effect import AppointmentRequest, RequestAppointment
from bot.clinical.encounter import Encounter, FindingRecord, FlagRecord
from bot.clinical.event import Intent
from bot.clinical.reading import ContactDetails, RedFlag
from bot.clinical.vocabulary import Finding, FlagClass, Level, Onset, Presence
from bot.service.desk_records import Act, CallOutcome
from bot.store import mails
from bot.store.desk_changes import DeskChanges
from bot.store.ledger import SqlLedger
from bot.store.tables import appointments, conversations, judgements, metadata, staff
from bot.store.transaction import Database
from tests.store.rows import NOW, answer, arrival, inquiry, new_id, opening

CANARY = "kanarienvogel"
ANA = "a" * 32
ACT = Act(ANA, NOW)
REACH = ContactDetails(f"Kim {CANARY}", CANARY, f"{CANARY}@mail.example")
FLAG = RedFlag(FlagClass.DVT, Level.SAME_DAY, Onset.NEW, f"my {CANARY} calf", rule=f"net:{CANARY}")
WISH = AppointmentRequest(
    REACH, times=CANARY, voicemail=CANARY, payer=CANARY, claim=CANARY, practitioner=CANARY, visit_language=CANARY
)


def hire(database: Database) -> None:
    """Ana, who works at the desk."""
    with database.write() as connection:
        person = {"id": ANA, "name": "Ana", "email": "ana@clinic.example", "role": "manager"}
        connection.execute(insert(staff).values(**person, password_hash="x", created_at=NOW))


def known() -> Encounter:
    """What was understood, in the patient's own words."""
    said = FindingRecord(Finding.PAIN, Presence.PRESENT, (f"the {CANARY} burns",))
    flag = FlagRecord(FlagClass.DVT, Level.SAME_DAY, Onset.NEW, CANARY, "text:test", told=True)
    return Encounter(findings=(said,), flags=(flag,), request=WISH, who=CANARY)


def talk(database: Database, *, heard: datetime = NOW) -> tuple[str, str]:
    """The session and the inquiry of a patient who has left their words everywhere."""
    session, inquiry_id, ledger = new_id()[::-1], new_id()[::-1], SqlLedger(database)
    ledger.open(opening(session))
    kept = ledger.receive(arrival(f"the {CANARY} burns", client_id=CANARY, session_id=session, flags=(FLAG,)))
    told = answer(kept, f"You told us: {CANARY}", session_id=session, encounter=known(), inquiry=inquiry(contact=REACH))
    intents = (Intent(CANARY, 0.9),)
    ledger.answer(replace(told, effects=(RequestAppointment(WISH),), intents=intents, inquiry_id=inquiry_id))
    ledger.keep_code(session, f"{CANARY} {session}", now=NOW, expires_at=NOW + timedelta(minutes=10))
    DeskChanges(database).add_note(inquiry_id, new_id(), text=f"{CANARY} called", act=ACT)
    DeskChanges(database).add_call(inquiry_id, new_id(), outcome=CallOutcome.NO_ANSWER, text=CANARY, act=ACT)
    judged: dict[str, str | int] = {"id": new_id(), "inquiry_id": inquiry_id, "staff_id": ANA, "role": "manager"}
    judged |= {"verdict": "higher"}
    judged |= {"screened": 40, "listed": 40, "urgency": 20, "rules": "[]", "protocol_version": "1", "note": CANARY}
    with database.write() as connection:
        connection.execute(insert(judgements).values(**judged, judged_at=NOW))
        mail = {"kind": "summary_link", "address": f"{CANARY}@mail.example", "link": f"/summary/{CANARY}"}
        mails.queue(connection, conversation_id=session, now=NOW, id=new_id(), **mail)
        connection.execute(update(conversations).where(conversations.c.id == session).values(last_activity_at=heard))
    return session, inquiry_id


def book(database: Database, session: str, *, at: datetime, state: str = "confirmed") -> None:
    """They have a time."""
    row = {"id": new_id(), "conversation_id": session, "practitioner": "ana", "starts_at": at, "minutes": 30}
    with database.write() as connection:
        connection.execute(insert(appointments).values(**row, state=state, sequence=0, created_at=NOW, changed_at=NOW))


def rows_with(database: Database, word: str) -> list[str]:
    """Every row of every table that holds a word."""
    with database.read() as connection:
        rows = [str(tuple(row)) for table in metadata.tables.values() for row in connection.execute(select(table))]
    return [row for row in rows if word in row]
