"""What staff change of an inquiry; two who change the same thing at once are told apart by the row itself."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, case, exists, insert, or_, select, update

from bot.service.desk_records import DONE, OPEN, URGENT_BELOW, Act, CallOutcome, Change, Reason, Status
from bot.store import audit
from bot.store.inbox_lists import refresh
from bot.store.tables import calls, inquiries, notes
from bot.store.transaction import Database

_OPEN = [status.value for status in OPEN]
_STARTED = case((inquiries.c.status == Status.NEW.value, Status.IN_PROGRESS.value), else_=inquiries.c.status)
_AFTER_CALL = {CallOutcome.BOOKED: Status.BOOKED, CallOutcome.LEFT_MESSAGE: Status.WAITING}


class DeskChanges:
    """The InquiryChanges of the desk."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def take(self, inquiry_id: str, *, owner_id: str | None, act: Act) -> Change:
        """Own the inquiry, if its owner is still `owner_id`; a new one is in progress from now on."""
        seen = inquiries.c.owner_id.is_(None) if owner_id is None else inquiries.c.owner_id == owner_id
        with self._database.write() as connection:
            if not _change(connection, inquiry_id, seen, owner_id=act.staff_id, status=_STARTED):
                return _why_not(connection, inquiry_id)
            audit.write(connection, act.staff_id, "inquiry.taken", subject=inquiry_id, now=act.now)
            return Change.DONE

    def release(self, inquiry_id: str, *, act: Act) -> Change:
        """Own it no longer."""
        with self._database.write() as connection:
            if not _change(connection, inquiry_id, inquiries.c.owner_id == act.staff_id, owner_id=None):
                return _why_not(connection, inquiry_id)
            audit.write(connection, act.staff_id, "inquiry.released", subject=inquiry_id, now=act.now)
            return Change.DONE

    def set_status(self, inquiry_id: str, status: Status, *, reason: Reason | None, version: int, act: Act) -> Change:
        """Give it this status, if nobody changed it since `version` and, when urgent, a word was written."""
        values = {"status": status.value, "closed_reason": reason.value if reason else None, "snoozed_until": None}
        with self._database.write() as connection:
            if _lacks_word(connection, inquiry_id, status) or (
                reason is Reason.OTHER and _silent(connection, inquiry_id)
            ):
                return Change.NOTE_NEEDED
            if not _change(connection, inquiry_id, inquiries.c.version == version, **values):
                return _why_not(connection, inquiry_id)
            _audit_status(connection, inquiry_id, status, act)
            return Change.DONE

    def snooze(self, inquiry_id: str, *, until: datetime | None, version: int, act: Act) -> Change:
        """Out of sight until then, or back at once; never an urgent one, nor one that is done."""
        seen = and_(inquiries.c.version == version, inquiries.c.status.in_(_OPEN))
        with self._database.write() as connection:
            if until and _is_urgent(connection, inquiry_id):
                return Change.URGENT
            if not _change(connection, inquiry_id, seen, snoozed_until=until):
                return _why_not(connection, inquiry_id)
            action = "inquiry.snoozed" if until else "inquiry.woken"
            audit.write(connection, act.staff_id, action, subject=inquiry_id, now=act.now)
            return Change.DONE

    def add_note(self, inquiry_id: str, note_id: str, *, text: str, act: Act) -> Change:
        """Add a note."""
        with self._database.write() as connection:
            if not _is_known(connection, inquiry_id):
                return Change.NOT_FOUND
            row = {"id": note_id, "inquiry_id": inquiry_id, "staff_id": act.staff_id}
            connection.execute(insert(notes).values(**row, text=text, created_at=act.now))
            audit.write(connection, act.staff_id, "inquiry.noted", subject=inquiry_id, now=act.now)
            return Change.DONE

    def add_call(self, inquiry_id: str, call_id: str, *, outcome: CallOutcome, text: str | None, act: Act) -> Change:
        """Add a call, with the status that follows from it."""
        with self._database.write() as connection:
            if not _is_known(connection, inquiry_id):
                return Change.NOT_FOUND
            row = {"id": call_id, "inquiry_id": inquiry_id, "staff_id": act.staff_id, "outcome": outcome.value}
            connection.execute(insert(calls).values(**row, note=text, called_at=act.now))
            audit.write(
                connection, act.staff_id, "inquiry.called", subject=inquiry_id, now=act.now, detail=outcome.value
            )
            return _follow_call(connection, inquiry_id, outcome, act)


def claim(connection: Connection, inquiry_id: str, *, act: Act) -> None:
    """The inquiry is theirs where it was nobody's."""
    if _change(connection, inquiry_id, inquiries.c.owner_id.is_(None), owner_id=act.staff_id, status=_STARTED):
        audit.write(connection, act.staff_id, "inquiry.taken", subject=inquiry_id, now=act.now)


def _follow_call(connection: Connection, inquiry_id: str, outcome: CallOutcome, act: Act) -> Change:
    """An open inquiry moves on with its call; an urgent one is booked only once a word is written."""
    status = _AFTER_CALL.get(outcome)
    still_open = inquiries.c.status.in_(_OPEN)
    if status is None:
        _change(connection, inquiry_id, still_open, status=_STARTED)
        return Change.DONE
    if _lacks_word(connection, inquiry_id, status):
        return Change.NOTE_NEEDED
    if _change(connection, inquiry_id, still_open, status=status.value, snoozed_until=None):
        _audit_status(connection, inquiry_id, status, act)
    return Change.DONE


def _change(connection: Connection, inquiry_id: str, seen: ColumnElement[bool], **values: Any) -> bool:
    """Whether the row was still as it was seen, and has these values now."""
    changed = update(inquiries).where(inquiries.c.id == inquiry_id, seen)
    if connection.execute(changed.values(version=inquiries.c.version + 1, **values)).rowcount != 1:
        return False
    refresh(connection, inquiry_id)
    return True


def _lacks_word(connection: Connection, inquiry_id: str, status: Status) -> bool:
    """An urgent inquiry is to leave the desk, and nobody has written what was done."""
    leaves = status in (Status.WAITING, *DONE)
    return leaves and _is_urgent(connection, inquiry_id) and _silent(connection, inquiry_id)


def _is_urgent(connection: Connection, inquiry_id: str) -> bool:
    urgent = select(inquiries.c.id).where(inquiries.c.id == inquiry_id, inquiries.c.urgency < URGENT_BELOW)
    return connection.execute(urgent).first() is not None


def _silent(connection: Connection, inquiry_id: str) -> bool:
    """Nobody of the staff has written a word about it."""
    noted = exists().where(notes.c.inquiry_id == inquiries.c.id)
    called = exists().where(and_(calls.c.inquiry_id == inquiries.c.id, calls.c.note.is_not(None)))
    silent = select(inquiries.c.id).where(inquiries.c.id == inquiry_id, ~or_(noted, called))
    return connection.execute(silent).first() is not None


def _audit_status(connection: Connection, inquiry_id: str, status: Status, act: Act) -> None:
    audit.write(connection, act.staff_id, "inquiry.status", subject=inquiry_id, now=act.now, detail=status.value)


def _is_known(connection: Connection, inquiry_id: str) -> bool:
    return connection.execute(select(inquiries.c.id).where(inquiries.c.id == inquiry_id)).first() is not None


def _why_not(connection: Connection, inquiry_id: str) -> Change:
    return Change.OVERTAKEN if _is_known(connection, inquiry_id) else Change.NOT_FOUND
