"""Words that look like a no and are none clear no safety list; plain ones do, whatever stands beside them."""

from datetime import datetime, timezone

import pytest

from bot.clinical.advance import advance
from bot.clinical.encounter import Encounter
from bot.clinical.event import Clinic, Facts, Intent, Said
from bot.clinical.protocol import Protocol
from bot.knowledge import load_protocol
from bot.reading.load import load_reading
from bot.reading.reader import Reader

NOW = datetime(2026, 11, 22, 9, tzinfo=timezone.utc)
CLEARS_NOTHING = [
    "I feel nothing there",
    "can feel none of it",
    "None of these\nexcept the bladder",
    "7. except the bladder",
    "7. well, maybe",
    "no, actually the first",
    "nine of these",
    "none I think, not sure about 2",
    "never had this numbness before",
    "nothing feels right below",
    "no feeling",
    "0, or maybe 2",
    "none. well the numb one a bit",
    "No to all of them. My toes tingle a little",
    "not the others",
    "others no",
    "no?",
    "none?",
]
CLEARS = [
    "none of these",
    "No, none of those. The dog wants out",
    "no to all. I have written exactly four report cards",
    "none ji",
    "naw, nane o that, touch wood",
    "noone of those",
    "nope",
    "0",
    "nothing like that",
]


@pytest.fixture(scope="module")
def reader() -> Reader:
    return load_reading("en", with_net=False)[0]


@pytest.fixture(scope="module")
def protocol() -> Protocol:
    return load_protocol()


def answered(text: str, reader: Reader, protocol: Protocol) -> Encounter:
    """The encounter after the cauda equina list was answered with this text; flags of the text are left out."""
    facts, encounter = Facts(NOW, Clinic("Demonstration clinic", "604-555-0100")), Encounter()
    for said, intents in (("low back pain for two months", (Intent("describe_symptom", 0.9),)), (text, ())):
        reading = reader.read(said, asked=(), today=NOW.date())
        encounter = advance(encounter, Said("id", reading, (), intents), facts, protocol).encounter
    return encounter


@pytest.mark.parametrize("text", CLEARS_NOTHING)
def test_it_clears_nothing(text: str, reader: Reader, protocol: Protocol) -> None:
    encounter = answered(text, reader, protocol)
    unticked = {"bladder", "bowel"} - set(encounter.ticked)
    assert not unticked & set(encounter.cleared) or encounter.ticked


@pytest.mark.parametrize("text", CLEARS)
def test_it_clears_the_list(text: str, reader: Reader, protocol: Protocol) -> None:
    encounter = answered(text, reader, protocol)
    assert {"bladder", "bowel", "saddle_numb"} <= set(encounter.cleared)
    assert not encounter.ticked
