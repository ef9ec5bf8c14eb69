"""What a demonstration needs of the tables: made-up staff who cannot sign in, and an end of everybody made up."""

from datetime import datetime

from sqlalchemy import insert, select

from bot.service.actors import SYSTEM
from bot.service.demonstration import CHANNEL
from bot.service.desk_records import Staff
from bot.store.erasing import erase_whole
from bot.store.tables import conversations, inquiries, staff
from bot.store.transaction import Database

ENDED = "demonstration"
NO_PASSWORD = "!"  # no hash: no password fits it


class DemonstrationRows:
    """The rows of made-up people."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep_staff(self, colleague: Staff, *, now: datetime) -> None:
        """Keep somebody made up who did things at the desk; they can never sign in."""
        with self._database.write() as connection:
            if connection.execute(select(staff.c.id).where(staff.c.id == colleague.id)).first() is None:
                row = {"id": colleague.id, "name": colleague.name, "email": colleague.email}
                nobody = {"password_hash": NO_PASSWORD, "created_at": now, "disabled_at": now}
                connection.execute(insert(staff).values(**row, role=colleague.role.value, **nobody))

    def inquiry_of(self, session_id: str) -> tuple[str, int] | None:
        """The inquiry of a conversation and its urgency, None where there is none."""
        wanted = select(inquiries.c.id, inquiries.c.urgency).where(inquiries.c.conversation_id == session_id)
        with self._database.read() as connection:
            row = connection.execute(wanted).one_or_none()
        return (row.id, row.urgency) if row else None

    def erase(self, *, now: datetime) -> int:
        """Erase every made-up conversation; how many there were."""
        wanted = select(conversations.c.id).where(conversations.c.channel == CHANNEL)
        with self._database.write() as connection:
            ids = connection.execute(wanted).scalars().all()
            for id in ids:
                erase_whole(connection, id, actor=SYSTEM, detail=ENDED, now=now)
        return len(ids)
