"""The retention job, put together: what the clinic has set, on its database."""

from bot.clinical.protocol import Protocol
from bot.outside.clock import SystemClock
from bot.service.daily_retention import DailyRetention
from bot.service.retaining import Retaining
from bot.service.retention import retention_of
from bot.service.zone import zone_of
from bot.settings import Settings
from bot.store.retention import RetentionRows
from bot.store.transaction import Database


def retaining_of(settings: Settings, *, database: Database, protocol: Protocol) -> Retaining:
    """One run of the job."""
    retention = retention_of(settings, majority=protocol.region.age_of_majority)
    return Retaining(RetentionRows(database), retention, SystemClock())


def build_retention(settings: Settings, *, database: Database, protocol: Protocol) -> DailyRetention:
    """The job as it runs beside the requests."""
    job = retaining_of(settings, database=database, protocol=protocol)
    return DailyRetention(job, zone_of(settings.time_zone))
