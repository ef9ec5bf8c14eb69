"""Which intents a message really expresses: rasa's ranking of the whole and of its parts, made one or two."""

import re
from collections.abc import Mapping
from typing import Any

from actions.asking import asks, wants
from bot.clinical.event import Intent
from bot.clinical.vocabulary import About, Presence

FAQ = "faq_"
FALLBACK = "nlu_fallback"
OUT_OF_SCOPE = "out_of_scope"
NONSENSE = "nonsense"
GIVES_WAY = ("greet", NONSENSE)
"""Not named where there is another intent: a greeting before something else is not what the message is about."""

NEVER_SECOND = (*GIVES_WAY, OUT_OF_SCOPE)
"""A part such as "what can you do?" says nothing by itself, and so seems out of scope beside what it belongs to."""

DESCRIBE_SYMPTOM = "describe_symptom"
COMPLAINTS = (DESCRIBE_SYMPTOM, "complain")
GOES_UNSAID = (*NEVER_SECOND, "goodbye")
"""Not named beside a complaint: what sounds like one of these with a complaint in it is the complaint."""

SPEAKS_OF_FINDINGS = frozenset(
    {
        "faq_why_scans_look_normal",
        "faq_does_it_hurt",
        "faq_aftercare",
        "faq_what_is_neuropathic_pain",
        "faq_what_it_treats",
        "faq_how_it_works",
        "faq_does_it_work",
        "faq_side_effects",
        "faq_children",
        "why_asking",
        "affirm",
        "deny",
        "unsure",
        "inform",
    }
)
"""Intents that speak of findings by nature: "the scan is clear, so why does it hurt?" asks and complains of nothing."""

ANSWERS = ("affirm", "deny", "unsure", "inform")
"""An answer comes first in a message; "and it never healed", later in one, denies nothing."""

OF_A_QUESTION = ("repeat", "why_asking")
BESIDE_OF_A_QUESTION = (*ANSWERS, *OF_A_QUESTION, "complain", "go_back", "thank")
"""Said of the question that was put; beside anything else "what is that?" belongs to what stands before it."""

HEARD_BY_READER = 0.5
SURE_OF_WHOLE = 0.9
SURE_OF_PART = 0.45
SURE_OF_QUESTION, SURE_OF_STATEMENT = 0.35, 0.6
"""A part that is a question needs less to name a topic of the FAQ than one that tells something."""

SURE_OF_OPENING = 0.33
"""How sure an opening must be that complains, of the body or of us, and asks for nothing: people complain, then ask."""

SURE_OF_WORD, SURE_OF_FEW = 0.8, 0.6
"""A part of a single word counts only when it leaves no doubt, one of two or three words with little of it."""
FEW = 3

DOUBTFUL = 0.5
"""A question that sounds less like none of our business may still be about a complaint."""

DOUBTFUL_OF_STATEMENT = 0.75
"""Below this "none of our business" and the like give way to a place of the body that is named without a wish."""

ABOUT_ILLNESSES = (
    "faq_what_it_treats",
    "faq_does_it_work",
    "faq_what_is_neuropathic_pain",
    "faq_how_it_works",
    "inform",
)
"""What the name of an illness or a part of the body sounds like; without any wish it is a complaint."""


def said_intents(parsed: Mapping[str, Any]) -> tuple[Intent, ...]:
    """What the message expresses, one intent, rarely two, best first, by the ids of the API.

    The whole message decides what comes first, unless it fell below the fallback threshold. A second intent is named
    only when a part of the message (a sentence, a joined question) says it clearly by itself.
    """
    if not re.search(r"\w", parsed["text"]):
        return (Intent(NONSENSE, 1.0),)
    parts = _clear_parts(parsed)
    whole = parsed["intent"]
    told_apart = len(parts) > 1 and whole["name"] not in parts and whole["confidence"] < DOUBTFUL
    if whole["name"] != FALLBACK and not told_apart:
        first = Intent(whole["name"], max(whole["confidence"], parts.pop(whole["name"], 0.0)))
    elif parts:
        first = _most_confident(parts)
        del parts[first.name]
    else:
        first = Intent(OUT_OF_SCOPE, _guessed(parsed))
    said = _with_second(first, {name: sure for name, sure in parts.items() if name not in NEVER_SECOND})
    if _is_plain_complaint(parsed, said):
        said = [Intent(DESCRIBE_SYMPTOM, max(HEARD_BY_READER, first.confidence))]
    elif _complains(parsed):
        said = _with_complaint(said, asking=asks(parsed["text"]))
    return tuple(Intent(_public(intent.name), round(float(intent.confidence), 4)) for intent in said)


def _clear_parts(parsed: Mapping[str, Any]) -> dict[str, float]:
    """The intents that a part expresses clearly, with the confidence of the clearest part."""
    clear: dict[str, float] = {}
    parts = parsed.get("parts", ())
    doubtful = parsed["intent"]["name"] == FALLBACK or parsed["intent"]["confidence"] < SURE_OF_WHOLE
    for part in parts:
        name, sure = part["name"], part["confidence"]
        if (
            name != FALLBACK
            and sure >= _needed(part, doubtful=doubtful, opens=part is parts[0])
            and (part is parts[0] or _may_come_later(name, parts[0]["name"]))
        ):
            clear[name] = max(sure, clear.get(name, 0.0))
    return clear


def _needed(part: Mapping[str, Any], *, doubtful: bool, opens: bool) -> float:
    """How sure a part must be; where the whole message leaves doubt it may well be two, and a question needs less."""
    if opens and part["name"] in COMPLAINTS and not wants(part["text"]):
        return SURE_OF_OPENING
    words = len(re.findall(r"\w+", part["text"]))
    if words <= FEW:
        return SURE_OF_WORD if words == 1 else SURE_OF_FEW
    if not part["name"].startswith(FAQ):
        return SURE_OF_PART
    return SURE_OF_QUESTION if doubtful and asks(part["text"]) else SURE_OF_STATEMENT


def _may_come_later(name: str, opening: str) -> bool:
    """Whether a later part means what it says, in a message that opens with that intent."""
    return name not in ANSWERS and (name not in OF_A_QUESTION or opening in BESIDE_OF_A_QUESTION)


def _with_second(first: Intent, others: Mapping[str, float]) -> list[Intent]:
    if not others:
        return [first]
    second = _most_confident(others)
    return [second] if first.name in GIVES_WAY else [first, second]


def _complains(parsed: Mapping[str, Any]) -> bool:
    """Whether the reader found something that the patient has now."""
    mentions = parsed.get("reading", {}).get("mentions", ())
    return any(one["presence"] == Presence.PRESENT.value and one["about"] == About.PATIENT.value for one in mentions)


def _is_plain_complaint(parsed: Mapping[str, Any], said: list[Intent]) -> bool:
    """Whether what seems none of our business, or about an illness, wants nothing and tells of the patient's body."""
    first, others = said[0], {intent.name for intent in said[1:]}
    statements = [parsed["text"], *[part["text"] for part in parsed.get("parts", ())]]
    if not others <= {DESCRIBE_SYMPTOM} or any(wants(text) for text in statements):
        return False
    if first.name in ABOUT_ILLNESSES:
        return first.confidence < SURE_OF_WHOLE and (bool(others) or _complains(parsed))
    if first.name not in GOES_UNSAID or others or _complains(parsed):
        return first.name in GOES_UNSAID
    bound = DOUBTFUL_OF_STATEMENT if first.name == OUT_OF_SCOPE else DOUBTFUL
    return bool(parsed.get("reading", {}).get("places")) and first.confidence < bound


def _with_complaint(said: list[Intent], *, asking: bool) -> list[Intent]:
    """The intents of a message that tells a complaint, which stands first where the intents missed it."""
    first = said[0]
    if DESCRIBE_SYMPTOM in {intent.name for intent in said} or first.name in SPEAKS_OF_FINDINGS:
        return said
    if asking and first.name in GOES_UNSAID and first.confidence >= DOUBTFUL:
        return said
    complaint = Intent(DESCRIBE_SYMPTOM, HEARD_BY_READER)
    is_guess = first.confidence < SURE_OF_QUESTION and not asking
    return [complaint] if is_guess or first.name in GOES_UNSAID else [complaint, first]


def _most_confident(parts: Mapping[str, float]) -> Intent:
    name = max(parts, key=lambda one: (parts[one], one))
    return Intent(name, parts[name])


def _guessed(parsed: Mapping[str, Any]) -> float:
    """How sure rasa was of the guess that fell below the threshold."""
    guesses = [one["confidence"] for one in parsed.get("intent_ranking", ()) if one["name"] != FALLBACK]
    return max(guesses, default=0.0)


def _public(name: str) -> str:
    """The id of the API: inside rasa a slash would mean a retrieval intent, so it is written as an underscore."""
    return name.replace("faq_", "faq/", 1) if name.startswith("faq_") else name
