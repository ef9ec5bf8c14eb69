"""The tally: how many of the seven findings are present, absent and not known."""

from dataclasses import dataclass

from bot.clinical.encounter import Encounter, FindingRecord, record_of
from bot.clinical.vocabulary import Finding, Presence


@dataclass(frozen=True)
class Tally:
    """A count, not a test: it never decides anything (clinical.md section 2)."""

    present: int
    absent: int
    unknown: int
    of: int = len(Finding)


def tally(encounter: Encounter) -> Tally:
    """How many findings the encounter holds present, absent and unknown."""
    known = [record_of(encounter, finding).presence for finding in Finding]
    return Tally(*(known.count(presence) for presence in Presence))


def present(encounter: Encounter) -> tuple[FindingRecord, ...]:
    """The findings counted present, in the order of the list of seven."""
    return _with(encounter, Presence.PRESENT)


def absent(encounter: Encounter) -> tuple[FindingRecord, ...]:
    """The findings the patient denied, in the order of the list of seven."""
    return _with(encounter, Presence.ABSENT)


def unknown(encounter: Encounter) -> tuple[Finding, ...]:
    """The findings nothing is known of, in the order of the list of seven."""
    return tuple(record.finding for record in _with(encounter, Presence.UNKNOWN))


def _with(encounter: Encounter, presence: Presence) -> tuple[FindingRecord, ...]:
    records = (record_of(encounter, finding) for finding in Finding)
    return tuple(record for record in records if record.presence is presence)
