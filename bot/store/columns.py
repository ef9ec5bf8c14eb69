"""What the tables are made of: one MetaData, its names, and columns that point at other rows."""

from sqlalchemy import Column, ForeignKey, MetaData, String

ID = String(32)
"""Opaque ids: 128 random bits as 32 hexadecimal digits, made outside and passed in."""
NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = MetaData(naming_convention=NAMING)


def owned_by(table: str, *, nullable: bool = False, unique: bool = False) -> Column[str]:
    """A column that points at a row that owns this one; it goes when its owner goes."""
    name = {"conversations": "conversation_id", "messages": "message_id", "inquiries": "inquiry_id"}[table]
    return Column(name, ID, ForeignKey(f"{table}.id", ondelete="CASCADE"), nullable=nullable, unique=unique)


def by_staff(name: str = "staff_id", *, nullable: bool = False) -> Column[str]:
    return Column(name, ID, ForeignKey("staff.id"), nullable=nullable)
