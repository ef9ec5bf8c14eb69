"""What the desk's list shows of an encounter, and how urgent it is there."""

import re

from bot.clinical.encounter import Encounter, FlagRecord
from bot.clinical.reading import ContactDetails
from bot.clinical.tally import present, tally
from bot.clinical.vocabulary import Disposition, Level, Presence
from bot.service.records import InquiryRecord

STEP = 10
OTHER_PAYER = "other"
_ID = re.compile(r"[a-z_]{1,40}")
CALL_TODAY = Disposition.SAME_DAY.urgency * STEP + 5
"""Someone whom nobody could screen, or whose physiotherapist must hear it today: behind those told to be seen today."""
UNDECIDED = Disposition.PHYSIO_EXAM.urgency * STEP + 5
"""An unfinished screening waits behind those ready to be booked and before those who only wanted to know."""


def inquiry_of(encounter: Encounter) -> InquiryRecord | None:
    """The desk's line for an encounter, None before it has a finding, a flag, or a wish for a person or a time."""
    return line_of(encounter) if _is_inquiry(encounter) else None


def line_of(encounter: Encounter) -> InquiryRecord:
    """The desk's line for an encounter, whatever is in it: staff make an inquiry also of what says nothing yet."""
    count, request = tally(encounter), encounter.request
    return InquiryRecord(
        urgency=urgency_of(encounter),
        disposition=encounter.disposition,
        flags=tuple(f"{flag.flag_class.value}:{flag.level.value}" for flag in _most_urgent_first(encounter)),
        regions=tuple(region.value for region in encounter.regions),
        present=count.present,
        absent=count.absent,
        unknown=count.unknown,
        contact=request.contact if request else ContactDetails(),
        wants_booking=encounter.wants_appointment,
        call_back=bool(request and request.call_back),
        person_requested=encounter.person_requested,
        complete=encounter.complete,
        findings=tuple(record.finding.value for record in present(encounter)),
        payer=_payer(encounter),
        language=encounter.language,
    )


def urgency_of(encounter: Encounter) -> int:
    """The rank in the desk's list, most urgent first: what is advised, else what the flags say so far."""
    ranks = [_flag_urgency(flag) for flag in encounter.flags]
    ranks.append(encounter.disposition.urgency * STEP if encounter.disposition else UNDECIDED)
    if encounter.returning or (encounter.language and not encounter.complete):
        ranks.append(CALL_TODAY)
    return min(ranks)


def _payer(encounter: Encounter) -> str | None:
    payer = (encounter.request.payer if encounter.request else None) or encounter.payer
    return payer if payer is None or _ID.fullmatch(payer) else OTHER_PAYER


def _is_inquiry(encounter: Encounter) -> bool:
    found = any(record.presence is Presence.PRESENT for record in encounter.findings)
    asked = encounter.request is not None or encounter.wants_appointment or encounter.person_requested is not None
    return found or bool(encounter.other_findings) or bool(encounter.flags) or asked


def _flag_urgency(flag: FlagRecord) -> int:
    """A doubtful flag ranks with those who should see a doctor until the patient has answered."""
    level = Level.SEE_DOCTOR if flag.ask else flag.level
    return UNDECIDED if level is Level.NONE else level.urgency * STEP


def _most_urgent_first(encounter: Encounter) -> tuple[FlagRecord, ...]:
    return tuple(sorted(encounter.flags, key=lambda flag: flag.level.urgency))
