"""Whether the patient is below the age of majority of the clinic's region: a note for the desk, never a bar."""

from dataclasses import replace

from bot.clinical.encounter import Encounter
from bot.clinical.protocol import Protocol
from bot.clinical.vocabulary import MINOR

YOUNGEST_BANDS = ("me_under_19", "other_under_19")
"""Their ids never change; their limit and their labels are the region's age of majority."""


def with_minor(encounter: Encounter, age: int | None, protocol: Protocol) -> Encounter:
    """The encounter with the precaution `minor` when this age, or the age band that was chosen, is below majority."""
    is_minor = encounter.who in YOUNGEST_BANDS or (age is not None and age < protocol.region.age_of_majority)
    if not is_minor or MINOR in encounter.precautions:
        return encounter
    return replace(encounter, precautions=(*encounter.precautions, MINOR))
