"""What a message asks for beside its answer: questions about the clinic (FAQ) and control of the conversation."""

import re

from bot.clinical.cues import begins_with_cue, has_cue, is_all_cue
from bot.clinical.encounter import Encounter, Stage
from bot.clinical.event import Intent, Said
from bot.clinical.protocol import Protocol
from bot.clinical.reading import Mention
from bot.clinical.vocabulary import About, Presence

FAQ = "faq/"
CLAUSE = re.compile(r"[,.;!\n]|\b(?:and|but|so|oh|wait|also|hey|ok|okay|btw|then|well)\b", re.IGNORECASE)
"""Where a question may begin within a message."""
SMALL_TALK = ("greet", "goodbye", "thank")
NOT_SAYING = ("nonsense", "out_of_scope")
CONTROL = (
    *SMALL_TALK,
    *NOT_SAYING,
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
)
TOLD = ("children", "are_you_human")
"""Topics that are asked for without a question mark, each with cues of its own."""
SYMPTOM = "describe_symptom"
MORE, CHANGE = "more", "change"
"""Wishes that are no intents: more about what was answered last, and a choice of answers to change."""
KEEP_VISIT = "keep_visit"
HOW_FAR = "how_far"
"""To know how many questions are still to come: the classifier takes it for one about visits, or for a complaint."""
TAP, TAPPED_FAQ = "control.", "faq."
TAPS = (
    *["go_back", CHANGE, "start_over", "repeat", "why_asking", "show_summary", "talk_to_person", "what_do_you_know"],
    *["delete_my_data", "stop_messages", "book_exam", MORE],
)
"""What may be asked for by a button at every point of the conversation."""
SURE, CERTAIN = 0.6, 0.85
"""How sure the classifier must be of a wish beside an answer, and of one that is not worded as a question."""
REMARK = 0.4
FEW = 2
"""Words of a message that may be a question in short: "cost"."""
UNCLEAR = "unclear_question"
"""A question that nobody here can answer: it is said so, and is no failed answer."""


def wishes_of(
    event: Said, protocol: Protocol, *, waiting: bool, answered: bool, strict: bool = False
) -> tuple[str, ...]:
    """The ids of the FAQ topics and controls a message wants, best first.

    While a question waits, short answers look like wishes to the classifier ("wiping", "after work"): there a wish
    must also be worded as one. `strict`: any text would answer what was asked, so that only its words count.
    """
    wished = tuple(intent for intent in event.intents if intent.name.startswith(FAQ) or intent.name in CONTROL)
    if waiting or answered:
        lenient = not (answered or strict)
        wished = tuple(intent for intent in wished if _is_worded(intent, event, protocol, lenient=lenient))
    if answered:
        wished = tuple(intent for intent in wished if "?" in event.reading.text or intent.confidence >= SURE)
    return tuple(intent.name for intent in wished)


def wish_tapped(choices: tuple[str, ...], protocol: Protocol) -> str | None:
    """The wish that a tapped control or question about the clinic stands for, None where it is an answer."""
    if len(choices) != 1:
        return None
    if choices[0].startswith(TAP) and choices[0].removeprefix(TAP) in TAPS:
        return choices[0].removeprefix(TAP)
    topic = choices[0].removeprefix(TAPPED_FAQ)
    return f"{FAQ}{topic}" if choices[0].startswith(TAPPED_FAQ) and topic in protocol.faq else None


def worded_otherwise(wishes: tuple[str, ...], event: Said, encounter: Encounter, protocol: Protocol) -> tuple[str, ...]:
    """The wishes, with those that only their words tell: to know more of the last answer, to change an earlier one."""
    text = event.reading.text
    if encounter.last_topic and has_cue(protocol, MORE, text) and not any(wish.startswith(FAQ) for wish in wishes):
        return (MORE,)
    if has_cue(protocol, HOW_FAR, text) and encounter.open_question:
        return (HOW_FAR,)
    if has_cue(protocol, CHANGE, text) and encounter.given:
        return (*[wish for wish in wishes if wish != "go_back"], CHANGE)
    return wishes


def with_topics_told(wishes: tuple[str, ...], event: Said, *, protocol: Protocol) -> tuple[str, ...]:
    """The wishes, with the questions about the clinic that are told by their words: "am i too young for this"."""
    told = [FAQ + topic for topic in TOLD if has_cue(protocol, f"topic_{topic}", event.reading.text)]
    return (*wishes, *[wish for wish in told if wish not in wishes])


def with_visit_kept(wishes: tuple[str, ...], event: Said, protocol: Protocol) -> tuple[str, ...]:
    """The wishes, with the one to call off a surgeon or a scan: nobody is ever told to (clinical.md section 6)."""
    text = event.reading.text
    asked = has_cue(protocol, "call_off", text) and has_cue(protocol, "specialist", text)
    return (KEEP_VISIT, *wishes) if asked else wishes


def tells_symptoms(event: Said, protocol: Protocol) -> bool:
    """The message is about what is wrong, and not only a question that uses the word pain."""
    names = [intent.name for intent in event.intents]
    asks = any(name.startswith(FAQ) for name in names) and _asks(event.reading.text, protocol)
    if not asks or SYMPTOM in names:
        return True
    return any(
        mention.about is About.PATIENT
        and not mention.implied
        and (_is_placed(mention) or (mention.presence is Presence.ABSENT and "?" not in event.reading.text))
        for mention in event.reading.mentions
    )


def _is_placed(mention: Mention) -> bool:
    return mention.presence is Presence.PRESENT and bool(mention.regions or mention.side)


def starts_screening(before: Encounter, after: Encounter, event: Said, protocol: Protocol) -> bool:
    """Screening starts with a symptom (clinical.md section 5); nobody is screened who only asks the price."""
    if before.stage is not Stage.OPENING:
        return False
    said_something = after.findings != before.findings or after.other_findings != before.other_findings
    described = bool(event.reading.regions) or any(intent.name == SYMPTOM for intent in event.intents)
    return tells_symptoms(event, protocol) and (described or said_something or after.flags != before.flags)


def _asks(text: str, protocol: Protocol) -> bool:
    """A question mark, or a clause that begins like a question: not "no??" and "who does", which ask nothing."""
    *marked, last = text.split("?")
    clauses = [part for part in CLAUSE.split(last) if not is_all_cue(protocol, "asks_nothing", part)]
    if any(begins_with_cue(protocol, "question", part) for part in clauses):
        return True
    return any(not is_all_cue(protocol, "asks_nothing", CLAUSE.split(part)[-1]) for part in marked)


def is_remark(event: Said) -> bool:
    """The classifier makes nothing of it: chatter ("hang on, the kettle"), which is no failed answer."""
    return bool(event.intents) and max(intent.confidence for intent in event.intents) < REMARK


def unanswerable(event: Said) -> bool:
    """The message asks something that no wish stands for."""
    text = event.reading.text.strip()
    return text.endswith("?") and len(text.split()) > FEW


def _is_worded(intent: Intent, event: Said, protocol: Protocol, *, lenient: bool) -> bool:
    text = event.reading.text
    asks = _asks(text, protocol)
    if intent.name == "stop_messages" and is_all_cue(protocol, "stop_alone", text):
        return True
    if intent.name in SMALL_TALK:
        return is_all_cue(protocol, intent.name, text)
    if intent.name == "nonsense" or has_cue(protocol, f"not_{intent.name}", text):
        return False
    if intent.name == "out_of_scope" and asks:
        return True
    if intent.name.startswith(FAQ):
        in_short = len(text.split()) <= FEW and intent.confidence >= SURE
        return asks or (lenient and (in_short or intent.confidence >= CERTAIN))
    return has_cue(protocol, intent.name, text)
