"""The answers to patients' questions about IMS and the clinic, checked: every topic answered, every answer sourced."""

from collections.abc import Collection

from bot.knowledge.entry import Entry
from bot.knowledge.placeholders import check_placeholders
from bot.knowledge.shelf import Shelf
from bot.knowledge.sources import read_plain_sources

TOPICS = (
    "what_is_ims",
    "ims_vs_acupuncture",
    "how_it_works",
    "does_it_hurt",
    "why_scans_look_normal",
    "what_is_neuropathic_pain",
    "what_it_treats",
    "first_visit",
    "how_many_sessions",
    "side_effects",
    "aftercare",
    "who_should_not",
    "pregnancy",
    "blood_thinners",
    "needle_fear",
    "needles",
    "does_it_work",
    "who_performs",
    "referral",
    "cost_insurance",
    "bring_scans",
    "what_to_wear",
    "activity_after",
    "hours_location",
    "privacy",
    "are_you_human",
    "children",
    "learn_more",
    "change_appointment",
)
MORE = "/more"
UNKNOWN = "/unknown"


def read_faq(shelf: Shelf) -> dict[str, str]:
    """The answers: `topic`, `topic/more` where there is more, `topic/unknown` where the clinic may not have said."""
    file, citations = shelf.spoken("faq.yml"), shelf.ids("citations.yml")
    answers: dict[str, str] = {}
    for entry in shelf.entries(file):
        entry.only("answer", "more", "unknown", "source", "reviewed")
        entry.sources(citations)
        answers[entry.id] = _text(shelf, entry, "answer")
        for name, ending in (("more", MORE), ("unknown", UNKNOWN)):
            if name in entry.fields:
                answers[entry.id + ending] = _text(shelf, entry, name)
    _check_topics(shelf, file, answers)
    return answers


def read_faq_sources(shelf: Shelf) -> dict[str, str]:
    """Where each answer comes from, in words for patients."""
    plain, told = read_plain_sources(shelf), {}
    for entry in shelf.entries(shelf.spoken("faq.yml")):
        names = [name for name in entry.names("source") if name in plain]
        told[entry.id] = "; ".join(dict.fromkeys(plain[name] for name in names))
    return told


def _text(shelf: Shelf, entry: Entry, name: str) -> str:
    text = entry.text(name)
    check_placeholders(shelf, entry.file, key=f"{entry.id}.{name}", text=text)
    return text


def _check_topics(shelf: Shelf, file: str, answers: Collection[str]) -> None:
    for topic in TOPICS:
        if topic not in answers:
            shelf.problems.add(file, topic, complaint="is not answered", remedy="add its answer")
    for topic in sorted(key for key in answers if key.split("/")[0] not in TOPICS):
        shelf.problems.add(file, topic, complaint="is no topic", remedy="use one of the 29 topics")
