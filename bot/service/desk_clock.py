"""By when an inquiry is to be answered: soon for what is urgent, within opening hours for all the rest."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.service.desk_records import URGENT_BELOW, QueueEntry, Status
from bot.service.inquiry import CALL_TODAY
from bot.service.opening_hours import OpeningHours

RUNS = (Status.NEW, Status.IN_PROGRESS)
"""While the patient has the word, or nobody has, no clock runs."""


@dataclass(frozen=True)
class AnswerClock:
    """The clinic's own promises: minutes at any hour for what is urgent, minutes of opening time for same-day."""

    hours: OpeningHours
    urgent: timedelta
    same_day: timedelta

    def due(self, entry: QueueEntry) -> datetime | None:
        """When it is late; None where no clock runs."""
        if entry.status not in RUNS or entry.snoozed_until is not None:
            return None
        since = entry.waiting_since
        return self.promised(entry.urgency, (entry.urgent_since or since) if entry.is_urgent else since)

    def promised(self, urgency: int, since: datetime) -> datetime | None:
        """By when somebody of this urgency was to be answered who waited since then."""
        if urgency < URGENT_BELOW:
            return since + self.urgent
        if urgency <= CALL_TODAY:
            return self.hours.after(since, open_for=self.same_day)
        return self.hours.end_of_next_day(since)
