"""Urgent inquiries that nobody opens, the steps taken about them, and what is new: read off the list of the unread."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select
from sqlalchemy.dialects import postgresql, sqlite

from bot.service.desk_filters import Scope
from bot.service.desk_records import URGENT_BELOW
from bot.service.desk_watch import News, SecondPath, Unopened
from bot.service.escalating import DutyMail
from bot.store import audit, inbox_search, mails
from bot.store.chats import chat_of
from bot.store.inbox_lists import UNREAD, first_rank, name_of
from bot.store.tables import escalations, inbox_lists, inquiries
from bot.store.tables import mails as mail_rows
from bot.store.transaction import Database

KIND = "urgent_waiting"
_NAME = name_of(Scope.OPEN, UNREAD)
_UNREAD = inbox_lists.c.list == _NAME
_URGENT = inbox_lists.c.rank < first_rank(URGENT_BELOW)


class DeskWatch:
    """The WatchBook and the EscalationBook of the desk."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def unopened(self, *, limit: int) -> tuple[Unopened, ...]:
        """Urgent inquiries that nobody has opened since their patient last wrote."""
        row, one = inbox_lists.c, inquiries.c
        found = select(one.id, one.conversation_id, one.urgent_since, one.opened_at, one.last_activity_at)
        found = found.join_from(inbox_lists, inquiries, one.id == row.inquiry_id).where(_UNREAD, _URGENT)
        with self._database.read() as connection:
            rows = connection.execute(found.order_by(row.rank, row.inquiry_id).limit(limit)).all()
        return tuple(Unopened(row.id, row.conversation_id, _since(row)) for row in rows)

    def second_path(self, inquiry_ids: Sequence[str]) -> SecondPath:
        """What became of the mails about these."""
        letter, step = mail_rows.c, escalations.c
        found = select(step.mail_id, letter.sent_at, letter.attempts, letter.given_up_at)
        found = found.join_from(escalations, mail_rows, letter.id == step.mail_id, isouter=True)
        with self._database.read() as connection:
            rows = connection.execute(found.where(step.inquiry_id.in_(inquiry_ids))).all()
        return _worst(rows)

    def news(self, *, at_most: int) -> News:
        """What nobody has opened, counted no further than that."""
        some = select(inbox_lists.c.rank).where(_UNREAD, _URGENT).limit(at_most).subquery()
        newest = select(inbox_lists.c.inquiry_id).where(_UNREAD).order_by(inbox_lists.c.rank).limit(1)
        with self._database.read() as connection:
            unread = inbox_search.count(connection, (_NAME,), at_most=at_most)
            urgent = connection.execute(select(func.count()).select_from(some)).scalar_one()
            return News(unread, urgent, connection.execute(newest).scalar() or "")

    def mark(self, inquiry_id: str) -> str | None:
        """What changes with everything that happens in the chat of an inquiry."""
        with self._database.read() as connection:
            chat = chat_of(connection, inquiry_id)
        return chat.mark if chat else None

    def escalate(self, one: Unopened, steps: tuple[int, ...], *, mail: DutyMail, now: datetime) -> bool:
        """Keep these steps and queue the mail, if the last of them is new; whether it was."""
        with self._database.write() as connection:
            kept = [step for step in steps if _keep(connection, one, step, now)]
            if steps[-1] not in kept:
                return False
            audit.write(
                connection, "system", "inquiry.escalated", subject=one.inquiry_id, now=now, detail=str(steps[-1])
            )
            if mail.address:
                _mail(connection, one, steps[-1], mail, now=now)
            return True


def _keep(connection: Connection, one: Unopened, step: int, now: datetime) -> bool:
    """Whether the step was not taken before."""
    dialect: Any = postgresql if connection.dialect.name == "postgresql" else sqlite
    row = {"inquiry_id": one.inquiry_id, "since": one.since, "step": step, "at": now}
    once = dialect.insert(escalations).values(**row).on_conflict_do_nothing()
    return connection.execute(once.returning(escalations.c.step)).first() is not None


def _mail(connection: Connection, one: Unopened, step: int, mail: DutyMail, *, now: datetime) -> None:
    mails.queue(
        connection,
        conversation_id=one.conversation_id,
        kind=KIND,
        address=mail.address or "",
        link=mail.link,
        now=now,
        id=mail.id,
    )
    mine = escalations.c.inquiry_id == one.inquiry_id, escalations.c.since == one.since, escalations.c.step == step
    connection.execute(escalations.update().where(*mine).values(mail_id=mail.id))


def _since(row: Any) -> datetime:
    """Since when it is urgent and unopened: a patient who writes again begins anew."""
    since: datetime = row.urgent_since or row.last_activity_at
    return since if row.opened_at is None else max(since, row.last_activity_at)


def _worst(rows: Sequence[Any]) -> SecondPath:
    """One mail that does not get through is worth a warning, whatever became of the others."""
    if not rows:
        return SecondPath.NOT_YET
    mailed = [row for row in rows if row.mail_id is not None]
    if not mailed:
        return SecondPath.NONE
    stuck = [row for row in mailed if row.sent_at is None and (row.given_up_at is not None or row.attempts > 0)]
    if stuck:
        return SecondPath.FAILING
    return SecondPath.SENT if any(row.sent_at is not None for row in mailed) else SecondPath.NOT_YET
