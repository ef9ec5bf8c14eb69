"""What a message sets right, by class of expression: side, place, time, findings, and what only looks like it."""

from typing import Any

import pytest

from bot.clinical.codec import from_data, to_data
from bot.clinical.reading import NO_CORRECTION, Correction, Reading
from bot.clinical.vocabulary import Finding, Region, Side
from tests.reading.conftest import Read

NUMB, TIGHT, SWOLLEN = Finding.ALTERED_SENSATION, Finding.MUSCLE_SPASM, Finding.SWELLING


def _set_right(read: Read, text: str) -> Correction:
    return read(text).correction or NO_CORRECTION


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("no, the right foot", Side.RIGHT),
        ("left", Side.LEFT),
        ("I wrote left but is right", Side.RIGHT),
        ("You put right. It's left. LEFT.", Side.LEFT),
        ("not the left", Side.RIGHT),
        ("the left one is fine", Side.RIGHT),
        ("who said left?", Side.RIGHT),
        ("change left to right", Side.RIGHT),
        ("not just the left", Side.BOTH),
        ("both legs actually, not just left", Side.BOTH),
        ("I always mix up left and right, it is left", Side.LEFT),
        ("the one that hurts when I turn right away", None),
        ("that's right", None),
        ("Right, so what happens next?", None),
        ("the old address isn't right", None),
        ("you have all you need, right?", None),
    ],
)
def test_the_side_that_is_affirmed_wins_over_the_one_denied_or_only_said(
    read: Read, text: str, side: Side | None
) -> None:
    assert _set_right(read, text).side is side


@pytest.mark.parametrize(
    ("text", "is_other"),
    [
        ("other arm, please", True),
        ("wrong side", True),
        ("the other knee actually", True),
        ("it is colder than the other one", False),
        ("same as the other one", False),
        ("the other one is fine", False),
        ("on the other hand it is late", False),
    ],
)
def test_the_other_side_is_told_from_a_comparison(read: Read, text: str, is_other: bool) -> None:
    assert _set_right(read, text).other_side is is_other


@pytest.mark.parametrize(
    ("text", "it", "not_it"),
    [
        ("not my hip, the knee", [Region.KNEE], [Region.HIP]),
        ("it's my wrist that's the bother, hen, no my elbow", [Region.WRIST_HAND], [Region.ELBOW]),
        ("did I say hip? I meant the knee", [Region.KNEE], [Region.HIP]),
        ("hip should be knee", [Region.KNEE], [Region.HIP]),
        ("when i say hip i mean the bum", [Region.BUTTOCK], [Region.HIP]),
        ("take the hip off please", [], [Region.HIP]),
        ("you can remove the elbow", [], [Region.ELBOW]),
        ("neck yes, elbow no", [Region.NECK], [Region.ELBOW]),
        ("not so much my hip as my knee", [Region.KNEE], [Region.HIP]),
        ("the knee is the problem", [Region.KNEE], []),
        ("the knee isn't the problem", [], [Region.KNEE]),
        ("the knee gives me no trouble", [], [Region.KNEE]),
        ("I take that back", [], []),
    ],
)
def test_a_place_is_it_or_is_not(read: Read, text: str, it: list[Region], not_it: list[Region]) -> None:
    found = _set_right(read, text)
    assert (list(found.places), list(found.not_places)) == (it, not_it)


@pytest.mark.parametrize(
    ("text", "anew", "only", "adds"),
    [
        ("sorry, i meant the knee", True, False, False),
        ("just the neck", True, True, False),
        ("neck only", True, True, False),
        ("also my left knee", False, False, True),
        ("it's no just the neck, it's doon intae ma arm as well", False, False, True),
        ("you forgot my shoulder", False, False, True),
    ],
)
def test_places_stand_instead_alone_or_on_top(read: Read, text: str, anew: bool, only: bool, adds: bool) -> None:
    found = _set_right(read, text)
    assert (found.anew, found.only, found.adds) == (anew, only, adds)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("3 weeks not 3 days", 21),
        ("not three months, it is five years", 1825),
        ("u put 7 days its more like 4 weeks", 28),
        ("lol no. 2 months", 60),
        ("scrap the 8 weeks, it's 8 days", 8),
        ("eight weeks rather than two", 56),
        ("I said 2 months", 60),
        ("could you make that five weeks?", 35),
        ("change 2 weeks to 2 months", 60),
        ("can you see me in two days?", None),
        ("I'm away for 3 weeks in January", None),
    ],
)
def test_the_time_that_is_meant_wins_over_the_one_denied_or_only_said(read: Read, text: str, days: int | None) -> None:
    assert _set_right(read, text).duration_days == days


@pytest.mark.parametrize(
    ("text", "days"),
    [("scrap the 8 weeks, it's 8 days", 56), ("not three months, it is five years", 90), ("I said 2 months", None)],
)
def test_a_time_that_is_taken_off_is_told_apart_from_the_one_meant(read: Read, text: str, days: int | None) -> None:
    correction = _set_right(read, text)
    assert correction.not_days == days


def test_a_unit_alone_is_that_of_the_number_known(read: Read) -> None:
    assert _set_right(read, "months, not weeks").unit_days == 30


@pytest.mark.parametrize(
    ("text", "gone", "there", "repeated"),
    [
        ("scratch the tingly part", [NUMB], [], []),
        ("the numbness you can remove", [NUMB], [], []),
        ("numb was the wrong word", [NUMB], [], []),
        ("tight yes, don't put numb", [NUMB], [], []),
        ("who said tingling? there's no tingling", [NUMB], [], []),
        ("I never said it was numb", [NUMB], [], []),
        ("by numb I meant tired", [NUMB], [], []),
        ("you put that it's swollen. I didn't say that and it isn't", [SWOLLEN], [], []),
        ("I said no numbness but that's wrong", [], [NUMB], []),
        ("I was wrong about the swelling", [SWOLLEN], [SWOLLEN], []),
        ("you wrote cramps", [], [], [TIGHT]),
        ("I said numbness!", [], [], []),
        ("how do I get rid of the numbness?", [], [], []),
        ("can needles take the numbness out of my foot?", [], [], []),
        ("I drop my cup because my hand is numb", [], [], []),
        ("my pain is better in the morning", [], [], []),
        ("the pain is too much", [], [], []),
    ],
)
def test_a_finding_is_taken_off_put_back_or_only_repeated(
    read: Read, text: str, gone: list[Finding], there: list[Finding], repeated: list[Finding]
) -> None:
    found = _set_right(read, text)
    assert (list(found.gone), list(found.there), list(found.repeated)) == (gone, there, repeated)


@pytest.mark.parametrize(
    "text",
    ["no thanks", "actually can I ask what it costs", "not sure", "I said that already", "wrong button sorry", "", "?"],
)
def test_what_only_looks_like_a_correction_sets_nothing_right(read: Read, text: str) -> None:
    assert read(text).correction is None


def test_a_long_story_sets_nothing_right(read: Read) -> None:
    story: Any = "not my hip, the knee, " + "and then I went for a walk with my dog " * 8
    assert read(story).correction is None


def test_a_correction_travels_with_its_reading(read: Read) -> None:
    reading = read("who said tingling? it's the right knee, not the left, 3 weeks not 3 days")
    assert reading.correction is not None
    assert from_data(Reading, to_data(reading)) == reading
