"""The time as the machine has it."""

from datetime import datetime


class SystemClock:
    """The machine's clock, in its zone."""

    def now(self) -> datetime:
        """This moment."""
        return datetime.now().astimezone()
