"""Inquiries that staff enter themselves: a pasted text is kept whole and once, a call as far as it came."""

from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select
from sqlalchemy.dialects import postgresql, sqlite

from bot.errors import Overtaken
from bot.service.desk_entry_records import DESK, Entered, Way
from bot.service.desk_records import Act
from bot.service.records import Answer, Arrival, Opening
from bot.store import audit, inquiries, messages
from bot.store.ledger import new_row, next_version
from bot.store.tables import conversations, desk_entries, staff
from bot.store.tables import inquiries as inquiry_rows
from bot.store.transaction import Database

KEPT, OPENED, READ = "triage.kept", "triage.opened", "triage.read"


class DeskEntries:
    """The EntryBook of the desk."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, opening: Opening, arrival: Arrival, answer: Answer, *, zone: ZoneInfo, act: Act) -> str | None:
        """The inquiry that was made of a pasted text, or had been made of it before; None where that one is erased."""
        with self._database.write() as connection:
            row = new_row(opening) | {"version": 1, "message_seq": 1, "reply_seq": 0}
            if not _inserted(connection, conversations, row):
                return _inquiry_of(connection, opening.session_id)
            messages.keep(connection, arrival, seq=1)
            messages.settle(connection, answer)
            _enter(connection, opening.session_id, Way.PASTED, act)
            return _kept(connection, answer, zone=zone, act=act)

    def opened(self, session_id: str, *, act: Act) -> None:
        """They began to enter what a caller says; where nothing may be kept yet, the audit alone says who."""
        with self._database.write() as connection:
            if connection.execute(select(conversations.c.id).where(conversations.c.id == session_id)).first():
                _enter(connection, session_id, Way.CALL, act)
            audit.write(connection, act.staff_id, OPENED, subject=session_id, now=act.now)

    def looked(self, session_id: str, *, act: Act) -> None:
        """They looked at such a conversation."""
        with self._database.write() as connection:
            audit.write(connection, act.staff_id, READ, subject=session_id, now=act.now)

    def finish(self, answer: Answer, *, zone: ZoneInfo, act: Act) -> str:
        """The inquiry of a call; Overtaken when the conversation is not, or not yet, kept as it was seen."""
        with self._database.write() as connection:
            next_version(connection, answer)
            _enter(connection, answer.session_id, Way.CALL, act)
            return _kept(connection, answer, zone=zone, act=act)


def entered(connection: Connection, session_id: str) -> Entered | None:
    """Who of the staff entered this conversation; None where its patient wrote."""
    mine = desk_entries.c
    found = select(staff.c.name, mine.way, mine.entered_at).join_from(desk_entries, staff, staff.c.id == mine.staff_id)
    row = connection.execute(found.where(mine.conversation_id == session_id)).one_or_none()
    return Entered(row.name, Way(row.way), row.entered_at, session_id) if row else None


def _kept(connection: Connection, answer: Answer, *, zone: ZoneInfo, act: Act) -> str:
    if answer.inquiry is not None:
        inquiries.keep(connection, answer.inquiry, answer=answer, zone=zone, by=act.staff_id)
    inquiry_id = _inquiry_of(connection, answer.session_id)
    if inquiry_id is None:
        raise Overtaken("the conversation has no inquiry")
    audit.write(connection, act.staff_id, KEPT, subject=inquiry_id, now=act.now)
    return inquiry_id


def _enter(connection: Connection, session_id: str, way: Way, act: Act) -> None:
    row = {"conversation_id": session_id, "staff_id": act.staff_id, "way": way.value, "entered_at": act.now}
    _inserted(connection, desk_entries, row)


def _inserted(connection: Connection, table: Any, row: dict[str, Any]) -> bool:
    """Whether the row is new; of two who insert it at once one waits for the other and is told that it is not."""
    dialect: Any = postgresql if connection.dialect.name == "postgresql" else sqlite
    once = dialect.insert(table).values(**row).on_conflict_do_nothing()
    return connection.execute(once.returning(*table.primary_key.columns)).first() is not None


def _inquiry_of(connection: Connection, session_id: str) -> str | None:
    mine = select(inquiry_rows.c.id).where(inquiry_rows.c.conversation_id == session_id, inquiry_rows.c.channel == DESK)
    found: str | None = connection.execute(mine).scalar_one_or_none()
    return found
