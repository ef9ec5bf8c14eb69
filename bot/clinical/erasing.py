"""Whether data may be erased at once: an anonymous inquiry may, a booked one belongs to the clinic's record."""

from bot.clinical.encounter import Encounter
from bot.clinical.reading import ContactDetails


def may_be_erased(encounter: Encounter) -> bool:
    """No appointment or call has been asked for under a name or a number (clinical.md section 9)."""
    return encounter.request is None or encounter.request.contact == ContactDetails()
