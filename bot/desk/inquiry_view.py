"""What the inquiry page shows of an encounter, in the words of the protocol in force."""

from dataclasses import dataclass

from bot.clinical.appointment import AppointmentState
from bot.clinical.booking_times import label_of
from bot.clinical.document import Document
from bot.clinical.encounter import FindingRecord, FlagRecord, OtherFinding
from bot.clinical.notes import BACKGROUND, BOTH, PAYER, PLACE, PRECAUTIONS, SCANS, SEVERITY, TIME, WHO, Note
from bot.clinical.protocol import Protocol
from bot.clinical.reply import ReplyKind
from bot.clinical.tally import absent, present, tally, unknown
from bot.clinical.vocabulary import Presence, Region
from bot.service.desk_records import Inquiry
from bot.service.flag_standing import standing_of

ALWAYS_SHOWN = (PLACE, TIME, SEVERITY, SCANS)
"""Notes that the page shows also when nothing is known of them."""


@dataclass(frozen=True)
class FindingRow:
    """One of the seven findings, as the page lists it."""

    label: str
    presence: str
    quotes: tuple[str, ...]
    places: tuple[str, ...]
    contradicted: bool


@dataclass(frozen=True)
class FlagRow:
    """One red flag with the words that raised it, and how they came: said, ticked, or not sure."""

    flag_class: str
    level: str
    onset: str
    words: str
    how: str
    note: str | None


class InquiryView:
    """Reads one inquiry for its page; everything a damaged encounter would have told is empty.

    `document` is the one that the patient may print, with what is withheld from the patient.
    """

    def __init__(self, inquiry: Inquiry, protocol: Protocol, document: Document | None) -> None:
        self._inquiry = inquiry
        self._encounter = inquiry.encounter
        self._protocol = protocol
        self._notes = {note.id: note for note in document.notes} if document else {}
        self.result = document.lines if document else ()
        """The result as the patient was told it; empty where none was given."""

    @property
    def flags(self) -> tuple[FlagRow, ...]:
        """The red flags, most urgent first."""
        held = self._encounter.flags if self._encounter else ()
        return tuple(_flag_row(flag) for flag in sorted(held, key=lambda flag: flag.level.urgency))

    @property
    def findings(self) -> tuple[FindingRow, ...]:
        """All seven findings: present ones first, then absent, then those nobody knows of."""
        if self._encounter is None:
            return ()
        known = [*present(self._encounter), *absent(self._encounter)]
        silent = [FindingRecord(finding, Presence.UNKNOWN) for finding in unknown(self._encounter)]
        return tuple(self._finding_row(record) for record in (*known, *silent))

    @property
    def count(self) -> tuple[int, int, int] | None:
        """How many findings are present, absent and not known."""
        counted = tally(self._encounter) if self._encounter else None
        return (counted.present, counted.absent, counted.unknown) if counted else None

    @property
    def kept_aside(self) -> tuple[tuple[str, OtherFinding], ...]:
        """What was said but is not counted, by the finding's label."""
        others = self._encounter.other_findings if self._encounter else ()
        return tuple((self._protocol.finding_labels[other.finding], other) for other in others)

    @property
    def facts(self) -> tuple[Note, ...]:
        """Where, for how long, how bad and which scans, known or not; what else was said where something was."""
        known = [note for id, note in self._notes.items() if id in (BACKGROUND, BOTH) and note.values]
        return (*[self._notes[id] for id in ALWAYS_SHOWN if id in self._notes], *known)

    @property
    def precautions(self) -> tuple[str, ...]:
        """What the physiotherapist must know before needling."""
        return self._values(PRECAUTIONS)

    @property
    def look_alikes(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """What was asked about that must not be taken for a finding, by how it was answered; ticks are flags."""
        known = self._encounter
        if known is None:
            return ()
        answers = (("unsure", known.unsure_items), ("denied", known.cleared))
        named = ((how, tuple(self._item(id) for id in dict.fromkeys(ids))) for how, ids in answers)
        return tuple((how, labels) for how, labels in named if labels)

    @property
    def said_both(self) -> tuple[str, ...]:
        """Findings that the patient has both said and denied."""
        return tuple(row.label for row in self.findings if row.contradicted)

    @property
    def who(self) -> str | None:
        """Whom the screening is about, as it was answered."""
        return "; ".join(self._values(WHO)) or None

    @property
    def spoken(self) -> str | None:
        """The language to call in, where it is not the clinic's."""
        tag = self._encounter.language if self._encounter else None
        named = self._protocol.languages.get(tag) if tag else None
        return named.name if named else tag

    @property
    def appointment(self) -> tuple[str, str] | None:
        """The time of the clinic's own calendar and how it stands, booked or cancelled; not one that is only held."""
        known = self._encounter.appointment if self._encounter else None
        if known is None or known.state is AppointmentState.HELD:
            return None
        return known.state.value, label_of(known, self._protocol)

    @property
    def voicemail(self) -> str | None:
        """Whether a voicemail may be left."""
        return self._chosen("voicemail", self._inquiry.request.voicemail if self._inquiry.request else None)

    @property
    def payer(self) -> str | None:
        """Who pays."""
        return "; ".join(self._values(PAYER)) or self._chosen("payer", self._request_payer)

    @property
    def was_told(self) -> tuple[str, ...]:
        """What the patient was told to do, word for word, in an emergency or a crisis."""
        kind = ReplyKind.EMERGENCY.value
        return tuple(line.text for line in self._inquiry.transcript if line.kind == kind and line.text)[:1]

    def regions(self, regions: tuple[Region, ...]) -> tuple[str, ...]:
        """Regions in words."""
        return tuple(self._protocol.region_labels.get(region, region.value) for region in regions)

    def _finding_row(self, record: FindingRecord) -> FindingRow:
        label = self._protocol.finding_labels[record.finding]
        places = self.regions(record.regions)
        return FindingRow(label, record.presence.value, record.quotes, places, record.contradicted)

    def _item(self, id: str) -> str:
        item = self._protocol.items.get(id)
        return item.label if item else id.replace("_", " ")

    @property
    def _request_payer(self) -> str | None:
        return self._inquiry.request.payer if self._inquiry.request else None

    def _values(self, id: str) -> tuple[str, ...]:
        return self._notes[id].values if id in self._notes else ()

    def _chosen(self, group: str, id: str | None) -> str | None:
        return self._protocol.choices.get(group, {}).get(id, id) if id else None


def _flag_row(flag: FlagRecord) -> FlagRow:
    net, _, _ = flag.rule.partition(":")
    how = net if net in ("ticked", "unsure") else "said"
    return FlagRow(
        flag.flag_class.value,
        standing_of(flag),
        flag.onset.value,
        flag.words,
        how,
        flag.note,
    )
