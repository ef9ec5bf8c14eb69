"""What stands around an inquiry, read by index: ticks, judgements, earlier contacts, and the events of its timeline."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from bot.service.desk_background import Background, EarlierContact, Event, Tick
from bot.service.desk_records import Act, Reason, Status
from bot.store import audit
from bot.store.effects import ADDED
from bot.store.judgements import of_inquiry
from bot.store.tables import audit as audit_lines
from bot.store.tables import calls, conversations, inquiries, messages, notes, playbook_ticks, staff
from bot.store.texts import flags_of
from bot.store.transaction import Database

TOLD = (
    *("conversation.opened", "person.requested", "appointment.requested", "appointment.confirmed"),
    *("appointment.moved", "appointment.cancelled", "inquiry.created", "inquiry.reopened", "inquiry.raised_again"),
    *("inquiry.taken", "inquiry.released", "inquiry.status", "inquiry.snoozed", "inquiry.woken", "inquiry.escalated"),
    *("inquiry.judged", "chat.taken", "chat.taken_over", "chat.handed_back"),
)
"""Actions of the audit that the timeline tells; notes, calls and ticks come from their own tables.

A wish stands there once, not with every answer that adds to it.
"""


class Backgrounds:
    """The BackgroundBook of the desk."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def read(self, inquiry_id: str, *, most_earlier: int, most_events: int) -> Background | None:
        """Everything around one inquiry."""
        with self._database.read() as connection:
            found = select(inquiries, conversations.c.message_seq)
            found = found.join(conversations, conversations.c.id == inquiries.c.conversation_id)
            row = connection.execute(found.where(inquiries.c.id == inquiry_id)).one_or_none()
            if row is None:
                return None
            ticks = _ticks(connection, inquiry_id)
            return Background(
                heard=row.message_seq,
                ticks=ticks,
                judgements=of_inquiry(connection, inquiry_id),
                earlier=_earlier(connection, row, at_most=most_earlier),
                events=_events(connection, row, ticks, at_most=most_events),
            )

    def tick(self, inquiry_id: str, step: str, *, act: Act) -> bool:
        """The step is done; ticked twice, the first stays."""
        with self._database.write() as connection:
            if not _is_known(connection, inquiry_id):
                return False
            dialect: Any = postgresql if connection.dialect.name == "postgresql" else sqlite
            row = {"inquiry_id": inquiry_id, "step": step, "staff_id": act.staff_id, "ticked_at": act.now}
            once = dialect.insert(playbook_ticks).values(**row).on_conflict_do_nothing()
            if connection.execute(once.returning(playbook_ticks.c.step)).first() is not None:
                audit.write(
                    connection, act.staff_id, "inquiry.ticked", subject=inquiry_id, now=act.now, detail=step[:64]
                )
            return True

    def untick(self, inquiry_id: str, step: str, *, act: Act) -> bool:
        """The step is not done after all."""
        with self._database.write() as connection:
            if not _is_known(connection, inquiry_id):
                return False
            mine = playbook_ticks.c.inquiry_id == inquiry_id, playbook_ticks.c.step == step
            if connection.execute(delete(playbook_ticks).where(*mine)).rowcount:
                audit.write(
                    connection, act.staff_id, "inquiry.unticked", subject=inquiry_id, now=act.now, detail=step[:64]
                )
            return True


def _is_known(connection: Connection, inquiry_id: str) -> bool:
    return connection.execute(select(inquiries.c.id).where(inquiries.c.id == inquiry_id)).first() is not None


def _ticks(connection: Connection, inquiry_id: str) -> tuple[Tick, ...]:
    one = playbook_ticks.c
    found = select(one.step, staff.c.name, one.ticked_at).join(staff, staff.c.id == one.staff_id)
    return tuple(Tick(*row) for row in connection.execute(found.where(one.inquiry_id == inquiry_id)))


def _earlier(connection: Connection, row: Row[Any], *, at_most: int) -> tuple[EarlierContact, ...]:
    """By number and by address apart, so that each is found by its index."""
    found: dict[str, Row[Any]] = {}
    one = inquiries.c
    for same in _same(row):
        others = select(inquiries).where(same, one.id != row.id).order_by(one.created_at.desc()).limit(at_most)
        found |= {other.id: other for other in connection.execute(others)}
    newest = sorted(found.values(), key=lambda other: other.created_at, reverse=True)[:at_most]
    return tuple(_contact(row, other) for other in newest)


def _same(row: Row[Any]) -> Iterator[ColumnElement[bool]]:
    if row.phone:
        yield inquiries.c.phone == row.phone
    if row.email:
        yield inquiries.c.email == row.email


def _contact(row: Row[Any], other: Row[Any]) -> EarlierContact:
    return EarlierContact(
        id=other.id,
        at=other.created_at,
        urgency=other.urgency,
        status=Status(other.status),
        reason=Reason(other.closed_reason) if other.closed_reason else None,
        name=other.name,
        same_phone=bool(row.phone) and row.phone == other.phone,
        same_email=bool(row.email) and row.email == other.email,
    )


def _events(connection: Connection, row: Row[Any], ticks: tuple[Tick, ...], *, at_most: int) -> tuple[Event, ...]:
    events = [*_audited(connection, row, at_most), *_flagged(connection, row.conversation_id)]
    events += [Event(tick.at, "inquiry.ticked", tick.by, tick.step) for tick in ticks]
    for table, at, what in ((notes, notes.c.created_at, "inquiry.noted"), (calls, calls.c.called_at, "inquiry.called")):
        detail = table.c.outcome if table is calls else table.c.staff_id
        mine = select(at, staff.c.name, detail).join(staff, staff.c.id == table.c.staff_id)
        for when, by, outcome in connection.execute(mine.where(table.c.inquiry_id == row.id)):
            events.append(Event(when, what, by, outcome if table is calls else None))
    return tuple(sorted(events, key=lambda event: event.at)[-at_most:])


def _audited(connection: Connection, row: Row[Any], at_most: int) -> Iterator[Event]:
    line = audit_lines.c
    told = select(line.at, line.action, line.detail, staff.c.name).join(staff, staff.c.id == line.actor, isouter=True)
    told = told.where(line.subject.in_((row.id, row.conversation_id)), line.action.in_(TOLD))
    told = told.where(line.detail.is_distinct_from(ADDED))
    newest_first = connection.execute(told.order_by(line.id.desc()).limit(at_most)).all()
    for at, action, detail, by in reversed(newest_first):
        yield Event(at, action, by, detail)


def _flagged(connection: Connection, conversation_id: str) -> Iterator[Event]:
    """When which class of red flags was first heard."""
    said = messages.c
    found = select(said.received_at, said.flags).where(said.conversation_id == conversation_id, said.flags != "[]")
    seen: set[str] = set()
    for at, text in connection.execute(found.order_by(said.seq)):
        for flag in flags_of(text):
            if flag.flag_class.value not in seen:
                seen.add(flag.flag_class.value)
                yield Event(at, "flag", None, flag.flag_class.value)
