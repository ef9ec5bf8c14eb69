"""What the store of a desk holds."""

from dataclasses import dataclass

from sqlalchemy import func, select

from bot.store import tables
from bot.store.transaction import Database


@dataclass(frozen=True)
class Kept:
    """What the store holds."""

    conversations: int
    inquiries: int
    messages: int


def kept_in(database: Database) -> Kept:
    """What is in it now."""
    each = (tables.conversations, tables.inquiries, tables.messages)
    with database.read() as connection:
        return Kept(*[connection.execute(select(func.count()).select_from(one)).scalar_one() for one in each])
