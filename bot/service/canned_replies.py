"""Canned replies as they are filled in for one patient; staff see and change them before anything is sent."""

from dataclasses import dataclass

from bot.clinical.event import Clinic
from bot.clinical.protocol import CannedReply, Protocol
from bot.knowledge.placeholders import placeholders_in
from bot.service.takeover import first_name


@dataclass(frozen=True)
class Filled:
    """One canned reply with the names and the clinic's facts in it."""

    id: str
    title: str
    text: str


def filled_replies(protocol: Protocol, clinic: Clinic, *, staff: str, patient: str | None) -> tuple[Filled, ...]:
    """The canned replies for this patient; one that needs a fact the clinic has not given is left out."""
    facts = {
        "staff": first_name(staff),
        "patient": first_name(patient) if patient else None,
        "clinic": clinic.name,
        "phone": clinic.phone,
        "hours": clinic.hours,
        "address": clinic.address,
    }
    filled = (_filled(one, facts) for one in protocol.canned.values())
    return tuple(one for one in filled if one is not None)


def _filled(canned: CannedReply, facts: dict[str, str | None]) -> Filled | None:
    text = canned.text if facts["patient"] else canned.nameless
    values = {name: facts[name] for name in placeholders_in(text)}
    if any(value is None for value in values.values()):
        return None
    return Filled(canned.id, canned.title, text.format(**values))
