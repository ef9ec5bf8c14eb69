"""What happens to a question that a message did not answer: once more, passed over, or handed to a person."""

from typing import Literal

from bot.clinical.encounter import Encounter
from bot.clinical.settle import closed, settle
from bot.clinical.vocabulary import UNSURE
from bot.clinical.voice import Voice

Outcome = Literal["again", "passed", "hand_off"]
MOST_TIMES = 2
"""A question is put once and repeated once."""
TELLING = 3
"""More times that a question waits for someone who tells other things, as in many short messages."""


def missed(encounter: Encounter, voice: Voice, *, informed: bool, said_yes: bool) -> tuple[Encounter, Outcome]:
    """The encounter and what to do; `said_yes`: a bare yes to a list, which names nothing and must not be lost."""
    waiting = encounter.open_question
    if waiting is None or waiting.times < MOST_TIMES + (TELLING if informed else 0):
        return encounter, "again"
    kind = waiting.id.split(".")[0]
    if kind == "safety" and said_yes:
        return settle(encounter, waiting, (UNSURE,), voice.protocol), "passed"
    if kind == "safety":
        return encounter, "hand_off"
    if kind == "clarify":
        return settle(encounter, waiting, (UNSURE,), voice.protocol), "passed"
    return closed(encounter, waiting.id), "passed"
