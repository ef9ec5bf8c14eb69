"""The table of legal holds: conversations that nobody may erase until a hold ends."""

from sqlalchemy import Column, ForeignKey, String, Table

from bot.store.columns import ID, by_staff, metadata
from bot.store.instants import Instant

legal_holds = Table(
    "legal_holds",
    metadata,
    Column("conversation_id", ID, ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True),
    by_staff(),
    Column("reason", String(20), nullable=False, comment="a word of bot.service.person_records.HoldReason"),
    Column("set_at", Instant, nullable=False),
)
