"""Questions that stand aside of the conversation: "do you really want to", and which answer to change.

What waited before is kept behind them, and waits again when they are not answered or answered with no.
"""

from dataclasses import replace

from bot.clinical.encounter import Encounter, OpenQuestion
from bot.clinical.given import told_answer
from bot.clinical.red_flags import withholds_scans
from bot.clinical.reply import Choice, Reply, ReplyKind
from bot.clinical.voice import Voice, question

START_OVER, ERASE, STOP, CHANGE = "confirm.start_over", "confirm.erase", "confirm.stop", "change"
ALL = (START_OVER, ERASE, STOP, CHANGE)
KEEP = "keep"
LONGEST_LABEL = 90


def confirm(encounter: Encounter, id: str, voice: Voice, *, key: str = "") -> tuple[Encounter, Reply]:
    """The encounter waiting for a yes or no to one of these, and the question; `key` names another wording."""
    choices = voice.offered("common", "yes", "no")
    asked = question(ReplyKind.MESSAGE, id, prompt=voice.say(key or f"control.{id.split('.')[1]}"), choices=choices)
    return _wait(encounter, OpenQuestion(id, choices)), asked


def offer_changes(encounter: Encounter, voice: Voice) -> tuple[Encounter, Reply]:
    """The encounter waiting for which answer to change, and the question with the answers so far."""
    taps = [Choice(f"{CHANGE}.{given.question}", _label(encounter, given.question, voice)) for given in encounter.given]
    choices = (*taps, Choice(KEEP, voice.say("change.keep")))
    asked = question(ReplyKind.MESSAGE, CHANGE, prompt=voice.say("control.change"), choices=choices)
    return _wait(encounter, OpenQuestion(CHANGE, choices)), asked


def is_aside(question: OpenQuestion | None) -> bool:
    """The question is one of these."""
    return question is not None and question.id in ALL


def restored(encounter: Encounter) -> Encounter:
    """The encounter where what waited before one of these waits again."""
    if not is_aside(encounter.open_question) and encounter.set_aside is None:
        return encounter
    return replace(encounter, open_question=encounter.set_aside, set_aside=None)


def _wait(encounter: Encounter, question: OpenQuestion) -> Encounter:
    encounter = restored(encounter)
    return replace(encounter, open_question=question, set_aside=encounter.open_question)


def _label(encounter: Encounter, question_id: str, voice: Voice) -> str:
    given = next(one for one in encounter.given if one.question == question_id)
    name = voice.first(f"change.{question_id}", f"change.{question_id.split('.')[0]}")
    told = told_answer(given, voice.protocol)
    if withholds_scans(encounter) and any(word in told for word in voice.protocol.scan_words):
        told = ""
    label = f"{name}: {told}" if told else name
    return label if len(label) <= LONGEST_LABEL else f"{label[:LONGEST_LABEL].rstrip()}…"
