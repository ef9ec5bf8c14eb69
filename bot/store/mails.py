"""The rows of `mails`: queued with what causes them, claimed by one sender at a time, without an address once done."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, insert, select, update

from bot.service.records import WaitingMail
from bot.store import audit
from bot.store.tables import conversations
from bot.store.tables import mails as table
from bot.store.transaction import Database

_WAITING = table.c.sent_at.is_(None) & table.c.given_up_at.is_(None)


def queue(
    connection: Connection, *, conversation_id: str, kind: str, address: str, link: str, now: datetime, id: str
) -> None:
    """One more mail that waits to be sent, in the language of its conversation."""
    language = select(conversations.c.language).where(conversations.c.id == conversation_id).scalar_subquery()
    row = {"id": id, "conversation_id": conversation_id, "kind": kind, "address": address, "link": link}
    connection.execute(insert(table).values(**row, language=language, created_at=now, next_at=now, attempts=0))
    audit.write(connection, "patient", "mail.queued", subject=conversation_id, now=now, detail=kind)


class MailQueue:
    """bot.service.ports.MailQueue on one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def claim(self, *, now: datetime, limit: int, pause_of: Callable[[int], timedelta]) -> tuple[WaitingMail, ...]:
        """Mails that are due, ours alone until the pause after this attempt is over."""
        due = select(table).where(_WAITING, table.c.next_at <= now).order_by(table.c.next_at).limit(limit)
        with self._database.read() as connection:
            rows = connection.execute(due).all()
        if not rows:
            return ()
        with self._database.write() as connection:
            return tuple(_waiting(row) for row in rows if _claims(connection, row, now + pause_of(row.attempts + 1)))

    def queue_link(self, session_id: str, *, id: str, address: str, link: str, now: datetime) -> None:
        """Keep a mail with the link to a summary, to be sent soon."""
        with self._database.write() as connection:
            queue(
                connection, conversation_id=session_id, kind="summary_link", address=address, link=link, now=now, id=id
            )

    def sent(self, mail_id: str, *, now: datetime) -> None:
        """It went through; its address is forgotten."""
        self._end(mail_id, sent_at=now)

    def given_up(self, mail_id: str, *, now: datetime) -> None:
        """It is never tried again; its address is forgotten."""
        self._end(mail_id, given_up_at=now)

    def _end(self, mail_id: str, **at: datetime) -> None:
        with self._database.write() as connection:
            connection.execute(update(table).where(table.c.id == mail_id).values(address=None, **at))


def _claims(connection: Connection, row: Any, next_at: datetime) -> bool:
    """Whether the mail is still as it was seen, and so nobody else is sending it."""
    mine = update(table).where(table.c.id == row.id, table.c.attempts == row.attempts, _WAITING)
    return connection.execute(mine.values(attempts=row.attempts + 1, next_at=next_at)).rowcount == 1


def _waiting(row: Any) -> WaitingMail:
    return WaitingMail(
        id=row.id,
        conversation_id=row.conversation_id,
        kind=row.kind,
        address=row.address,
        link=row.link,
        language=row.language,
        created_at=row.created_at,
        attempts=row.attempts + 1,
    )
