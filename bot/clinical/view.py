"""The encounter as the chat API shows it to its patient and the desk reads it (contracts.md)."""

from typing import Any

from bot.clinical.codec import to_data
from bot.clinical.encounter import Encounter, FlagRecord, record_of
from bot.clinical.tally import tally
from bot.clinical.vocabulary import Finding, Imaging


def view(encounter: Encounter) -> dict[str, Any]:
    """The body of GET /api/chat/encounter."""
    return {
        "findings": {finding.value: _finding(encounter, finding) for finding in Finding},
        "other_findings": [to_data(other) for other in encounter.other_findings],
        "tally": to_data(tally(encounter)),
        "red_flags": [_flag(flag) for flag in encounter.flags],
        "precautions": list(encounter.precautions),
        "precaution_taps": list(encounter.precaution_taps),
        "regions": [region.value for region in encounter.regions],
        "side": encounter.side.value if encounter.side else None,
        "duration_days": encounter.duration_days,
        "severity": encounter.severity,
        "imaging": None if encounter.imaging in (None, Imaging.NONE) else encounter.imaging.value,
        "who": encounter.who,
        "language": encounter.language,
        "returning": encounter.returning,
        "disposition": encounter.disposition.value if encounter.disposition else None,
        "complete": encounter.complete,
        "booking": to_data(encounter.request) if encounter.request else None,
        "protocol_version": encounter.protocol_version,
    }


def _finding(encounter: Encounter, finding: Finding) -> dict[str, Any]:
    record = record_of(encounter, finding)
    return {
        "presence": record.presence.value,
        "quotes": list(record.quotes),
        "regions": [region.value for region in record.regions],
        "contradicted": record.contradicted,
    }


def _flag(flag: FlagRecord) -> dict[str, Any]:
    return {
        "class": flag.flag_class.value,
        "level": flag.level.value,
        "onset": flag.onset.value,
        "ask": flag.ask,
        "text": flag.words,
        "rule": flag.rule,
        "note": flag.note,
    }
