"""The jobs of every night, put together: what the clinic has set, on its database."""

from bot.bootstrap.reports import build_counting
from bot.clinical.protocol import Protocol
from bot.outside.clock import SystemClock
from bot.service.daily_retention import DailyRetention
from bot.service.report_counting import DailyCounting
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


def build_nightly(
    settings: Settings, *, database: Database, protocol: Protocol
) -> tuple[DailyCounting, DailyRetention]:
    """What runs beside the requests once a day: days are counted for the reports before anything of them is erased."""
    counting = build_counting(settings, database=database, protocol=protocol)
    return counting, build_retention(settings, database=database, protocol=protocol)


def build_retention(settings: Settings, *, database: Database, protocol: Protocol) -> DailyRetention:
    """The job as it runs beside the requests."""
    job = retaining_of(settings, database=database, protocol=protocol)
    return DailyRetention(job, zone_of(settings.time_zone))
