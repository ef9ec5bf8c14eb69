"""One patient's screening from the first message to the closing, as one immutable value."""

from dataclasses import dataclass
from enum import Enum

from bot.clinical.appointment import Appointment
from bot.clinical.effect import AppointmentRequest
from bot.clinical.reply import Choice
from bot.clinical.vocabulary import (
    Disposition,
    Finding,
    FlagClass,
    Imaging,
    Level,
    Onset,
    Presence,
    Region,
    Side,
)

SCHEMA = 1


class Stage(str, Enum):
    """Where the conversation stands."""

    OPENING = "opening"
    SCREENING = "screening"
    BOOKING = "booking"
    PRECAUTIONS = "precautions"
    URGENT = "urgent"
    CLOSED = "closed"


@dataclass(frozen=True)
class FindingRecord:
    """What the encounter knows of one finding: presence, the patient's own words, places, and contradictions."""

    finding: Finding
    presence: Presence
    quotes: tuple[str, ...] = ()
    regions: tuple[Region, ...] = ()
    contradicted: bool = False


@dataclass(frozen=True)
class OtherFinding:
    """Something the patient said that is not counted, with the reason (place, visceral, someone_else, ...)."""

    finding: Finding
    text: str
    reason: str


@dataclass(frozen=True)
class FlagRecord:
    """A red flag of this encounter; it is never deleted. `words` are the patient's, or the item ticked."""

    flag_class: FlagClass
    level: Level
    onset: Onset
    words: str
    rule: str
    ask: bool = False
    row_level: Level = Level.NONE
    told: bool = False
    note: str | None = None
    unclear_words: bool = False

    @property
    def counts(self) -> bool:
        """It has a level, or may get one; not so where the patient said that something else was meant."""
        return self.ask or self.level is not Level.NONE


@dataclass(frozen=True)
class OpenQuestion:
    """The question that waits for an answer; `times` counts how often it was put."""

    id: str
    choices: tuple[Choice, ...] = ()
    multiple: bool = False
    asks: tuple[Finding, ...] = ()
    items: tuple[str, ...] = ()
    times: int = 1
    remarks: int = 0
    """Messages beside the point since it was put."""
    fixes: tuple[Choice, ...] = ()
    """Taps that correct what the question played back; on offer, but not among its answers."""

    @property
    def read_as(self) -> tuple[Finding, ...]:
        """The findings that an answer is about."""
        return self.asks


@dataclass(frozen=True)
class GivenAnswer:
    """How a question was answered, so that the patient may go back to it: the choices, and what it had asked."""

    question: str
    chosen: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    asks: tuple[Finding, ...] = ()
    words: str | None = None
    """The patient's own words, where it was typed."""


@dataclass(frozen=True)
class Encounter:
    """Everything the clinical code remembers between turns; it travels with the message and back with the reply."""

    schema: int = SCHEMA
    protocol_version: str = ""
    stage: Stage = Stage.OPENING
    findings: tuple[FindingRecord, ...] = ()
    other_findings: tuple[OtherFinding, ...] = ()
    flags: tuple[FlagRecord, ...] = ()
    ticked: tuple[str, ...] = ()
    cleared: tuple[str, ...] = ()
    unsure_items: tuple[str, ...] = ()
    to_follow: tuple[str, ...] = ()
    """Safety items the patient was not sure of; one plain follow-up asks them one by one."""
    left_open: tuple[Finding, ...] = ()
    """Findings of the list that an answer in words did not speak of; they are asked about once more."""
    answered: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    precautions: tuple[str, ...] = ()
    """Precautions the patient's own words name; a tap that stands for several is kept as the tap."""
    precaution_taps: tuple[str, ...] = ()
    regions: tuple[Region, ...] = ()
    side: Side | None = None
    duration_days: int | None = None
    severity: int | None = None
    imaging: Imaging | None = None
    who: str | None = None
    for_someone: bool = False
    pattern: str | None = None
    background: tuple[str, ...] = ()
    wants_appointment: bool = False
    open_question: OpenQuestion | None = None
    set_aside: OpenQuestion | None = None
    """The question that waits behind a confirmation."""
    given: tuple[GivenAnswer, ...] = ()
    """The answers so far, the newest last; only as many as a patient may go back to."""
    last_topic: str | None = None
    """The question about the clinic that was answered last, for those who want to know more."""
    qualities: tuple[str, ...] = ()
    """What the complaint is like (burning, shooting, ...), for the physiotherapist."""
    onset: Onset | None = None
    payer: str | None = None
    claim: str | None = None
    disposition: Disposition | None = None
    complete: bool = False
    request: AppointmentRequest | None = None
    person_requested: str | None = None
    misses: int = 0
    language: str | None = None
    """The language the patient wrote in, where it was not the clinic's."""
    known_patient: bool = False
    """The patient has said that the clinic treats them."""
    returning: bool = False
    """A known patient with a complaint: their physiotherapist calls, and there is no new screening."""
    appointment: Appointment | None = None
    """The time of the clinic's own calendar that the patient has, is asked about, or has given back."""
    times_page: int = 0
    """How often other times were asked for."""
    by_request: bool = False
    """No free time suits, or there is none: the front desk is asked for one."""


def record_of(encounter: Encounter, finding: Finding) -> FindingRecord:
    """What is known of a finding; an unmentioned one is UNKNOWN."""
    for record in encounter.findings:
        if record.finding is finding:
            return record
    return FindingRecord(finding, Presence.UNKNOWN)
