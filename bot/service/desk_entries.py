"""What the triage page needs from the store: to keep what was pasted, once, and a call as far as it came."""

from typing import Protocol
from zoneinfo import ZoneInfo

from bot.service.desk_records import Act
from bot.service.records import Answer, Arrival, Opening


class EntryBook(Protocol):
    """Inquiries that staff have entered; every call leaves an audit line without a word of the patient."""

    def keep(self, opening: Opening, arrival: Arrival, answer: Answer, *, zone: ZoneInfo, act: Act) -> str | None:
        """The inquiry that was made of a pasted text, or had been made of it before; None where that one is erased."""
        ...

    def opened(self, session_id: str, *, act: Act) -> None:
        """They began to enter what a caller says."""
        ...

    def looked(self, session_id: str, *, act: Act) -> None:
        """They looked at such a conversation."""
        ...

    def finish(self, answer: Answer, *, zone: ZoneInfo, act: Act) -> str:
        """The inquiry of a call; Overtaken when the conversation is not, or not yet, kept as it was seen."""
        ...
