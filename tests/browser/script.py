"""What the clinic answers in the browser tests: canned replies of every kind, by what the patient sends."""

from collections.abc import Mapping, Sequence

from tests.browser.script_more import MORE_BY_CHOICE, MORE_BY_TEXT
from tests.browser.script_parts import Body, message, question

COUNT: tuple[tuple[str, str], ...] = (
    ("Count", "3 of 7"),
    ("pain", "“burning pain in my lower back”"),
    ("tight or cramping muscles", "“the muscles are tight”; “مشدود”"),
    ("colder or hotter skin", "“my left foot feels cold”"),
    ("swelling", "no"),
    ("sore to touch", "not known"),
)
RESULT = (
    "You told us: “burning pain in my lower back”; “the muscles are tight”.\n\n"
    "That is 3 of the 7 things our physiotherapists look for. It is a count, not a test.\n\n"
    "Only a hands-on examination can tell what it means.\n\n"
    "A clear scan does not mean nothing is wrong. X-ray, MRI, CT and bone scans may not show this kind of problem.\n\n"
    "Get help right away if you feel numb between the legs, or have chest pain. Call 911."
)
EMERGENCY = (
    "Please go to the nearest emergency department now. Do not drive yourself. Tell them: “I have new numbness between "
    "my legs.” If no one can take you, call 911. For other trouble, call 8-1-1."
)
SAFETY = {
    "saddle_numb": "Numb or tingling between the legs, or when you wipe",
    "bladder": "Pee is hard to start or stop, leaks, or is not felt",
    "foot_drop": "A foot that drops, or a leg getting weaker",
    "none": "None of these",
    "unsure": "Not sure",
}
WHO = {
    "me_under_19": "For me, under 19",
    "me_19_49": "For me, 19 to 49",
    "me_50_64": "For me, 50 to 64",
    "other_50_plus": "For someone else, 50 or over",
}
OFFER = {"book": "Book a visit", "call_me": "Please call me", "not_now": "Not now"}
TIMES = {"mornings": "Mornings", "afternoons": "Afternoons", "any": "Any time"}

NOTICE = message(
    "Hello, this is the automated assistant of Demonstration clinic. In an emergency call 911 now. No one watches this "
    "chat live. What you send is kept so that our team can call you. What is bothering you?"
)
SAFETY_LIST = question(
    "safety.cauda_equina", "Is any of this new or getting worse? These can't wait.", SAFETY, multiple=True
)
WHO_IS_IT = question("who", "So far I have: lower back, about 6 months. Who is this for, and how old?", WHO)
OFFERED = question("booking.offer", "Would you like an appointment, or a call from us?", OFFER, kind="booking")
CONTACT = question(
    "booking.contact", "What name should we ask for, and what number can we reach you at?", {}, kind="booking"
)
WHEN = question(
    "booking.times", "When would suit you? Tap all that fit, or type it.", TIMES, multiple=True, kind="booking"
)
DONE = {**message("Thank you. Your request is with our front desk. A person will contact you."), "kind": "booking"}
HELP_NOW = {**message(EMERGENCY), "kind": "emergency"}
SUMMARY = {**message(RESULT), "kind": "result", "data": {"card": [list(row) for row in COUNT], "summary": True}}
URGENT_CONTACT = question("urgent.contact", "If you can, leave your name and a phone number. Get help first.", {})

BY_TEXT: Mapping[str, Sequence[Body]] = {
    "back": (SAFETY_LIST,),
    "who": (WHO_IS_IT,),
    "result": (SUMMARY, OFFERED),
    "numb": (HELP_NOW, URGENT_CONTACT),
    "lines": (message("First paragraph\nwith a second line.\n\nSecond <b>paragraph</b>."),),
    "contact": (CONTACT,),
    "times": (WHEN,),
    "done": (DONE,),
    # As patients say it, for the pictures of the documentation.
    "my lower back hurts": (SAFETY_LIST,),
    "i have new numbness between my legs": (HELP_NOW, URGENT_CONTACT),
    "none of these": (SUMMARY, OFFERED),
    "please call me": (CONTACT,),
    **MORE_BY_TEXT,
}
BY_CHOICE: Mapping[str, Sequence[Body]] = {
    "saddle_numb": (HELP_NOW, URGENT_CONTACT),
    "none": (WHO_IS_IT,),
    "unsure": (WHO_IS_IT,),
    "me_19_49": (SUMMARY, OFFERED),
    "me_50_64": (WHO_IS_IT,),
    "book": (CONTACT,),
    "mornings": (DONE,),
    "any": (DONE,),
    "skip": (SUMMARY, OFFERED),
    "scan_normal": (SUMMARY, OFFERED),
    **MORE_BY_CHOICE,
}


def answer(text: str | None, choices: Sequence[str]) -> Sequence[Body]:
    """The replies to one message."""
    if text is None:
        return next((BY_CHOICE[id] for id in choices if id in BY_CHOICE), (message("Noted."),))
    if "604" in text:
        return (WHEN,)
    if "/10" in text:
        return (SUMMARY, OFFERED)
    return BY_TEXT.get(text.strip().lower(), (message(f"You said: {text}"),))
