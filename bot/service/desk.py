"""Everything the front desk is handed: accounts, inquiries, the clinic and the words of the protocol."""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from argon2 import PasswordHasher

from bot.clinical.event import Clinic
from bot.clinical.protocol import Protocol
from bot.errors import SignatureError
from bot.knowledge.review import Review, review_of
from bot.knowledge.signatures import read_signatures
from bot.service.applying import Applying
from bot.service.clinic_settings import ClinicSettings, clinic_settings
from bot.service.desk_accounts import Accounts
from bot.service.desk_audit import DeskAudit
from bot.service.desk_background import Backgrounds
from bot.service.desk_calls import Calls
from bot.service.desk_clock import AnswerClock
from bot.service.desk_exports import Exports, Outlets
from bot.service.desk_inquiries import COUNTED, Inquiries
from bot.service.desk_judgements import Judgements
from bot.service.desk_passwords import Passwords
from bot.service.desk_persons import Persons
from bot.service.desk_ports import DeskBooks
from bot.service.desk_staff import Post, StaffParts, StaffServices, accounts_of, staff_services
from bot.service.desk_triage import Talk, Triage
from bot.service.desk_watch import Watch
from bot.service.opening_hours import OpeningHours
from bot.service.ports import Clock
from bot.service.report_days import Days
from bot.service.reports import Reports
from bot.service.retention import retention_of
from bot.service.takeover import Takeover
from bot.service.training import Training
from bot.service.zone import zone_of
from bot.settings import Settings

UNREADABLE = "the file of signatures cannot be read: `needlepoint rules` says why"


@dataclass(frozen=True)
class DeskClinic:
    """What the desk's pages say of the clinic; a demonstration runs without TLS on this machine only."""

    name: str
    phone: str
    zone: ZoneInfo
    demo: bool
    address: str
    """Where links begin that are given out."""


@dataclass(frozen=True)
class DeskServices:
    """The services of the front desk."""

    accounts: Accounts
    staff: StaffServices
    inquiries: Inquiries
    audit: DeskAudit
    persons: Persons
    clinic: DeskClinic
    protocol: Protocol
    signatures: Path
    clock: Clock
    answer_clock: AnswerClock
    watch: Watch
    judgements: Judgements
    backgrounds: Backgrounds
    exports: Exports
    reports: Reports
    training: Training
    settings: ClinicSettings
    triage: Triage | None = None
    calls: Calls | None = None
    """Entering what came by mail or phone; None where no conversation can be had, as on the command line."""
    chats: Takeover | None = None
    """Writing to patients; None likewise."""

    def review(self) -> Review:
        """Whether the rules in force are signed now; a damaged file of signatures never takes the desk away."""
        try:
            return review_of(self.protocol, read_signatures(self.signatures))
        except SignatureError:
            return Review(self.protocol.version, trouble=UNREADABLE)


def desk_services(
    books: DeskBooks,
    *,
    settings: Settings,
    protocol: Protocol,
    clock: Clock,
    outlets: Outlets,
    passwords: Passwords | None = None,
    post: Post | None = None,
    talk: Talk | None = None,
    applying: Applying | None = None,
) -> DeskServices:
    """The desk of this clinic on this store; `post` sends mail to staff, `talk` screens, `outlets` make files.

    `applying` hears when stored settings shall come into force.
    """
    parts = StaffParts(books, settings, passwords or Passwords(PasswordHasher()), clock, new_id)
    inquiries = Inquiries(
        books.inbox,
        books.file,
        books.changes,
        books.attendance,
        protocol=protocol,
        clinic=Clinic(settings.clinic_name, settings.clinic_phone),
        clock=clock,
        new_id=new_id,
    )
    zone = zone_of(settings.time_zone)
    triage = Triage(talk, books.entries, zone, clock) if talk else None
    return DeskServices(
        accounts=accounts_of(parts),
        staff=staff_services(parts, post),
        inquiries=inquiries,
        audit=DeskAudit(books.audit, zone, clock),
        persons=Persons(books.persons, retention_of(settings, majority=protocol.region.age_of_majority), clock),
        clinic=DeskClinic(settings.clinic_name, settings.clinic_phone, zone, settings.demo, settings.address),
        protocol=protocol,
        signatures=settings.signatures,
        clock=clock,
        answer_clock=answer_clock_of(settings),
        watch=Watch(books.watch, clock, COUNTED),
        judgements=Judgements(books.judgements, clock, new_id),
        backgrounds=Backgrounds(books.backgrounds, tuple(protocol.playbooks.values()), clock),
        exports=Exports(books.exports, outlets, protocol, zone, clock),
        reports=Reports(Days(books.reports, answer_clock_of(settings), zone), clock),
        training=Training(books.training, protocol, clock),
        settings=clinic_settings(settings, book=books.settings, clock=clock, applying=applying or Applying()),
        triage=triage,
        calls=Calls(triage, new_id) if triage else None,
        chats=talk.takeover if talk else None,
    )


def answer_clock_of(settings: Settings) -> AnswerClock:
    """What this clinic promises, within its opening hours."""
    return AnswerClock(
        opening_hours_of(settings),
        urgent=timedelta(minutes=settings.answer_urgent),
        same_day=timedelta(minutes=settings.answer_same_day),
    )


def opening_hours_of(settings: Settings) -> OpeningHours:
    """When the desk is staffed."""
    return OpeningHours(settings.opening_hours, frozenset(settings.closed_on), zone_of(settings.time_zone))


def new_id() -> str:
    """An opaque id: 128 random bits."""
    return secrets.token_hex(16)
