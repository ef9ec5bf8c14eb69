"""What a message asks for beside its answer: questions about the clinic (FAQ) and control of the conversation."""

from bot.clinical.encounter import Encounter, Stage
from bot.clinical.event import Intent, Said

FAQ = "faq/"
CONTROL = (
    "greet",
    "goodbye",
    "thank",
    "book_exam",
    "talk_to_person",
    "go_back",
    "start_over",
    "why_asking",
    "show_summary",
    "delete_my_data",
    "what_do_you_know",
    "stop_messages",
    "repeat",
    "complain",
    "nonsense",
    "out_of_scope",
)
SYMPTOM = "describe_symptom"
SURE = 0.6
"""Beside an answer to what was asked, only a wish the classifier is this sure of is heard."""
SMALL_TALK = ("greet", "goodbye", "thank")
NOT_SAYING = ("nonsense", "out_of_scope")


def wishes_of(event: Said, *, answered: bool) -> tuple[str, ...]:
    """The ids of the FAQ topics and controls a message wants, best first."""
    return tuple(
        intent.name for intent in event.intents if _is_wish(intent) and (_is_heard(intent, event) or not answered)
    )


def tells_symptoms(event: Said) -> bool:
    """The message is about what is wrong, and not only a question that uses the word pain."""
    names = [intent.name for intent in event.intents]
    asks_only = any(name.startswith(FAQ) for name in names) and SYMPTOM not in names
    return not asks_only


def starts_screening(before: Encounter, after: Encounter, event: Said) -> bool:
    """Screening starts with a symptom (clinical.md section 5); nobody is screened who only asks the price."""
    if before.stage is not Stage.OPENING:
        return False
    said_something = after.findings != before.findings or after.other_findings != before.other_findings
    described = any(intent.name == SYMPTOM for intent in event.intents)
    return tells_symptoms(event) and (described or said_something or after.flags != before.flags)


def _is_wish(intent: Intent) -> bool:
    return intent.name.startswith(FAQ) or intent.name in CONTROL


def _is_heard(intent: Intent, event: Said) -> bool:
    if intent.name in (*SMALL_TALK, *NOT_SAYING):
        return False
    return "?" in event.reading.text or intent.confidence >= SURE
