"""What a patient who writes in another language is told, and what staff are asked to do for them.

Nothing they write is read as an answer or a finding: only red flags and a phone number are taken from it. Whatever
might clear a safety list is asked anew once they write in the clinic's language.
"""

from dataclasses import replace

from bot.clinical.booking import CONTACT, reachable, with_contact
from bot.clinical.control import asked_for
from bot.clinical.effect import AppointmentRequest, Effect, RequestPerson
from bot.clinical.encounter import Encounter, OpenQuestion, Stage
from bot.clinical.event import Said
from bot.clinical.protocol import OtherLanguage
from bot.clinical.reading import Reading
from bot.clinical.red_flags import with_flags
from bot.clinical.reply import Reply, ReplyKind
from bot.clinical.voice import Voice, question

REASON = "other_language"
MAY_WAIT = ("booking", "precautions", "urgent")
"""Questions that clear nothing: they may wait while something else is said."""


def taken_in(before: Encounter, event: Said) -> Encounter:
    """The encounter after a message in another language, with the wish for a call in that language."""
    encounter = with_contact(with_flags(before, event.flags), event.reading.contact)
    request = replace(encounter.request or AppointmentRequest(), language=event.reading.language, call_back=True)
    stage = Stage.SCREENING if _begins(before, encounter) else encounter.stage
    waiting = before.open_question if before.open_question and _may_wait(before.open_question) else None
    encounter = replace(encounter, language=event.reading.language, request=request, stage=stage, open_question=waiting)
    return asked_for(encounter, REASON)


def as_heard(reading: Reading, encounter: Encounter) -> Reading:
    """The reading of an answer; to those who wrote in another language a lone "no" may be all their English."""
    alone = reading.text.split()
    return replace(reading, unfamiliar=tuple(alone)) if encounter.language and len(alone) == 1 else reading


def told(before: Encounter, after: Encounter, voice: Voice) -> tuple[Encounter, Reply]:
    """The encounter, and the text in its language: whole the first time, thanks for a number, else the short form."""
    again = "thanks" if reachable(after) else "short"
    text = _text(after, again if after.language == before.language else "told", voice)
    if reachable(after) or after.stage is Stage.URGENT:
        return after, Reply(ReplyKind.MESSAGE, text)
    waiting = replace(after, open_question=OpenQuestion(CONTACT))
    return waiting, question(ReplyKind.BOOKING, CONTACT, prompt=text)


def thanked(before: Encounter, after: Encounter, voice: Voice) -> Reply | None:
    """Thanks in their language for the number that was asked for in it, None where none was given just now."""
    asked = before.language is not None and before.open_question is not None
    if not asked or before.open_question != OpenQuestion(CONTACT) or reachable(before) or not reachable(after):
        return None
    return Reply(ReplyKind.MESSAGE, _text(after, "thanks", voice))


def wish_for_a_person(before: Encounter, after: Encounter) -> tuple[Effect, ...]:
    """Ask staff for a call in the language that was noticed just now."""
    return (RequestPerson(REASON, after.language),) if after.language != before.language else ()


def _begins(before: Encounter, after: Encounter) -> bool:
    return before.stage is Stage.OPENING and after.flags != before.flags


def _may_wait(waiting: OpenQuestion) -> bool:
    return waiting.id.split(".")[0] in MAY_WAIT


def _text(encounter: Encounter, part: str, voice: Voice) -> str:
    own = voice.protocol.languages.get(encounter.language or "", OtherLanguage(""))
    text: str | None = getattr(own, part)
    return voice.fill(text) if text else voice.say(f"language.{part}")
