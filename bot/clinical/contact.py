"""How the patient can be reached: taken from what they write, without numbers and addresses that lead nowhere."""

import re
from dataclasses import replace

from bot.clinical.encounter import Encounter, Stage
from bot.clinical.event import Facts, Said
from bot.clinical.protocol import Protocol
from bot.clinical.reading import ContactDetails, Reading

LOCAL_NUMBER, IMPOSSIBLE_NUMBER, BAD_EMAIL = "local_number", "impossible_number", "bad_email"
"""What the facts say is wrong: no area code, no number that exists, no address that mail can be sent to."""
TROUBLES = (LOCAL_NUMBER, IMPOSSIBLE_NUMBER, BAD_EMAIL)


def checked(event: Said, encounter: Encounter, facts: Facts) -> Said:
    """The message without the number or address that leads nowhere; in an emergency staff get whatever there is."""
    trouble, contact = facts.contact_trouble, event.reading.contact
    if trouble is None or encounter.stage is Stage.URGENT:
        return event
    kept = replace(contact, email=None) if trouble == BAD_EMAIL else replace(contact, phone=None)
    return replace(event, reading=replace(event.reading, contact=kept))


def named(reading: Reading, protocol: Protocol) -> ContactDetails:
    """The contact of a message that was asked for one: what is left of it is the name."""
    return replace(reading.contact, name=reading.contact.name or name_in(reading.text, protocol))


def name_in(text: str, protocol: Protocol) -> str | None:
    """The name that is left of a contact line without its number, e-mail and filler words; None when none is left."""
    words = re.sub(r"\S+@\S+|[\d()+./-]{3,}|\d+", " ", text).replace(",", " ").split()
    filler = set(protocol.cues["contact_filler"])
    left = [word.strip(".:;!?") for word in words if word.casefold().strip(".:;!?") not in filler]
    left = [word for word in left if any(letter.isalpha() for letter in word)]
    is_name = 1 <= len(left) <= 4 and not {word.casefold() for word in left} & set(protocol.cues["no_name"])
    return " ".join(left)[:80] if is_name else None


def claim_in(text: str) -> str | None:
    """The number of a claim as it is kept, in capitals without spaces and dashes; None where there is no digit."""
    words = [word for word in re.findall(r"[A-Za-z0-9/-]+", text) if re.search(r"\d", word) or _is_prefix(word)]
    number = re.sub(r"[^A-Z0-9]", "", "".join(words).upper())[:40]
    return number if re.search(r"\d", number) else None


def _is_prefix(word: str) -> bool:
    """Letters in capitals before a number belong to it ("BC 123456")."""
    return len(word) <= 3 and word.isupper() and word != "I"
