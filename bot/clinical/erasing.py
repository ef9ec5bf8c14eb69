"""Whether what a patient told us may be erased at their word (clinical.md section 9)."""

from bot.clinical.encounter import Encounter
from bot.clinical.reading import ContactDetails


def may_be_erased(encounter: Encounter) -> bool:
    """An anonymous inquiry may be erased whole; one that asked for a visit by name belongs to the clinic's record."""
    return encounter.request is None or encounter.request.contact == ContactDetails()
