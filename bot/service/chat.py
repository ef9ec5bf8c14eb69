"""A conversation as the desk may write in it."""

from dataclasses import dataclass

WRITABLE = frozenset({"web"})
"""Channels on which what staff write reaches the patient."""


@dataclass(frozen=True)
class Chat:
    """A conversation as the desk may write in it; `writer_id` is who of the staff does, None while nobody does."""

    inquiry_id: str
    session_id: str
    channel: str
    writer_id: str | None
    writer: str | None
    """Their whole name."""
    mark: str
    """Changes with every message, every reply and every hand-over."""

    @property
    def is_writable(self) -> bool:
        """What staff write there reaches the patient."""
        return self.channel in WRITABLE
