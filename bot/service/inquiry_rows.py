"""The inbox as a table: one row for each inquiry, its columns by stable names; docs/records.md says what each holds."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime

from bot.clinical.encounter import Encounter, FindingRecord, FlagRecord
from bot.clinical.notes import BACKGROUND, notes
from bot.clinical.protocol import Protocol
from bot.clinical.tally import absent, present, unknown
from bot.service.csv_file import Cell
from bot.service.export_records import ExportRow
from bot.service.flag_standing import standing_of

BETWEEN = " | "
"""Between the values of a cell that has several; a value never holds the bar."""
Moments = Callable[[datetime], str]
Cells = Mapping[str, Cell]


class InquiryTable:
    """Writes inquiries as rows of the table, with times in the clinic's zone."""

    header = (
        *("inquiry", "received_at", "last_heard_at", "waiting_since", "channel", "language"),
        *("status", "closed_reason", "snoozed_until", "owner", "level", "screened", "complete", "left_early"),
        *("name", "phone", "email", "wants_appointment", "wants_call", "person_requested", "appointment"),
        *("requested_at", "times", "practitioner", "visit_language", "voicemail", "payer", "claim"),
        *("for_whom", "regions", "side", "duration_days", "severity", "imaging"),
        *("findings_present", "findings_denied", "findings_not_known", "said_both", "finding_words"),
        *("red_flags", "red_flag_words", "precautions", "background", "calls", "notes", "rules"),
    )

    def __init__(self, protocol: Protocol, at: Moments, *, left_early: Callable[[ExportRow], bool]) -> None:
        self._protocol = protocol
        self._at = at
        self._left_early = left_early

    def cells(self, row: ExportRow) -> tuple[Cell, ...]:
        """The row; what the screening would tell is empty where what was stored cannot be read."""
        known = {**self._desk(row), **self._contact(row), **self._visit(row), **self._screening(row)}
        return tuple(known.get(name) for name in self.header)

    def _desk(self, row: ExportRow) -> Cells:
        entry = row.entry
        return {
            "inquiry": entry.id,
            "received_at": self._at(row.created_at),
            "last_heard_at": self._at(entry.last_activity_at),
            "waiting_since": self._at(entry.waiting_since),
            "channel": entry.channel,
            "language": row.language,
            "status": entry.status.value,
            "closed_reason": entry.closed_reason.value if entry.closed_reason else None,
            "snoozed_until": self._moment(entry.snoozed_until),
            "owner": entry.owner_name,
            "level": entry.level.value if entry.level else "unfinished",
            "screened": entry.disposition.value if entry.disposition else None,
            "complete": _said(entry.complete),
            "left_early": _said(self._left_early(row)),
            "calls": row.calls,
            "notes": row.notes,
        }

    def _contact(self, row: ExportRow) -> Cells:
        entry = row.entry
        return {
            "name": entry.name,
            "phone": entry.phone,
            "email": entry.email,
            "wants_appointment": _said(entry.wants_booking),
            "wants_call": _said(entry.call_back),
            "person_requested": entry.person_requested,
            "appointment": entry.appointment,
        }

    def _visit(self, row: ExportRow) -> Cells:
        asked, payer = row.request, row.payer
        if asked is None:
            return {"payer": payer}
        return {
            "requested_at": self._at(asked.requested_at),
            "times": asked.times,
            "practitioner": asked.practitioner,
            "visit_language": asked.visit_language,
            "voicemail": asked.voicemail,
            "payer": asked.payer or payer,
            "claim": asked.claim,
        }

    def _screening(self, row: ExportRow) -> Cells:
        known = row.encounter
        if known is None:
            return {}
        return {
            "for_whom": known.who,
            "regions": joined(region.value for region in known.regions),
            "side": known.side.value if known.side else None,
            "duration_days": known.duration_days,
            "severity": known.severity,
            "imaging": known.imaging.value if known.imaging else None,
            **_findings(known),
            "red_flags": joined(_flag(flag) for flag in known.flags),
            "red_flag_words": joined(f"{flag.flag_class.value}: {flag.words}" for flag in known.flags if flag.words),
            "precautions": joined((*known.precautions, *known.precaution_taps)),
            "background": joined(_background(known, self._protocol)),
            "rules": known.protocol_version or None,
        }

    def _moment(self, moment: datetime | None) -> str | None:
        return self._at(moment) if moment else None


def joined(values: Iterable[str]) -> str | None:
    """Several values in one cell; None for none."""
    return BETWEEN.join(" ".join(value.replace("|", "¦").split()) for value in values) or None


def _findings(known: Encounter) -> Cells:
    there = present(known)
    both = (record.finding.value for record in known.findings if record.contradicted)
    return {
        "findings_present": joined(record.finding.value for record in there),
        "findings_denied": joined(record.finding.value for record in absent(known)),
        "findings_not_known": joined(finding.value for finding in unknown(known)),
        "said_both": joined(both),
        "finding_words": joined(words for record in known.findings for words in _words(record)),
    }


def _words(record: FindingRecord) -> Iterator[str]:
    return (f"{record.finding.value}: {quote}" for quote in record.quotes)


def _flag(flag: FlagRecord) -> str:
    return f"{flag.flag_class.value}:{standing_of(flag)}:{flag.onset.value}"


def _background(known: Encounter, protocol: Protocol) -> tuple[str, ...]:
    return next((note.values for note in notes(known, protocol) if note.id == BACKGROUND), ())


def _said(is_so: bool) -> str:
    return "yes" if is_so else "no"
