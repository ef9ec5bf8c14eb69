"""Emergency and crisis: the fixed words, the end of the form, and only a name and number asked after it."""

from dataclasses import replace

from bot.clinical.cues import has_cue
from bot.clinical.encounter import Encounter, FlagRecord, OpenQuestion, Stage
from bot.clinical.red_flags import flagged_disposition, told, untold
from bot.clinical.reply import Reply, ReplyKind
from bot.clinical.vocabulary import URGENT_LEVELS
from bot.clinical.voice import Voice, question

CONTACT = "urgent.contact"


def interrupt(encounter: Encounter, voice: Voice) -> tuple[Encounter, tuple[Reply, ...]]:
    """The encounter ended by its urgent flag, with what to do now and one question for a name and number."""
    urgent = [flag for flag in untold(encounter) if flag.level in URGENT_LEVELS]
    words = advice(urgent[0], voice)
    encounter = told(encounter)
    encounter = replace(
        encounter, stage=Stage.URGENT, disposition=flagged_disposition(encounter), complete=True, open_question=None
    )
    emergency = Reply(ReplyKind.EMERGENCY, f"{words} {voice.say('urgent.not_watched')}")
    if encounter.request is not None and _can_be_reached(encounter):
        return encounter, (emergency,)
    return replace(encounter, open_question=OpenQuestion(CONTACT)), (emergency, _contact(voice))


def advice(flag: FlagRecord, voice: Voice) -> str:
    """What to do now for this flag, opened by "because you are not sure" when that raised it."""
    words = voice.first(f"urgent.{flag.flag_class.value}.{flag.level.value}", f"urgent.default.{flag.level.value}")
    unsure = flag.rule.startswith("unsure:") or flag.note == "clarified: unsure"
    return f"{voice.say('urgent.because_unsure')} {words}" if unsure else words


def emergency_text(flag: FlagRecord, voice: Voice) -> Reply:
    """The words for a flag when nothing could be stored: no question, the clinic's phone instead."""
    return Reply(ReplyKind.EMERGENCY, f"{advice(flag, voice)} {voice.say('urgent.not_stored')}")


def after_urgent(encounter: Encounter, voice: Voice, *, text: str, reached: bool, digresses: bool) -> tuple[Reply, ...]:
    """What is said to anything written after the form has ended: thanks or a short reminder, never the form.

    After a digression the one question that is left, for a name and a number, comes back.
    """
    flag = min((flag for flag in encounter.flags if flag.level in URGENT_LEVELS), key=lambda flag: flag.level.urgency)
    is_going = has_cue(voice.protocol, "going", text) and not has_cue(voice.protocol, "denied", text)
    key = "urgent.thanks" if reached else "urgent.going" if is_going else "urgent.again"
    again = voice.first(f"{key}.{flag.flag_class.value}", f"{key}.{flag.level.value}")
    asks = digresses and encounter.open_question is not None
    return (Reply(ReplyKind.EMERGENCY, again), *((_contact(voice),) if asks else ()))


def _contact(voice: Voice) -> Reply:
    asked = question(ReplyKind.QUESTION, CONTACT, prompt=voice.say("urgent.contact"))
    return replace(asked, why=voice.say("why.urgent"))


def _can_be_reached(encounter: Encounter) -> bool:
    contact = encounter.request.contact if encounter.request else None
    return contact is not None and bool(contact.phone or contact.email)
