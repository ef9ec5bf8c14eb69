"""The daily count of the reports, put together: the clinic's calendar and promises, on its database."""

from bot.clinical.protocol import Protocol
from bot.outside.clock import SystemClock
from bot.service.desk import answer_clock_of
from bot.service.report_counting import SETTLES, Counting, DailyCounting
from bot.service.report_days import Days
from bot.service.training import Training
from bot.service.zone import zone_of
from bot.settings import Settings
from bot.store.report_counts import ReportCounts
from bot.store.transaction import Database
from bot.store.unclear_messages import UnclearMessages


def counting_of(settings: Settings, *, database: Database) -> Counting:
    """One run of the job; a day stands before the first of its chats can be erased."""
    days = Days(ReportCounts(database), answer_clock_of(settings), zone_of(settings.time_zone))
    settles = min(SETTLES, settings.keep_left_early_days - 1, settings.keep_not_booked_days - 1)
    return Counting(days, SystemClock(), max(settles, 1))


def build_counting(settings: Settings, *, database: Database, protocol: Protocol) -> DailyCounting:
    """The job as it runs beside the requests."""
    training = Training(UnclearMessages(database), protocol, SystemClock())
    return DailyCounting(counting_of(settings, database=database), training.collect_all)
