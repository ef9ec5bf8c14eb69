"""The tables of the reports: counts of each day, how far they are, and typed messages that were not understood."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, text

from bot.store.columns import ID, by_staff, metadata, owned_by
from bot.store.instants import Instant

report_counts = Table(
    "report_counts",
    metadata,
    Column("subject", String(20), primary_key=True, comment="a word of bot.service.report_days.Counted"),
    Column("day", String(10), primary_key=True, comment="by the clinic's calendar"),
    Column("key", String(160), primary_key=True, comment="ids of closed sets, such as pain:present"),
    Column("count", Integer, nullable=False),
    comment="how many of each day: it tells of nobody, so it stays when they are erased",
    sqlite_with_rowid=False,
)

report_marks = Table(
    "report_marks",
    metadata,
    Column("name", String(20), primary_key=True, comment="what is done day by day or piece by piece"),
    Column("at", Instant, nullable=False, comment="everything before it is done"),
)

TO_LABEL, LABELLED = text("label IS NULL"), text("label IS NOT NULL")
_PLACE = "received_at", "message_id"
unclear_messages = Table(
    "unclear_messages",
    metadata,
    Column("message_id", ID, ForeignKey("messages.id", ondelete="CASCADE"), primary_key=True),
    owned_by("conversations"),
    Column("received_at", Instant, nullable=False),
    Column("why", String(20), nullable=False, comment="a word of bot.service.training_records.Why"),
    Column("question", String(80), comment="id of the question it was to answer"),
    Column("label", String(60), comment="the right intent, or none where it is not for training"),
    by_staff("labelled_by", nullable=True),
    Column("labelled_at", Instant),
    Index("ix_unclear_messages_to_label", *_PLACE, sqlite_where=TO_LABEL, postgresql_where=TO_LABEL),
    Index("ix_unclear_messages_labelled", *_PLACE, sqlite_where=LABELLED, postgresql_where=LABELLED),
    Index(None, "conversation_id"),
    comment="their words stay in messages",
)
