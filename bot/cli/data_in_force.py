"""Which clinical data a command is about: what it was told, else what the clinic's settings say."""

from dataclasses import dataclass
from pathlib import Path

from bot.bootstrap.clinic_settings import at_desk_of
from bot.settings import data_from_environment, ground_from_environment

FIRST_REGION = "ca-bc"


@dataclass(frozen=True)
class DataInForce:
    """A language, a region and a clinic's overlay, and the file of those who signed."""

    language: str
    region: str
    overlay: Path | None
    signatures: Path


def data_in_force(
    language: str, *, region: str | None, overlay: Path | None, signatures: Path | None = None
) -> DataInForce:
    """The data named, with the settings in the place of what was left out, so that what is signed is what is served."""
    clinic = data_from_environment(at_desk_of(ground_from_environment()))
    of_clinic = Path(clinic.overlay) if clinic.overlay else None
    chosen = region or clinic.region or FIRST_REGION
    return DataInForce(language, chosen, overlay or of_clinic, signatures or clinic.signatures)
