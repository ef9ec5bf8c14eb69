"""Which intents a message really expresses: rasa's ranking of the whole and of its parts, made one or two."""

import re
from collections.abc import Mapping
from typing import Any

from bot.clinical.event import Intent
from bot.clinical.vocabulary import About, Presence

FALLBACK = "nlu_fallback"
OUT_OF_SCOPE = "out_of_scope"
NONSENSE = "nonsense"
GIVES_WAY = ("greet", NONSENSE)
"""Not named where there is another intent: a greeting before something else is not what the message is about."""

NEVER_SECOND = (*GIVES_WAY, OUT_OF_SCOPE)
"""A part such as "what can you do?" says nothing by itself, and so seems out of scope beside what it belongs to."""

DESCRIBE_SYMPTOM = "describe_symptom"
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

HEARD_BY_READER = 0.5
SURE_OF_PART = 0.45
SURE_OF_WORD = 0.8
"""A part of a single word counts only when it leaves no doubt."""


def said_intents(parsed: Mapping[str, Any]) -> tuple[Intent, ...]:
    """What the message expresses, one intent, rarely two, best first, by the ids of the API.

    The whole message decides what comes first, unless it fell below the fallback threshold. A second intent is named
    only when a part of the message (a sentence, a joined question) says it clearly by itself.
    """
    if not re.search(r"\w", parsed["text"]):
        return (Intent(NONSENSE, 1.0),)
    parts = _clear_parts(parsed)
    whole = parsed["intent"]
    if whole["name"] != FALLBACK:
        first = Intent(whole["name"], max(whole["confidence"], parts.pop(whole["name"], 0.0)))
    elif parts:
        first = _most_confident(parts)
        del parts[first.name]
    else:
        first = Intent(OUT_OF_SCOPE, _guessed(parsed))
    said = _with_second(first, {name: sure for name, sure in parts.items() if name not in NEVER_SECOND})
    if _complains(parsed):
        said = _with_complaint(said)
    return tuple(Intent(_public(intent.name), round(float(intent.confidence), 4)) for intent in said)


def _clear_parts(parsed: Mapping[str, Any]) -> dict[str, float]:
    """The intents that a part expresses clearly, with the confidence of the clearest part."""
    clear: dict[str, float] = {}
    for part in parsed.get("parts", ()):
        needed = SURE_OF_WORD if len(re.findall(r"\w+", part["text"])) == 1 else SURE_OF_PART
        if part["name"] != FALLBACK and part["confidence"] >= needed:
            clear[part["name"]] = max(part["confidence"], clear.get(part["name"], 0.0))
    return clear


def _with_second(first: Intent, others: Mapping[str, float]) -> list[Intent]:
    if not others:
        return [first]
    second = _most_confident(others)
    return [second] if first.name in GIVES_WAY else [first, second]


def _complains(parsed: Mapping[str, Any]) -> bool:
    """Whether the reader found something that the patient has now."""
    mentions = parsed.get("reading", {}).get("mentions", ())
    return any(one["presence"] == Presence.PRESENT.value and one["about"] == About.PATIENT.value for one in mentions)


def _with_complaint(said: list[Intent]) -> list[Intent]:
    """The intents of a message that the reader found a complaint in, which stands first where the intents missed it."""
    names = {intent.name for intent in said}
    if DESCRIBE_SYMPTOM in names or said[0].name in SPEAKS_OF_FINDINGS:
        return said
    complaint = Intent(DESCRIBE_SYMPTOM, HEARD_BY_READER)
    return [complaint] if said[0].name in GOES_UNSAID else [complaint, said[0]]


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
