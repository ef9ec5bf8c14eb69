"""The choices that the conversation offers: which groups there are, and which ids each must label."""

from bot.clinical.wishes import TAPS
from bot.knowledge.pairs import BANDS, PATTERNS
from bot.knowledge.shelf import Shelf

EXPECTED = {
    "common": ("none", "unsure", "yes", "no", "skip", "done"),
    "who": BANDS,
    "pattern": (*PATTERNS, "unsure"),
    "background": (
        "scan_none",
        "scan_normal",
        "scan_abnormal",
        "scan_booked",
        "tried_treatment",
        "stops_work",
        "stops_sleep",
        "stops_sport",
        "skip",
    ),
    "clarify": ("worse", "checked", "unchecked", "unsure"),
    "unclear": ("worse", "checked", "unchecked", "not_meant", "unsure"),
    "unclear_safety": ("worse", "not_meant", "unsure"),
    "booking_offer": ("book", "call_me", "not_now"),
    "control": TAPS,
    "consent": ("consent_yes", "consent_no"),
    "times": ("mornings", "afternoons", "evenings", "any"),
    "free_times": ("other_times", "none_suits"),
    "confirm_time": ("yes", "no"),
    "practitioner": ("no_preference",),
    "voicemail": ("yes", "no"),
    "payer": ("icbc", "worksafebc", "extended", "private", "msp", "unsure"),
}


def check_choices(shelf: Shelf) -> None:
    """Refuse a group of choices that leaves out an id the conversation offers; a group may have more."""
    file = shelf.spoken("labels.yml")
    for group, ids in EXPECTED.items():
        labelled = shelf.section(file, "choices", group)
        for id in ids:
            if id not in labelled:
                shelf.problems.add(file, f"choices.{group}.{id}", complaint="has no label", remedy="add one")
