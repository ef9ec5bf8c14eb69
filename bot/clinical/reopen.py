"""Going back: the last answer, or any of them, is taken back and its question is put again."""

from dataclasses import replace

from bot.clinical.ask import ask
from bot.clinical.booking import step
from bot.clinical.encounter import Encounter, GivenAnswer, Stage
from bot.clinical.given import taken_back, told_answer, waiting_again
from bot.clinical.red_flags import withholds_scans
from bot.clinical.reply import Reply
from bot.clinical.voice import Voice

BOOKING = ("booking", "precautions")


def reopened(encounter: Encounter, given: GivenAnswer, voice: Voice) -> tuple[Encounter, Reply | None]:
    """The encounter waiting for this question again, which says what was answered before."""
    told = told_answer(given, voice.protocol)
    if withholds_scans(encounter) and any(word in told for word in voice.protocol.scan_words):
        told = ""
    lead = voice.say("control.reopened", answer=told) if told else voice.say("control.reopened_bare")
    encounter = replace(taken_back(encounter, given, voice.protocol), set_aside=None)
    if given.question.split(".")[0] in BOOKING:
        return step(replace(encounter, stage=Stage.BOOKING, open_question=None), voice, lead=lead)
    encounter = replace(encounter, stage=Stage.SCREENING, complete=False)
    return ask(replace(encounter, open_question=waiting_again(given)), given.question, voice, lead=lead)
