"""What happens to a question that a message did not answer: once more, passed over, or handed to a person."""

from typing import Literal

from bot.clinical.encounter import Encounter
from bot.clinical.settle import closed, settle
from bot.clinical.vocabulary import UNSURE
from bot.clinical.voice import Voice

Outcome = Literal["again", "passed", "hand_off"]
MOST_TIMES = 2
"""A question is put once and repeated once."""


def missed(encounter: Encounter, voice: Voice, *, informed: bool) -> tuple[Encounter, Outcome]:
    """The encounter and what to do; a message that told something else is given one more chance."""
    waiting = encounter.open_question
    if waiting is None or waiting.times < MOST_TIMES + int(informed):
        return encounter, "again"
    kind = waiting.id.split(".")[0]
    if kind == "safety":
        return encounter, "hand_off"
    if kind == "clarify":
        return settle(encounter, waiting, (UNSURE,), voice.protocol), "passed"
    return closed(encounter, waiting.id), "passed"
