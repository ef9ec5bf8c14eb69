"""The clinic as patients are told of it, from its settings."""

from bot.clinical.event import Clinic
from bot.settings import Settings


def clinic_of(settings: Settings) -> Clinic:
    """What the clinic says of itself."""
    return Clinic(
        name=settings.clinic_name,
        phone=settings.clinic_phone,
        email=settings.clinic_email,
        address=settings.clinic_address,
        hours=settings.clinic_hours,
        fees=settings.clinic_fees,
        website=settings.clinic_website,
        demo=settings.demo,
    )
