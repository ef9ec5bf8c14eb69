"""What the benchmark says: ten short conversations for each bot, and one long one, in words of the bot's own trade."""

from __future__ import annotations

from typing import Sequence

TAP = ""
"""Stands for a tap: the first harmless choice on offer, or a few words where there is none."""

PATIENTS: Sequence[Sequence[str]] = (
    ("hello", "For five months my lower back has been burning and tight.", TAP, "it is worse when I sit", TAP, TAP),
    ("My neck is stiff and I get headaches behind one eye", TAP, "about three weeks", "no swelling", TAP, "thanks"),
    ("what is IMS?", "does it hurt", "My shoulder aches when I reach up.", TAP, "it is tender when I press on it", TAP),
    ("I twisted my knee skiing and it is still swollen", "no, none of those", TAP, "six weeks", TAP, "how much is it?"),
    ("my calf keeps cramping at night", "no", TAP, "yes, it feels tight", "not sure", TAP),
    (
        "Both my forearms tingle after typing all day",
        TAP,
        "since last winter",
        "no sweating",
        TAP,
        "do I need a referral?",
    ),
    (
        "my elbow has hurt for a year, x-ray was normal",
        "none of these",
        TAP,
        "no",
        "yes",
        "can I book an appointment?",
    ),
    ("Can I still come if I take blood thinners?", "My hip hurts when I lie on it", TAP, "two months", TAP, TAP),
    (
        "jaw pain on the right, it clicks when I chew",
        TAP,
        "no",
        "the muscle there is sore to touch",
        TAP,
        "why do you ask?",
    ),
    (
        "hi there",
        "between my shoulder blades it feels like a knot",
        "no",
        TAP,
        "it is not numb",
        "show me what you have",
    ),
)

SMALL_TALKERS: Sequence[Sequence[str]] = (
    ("hello", "I am very sad today", "no", "I feel terrible", "yes", "bye"),
    ("hi", "great, thanks", "goodbye", "hey there", "not good at all", "yes that helped"),
    ("good morning", "I am so unhappy", "not really", "are you a bot?", "bye", "hello"),
    ("hey", "everything is perfect", "see you later", "hi", "so sad", "no"),
    ("good evening", "extremely sad", "yes", "am I talking to a human?", "bye", "hey"),
    ("hello there", "I am disappointed", "never", "super sad", "of course", "cu"),
    ("hi", "wonderful", "bye bye", "good afternoon", "very bad", "yes indeed"),
    ("hey dude", "I feel very happy", "have a nice day", "hello", "so so", "no way"),
    ("what are you?", "hello", "my day was horrible", "that sounds good", "bye", "moin"),
    ("let's go", "I am going to save the world", "goodbye", "hi", "not very good", "yes"),
)

ROUND_OF_PATIENT = (
    "does it hurt?", "my lower back is sore", "no", "what does it cost?", "it aches when I bend", "not sure",
    "no, none of those", "who does the treatment?", "about three weeks", "yes",
)  # fmt: skip
ROUND_OF_SMALL_TALKER = ("hi", "I am sad", "no", "bye", "hello", "great", "are you a bot?", "hey", "very sad", "yes")


def long_conversation(about: Sequence[str], *, turns: int) -> list[str]:
    """The same few messages over and over, so that turns far apart can be compared."""
    return [about[turn % len(about)] for turn in range(turns)]
