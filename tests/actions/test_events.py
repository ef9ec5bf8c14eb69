"""What rasa's tracker says happened becomes an event of the clinical room."""

from collections.abc import Mapping
from typing import Any

import pytest

from actions.events import event_of, red_flag
from bot.clinical.codec import to_data
from bot.clinical.event import Chose, Said
from bot.clinical.reading import Reading, RedFlag
from bot.clinical.vocabulary import FlagClass, Level, Onset
from bot.errors import EncounterError

FLAG = RedFlag(FlagClass.STROKE, Level.EMERGENCY, Onset.NEW, "my face droops")


def said(flags: list[Mapping[str, Any]] | None) -> Said:
    reading = Reading("my face droops", flags=(FLAG,))
    parsed = {
        "text": reading.text,
        "intent": {"name": "describe_symptom", "confidence": 0.9},
        "intent_ranking": [],
        "reading": to_data(reading),
    }
    event = event_of(parsed, message_id="m1", flags=flags)
    assert isinstance(event, Said)
    return event


def test_choices_are_chosen_and_never_read() -> None:
    assert event_of({"text": "", "choices": ["yes", "no"]}, message_id="m1", flags=None) == Chose("m1", ("yes", "no"))


def test_the_flags_of_the_web_process_stand_even_when_there_are_none() -> None:
    assert said([]).flags == ()


def test_without_the_web_process_the_reading_brings_its_own_flags() -> None:
    assert said(None).flags == (FLAG,)


def test_a_flag_may_name_its_class_as_needlepoint_read_does() -> None:
    line = {"class": "stroke", "level": "emergency", "onset": "new", "ask": False, "text": "my face droops"}
    assert red_flag(line) == red_flag(to_data(FLAG)) == FLAG


def test_a_flag_of_no_known_class_is_refused() -> None:
    with pytest.raises(EncounterError, match="RedFlag"):
        red_flag({**to_data(FLAG), "flag_class": "measles"})
