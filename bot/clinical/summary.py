"""The summary for staff: eight plain lines to copy into the clinic's own system."""

from collections.abc import Iterable

from bot.clinical.appointment import AppointmentState
from bot.clinical.booking_times import label_of
from bot.clinical.encounter import Encounter, FindingRecord, FlagRecord
from bot.clinical.playback import span
from bot.clinical.protocol import Protocol
from bot.clinical.tally import absent, present, tally, unknown
from bot.clinical.vocabulary import Finding, Imaging


def summarise(encounter: Encounter, protocol: Protocol) -> tuple[str, ...]:
    """Eight plain lines: who, complaint, flags, findings present, denied, unknown, background, request."""
    labels = protocol.labels
    return (
        f"{labels['summary.disposition']}: {_disposition(encounter, protocol)}",
        f"{labels['summary.complaint']}: {_complaint(encounter, protocol)}",
        f"{labels['summary.flags']}: {_flags(encounter, protocol)}",
        f"{labels['summary.present']}: {_present(encounter, protocol)}",
        f"{labels['summary.absent']}: {_names((record.finding for record in absent(encounter)), protocol)}",
        f"{labels['summary.unknown']}: {_names(unknown(encounter), protocol)}",
        f"{labels['summary.background']}: {_background(encounter, protocol)}",
        f"{labels['summary.request']}: {_request(encounter, protocol)}",
    )


def _disposition(encounter: Encounter, protocol: Protocol) -> str:
    shown = protocol.labels[f"disposition.{encounter.disposition.value}" if encounter.disposition else "not_known"]
    who = protocol.choices["who"].get(encounter.who or "", "")
    count = tally(encounter)
    return ", ".join(part for part in (shown, who, f"{count.present}/{count.of}") if part)


def _complaint(encounter: Encounter, protocol: Protocol) -> str:
    regions = " + ".join(protocol.region_labels[region] for region in encounter.regions)
    side = encounter.side.value if encounter.side else ""
    time = span(encounter.duration_days, protocol)
    return ", ".join(part for part in (f"{side} {regions}".strip(), time) if part) or "-"


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


def _background(encounter: Encounter, protocol: Protocol) -> str:
    known = protocol.choices["background"]
    notes = [known.get(note, note) for note in encounter.background]
    imaging = [] if encounter.imaging in (None, Imaging.NONE) else [f"scan {encounter.imaging.value}"]
    severity = [] if encounter.severity is None else [f"{encounter.severity}/10"]
    precautions = [protocol.precautions[id] for id in encounter.precautions]
    precautions += [protocol.choices["precautions"][tap] for tap in encounter.precaution_taps]
    return "; ".join([*notes, *imaging, *severity, *precautions]) or "-"


def _request(encounter: Encounter, protocol: Protocol) -> str:
    request = encounter.request
    if request is None:
        return "-"
    contact = request.contact
    payer = protocol.choices["payer"].get(request.payer or "", request.payer or "")
    voicemail = f"voicemail {request.voicemail}" if request.voicemail else ""
    language = _language(request.language, protocol)
    labels = protocol.labels
    more = (
        f"{labels['summary.with']} {request.practitioner}" if request.practitioner else "",
        f"{labels['summary.visit_in']} {request.visit_language}" if request.visit_language else "",
        voicemail,
        payer,
        f"{labels['summary.claim']} {request.claim}" if request.claim else "",
        language,
    )
    parts = (contact.name, contact.phone, contact.email, _appointment(encounter, protocol), request.times, *more)
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
