"""The tables of booking: what patients ask for, times of the clinic's own calendar, and mails that wait to be sent."""

from sqlalchemy import Boolean, Column, Index, Integer, String, Table, Text, text

from bot.store.columns import ID, metadata, owned_by
from bot.store.instants import Instant

appointment_requests = Table(
    "appointment_requests",
    metadata,
    Column("id", ID, primary_key=True),
    owned_by("conversations", unique=True),
    Column("name", Text),
    Column("phone", String(40)),
    Column("email", Text),
    Column("times", Text),
    Column("voicemail", Text),
    Column("payer", Text),
    Column("claim", String(40), comment="number of the claim that pays, in capitals without spaces"),
    Column("practitioner", Text, comment="with whom, by name"),
    Column("visit_language", Text),
    Column("call_back", Boolean, nullable=False),
    Column("requested_at", Instant, nullable=False),
)

_TAKEN = text("state <> 'cancelled'")
appointments = Table(
    "appointments",
    metadata,
    Column("id", ID, primary_key=True),
    owned_by("conversations"),
    Column("practitioner", String(40), nullable=False, comment="id in the clinic's calendar file"),
    Column("starts_at", Instant, nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("state", String(10), nullable=False, comment="held, confirmed or cancelled"),
    Column("held_until", Instant, comment="null once it is confirmed"),
    Column("sequence", Integer, nullable=False, comment="counts changes, for the calendars of patients"),
    Column("created_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Index(
        "uq_appointments_time",
        "practitioner",
        "starts_at",
        unique=True,
        sqlite_where=_TAKEN,
        postgresql_where=_TAKEN,
    ),
    Index(None, "starts_at"),
    Index(None, "conversation_id", "created_at"),
)

_WAITING = text("sent_at IS NULL AND given_up_at IS NULL")
mails = Table(
    "mails",
    metadata,
    Column("id", ID, primary_key=True),
    owned_by("conversations"),
    Column("kind", String(40), nullable=False),
    Column("address", String(254), comment="null once it is sent or given up"),
    Column("link", Text, nullable=False, comment="the page it leads to; a path is one of this service"),
    Column("language", String(35), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("next_at", Instant, nullable=False, comment="not to be tried before"),
    Column("attempts", Integer, nullable=False),
    Column("sent_at", Instant),
    Column("given_up_at", Instant),
    Index("ix_mails_waiting", "next_at", sqlite_where=_WAITING, postgresql_where=_WAITING),
    Index(None, "conversation_id"),
)
