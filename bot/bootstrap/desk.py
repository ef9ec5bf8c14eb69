"""The front desk, put together on a store: what it sends and writes is loaded when it is first asked for."""

from bot.bootstrap.mail import mailbox_of
from bot.clinical.protocol import Protocol
from bot.outside.clock import SystemClock
from bot.outside.fhir.bundles import FhirBundles
from bot.outside.press import PdfPress
from bot.outside.staff_post import StaffPost
from bot.service.applying import Applying
from bot.service.desk import DeskServices, desk_services
from bot.service.desk_exports import Outlets
from bot.service.desk_triage import Talk
from bot.settings import Settings
from bot.store.desk import desk_books
from bot.store.transaction import Database


def build_desk(
    settings: Settings,
    *,
    database: Database,
    protocol: Protocol,
    talk: Talk | None = None,
    applying: Applying | None = None,
) -> DeskServices:
    """The services of the front desk on this store; without `talk` nothing can be entered there."""
    return desk_services(
        desk_books(database),
        settings=settings,
        protocol=protocol,
        clock=SystemClock(),
        outlets=outlets_of(protocol),
        post=StaffPost(mailbox_of(settings)) if settings.smtp_host else None,
        talk=talk,
        applying=applying,
    )


def outlets_of(protocol: Protocol) -> Outlets:
    """What makes files of records, in the words of this protocol."""
    return Outlets(PdfPress(), FhirBundles(protocol))
