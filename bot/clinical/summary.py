"""The summary for staff: eight plain lines to copy into the clinic's own system."""

from collections.abc import Iterable

from bot.clinical.appointment import AppointmentState
from bot.clinical.booking_times import label_of
from bot.clinical.encounter import Encounter, FindingRecord, FlagRecord
from bot.clinical.notes import (
    BACKGROUND,
    PAYER,
    PLACE,
    PRECAUTIONS,
    SCANS,
    SEVERITY,
    TIME,
    TIMES,
    WHO,
    Note,
    notes,
)
from bot.clinical.protocol import Protocol
from bot.clinical.tally import absent, present, tally, unknown
from bot.clinical.vocabulary import Finding

Known = dict[str, Note]


def summarise(encounter: Encounter, protocol: Protocol) -> tuple[str, ...]:
    """Eight plain lines: who, complaint, flags, findings present, denied, unknown, background, request."""
    labels = protocol.labels
    known = {note.id: note for note in notes(encounter, protocol)}
    return (
        f"{labels['summary.disposition']}: {_disposition(encounter, known, protocol)}",
        f"{labels['summary.complaint']}: {_joined(known, PLACE, TIME)}",
        f"{labels['summary.flags']}: {_flags(encounter, protocol)}",
        f"{labels['summary.present']}: {_present(encounter, protocol)}",
        f"{labels['summary.absent']}: {_names((record.finding for record in absent(encounter)), protocol)}",
        f"{labels['summary.unknown']}: {_names(unknown(encounter), protocol)}",
        f"{labels['summary.background']}: {_joined(known, BACKGROUND, SCANS, SEVERITY, PRECAUTIONS)}",
        f"{labels['summary.request']}: {_request(encounter, known, protocol)}",
    )


def _joined(known: Known, *ids: str) -> str:
    return "; ".join(known[id].value for id in ids if known[id].values) or "-"


def _disposition(encounter: Encounter, known: Known, protocol: Protocol) -> str:
    shown = protocol.labels[f"disposition.{encounter.disposition.value}" if encounter.disposition else "not_known"]
    count = tally(encounter)
    return ", ".join(part for part in (shown, known[WHO].value, f"{count.present}/{count.of}") if part)


def _flags(encounter: Encounter, protocol: Protocol) -> str:
    return " | ".join(_flag(flag, protocol) for flag in encounter.flags) or protocol.labels["summary.none_raised"]


def _flag(flag: FlagRecord, protocol: Protocol) -> str:
    labels = protocol.labels
    named = (labels[f"flag.{flag.flag_class.value}"], labels[f"level.{flag.level.value}"])
    return f"{', '.join(named)} ({labels[f'onset.{flag.onset.value}']}): {flag.words}"


def _present(encounter: Encounter, protocol: Protocol) -> str:
    return " | ".join(_quoted(record, protocol) for record in present(encounter)) or "-"


def _quoted(record: FindingRecord, protocol: Protocol) -> str:
    quotes = "; ".join(f"“{quote}”" for quote in record.quotes)
    return f"{protocol.finding_labels[record.finding]} {quotes}".strip()


def _names(findings: Iterable[Finding], protocol: Protocol) -> str:
    return ", ".join(protocol.finding_labels[finding] for finding in findings) or "-"


def _request(encounter: Encounter, known: Known, protocol: Protocol) -> str:
    request = encounter.request
    if request is None:
        return "-"
    contact = request.contact
    voicemail = f"voicemail {request.voicemail}" if request.voicemail else ""
    language = _language(request.language, protocol)
    labels = protocol.labels
    more = (
        f"{labels['summary.with']} {request.practitioner}" if request.practitioner else "",
        f"{labels['summary.visit_in']} {request.visit_language}" if request.visit_language else "",
        voicemail,
        known[PAYER].value,
        f"{labels['summary.claim']} {request.claim}" if request.claim else "",
        language,
    )
    parts = (contact.name, contact.phone, contact.email, _appointment(encounter, protocol), known[TIMES].value, *more)
    return ", ".join(part for part in parts if part) or "-"


def _appointment(encounter: Encounter, protocol: Protocol) -> str:
    """The time of the clinic's own calendar, booked or given back; one that is only held is not told yet."""
    appointment = encounter.appointment
    if appointment is None or appointment.state is AppointmentState.HELD:
        return ""
    return f"{protocol.labels[f'appointment.{appointment.state.value}']} {label_of(appointment, protocol)}"


def _language(tag: str | None, protocol: Protocol) -> str:
    if tag is None:
        return ""
    name = protocol.languages[tag].name if tag in protocol.languages else tag
    return f"{protocol.labels['summary.language']} {name}"
