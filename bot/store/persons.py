"""Everything that is held about one person: read whole, held, and erased at the desk."""

import json
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, or_, select

from bot.service.desk_records import Act
from bot.service.person_records import Erasing, Held, HoldReason, Person, Standing
from bot.store import audit
from bot.store.erasing import erase_whole
from bot.store.keeping import STANDING, standing_of
from bot.store.tables import audit as audit_table
from bot.store.tables import conversations, inquiries, legal_holds, metadata
from bot.store.transaction import Database

OURS = ("digest", "version", "password_hash", "previous", "hash")
"""Columns that tell of our book-keeping and of nobody."""
JSON_TEXTS = {"encounter", "body", "flags", "regions", "choices", "intents"}


class Persons:
    """bot.service.person_records.PersonBook on one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def read(self, inquiry_id: str, *, action: str, detail: str | None, act: Act) -> Person | None:
        """Everything of an inquiry's conversation, with an audit line of this action."""
        with self._database.write() as connection:
            standing = _standing(connection, inquiry_id)
            if standing is None:
                return None
            audit.write(connection, act.staff_id, action, subject=inquiry_id, now=act.now, detail=detail)
            return Person(standing, _held(connection, standing.session_id, inquiry_id))

    def erase(self, inquiry_id: str, *, keeping: Callable[[Standing], bool], act: Act) -> Erasing:
        """Erase all of it, unless a hold stands against it or `keeping` says that it must be kept still."""
        with self._database.write() as connection:
            standing = _standing(connection, inquiry_id, locked=True)
            if standing is None:
                return Erasing.NOT_FOUND
            refused = Erasing.ON_HOLD if standing.hold else Erasing.RECORD if keeping(standing) else None
            if refused:
                _write(connection, "person.erase_refused", inquiry_id, act, refused.value)
                return refused
            erase_whole(connection, standing.session_id, actor=act.staff_id, detail=standing.kept_as.value, now=act.now)
            return Erasing.DONE

    def hold(self, inquiry_id: str, reason: HoldReason, *, act: Act) -> bool:
        """Nobody may erase it; False where there is no such inquiry."""
        with self._database.write() as connection:
            standing = _standing(connection, inquiry_id, locked=True)
            if standing is None:
                return False
            connection.execute(delete(legal_holds).where(legal_holds.c.conversation_id == standing.session_id))
            row = {"conversation_id": standing.session_id, "staff_id": act.staff_id, "reason": reason.value}
            connection.execute(insert(legal_holds).values(**row, set_at=act.now))
            _write(connection, "hold.set", inquiry_id, act, reason.value)
            return True

    def end_hold(self, inquiry_id: str, *, act: Act) -> bool:
        """It may be erased again; False where there is no hold."""
        with self._database.write() as connection:
            mine = select(inquiries.c.conversation_id).where(inquiries.c.id == inquiry_id).scalar_subquery()
            ended = delete(legal_holds).where(legal_holds.c.conversation_id == mine)
            if connection.execute(ended).rowcount != 1:
                return False
            _write(connection, "hold.released", inquiry_id, act, None)
            return True


def _write(connection: Connection, action: str, inquiry_id: str, act: Act, detail: str | None) -> None:
    audit.write(connection, act.staff_id, action, subject=inquiry_id, now=act.now, detail=detail)


def _standing(connection: Connection, inquiry_id: str, *, locked: bool = False) -> Standing | None:
    """How it stands; locked, nothing of the conversation changes until the transaction ends."""
    mine = select(inquiries.c.conversation_id).where(inquiries.c.id == inquiry_id)
    if locked:
        connection.execute(
            select(conversations.c.id).where(conversations.c.id == mine.scalar_subquery()).with_for_update()
        )
    row = connection.execute(STANDING.where(inquiries.c.id == inquiry_id)).one_or_none()
    return standing_of(row) if row else None


def _held(connection: Connection, session_id: str, inquiry_id: str) -> Held:
    """The rows of every table that belongs to the conversation, and the audit lines that tell of it."""
    held = {"conversations": _rows(connection, conversations, conversations.c.id == session_id)}
    for table in metadata.sorted_tables:
        if "conversation_id" in table.c:
            held[table.name] = _rows(connection, table, table.c.conversation_id == session_id)
        elif "inquiry_id" in table.c:
            held[table.name] = _rows(connection, table, table.c.inquiry_id == inquiry_id)
    told = {session_id, inquiry_id, *(row["id"] for rows in held.values() for row in rows if "id" in row)}
    about = or_(*(audit_table.c.subject.in_(some) for some in _portions(sorted(told))))
    held[audit_table.name] = _rows(connection, audit_table, about)
    return {name: rows for name, rows in held.items() if rows}


def _portions(ids: list[str], size: int = 500) -> Iterator[list[str]]:
    for start in range(0, len(ids), size):
        yield ids[start : start + size]


def _rows(connection: Connection, table: Table, mine: Any) -> list[dict[str, Any]]:
    order = [table.c.seq] if "seq" in table.c else list(table.primary_key.columns)
    found = connection.execute(select(table).where(mine).order_by(*order)).mappings()
    return [{name: _plain(name, value) for name, value in row.items() if name not in OURS} for row in found]


def _plain(name: str, value: Any) -> Any:
    """The value as JSON holds it; texts that are JSON themselves are opened."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if name in JSON_TEXTS and isinstance(value, str):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value
