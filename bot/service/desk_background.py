"""What stands around an inquiry: what is ticked of its playbook, judgements, earlier contacts, and how it went."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.clinical.protocol import Playbook
from bot.errors import NotUnderstood
from bot.service.desk_judgements import Judgement
from bot.service.desk_records import Act, Reason, Staff, Status
from bot.service.ports import Clock

MOST_EARLIER = 10
MOST_EVENTS = 200


@dataclass(frozen=True)
class Tick:
    """A step of a playbook that somebody did."""

    step: str
    by: str
    at: datetime


@dataclass(frozen=True)
class EarlierContact:
    """Another conversation with the same phone number or e-mail address, and what became of it."""

    id: str
    at: datetime
    urgency: int
    status: Status
    reason: Reason | None
    name: str | None
    same_phone: bool
    same_email: bool


@dataclass(frozen=True)
class Event:
    """Something that happened with an inquiry; `detail` is an id of a closed set, never anybody's words."""

    at: datetime
    what: str
    by: str | None = None
    detail: str | None = None


@dataclass(frozen=True)
class Background:
    """Everything around one inquiry; `heard` is the seq of the newest message at that moment."""

    heard: int
    ticks: tuple[Tick, ...]
    judgements: tuple[Judgement, ...]
    """The newest first."""
    earlier: tuple[EarlierContact, ...]
    """The newest first."""
    events: tuple[Event, ...]
    """The oldest first."""

    def tick(self, step: str) -> Tick | None:
        """Who did this step and when."""
        return next((tick for tick in self.ticks if tick.step == step), None)


class BackgroundBook(Protocol):
    """What stands around inquiries in the store."""

    def read(self, inquiry_id: str, *, most_earlier: int, most_events: int) -> Background | None:
        """Everything around one inquiry."""
        ...

    def tick(self, inquiry_id: str, step: str, *, act: Act) -> bool:
        """The step is done; ticked twice, the first stays. False where there is no such inquiry."""
        ...

    def untick(self, inquiry_id: str, step: str, *, act: Act) -> bool:
        """The step is not done after all. False where there is no such inquiry."""
        ...


@dataclass(frozen=True)
class Backgrounds:
    """The use cases of what stands around an inquiry."""

    book: BackgroundBook
    playbooks: Sequence[Playbook]
    clock: Clock

    def read(self, inquiry_id: str) -> Background | None:
        """Everything around one inquiry; whoever shows it has the reading of the inquiry written down."""
        return self.book.read(inquiry_id, most_earlier=MOST_EARLIER, most_events=MOST_EVENTS)

    def tick(self, inquiry_id: str, staff: Staff, *, step: str) -> bool:
        """They did this step."""
        return self.book.tick(inquiry_id, self._known(step), act=Act(staff.id, self.clock.now()))

    def untick(self, inquiry_id: str, staff: Staff, *, step: str) -> bool:
        """It was ticked by mistake."""
        return self.book.untick(inquiry_id, self._known(step), act=Act(staff.id, self.clock.now()))

    def _known(self, step: str) -> str:
        if step not in {playbook.key(one) for playbook in self.playbooks for one in playbook.steps}:
            raise NotUnderstood("step: no step of a playbook")
        return step
