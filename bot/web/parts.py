"""What the web application is handed: the ports it calls, and how a route finds them."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from starlette.requests import HTTPConnection

from bot.clinical.document import Document
from bot.clinical.protocol import RegionFacts
from bot.service.appointments import Appointments
from bot.service.records import Incoming, Opened, StoredReply
from bot.service.resuming import Resumed, Transcript
from bot.settings import Settings


@dataclass(frozen=True)
class PartState:
    """How one part of the service is; `reason` says what is wrong with it, None when nothing is."""

    ready: bool
    degraded: bool = False
    reason: str | None = None


class Conversations(Protocol):
    """The use cases of a patient's conversation, as bot.service.conversations has them."""

    async def open(self, *, channel: str, language: str) -> Opened:
        """A new session: its id, its token and the opening replies."""

    async def take(self, session_id: str, incoming: Incoming) -> Sequence[StoredReply]:
        """The stored replies to one message."""

    async def encounter(self, session_id: str) -> Mapping[str, Any]:
        """What is known of the patient of this session."""

    def subscribe(self, session_id: str, *, after: int | None = None) -> AsyncIterator[StoredReply]:
        """Replies that arrive later, from the one after `after` on."""

    def session_of(self, token: str) -> str:
        """The session that the token opens; Forbidden when it opens none."""

    def signpost(self) -> tuple[StoredReply, ...]:
        """What a patient must see even when nothing else can be done."""


class Summaries(Protocol):
    """The use cases of the result as a document, as bot.service.summaries has them."""

    @property
    def sends_mail(self) -> bool:
        """Whether a summary can be mailed."""

    async def read(self, session_id: str) -> Document:
        """The document of a session; NoResult when there is none."""

    async def link(self, session_id: str) -> str:
        """The address, on this server, of a page that shows it."""

    async def shared(self, token: str) -> Document | None:
        """The document behind a link; None when it shows nothing."""

    async def send(self, session_id: str, *, to: str) -> None:
        """Mail the link to this address."""


class Resuming(Protocol):
    """The use cases of coming back, as bot.service.resuming has them."""

    async def transcript(self, session_id: str) -> Transcript:
        """What was said so far, and the question that is open."""

    async def make_code(self, session_id: str) -> str:
        """A new one-time code for this conversation."""

    async def resume(self, written: str) -> Resumed | None:
        """The conversation that a code opens; None, whatever is wrong with the code."""


Understand = Callable[[Mapping[str, Any]], Awaitable[Mapping[str, Any]]]
Check = Callable[[], Awaitable[PartState]]


@dataclass(frozen=True)
class Parts:
    """Everything the application needs; tests hand in fakes."""

    settings: Settings
    conversations: Conversations
    understand: Understand
    checks: Mapping[str, Check]
    start: Callable[[], Awaitable[None]] | None = None
    stop: Callable[[], Awaitable[None]] | None = None
    routers: tuple[Any, ...] = ()
    """Routers of other rooms, such as the desk and the channels, already built with their services."""
    appointments: Appointments | None = None
    """The page of an appointment, where the clinic books times here."""
    place: RegionFacts | None = None
    """Emergency, nurse and crisis numbers, for pages that must show them when nothing else works."""
    summaries: Summaries | None = None
    """None where no result is kept as a document."""
    resuming: Resuming | None = None
    """None where no conversation is continued."""


def parts_of(connection: HTTPConnection) -> Parts:
    """The parts that this application was created with."""
    parts: Parts = connection.app.state.parts
    return parts
