"""The audit read back, in pages: verified from its beginning, or listed by who, what, whom and when."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, TextClause, and_, bindparam, select, text, true

from bot.service.audit_chain import AuditLine, Break, Check, Head, Said, Verdict
from bot.service.audit_records import Asked, LastCheck
from bot.service.desk_records import Act
from bot.store import audit
from bot.store.audit_tables import BY_STAFF, NOT_ROUTINE
from bot.store.tables import audit as table
from bot.store.tables import audit_head, staff
from bot.store.transaction import Database

PAGE = 2000
BEFORE_ANY = -(2**63)
"""Lower than any id, also than one that somebody put before the first."""
VERIFIED = "audit.verified"
HOLDS, BROKEN = "holds", "broken"
PATIENT, ROUTINE = "patient", "message.answered"


class SqlAuditTrail:
    """bot.service.audit_records.AuditTrail on one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def check(self) -> Iterator[Verdict]:
        """Verifies the whole chain; how far it is after each page, at last the verdict.

        Each page comes with the head in one statement, so that what is written meanwhile is never taken for a break.
        """
        check, after = Check(self._database.key), BEFORE_ANY
        while True:
            with self._database.read() as connection:
                rows = connection.execute(_NEXT, {"after": after}).all()
            found = _next_break(check, rows)
            yield check.verdict(found)
            if found or len(rows) < PAGE:
                return
            after = check.last_id

    def keep_verdict(self, verdict: Verdict, *, act: Act) -> None:
        """Write down that the chain was verified, and what came of it."""
        outcome = HOLDS if verdict.holds else BROKEN
        with self._database.write() as connection:
            audit.write(connection, act.staff_id, VERIFIED, subject=None, now=act.now, detail=outcome)

    def last_check(self) -> LastCheck | None:
        """The newest verdict that was written down."""
        newest = self.page(Asked(action=VERIFIED), before=None, limit=1)
        return LastCheck(newest[0].said.at, held=newest[0].said.detail == HOLDS) if newest else None

    def oldest_first(self, asked: Asked) -> Iterator[AuditLine]:
        """Every line that was asked for, in the order of the chain."""
        after = 0
        while True:
            wanted = _asked(asked).where(table.c.id > after).order_by(table.c.id).limit(PAGE)
            with self._database.read() as connection:
                lines = [_line(row) for row in connection.execute(wanted)]
            yield from lines
            if len(lines) < PAGE:
                return
            after = lines[-1].id

    def page(self, asked: Asked, *, before: int | None, limit: int) -> tuple[AuditLine, ...]:
        """The newest lines that were asked for, of those with a lower id than `before`."""
        earlier = table.c.id < before if before is not None else true()
        wanted = _asked(asked).where(earlier).order_by(table.c.id.desc()).limit(limit)
        with self._database.read() as connection:
            return tuple(_line(row) for row in connection.execute(wanted))

    def at(self, id: int) -> AuditLine | None:
        """The line with this id."""
        with self._database.read() as connection:
            row = connection.execute(select(table).where(table.c.id == id)).one_or_none()
        return _line(row) if row else None

    def names(self) -> dict[str, str]:
        """The names of all staff, by id."""
        with self._database.read() as connection:
            return {row.id: row.name for row in connection.execute(select(staff.c.id, staff.c.name))}

    def keep_look(self, action: str, *, act: Act, unless_since: datetime | None = None) -> None:
        """Write down that somebody looked; with `unless_since`, only if they have no such line since then."""
        if unless_since is not None:
            mine = Asked(since=unless_since, actor=act.staff_id, action=action)
            if self.page(mine, before=None, limit=1):
                return
        with self._database.write() as connection:
            audit.write(connection, act.staff_id, action, subject=None, now=act.now)


_HEAD = [column.label(f"head_{column.name}") for column in audit_head.c]
_NEXT = (
    select(table, *_HEAD)
    .select_from(
        select(text("1 AS one"))
        .subquery()
        .outerjoin(audit_head, audit_head.c.id == audit.HEAD)
        .outerjoin(table, table.c.id > bindparam("after"))
    )
    .order_by(table.c.id)
    .limit(PAGE)
)
"""The lines that follow, each beside the head; one row without a line where there are no more."""


def _next_break(check: Check, rows: Sequence[Row[Any]]) -> Break | None:
    """The first break of a page; that of the end too where the page is the last."""
    found = check.follow(_line(row) for row in rows if row.id is not None)
    return found or (check.end(_head(rows[0])) if len(rows) < PAGE else None)


def _head(row: Row[Any]) -> Head | None:
    if row.head_id is None:
        return None
    return Head(row.head_last_id, row.head_lines, row.head_hash, row.head_seal)


def _line(row: Row[Any]) -> AuditLine:
    return AuditLine(row.id, Said(row.at, row.actor, row.action, row.subject, row.detail), row.previous, row.hash)


def _asked(asked: Asked) -> Select[Any]:
    return select(table).where(and_(true(), *_conditions(asked)))


def _conditions(asked: Asked) -> Iterator[ColumnElement[bool] | TextClause]:
    """What was asked, said so that the indexes of what is rare are used."""
    if asked.since is not None:
        yield table.c.at >= asked.since
    if asked.until is not None:
        yield table.c.at < asked.until
    if asked.subject is not None:
        yield table.c.subject == asked.subject
    if asked.actor is not None:
        yield table.c.actor == asked.actor
        if asked.actor != PATIENT:
            yield BY_STAFF
    if asked.action is not None:
        yield table.c.action == asked.action
        if asked.action != ROUTINE:
            yield NOT_ROUTINE
