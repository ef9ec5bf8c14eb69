"""A clock for tests of the desk."""

from datetime import UTC, datetime, timedelta


class TurnableClock:
    """A clock that stands still until a test turns it."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 11, 22, 17, 0, tzinfo=UTC)

    def now(self) -> datetime:
        """The moment it stands at."""
        return self.moment

    def turn(self, **by: float) -> None:
        """Move on by so many minutes, hours, ..."""
        self.moment += timedelta(**by)
