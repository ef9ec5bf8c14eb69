"""The tables of what managers set at the desk: one revision for each saving, and in it what was changed."""

from sqlalchemy import Column, ForeignKey, Integer, String, Table, Text

from bot.store.columns import metadata
from bot.store.instants import Instant

settings_revisions = Table(
    "settings_revisions",
    metadata,
    Column("revision", Integer, primary_key=True, autoincrement=False, comment="1, 2, 3: two at once cannot have one"),
    Column("at", Instant, nullable=False),
    Column("by", String(64), nullable=False, comment="an opaque staff id, or system for a command"),
)

clinic_settings = Table(
    "clinic_settings",
    metadata,
    Column("revision", ForeignKey("settings_revisions.revision"), primary_key=True),
    Column("name", String(120), primary_key=True, comment="a variable, or the place of a text"),
    Column("value", Text, comment="null: no longer set at the desk"),
    Column("was", Text, nullable=False, comment="what was in force before"),
    comment="append-only; the newest row of a name counts",
)
