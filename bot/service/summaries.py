"""The result to print, to show and to send: read by its patient, shared by a link, mailed as that link."""

from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from email_validator import EmailNotValidError, validate_email

from bot.clinical.document import Document, document_for_patient
from bot.clinical.encounter import Encounter
from bot.clinical.red_flags import is_urgent
from bot.clinical.reply import Reply, ReplyKind
from bot.clinical.urgent import advice
from bot.clinical.vocabulary import URGENT_LEVELS
from bot.clinical.voice import Voice
from bot.errors import Conflict, NoResult, NotUnderstood
from bot.service.bubbles import bubbles
from bot.service.conversations import Tools
from bot.service.held import NOT_KEPT, HeldLedger
from bot.service.links import Link, SummaryLinks
from bot.service.records import Standing
from bot.service.resuming import Find

NOT_YET = "there is no result to show; it comes at the end of the questions"
NO_ADDRESS = "to: is no e-mail address that mail can be sent to"


class LinkMail(Protocol):
    """Sends mails that hold a link and no clinical text. The call blocks and is run in a thread."""

    def queue_link(self, session_id: str, *, id: str, address: str, link: str, now: datetime) -> None:
        """Keep a mail with this link, to be sent soon; StorageError when it was not kept."""
        ...


class Summaries:
    """The use cases of the result as a document."""

    def __init__(
        self,
        tools: Tools,
        *,
        find: Find,
        links: SummaryLinks,
        zone: ZoneInfo,
        held: HeldLedger | None = None,
        mail: LinkMail | None = None,
        public_url: str | None = None,
    ) -> None:
        self._tools = tools
        self._run = tools.threads.run
        self._find = find
        self._links = links
        self._zone = zone
        self._held = held
        self._mail = mail
        self._public_url = public_url

    @property
    def sends_mail(self) -> bool:
        """Whether a summary can be mailed: there is a mailbox, and an address of ours for the link."""
        return self._mail is not None and self._public_url is not None

    async def read(self, session_id: str) -> Document:
        """The document of a session; NoResult, with the advice that stands instead of it, when there is none."""
        return self._document(await self._find(session_id))

    async def link(self, session_id: str) -> str:
        """The address, on this server, of a page that shows the document for a week."""
        standing = await self._find(session_id)
        if self._held and self._held.holds(session_id):
            raise Conflict(NOT_KEPT)
        self._document(standing)
        token = self._links.token_for(Link(session_id, standing.version), now=self._tools.clock.now())
        return f"/summary/{token}"

    async def shared(self, token: str) -> Document | None:
        """The document behind a link; None when the link is bad or old, or there is nothing to show any more."""
        link = self._links.read(token, now=self._tools.clock.now())
        if link is None:
            return None
        standing = await self._run(self._tools.ledger.standing, link.session)
        if standing is None or link.version < standing.erased:
            return None
        return document_for_patient(standing.encounter, self._voice())

    async def send(self, session_id: str, *, to: str) -> None:
        """Mail the link to this address; NotUnderstood when it is none."""
        if self._mail is None or self._public_url is None:
            raise Conflict("the clinic sends no mail")
        path = await self.link(session_id)
        address, link = _address(to), f"{self._public_url.rstrip('/')}{path}"
        now = self._tools.clock.now()
        await self._run(self._mail.queue_link, session_id, id=self._tools.new_id(), address=address, link=link, now=now)

    def _document(self, standing: Standing) -> Document:
        voice = self._voice()
        shown = document_for_patient(standing.encounter, voice)
        if shown is None:
            raise NoResult(NOT_YET, replies=bubbles(_advice_instead(standing.encounter, voice), self._tools.new_id))
        return shown

    def _voice(self) -> Voice:
        return Voice(
            self._tools.deciding.protocol, self._tools.deciding.facts(self._tools.clock.now().astimezone(self._zone))
        )


def _advice_instead(encounter: Encounter, voice: Voice) -> tuple[Reply, ...]:
    """What to do now, once more, where an emergency or a crisis was said; nothing else of what was said."""
    if not is_urgent(encounter):
        return ()
    urgent = [flag for flag in encounter.flags if flag.level in URGENT_LEVELS]
    worst = min(urgent, key=lambda flag: flag.level.urgency)
    return (Reply(ReplyKind.EMERGENCY, f"{advice(worst, voice)} {voice.say('urgent.not_watched')}"),)


def _address(written: str) -> str:
    try:
        return validate_email(written.strip(), check_deliverability=False).normalized
    except EmailNotValidError:
        raise NotUnderstood(NO_ADDRESS) from None
