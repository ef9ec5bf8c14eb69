"""How long each class of data is kept, and whether a conversation's time is over."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.service.person_records import KeptAs, Standing
from bot.settings import Settings

ATTEMPTS_KEPT = timedelta(days=1)
"""Failed sign-ins count for 15 minutes; a day later nobody asks for them."""


@dataclass(frozen=True)
class Retention:
    """The clinic's retention. A minor's record is kept until so many years after the age of majority."""

    left_early: timedelta
    not_booked: timedelta
    booked_years: int
    mail: timedelta
    majority: int

    def kept_until(self, standing: Standing) -> datetime:
        """The moment after which the conversation is erased, if there is no hold."""
        if standing.kept_as is KeptAs.BOOKED:
            grown = self.majority if standing.minor else 0
            return years_later(standing.newest, self.booked_years + grown)
        return standing.newest + (self.left_early if standing.kept_as is KeptAs.LEFT_EARLY else self.not_booked)

    def must_keep(self, standing: Standing, now: datetime) -> bool:
        """Also a person's own wish does not end it: the clinic's record, until its years are over."""
        return standing.kept_as is KeptAs.BOOKED and now < self.kept_until(standing)

    def is_over(self, standing: Standing, now: datetime) -> bool:
        """Its time is over and nothing holds it."""
        return standing.hold is None and now >= self.kept_until(standing)

    def looked_at_before(self, now: datetime) -> datetime:
        """Nothing that is newer can be over."""
        return now - min(self.left_early, self.not_booked, timedelta(days=365 * self.booked_years))


def retention_of(settings: Settings, *, majority: int) -> Retention:
    """What the clinic has set."""
    return Retention(
        left_early=timedelta(days=settings.keep_left_early_days),
        not_booked=timedelta(days=settings.keep_not_booked_days),
        booked_years=settings.keep_booked_years,
        mail=timedelta(days=settings.keep_mail_days),
        majority=majority,
    )


def years_later(moment: datetime, years: int) -> datetime:
    """The same day so many years later; the 29th of February is the 1st of March where there is none."""
    try:
        return moment.replace(year=moment.year + years)
    except ValueError:
        return moment.replace(year=moment.year + years, month=3, day=1)
