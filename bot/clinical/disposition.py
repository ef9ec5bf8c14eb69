"""The disposition: what the patient is advised, decided by flags first and never by the count."""

from bot.clinical.encounter import Encounter
from bot.clinical.red_flags import flagged_disposition
from bot.clinical.tally import present
from bot.clinical.vocabulary import Disposition


def decide(encounter: Encounter) -> Disposition:
    """The disposition of a screened encounter (clinical.md section 3; contracts.md, dispositions)."""
    flagged = flagged_disposition(encounter)
    if flagged is not None:
        return flagged
    return Disposition.PHYSIO_EXAM if present(encounter) else Disposition.INFORMATION
