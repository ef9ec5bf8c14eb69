"""Whether what a patient told us may be erased at their word (clinical.md section 9)."""

from bot.clinical.appointment import AppointmentState
from bot.clinical.encounter import Encounter
from bot.clinical.reading import ContactDetails


def may_be_erased(encounter: Encounter) -> bool:
    """An anonymous inquiry may be erased whole; one that asked for a visit by name belongs to the clinic's record."""
    appointment = encounter.appointment
    if appointment is not None and appointment.state is AppointmentState.CONFIRMED:
        return False
    return encounter.request is None or encounter.request.contact == ContactDetails()
