"""The tables of the audit: its lines, to which only more are added, and the one row that says where they end."""

from sqlalchemy import BigInteger, Column, Index, Integer, String, Table, text

from bot.store.columns import metadata
from bot.store.instants import Instant

_COUNTER = BigInteger().with_variant(Integer, "sqlite")
BY_STAFF = text("actor <> 'patient'")
"""What staff and commands did; the turns of patients, most of all lines, need no place in these indexes."""
NOT_ROUTINE = text("action <> 'message.answered'")

audit = Table(
    "audit",
    metadata,
    Column("id", _COUNTER, primary_key=True, autoincrement=True),
    Column("at", Instant, nullable=False),
    Column("actor", String(64), nullable=False, comment="patient, system or an opaque staff id"),
    Column("action", String(40), nullable=False),
    Column("subject", String(64), comment="an opaque id, never a name"),
    Column("detail", String(64), comment="an id or a word of a closed set, never free text"),
    Column("previous", String(64), nullable=False, comment="hash of the line before; see bot.service.audit_chain"),
    Column("hash", String(64), nullable=False),
    Index(None, "subject"),
    Index(None, "at"),
    Index("ix_audit_actor", "actor", "id", sqlite_where=BY_STAFF, postgresql_where=BY_STAFF),
    Index("ix_audit_action", "action", "id", sqlite_where=NOT_ROUTINE, postgresql_where=NOT_ROUTINE),
    comment="append-only: triggers refuse changes",
)

audit_head = Table(
    "audit_head",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False, comment="always 1"),
    Column("last_id", _COUNTER, nullable=False),
    Column("lines", _COUNTER, nullable=False),
    Column("hash", String(64), nullable=False, comment="of the last line"),
    Column("seal", String(64), nullable=False),
)
