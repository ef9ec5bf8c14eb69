"""The tables of staff accounts beside `staff`: second factors, half-made sign-ins, invitations and password links."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text

from bot.store.columns import ID, by_staff, metadata
from bot.store.instants import Instant

second_factors = Table(
    "second_factors",
    metadata,
    Column("staff_id", ID, ForeignKey("staff.id"), primary_key=True),
    Column("secret", Text, nullable=False, comment="sealed with a key made from SECRET_KEY"),
    Column("last_step", Integer, nullable=False, comment="the newest half minute whose code was used"),
    Column("set_at", Instant, nullable=False),
)

recovery_codes = Table(
    "recovery_codes",
    metadata,
    Column("staff_id", ID, ForeignKey("staff.id"), primary_key=True),
    Column("digest", String(64), primary_key=True, comment="keyed digest; the row goes when the code is used"),
)

half_sessions = Table(
    "half_sessions",
    metadata,
    Column("id", String(64), primary_key=True, comment="digest of the cookie's token; the password was right"),
    by_staff(),
    Column("attempt_id", ID, nullable=False, comment="the attempt that led here, forgotten once the code is right"),
    Column("created_at", Instant, nullable=False),
    Index(None, "staff_id"),
    Index(None, "created_at"),
)

invitations = Table(
    "invitations",
    metadata,
    Column("id", ID, primary_key=True),
    Column("digest", String(64), nullable=False, unique=True, comment="of the link's token"),
    Column("name", Text, nullable=False),
    Column("email", String(254), nullable=False, unique=True, comment="in lower case"),
    Column("role", String(20), nullable=False),
    by_staff("invited_by"),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    comment="open ones only: the row goes when it is used or withdrawn",
)

password_links = Table(
    "password_links",
    metadata,
    Column("id", String(64), primary_key=True, comment="digest of the link's token"),
    Column("staff_id", ID, ForeignKey("staff.id"), nullable=False, unique=True),
    by_staff("made_by"),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    comment="open ones only: the row goes when it is used",
)
