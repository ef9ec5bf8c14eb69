"""What the inquiry page shows of an encounter, in the words of the protocol in force."""

from dataclasses import dataclass

from bot.clinical.appointment import AppointmentState
from bot.clinical.booking_times import label_of
from bot.clinical.encounter import FindingRecord, FlagRecord, OtherFinding
from bot.clinical.protocol import Protocol
from bot.clinical.reply import ReplyKind
from bot.clinical.tally import absent, present, tally, unknown
from bot.clinical.vocabulary import Level, Presence, Region
from bot.service.desk_records import Inquiry


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
    """Reads one inquiry for its page; everything a damaged encounter would have told is empty."""

    def __init__(self, inquiry: Inquiry, protocol: Protocol) -> None:
        self._inquiry = inquiry
        self._encounter = inquiry.encounter
        self._protocol = protocol

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
    def precautions(self) -> tuple[str, ...]:
        """What the physiotherapist must know before needling."""
        held = self._encounter.precautions if self._encounter else ()
        return tuple(self._protocol.precautions.get(id, id) for id in held)

    @property
    def who(self) -> str | None:
        """Whom the screening is about, as it was answered."""
        return self._chosen("who", self._encounter.who if self._encounter else None)

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
        return self._chosen("payer", self._inquiry.request.payer if self._inquiry.request else None)

    @property
    def places(self) -> tuple[str, ...]:
        """The regions of the complaint."""
        return self.regions(self._encounter.regions if self._encounter else ())

    @property
    def background(self) -> tuple[str, ...]:
        """What else was answered or written on the way."""
        notes = self._encounter.background if self._encounter else ()
        return tuple(self._chosen("background", note) or note for note in notes)

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

    def _chosen(self, group: str, id: str | None) -> str | None:
        return self._protocol.choices.get(group, {}).get(id, id) if id else None


def _flag_row(flag: FlagRecord) -> FlagRow:
    net, _, _ = flag.rule.partition(":")
    how = net if net in ("ticked", "unsure") else "said"
    level = flag.row_level if flag.ask else flag.level
    return FlagRow(
        flag.flag_class.value,
        "unsettled" if flag.ask else (level.value if level is not Level.NONE else "noted"),
        flag.onset.value,
        flag.words,
        how,
        flag.note,
    )
