"""Who has opened an inquiry, has it open now, and writes there."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.service.desk_records import Act, Present
from bot.store.chats import attend
from bot.store.desk_inbox import present_at
from bot.store.inbox_lists import refresh
from bot.store.tables import inquiries, inquiry_reads
from bot.store.transaction import Database


def keep(connection: Connection, inquiry_id: str, *, act: Act, was_unread: bool) -> tuple[Present, ...]:
    """It has been read now by this staff member; the others who have it open."""
    row = {"inquiry_id": inquiry_id, "staff_id": act.staff_id, "read_at": act.now, "here_at": act.now}
    dialect: Any = postgresql if connection.dialect.name == "postgresql" else sqlite
    kept = dialect.insert(inquiry_reads).values(**row)
    newer = {"read_at": act.now, "here_at": act.now}
    connection.execute(kept.on_conflict_do_update(index_elements=["inquiry_id", "staff_id"], set_=newer))
    if was_unread:
        connection.execute(update(inquiries).where(inquiries.c.id == inquiry_id).values(opened_at=act.now))
        refresh(connection, inquiry_id)
    return others_at(connection, inquiry_id, staff_id=act.staff_id, now=act.now)


def others_at(connection: Connection, inquiry_id: str, *, staff_id: str, now: datetime) -> tuple[Present, ...]:
    """Who else has it open now."""
    here = present_at(connection, [inquiry_id], now=now).get(inquiry_id, ())
    return tuple(one for one in here if one.staff_id != staff_id)


class Attendance:
    """The Attendance of the desk."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def stay(self, inquiry_id: str, *, is_writing: bool, act: Act) -> tuple[Present, ...]:
        """They still have it open; the others who do. Nothing is kept of one they never opened."""
        mine = (inquiry_reads.c.inquiry_id == inquiry_id, inquiry_reads.c.staff_id == act.staff_id)
        here: dict[str, datetime] = {"here_at": act.now} | ({"writing_at": act.now} if is_writing else {})
        with self._database.write() as connection:
            attend(connection, inquiry_id, now=act.now)
            connection.execute(update(inquiry_reads).where(*mine).values(**here))
            return others_at(connection, inquiry_id, staff_id=act.staff_id, now=act.now)
