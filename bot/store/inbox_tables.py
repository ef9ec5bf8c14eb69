"""The tables behind the inbox: its lists, who has read what, and who was told of an urgent inquiry."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, String, Table

from bot.store.columns import ID, metadata, owned_by
from bot.store.instants import Instant

LONGEST_LIST = 64
_PLAIN = String(LONGEST_LIST).with_variant(String(LONGEST_LIST, collation="C"), "postgresql")
"""Names of lists are compared sign by sign, so that all that begin alike stand side by side."""

inbox_lists = Table(
    "inbox_lists",
    metadata,
    Column("list", _PLAIN, primary_key=True, comment="scope and facet, such as o|region:lower_back"),
    Column("rank", BigInteger, primary_key=True, autoincrement=False, comment="urgency, then waiting since"),
    Column("inquiry_id", ID, ForeignKey("inquiries.id", ondelete="CASCADE"), primary_key=True),
    Index(None, "inquiry_id"),
    comment="each inquiry once in every list it is found by; docs/decisions/0017",
    sqlite_with_rowid=False,
)

inquiry_reads = Table(
    "inquiry_reads",
    metadata,
    Column("inquiry_id", ID, ForeignKey("inquiries.id", ondelete="CASCADE"), primary_key=True),
    Column("staff_id", ID, ForeignKey("staff.id"), primary_key=True),
    Column("read_at", Instant, nullable=False, comment="last opened by them"),
    Column("here_at", Instant, nullable=False, comment="their browser last said that it has it open"),
    Column("writing_at", Instant, comment="they last typed there"),
)

escalations = Table(
    "escalations",
    metadata,
    owned_by("inquiries"),
    Column("since", Instant, nullable=False, comment="when it became urgent, or was written to again"),
    Column("step", Integer, nullable=False, comment="minutes that it had waited unopened"),
    Column("at", Instant, nullable=False),
    Column("mail_id", ID, ForeignKey("mails.id", ondelete="SET NULL"), comment="null where no mail can be sent"),
    Index("uq_escalations_step", "inquiry_id", "since", "step", unique=True),
    Index(None, "mail_id"),
)
