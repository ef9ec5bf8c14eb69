"""The desk's list is ordered by what is advised, then by what the flags say so far."""

import pytest

from bot.clinical.encounter import Encounter, FindingRecord, FlagRecord
from bot.clinical.vocabulary import Disposition, Finding, FlagClass, Level, Onset, Presence
from bot.service.inquiry import inquiry_of, urgency_of

IN_ORDER = [
    Encounter(disposition=Disposition.EMERGENCY),
    Encounter(disposition=Disposition.CRISIS),
    Encounter(disposition=Disposition.SAME_DAY),
    Encounter(disposition=Disposition.SEE_DOCTOR),
    Encounter(disposition=Disposition.PHYSIO_EXAM),
    Encounter(),
    Encounter(disposition=Disposition.INFORMATION),
]
DOUBTFUL = FlagRecord(FlagClass.CAUDA_EQUINA, Level.NONE, Onset.UNCLEAR, "numb", "net", ask=True)
SAME_DAY = FlagRecord(FlagClass.DVT, Level.SAME_DAY, Onset.NEW, "calf", "net")


def test_more_urgent_advice_ranks_higher_and_unfinished_ones_before_information() -> None:
    ranks = [urgency_of(encounter) for encounter in IN_ORDER]
    assert ranks == sorted(set(ranks))


@pytest.mark.parametrize(
    ("encounter", "like"),
    [
        (Encounter(flags=(DOUBTFUL,)), Disposition.SEE_DOCTOR),
        (Encounter(flags=(DOUBTFUL, SAME_DAY)), Disposition.SAME_DAY),
        (Encounter(flags=(SAME_DAY,), disposition=Disposition.EMERGENCY), Disposition.EMERGENCY),
    ],
)
def test_an_unfinished_encounter_ranks_by_its_flags(encounter: Encounter, like: Disposition) -> None:
    assert urgency_of(encounter) == urgency_of(Encounter(disposition=like))


@pytest.mark.parametrize(
    "encounter",
    [
        Encounter(findings=(FindingRecord(Finding.PAIN, Presence.PRESENT),)),
        Encounter(flags=(DOUBTFUL,)),
        Encounter(wants_appointment=True),
        Encounter(person_requested="asked"),
    ],
)
def test_a_finding_a_flag_or_a_wish_makes_an_inquiry(encounter: Encounter) -> None:
    assert inquiry_of(encounter) is not None


@pytest.mark.parametrize(
    "encounter",
    [Encounter(), Encounter(findings=(FindingRecord(Finding.PAIN, Presence.ABSENT),))],
)
def test_without_them_there_is_no_inquiry(encounter: Encounter) -> None:
    assert inquiry_of(encounter) is None
