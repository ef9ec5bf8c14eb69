"""The append-only audit lines: who did what to which opaque id, and when.

`write` remembers a line; `append` puts all lines of a transaction into the chain at its very end, so that the one row
that every writer waits for, the head, is held no longer than until the commit that follows. Nothing is locked after
it, so two transactions can never wait for each other here.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from bot.service.actors import SYSTEM
from bot.service.audit_chain import BEGINNING, HEAD_FORGED, AuditLine, Head, Said, is_sealed, linked, sealed
from bot.store.tables import audit
from bot.store.tables import audit_head as head_table

_PENDING = "needlepoint_audit"
HEAD = 1


def write(
    connection: Connection,
    actor: str,
    action: str,
    *,
    subject: str | None,
    now: datetime,
    detail: str | None = None,
) -> None:
    """One more line; `actor` is patient, system or a staff id, `detail` a word of a closed set."""
    connection.info[_PENDING].append(Said(now, actor, action, subject, detail))


def begin(connection: Connection) -> None:
    """Nothing has been written in this transaction yet."""
    connection.info[_PENDING] = []


def append(connection: Connection, key: bytes) -> None:
    """What was written in this transaction follows the newest line, and the head says so."""
    pending: list[Said] = connection.info.pop(_PENDING)
    if not pending:
        return
    head = _head(connection, key, pending)
    lines = _following(head, pending, key)
    connection.execute(_INSERT, [row_of(line) for line in lines])
    last = lines[-1]
    ends = sealed(key, last_id=last.id, lines=head.lines + len(lines), hash=last.hash)
    connection.execute(_MOVE_HEAD, _head_row(ends))


def keep_first_head(connection: Connection, key: bytes) -> None:
    """The head of a chain without lines."""
    first = sealed(key, last_id=0, lines=0, hash=BEGINNING)
    connection.execute(insert(head_table), {"id": HEAD, **_values(first)})


def row_of(line: AuditLine) -> dict[str, Any]:
    """A line as its table keeps it."""
    said = line.said
    place = {"id": line.id, "previous": line.previous, "hash": line.hash}
    return {
        **place,
        "at": said.at,
        "actor": said.actor,
        "action": said.action,
        "subject": said.subject,
        "detail": said.detail,
    }


def _following(head: Head, pending: list[Said], key: bytes) -> list[AuditLine]:
    lines: list[AuditLine] = []
    previous = head.hash
    for id, said in enumerate(pending, start=head.last_id + 1):
        lines.append(linked(key, said, id=id, previous=previous))
        previous = lines[-1].hash
    return lines


def _head(connection: Connection, key: bytes, pending: list[Said]) -> Head:
    """The head, ours alone until the commit. One that is not sealed by us is never sealed anew without a word."""
    row = connection.execute(_HEAD, {"head": HEAD}).one_or_none()
    head = Head(row.last_id, row.lines, row.hash, row.seal) if row else None
    if head is not None and is_sealed(key, head):
        return head
    pending.insert(0, Said(pending[0].at, SYSTEM, HEAD_FORGED, None, None))
    return _found_end(connection, head)


def _found_end(connection: Connection, head: Head | None) -> Head:
    """Where the lines end when the head cannot be believed; the chain goes on, for patients must be answered."""
    if head is None:
        connection.execute(insert(head_table), {"id": HEAD, "last_id": 0, "lines": 0, "hash": BEGINNING, "seal": ""})
    last = connection.execute(select(audit.c.id, audit.c.hash).order_by(audit.c.id.desc()).limit(1)).one_or_none()
    return Head(last.id if last else 0, head.lines if head else 0, last.hash if last else BEGINNING, "")


def _values(head: Head) -> dict[str, Any]:
    return {"last_id": head.last_id, "lines": head.lines, "hash": head.hash, "seal": head.seal}


def _head_row(head: Head) -> dict[str, Any]:
    return {"head": HEAD, **{f"new_{name}": value for name, value in _values(head).items()}}


_INSERT = insert(audit)
_HEAD = select(head_table).where(head_table.c.id == bindparam("head")).with_for_update()
_MOVE_HEAD = (
    update(head_table)
    .where(head_table.c.id == bindparam("head"))
    .values({name: bindparam(f"new_{name}") for name in ("last_id", "lines", "hash", "seal")})
)
