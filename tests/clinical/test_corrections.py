"""What a correction changes in the encounter, and what it must not touch."""

import pytest

from bot.clinical.corrections import corrected
from bot.clinical.encounter import Encounter, FindingRecord, OpenQuestion, record_of
from bot.clinical.event import Said
from bot.clinical.reading import Correction, Mention, Reading
from bot.clinical.vocabulary import Finding, Presence, Region, Side

PAIN = FindingRecord(Finding.PAIN, Presence.PRESENT, ("it hurts",), (Region.HIP,))
KNOWN = Encounter(findings=(PAIN,), regions=(Region.HIP,), side=Side.LEFT, duration_days=14)


def _after(correction: Correction, *, before: Encounter = KNOWN, mentions: tuple[Mention, ...] = ()) -> Encounter:
    reading = Reading("what was said", mentions=mentions, correction=correction)
    return corrected(before, before, Said("id", reading, (), ()))


def test_a_first_message_sets_nothing_right() -> None:
    denied = Correction(places=(Region.KNEE,), not_places=(Region.HIP,), anew=True, side=Side.RIGHT)
    assert _after(denied, before=Encounter()) == Encounter()


@pytest.mark.parametrize(
    ("known", "correction", "expected"),
    [
        ([Region.HIP], Correction(places=(Region.KNEE,), anew=True), [Region.KNEE]),
        ([Region.HIP], Correction(places=(Region.KNEE,), adds=True), [Region.HIP, Region.KNEE]),
        ([Region.HIP, Region.NECK], Correction(not_places=(Region.NECK,)), [Region.HIP]),
        ([Region.HIP, Region.NECK], Correction(places=(Region.HIP,), only=True), [Region.HIP]),
        (
            [Region.HIP, Region.NECK],
            Correction(places=(Region.KNEE,), not_places=(Region.HIP,), anew=True),
            [Region.NECK, Region.KNEE],
        ),
        ([Region.HIP, Region.NECK], Correction(places=(Region.HIP,), anew=True), [Region.HIP, Region.NECK]),
        ([Region.HIP, Region.NECK], Correction(unsore=(Region.NECK,)), [Region.HIP]),
        ([Region.HIP], Correction(unsore=(Region.HIP,)), [Region.HIP]),
        (
            [Region.HIP, Region.MUSCLES_GENERAL],
            Correction(places=(Region.KNEE,), only=True),
            [Region.MUSCLES_GENERAL, Region.KNEE],
        ),
    ],
)
def test_places_are_replaced_taken_off_or_added(
    known: list[Region], correction: Correction, expected: list[Region]
) -> None:
    before = Encounter(findings=(PAIN,), regions=tuple(known))
    assert list(_after(correction, before=before).regions) == expected


def test_the_place_of_a_new_finding_comes_on_top_of_the_others() -> None:
    tingling = Mention(Finding.ALTERED_SENSATION, Presence.PRESENT, "tingles", 0, 7, regions=(Region.WRIST_HAND,))
    after = _after(Correction(places=(Region.WRIST_HAND,), anew=True), mentions=(tingling,))
    assert Region.HIP in after.regions


@pytest.mark.parametrize(
    ("correction", "side"),
    [
        (Correction(side=Side.RIGHT), Side.RIGHT),
        (Correction(side=Side.RIGHT, adds=True), Side.BOTH),
        (Correction(side=Side.LEFT, adds=True), Side.LEFT),
        (Correction(other_side=True), Side.RIGHT),
        (Correction(other_side=True, adds=True), Side.BOTH),
        (Correction(duration_days=3), Side.LEFT),
    ],
)
def test_the_side_is_set_added_or_turned(correction: Correction, side: Side) -> None:
    assert _after(correction).side is side


def test_the_time_is_set_but_not_by_an_answer_about_a_visit() -> None:
    assert _after(Correction(duration_days=60)).duration_days == 60
    asked = Encounter(regions=(Region.HIP,), duration_days=14, open_question=OpenQuestion("booking.times"))
    assert _after(Correction(duration_days=3), before=asked).duration_days == 14


def test_who_names_the_time_that_was_understood_sets_it_right_at_any_question() -> None:
    asked = Encounter(regions=(Region.HIP,), duration_days=56, open_question=OpenQuestion("clarify.infection"))
    assert _after(Correction(duration_days=8, not_days=56), before=asked).duration_days == 8
    assert _after(Correction(duration_days=8, not_days=21), before=asked).duration_days == 56


def test_a_unit_alone_keeps_the_number() -> None:
    assert _after(Correction(unit_days=30)).duration_days == 60


@pytest.mark.parametrize(
    ("correction", "presence"),
    [
        (Correction(gone=(Finding.PAIN,)), Presence.ABSENT),
        (Correction(there=(Finding.PAIN,)), Presence.PRESENT),
        (Correction(gone=(Finding.PAIN,), there=(Finding.PAIN,)), Presence.ABSENT),
        (Correction(repeated=(Finding.PAIN,)), Presence.PRESENT),
    ],
)
def test_a_finding_is_taken_off_put_back_or_left_as_it_was(correction: Correction, presence: Presence) -> None:
    assert record_of(_after(correction), Finding.PAIN).presence is presence


def test_what_is_set_right_is_marked_for_the_desk() -> None:
    assert record_of(_after(Correction(gone=(Finding.PAIN,))), Finding.PAIN).contradicted
