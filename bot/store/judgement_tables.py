"""What staff think of a level, and the steps of its playbook that they have ticked."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text, text

from bot.store.columns import ID, by_staff, metadata, owned_by
from bot.store.instants import Instant

_STANDS = text("ended_at IS NULL")
judgements = Table(
    "judgements",
    metadata,
    Column("id", ID, primary_key=True),
    owned_by("inquiries"),
    by_staff(),
    Column("role", String(20), nullable=False, comment="the judge's, at that time"),
    Column("verdict", String(10), nullable=False, comment="agree, higher or lower than the screening"),
    Column("screened", Integer, nullable=False, comment="urgency that the screening gave then"),
    Column("listed", Integer, nullable=False, comment="urgency it was listed at until then"),
    Column("urgency", Integer, nullable=False, comment="urgency it was listed at from then on"),
    Column("rules", Text, nullable=False, comment="JSON list of the ids of the rules behind the flags then"),
    Column("protocol_version", String(80), nullable=False),
    Column("note", Text, comment="why, in the judge's words; null for agreement"),
    Column("judged_at", Instant, nullable=False),
    Column("ended_at", Instant, comment="null for the one that stands"),
    Column("ended_by", String(10), comment="staff, who judged anew, or patient, whose message raised it again"),
    Index(None, "judged_at", "id"),
    Index(None, "inquiry_id", "judged_at"),
    Index("uq_judgements_standing", "inquiry_id", unique=True, sqlite_where=_STANDS, postgresql_where=_STANDS),
)

playbook_ticks = Table(
    "playbook_ticks",
    metadata,
    Column("inquiry_id", ID, ForeignKey("inquiries.id", ondelete="CASCADE"), primary_key=True),
    Column("step", String(80), primary_key=True, comment="id of the playbook, a slash, and id of the step"),
    by_staff(),
    Column("ticked_at", Instant, nullable=False),
)
