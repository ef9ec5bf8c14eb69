"""Mentions tie finding, presence, region, side and the patient's own words together."""

from collections.abc import Callable

import pytest

from bot.clinical.reading import Mention, Reading
from bot.clinical.vocabulary import Finding, Imaging, Presence, Region, Side

OPENING = (
    "I have had a burning pain in my lower back for six months, the muscles are tight, my left foot feels cold,"
    " MRI was clear, no swelling"
)
Read = Callable[..., Reading]


def mention_of(reading: Reading, finding: Finding) -> Mention:
    return next(mention for mention in reading.mentions if mention.finding is finding)


def test_an_opening_message_is_read_whole(read: Read) -> None:
    reading = read(OPENING)
    assert {mention.finding: (mention.presence, mention.text) for mention in reading.mentions} == {
        Finding.PAIN: (Presence.PRESENT, "a burning pain in my lower back"),
        Finding.MUSCLE_SPASM: (Presence.PRESENT, "the muscles are tight"),
        Finding.TEMPERATURE_CHANGE: (Presence.PRESENT, "my left foot feels cold"),
        Finding.SWELLING: (Presence.ABSENT, "no swelling"),
    }
    assert reading.duration_days == 180
    assert reading.imaging is Imaging.NORMAL
    assert mention_of(reading, Finding.PAIN).regions == (Region.LOWER_BACK,)
    assert mention_of(reading, Finding.TEMPERATURE_CHANGE).side is Side.LEFT


@pytest.mark.parametrize(
    ("text", "is_near"),
    [
        ("puffy beside the spine", True),
        ("swollen on either side of my spine", True),
        ("swollen ankle", False),
        ("my back is sore", False),
    ],
)
def test_beside_the_spine_is_noticed(read: Read, text: str, is_near: bool) -> None:
    assert read(text).mentions[0].near_spine is is_near


@pytest.mark.parametrize(
    ("text", "is_visceral"),
    [
        ("sore throat", True),
        ("my tooth aches", True),
        ("ear pain", True),
        ("belly ache", True),
        ("period cramps hurt", True),
        ("it burns when I pee", True),
        ("chest pain", True),
        ("chest muscle pain", False),
        ("pain in my ribs", False),
        ("stomach muscles are sore", False),
        ("headache", False),
        ("sore knee", False),
    ],
)
def test_pain_of_an_organ_is_marked(read: Read, text: str, is_visceral: bool) -> None:
    assert {mention.visceral for mention in read(text).mentions} == {is_visceral}


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("my left knee hurts", Side.LEFT),
        ("pain on the right side of my neck", Side.RIGHT),
        ("both calves cramp", Side.BOTH),
        ("right now my knee hurts", None),
        ("my knee hurts", None),
    ],
)
def test_the_side_goes_with_the_finding(read: Read, text: str, side: Side | None) -> None:
    assert read(text).mentions[0].side is side


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("the muscles are tight, my left foot is cold", [None, Side.LEFT]),
        ("my back is stiff and my left foot is cold", [None, Side.LEFT]),
        ("my knee hurts on the left, my right foot is numb", [Side.LEFT, Side.RIGHT]),
        ("my left knee hurts, the foot is not swollen", [Side.LEFT, None]),
    ],
)
def test_a_side_stays_with_the_part_it_was_said_of(read: Read, text: str, sides: list[Side | None]) -> None:
    assert [mention.side for mention in read(text).mentions] == sides


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        (
            "My low back has been aching for half a year, the muscles are tight, swelling none",
            ["My low back has been aching", "the muscles are tight", "swelling none"],
        ),
        ("it aches, the muscles too", ["aches"]),
        ("my low back, it aches", ["my low back, it aches"]),
        ("pain in my neck, shoulders and left arm", ["pain in my neck, shoulders and left arm"]),
        ("my left knee hurts, there is no swelling", ["my left knee hurts", "there is no swelling"]),
    ],
)
def test_a_quote_stays_in_its_clause(read: Read, text: str, quotes: list[str]) -> None:
    assert [mention.text for mention in read(text).mentions] == quotes
