"""What the desk has entered itself: who did, in which way, and the conversation it was kept as."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

DESK = "desk"
"""The channel of whatever staff have entered."""


class Way(str, Enum):
    """How something came in at the desk."""

    PASTED = "pasted"
    CALL = "call"


@dataclass(frozen=True)
class Entered:
    """Who entered an inquiry, how and when; its conversation can be gone on with."""

    by: str
    way: Way
    at: datetime
    session_id: str
