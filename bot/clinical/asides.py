"""What stands aside of the questions: confirmations, answers to be changed, and taps that correct."""

from dataclasses import replace

from bot.clinical.ask import ask, ask_again
from bot.clinical.booking import put_again
from bot.clinical.confirm import CHANGE, ERASE, START_OVER, STOP, is_aside, restored
from bot.clinical.control import erased, started_over, stopped
from bot.clinical.conversation import Conversation
from bot.clinical.encounter import Stage
from bot.clinical.fixes import put_anew
from bot.clinical.given import answer_to
from bot.clinical.playback import playback
from bot.clinical.reopen import reopened
from bot.clinical.take import Taken
from bot.clinical.voice import Voice


def without_stale_confirmation(taken: Taken) -> Taken:
    """An unanswered "start over?" is dropped: the conversation goes on where it was."""
    if taken.answered or not is_aside(taken.encounter.open_question):
        return taken
    return replace(taken, encounter=restored(taken.encounter))


def confirmed(turn: Conversation, taken: Taken, voice: Voice) -> Conversation:
    """After a yes or no to a confirmation, or the choice of an answer to change."""
    id = taken.before.open_question.id if taken.before.open_question else ""
    encounter = restored(turn.encounter)
    if id == CHANGE and (given := answer_to(encounter, taken.chosen[0].removeprefix(f"{CHANGE}."))):
        return turn.plus(*reopened(encounter, given, voice))
    if taken.chosen[0] != "yes":
        return _resumed(turn.plus(encounter, voice.message("control.kept")), voice)
    if id == START_OVER:
        return turn.plus(started_over(encounter), voice.message("control.started_over"))
    done = {ERASE: erased, STOP: stopped}[id](encounter, voice)
    turn = turn.plus(done.encounter, *done.replies, effects=done.effects)
    return turn if id == STOP else _resumed(turn, voice)


def after_fix(turn: Conversation, tap: str, voice: Voice) -> Conversation:
    """After a correction the question comes back, with what is understood now; a place or a time is asked first."""
    anew = put_anew(turn.encounter, tap)
    if anew:
        encounter, question = anew
        return turn.plus(*ask(replace(encounter, open_question=question), question.id, voice))
    return turn.plus(*ask_again(turn.encounter, voice, heard=playback(turn.encounter, voice)))


def _resumed(turn: Conversation, voice: Voice) -> Conversation:
    """The question that waits, put once more; what has no question needs none."""
    encounter = turn.encounter
    waiting = encounter.open_question
    if waiting is None:
        return turn
    if encounter.stage is Stage.SCREENING and not waiting.id.startswith("booking"):
        return turn.plus(*ask_again(encounter, voice))
    return turn.plus(encounter, put_again(encounter, voice))
