"""A whole service, put together once from its settings."""

import logging
import secrets
from pathlib import Path

from bot.bootstrap.booking import Beside, build_appointments, build_booking
from bot.bootstrap.clinic import clinic_of
from bot.bootstrap.escalating import build_escalating
from bot.bootstrap.mail import MailParts, build_mailing, link_mail
from bot.bootstrap.parts import Built, Outside, Service
from bot.bootstrap.reading import read_for
from bot.bootstrap.retention import build_nightly
from bot.bootstrap.running import Running
from bot.bootstrap.taking_over import build_takeover, talking
from bot.clinical.event import Clinic
from bot.clinical.protocol import Protocol
from bot.knowledge.loader import load_protocol
from bot.outside.alerts import LogAlerts
from bot.outside.clock import SystemClock
from bot.outside.rasa import RasaTurns
from bot.service.answering import Answering
from bot.service.audit_chain import key_of
from bot.service.consent import Consent
from bot.service.conversations import Conversations, Tools
from bot.service.deciding import Deciding
from bot.service.desk import opening_hours_of
from bot.service.desk_triage import Talk
from bot.service.fanout import Fanout
from bot.service.held import HeldLedger
from bot.service.links import SummaryLinks
from bot.service.mailing import Mailing
from bot.service.opening_told import OpeningTold
from bot.service.ports import Ledger
from bot.service.redelivery import Redelivery
from bot.service.resuming import Resuming
from bot.service.sessions import Sessions
from bot.service.summaries import Summaries
from bot.service.threads import Threads
from bot.service.turnstile import Turnstile
from bot.service.zone import zone_of
from bot.settings import Settings
from bot.store.chats import Chats
from bot.store.ledger import SqlLedger
from bot.store.transaction import Database

log = logging.getLogger("needlepoint")
EXPLICIT = "explicit"


def build(settings: Settings) -> Built:
    """The parts for these settings; knowledge, lexicon and flag model are loaded now, nothing is connected yet."""
    overlay = Path(settings.overlay) if settings.overlay else None
    protocol = load_protocol(language=settings.language, region=settings.region, overlay=overlay)
    screening, reads, net_trouble = read_for(settings.language, settings.region)
    database = Database(settings.database_url, key=key_of(settings.audit_secret), patience=settings.store_timeout / 2)
    rasa = RasaTurns(settings.rasa_url, secret=settings.rasa_secret, timeout=settings.rasa_timeout)
    booking = build_booking(settings, database)
    ledger = SqlLedger(database, effects=booking.effects, zone=zone_of(settings.time_zone))
    outside = Outside(
        ledger,
        rasa,
        screening,
        reads,
        LogAlerts(),
        SystemClock(),
        link_mail(settings, database),
        booking,
        opening_hours_of(settings),
        Chats(database),
    )
    service = build_service(outside, protocol=protocol, clinic=clinic_of(settings), settings=settings)
    mailing = _mailing(settings, outside, service, database=database, protocol=protocol)
    nightly = build_nightly(settings, database=database, protocol=protocol)
    escalating = build_escalating(
        settings, database=database, threads=service.threads, clock=outside.clock, mailing=mailing
    )
    running = Running(
        (*talking(service), *nightly, *((mailing,) if mailing else ()), escalating),
        rasa=rasa,
        threads=service.threads,
        database=database,
        address=settings.database_url,
    )
    clinic = clinic_of(settings)
    return Built(settings, protocol, clinic, database, rasa, service, running.start, running.stop, net_trouble)


def build_service(outside: Outside, *, protocol: Protocol, clinic: Clinic, settings: Settings) -> Service:
    """The use cases on these outside parts; where consent is asked first, nothing is stored before the yes."""
    held = HeldLedger(outside.ledger) if settings.consent == EXPLICIT else None
    ledger: Ledger = held or outside.ledger
    threads, turnstile, clock = Threads(patience=settings.store_timeout), Turnstile(), outside.clock
    booking = outside.booking.facts(threads, waits=held.holds if held else _stored)
    deciding = Deciding(turns=outside.turns, reads=outside.reads, protocol=protocol, clinic=clinic, booking=booking)
    answering = _answering(outside, ledger=ledger, threads=threads, deciding=deciding)
    redelivery = Redelivery(ledger=ledger, threads=threads, answering=answering, turnstile=turnstile, clock=clock)
    answering.when_owing(redelivery.wake)
    answering.opening = OpeningTold(outside.hours, protocol, clinic) if outside.hours else None
    takeover = build_takeover(
        outside.chats,
        ledger=ledger,
        threads=threads,
        turnstile=turnstile,
        deciding=deciding,
        answering=answering,
        clock=clock,
        settings=settings,
    )
    tools = Tools(
        ledger=ledger,
        threads=threads,
        screening=outside.screening,
        deciding=deciding,
        answering=answering,
        fanout=answering.fanout,
        turnstile=turnstile,
        sessions=Sessions(settings.secret_key, hours=settings.session_hours),
        clock=clock,
        new_id=new_id,
        consent=_consent(outside, held, threads=threads, answering=answering, deciding=deciding) if held else None,
        takeover=takeover,
    )
    conversations = Conversations(tools)
    summaries = Summaries(
        tools,
        find=conversations.standing,
        links=SummaryLinks(settings.secret_key),
        zone=zone_of(settings.time_zone),
        held=held,
        mail=outside.mail,
        public_url=settings.public_url,
    )
    resuming = Resuming(tools, find=conversations.standing, secret=settings.secret_key)
    beside = Beside(outside.ledger, threads, turnstile, answering.fanout, clock, new_id)
    appointments = build_appointments(outside.booking, beside, settings=settings, protocol=protocol, clinic=clinic)
    talk = Talk(outside.screening, outside.reads, deciding, conversations, resuming, takeover)
    return Service(conversations, redelivery, answering.fanout, threads, summaries, resuming, appointments, talk)


def _stored(_: str) -> bool:
    """No conversation waits to be stored where consent is not asked first."""
    return False


def _answering(outside: Outside, *, ledger: Ledger, threads: Threads, deciding: Deciding) -> Answering:
    return Answering(
        ledger=ledger,
        threads=threads,
        deciding=deciding,
        fanout=Fanout(),
        alerts=outside.alerts,
        clock=outside.clock,
        new_id=new_id,
    )


def _consent(
    outside: Outside, held: HeldLedger, *, threads: Threads, answering: Answering, deciding: Deciding
) -> Consent:
    return Consent(
        held=held,
        threads=threads,
        answering=answering,
        deciding=deciding,
        reads=outside.reads,
        clock=outside.clock,
        new_id=new_id,
    )


def new_id() -> str:
    """A new opaque id: 128 random bits."""
    return secrets.token_hex(16)


def _mailing(
    settings: Settings, outside: Outside, service: Service, *, database: Database, protocol: Protocol
) -> Mailing | None:
    appointments = service.appointments
    calendars = appointments.file_of if appointments else _no_calendar
    parts = MailParts(database, service.threads, outside.clock, calendars)
    mailing = build_mailing(settings, parts, protocol=protocol, clinic=clinic_of(settings))
    if mailing and appointments:
        appointments.when_mailed(mailing.wake)
    return mailing


def _no_calendar(_: str) -> bytes | None:
    return None
