"""What a turn needs to know of booking: the way, whom patients may ask for, and the free times when it needs them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from itsdangerous import BadSignature, URLSafeSerializer

from bot.clinical.appointment import Booking, FreeTime, Way
from bot.clinical.booking import reachable
from bot.clinical.booking_times import SLOT, is_booked
from bot.clinical.encounter import Encounter, Stage
from bot.errors import Forbidden
from bot.service.calendar import Calendar, page_of
from bot.service.ports import AppointmentBook
from bot.service.threads import Threads

SALT = "needlepoint.appointment"
PAGE = "/appointment/"


class AppointmentLinks:
    """Signed links to the page of a conversation's appointment; each conversation has one, which never changes."""

    def __init__(self, secret: str) -> None:
        self._signer = URLSafeSerializer(secret, salt=SALT)

    def page_of(self, session_id: str) -> str:
        """The path of the page."""
        return f"{PAGE}{self._signer.dumps(session_id)}"

    def session_of(self, token: str) -> str:
        """The conversation that a link belongs to; Forbidden when it belongs to none."""
        try:
            return str(self._signer.loads(token))
        except BadSignature:
            raise Forbidden("the link opens no appointment") from None


def _never(_: str) -> bool:
    return False


@dataclass(frozen=True)
class BookingFacts:
    """How this clinic is booked, told turn by turn; `waits` says that a conversation may not be stored yet."""

    way: Way = Way.REQUEST
    url: str | None = None
    calendar: Calendar | None = None
    book: AppointmentBook | None = None
    threads: Threads | None = None
    links: AppointmentLinks | None = None
    waits: Callable[[str], bool] = _never

    def of(self, session_id: str) -> Booking:
        """The facts of a conversation; times are only held for those whose words are stored."""
        practitioners = self.calendar.practitioners if self.calendar else ()
        if self.way is not Way.CALENDAR:
            return Booking(self.way, self.url, practitioners)
        if self.links is None or self.waits(session_id):
            return Booking(Way.REQUEST, None, practitioners)
        return Booking(Way.CALENDAR, None, practitioners, manage=self.links.page_of(session_id))

    def may_need_times(self, encounter: Encounter, session_id: str, *, typed: bool) -> bool:
        """The next reply may show free times: the patient is choosing one, or types what is missing before that."""
        if self.of(session_id).way is not Way.CALENDAR or encounter.stage is not Stage.BOOKING or encounter.by_request:
            return False
        return not is_booked(encounter) and (typed or reachable(encounter))

    async def times(self, encounter: Encounter, now: datetime) -> tuple[FreeTime, ...]:
        """Two pages of free times at most, from the one that the patient looks at."""
        if self.calendar is None or self.book is None or self.threads is None:
            return ()
        until = self.calendar.last_moment(now)
        taken = await self.threads.run(self.book.taken, since=now, until=until, now=now)
        free = self.calendar.free(taken, now=now)
        waiting = encounter.open_question
        offered = [choice.id for choice in waiting.choices] if waiting and waiting.id == SLOT else []
        return page_of(free, page=encounter.times_page, offered=offered)


def lacks_times(encounter: Encounter) -> bool:
    """The turn came to the question about a time without knowing any: it is to be taken once more, with them."""
    waiting = encounter.open_question
    return waiting is not None and waiting.id == SLOT and not waiting.choices
