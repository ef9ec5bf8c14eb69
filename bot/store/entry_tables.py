"""The table of what the desk has entered itself: no word of a patient, only who entered which conversation."""

from sqlalchemy import Column, ForeignKey, String, Table

from bot.store.columns import ID, by_staff, metadata
from bot.store.instants import Instant

desk_entries = Table(
    "desk_entries",
    metadata,
    Column("conversation_id", ID, ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True),
    by_staff(),
    Column("way", String(10), nullable=False, comment="a word of bot.service.desk_entry_records.Way"),
    Column("entered_at", Instant, nullable=False),
)
