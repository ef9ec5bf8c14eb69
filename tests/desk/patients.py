"""Patients for tests of the desk: whole conversations kept by the real ledger."""

import json
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import count
from typing import Any

from bot.clinical.effect import AppointmentRequest, RequestAppointment
from bot.clinical.encounter import Encounter, FindingRecord, FlagRecord, OtherFinding
from bot.clinical.reading import ContactDetails
from bot.clinical.vocabulary import Disposition, Finding, FlagClass, Level, Onset, Presence, Region
from bot.service.inquiry import inquiry_of
from bot.service.records import Answer, Arrival, MessageState, Opening, StoredReply
from bot.store.ledger import SqlLedger
from bot.store.transaction import Database

_numbers = count(1)
LEVELS = {
    Disposition.EMERGENCY: (FlagClass.CAUDA_EQUINA, Level.EMERGENCY, "I can't feel anything when I wipe"),
    Disposition.CRISIS: (FlagClass.SELF_HARM, Level.CRISIS, "I don't want to be here any more"),
    Disposition.SAME_DAY: (FlagClass.DVT, Level.SAME_DAY, "my calf is hot and swollen since Friday"),
    Disposition.SEE_DOCTOR: (FlagClass.NEUROPATHY, Level.SEE_DOCTOR, "both feet numb for years"),
}


SCREENED = Encounter(complete=True, disposition=Disposition.PHYSIO_EXAM)


@dataclass(frozen=True)
class Patient:
    """One patient who wrote in, and what is known of them."""

    text: str = "I have had a burning pain in my lower back for six months"
    encounter: Encounter = SCREENED
    reply: str = "Thank you."
    kind: str = "message"
    choices: tuple[tuple[str, str], ...] = ()
    taps: tuple[str, ...] = ()


def backache(**changes: Any) -> Encounter:
    """A screened low back with four findings present, with changes."""
    said = FindingRecord(Finding.PAIN, Presence.PRESENT, ("burning pain",), (Region.LOWER_BACK,))
    tight = FindingRecord(Finding.MUSCLE_SPASM, Presence.PRESENT, ("the muscles are tight",))
    dry = FindingRecord(Finding.SWELLING, Presence.ABSENT, ("no swelling",))
    screened = Encounter(
        protocol_version="test-1",
        findings=(said, tight, dry),
        other_findings=(OtherFinding(Finding.SWELLING, "my mother's ankles swell", "someone_else"),),
        precautions=("blood_thinners",),
        regions=(Region.LOWER_BACK,),
        duration_days=182,
        severity=6,
        disposition=Disposition.PHYSIO_EXAM,
        complete=True,
    )
    return replace(screened, **changes)


def flagged(disposition: Disposition, **changes: Any) -> Encounter:
    """A backache with the red flag that leads to this disposition."""
    flag_class, level, words = LEVELS[disposition]
    flag = FlagRecord(flag_class, level, Onset.NEW, words, "text:test", told=True)
    return backache(flags=(flag,), disposition=disposition, **changes)


def asked_for(name: str | None, phone: str | None = None, **changes: Any) -> AppointmentRequest:
    """A request for an appointment by a person of this name."""
    request = AppointmentRequest(ContactDetails(name, phone), times="Tuesday morning", voicemail="yes", payer="icbc")
    return replace(request, **changes)


def write_in(database: Database, patient: Patient, *, at: datetime) -> str:
    """The id of the inquiry that this patient's conversation made."""
    ledger, session_id, inquiry_id = SqlLedger(database), _id(), _id()
    notice = _reply("This is automated.", kind="message", choices=patient.choices)
    ledger.open(Opening(session_id, "web", "en", "notice-1", Encounter(), (notice,), at))
    text = None if patient.taps else patient.text
    message = ledger.receive(Arrival(session_id, _id(), _id(), "digest", text, patient.taps, None, (), at))
    encounter = patient.encounter
    ledger.answer(
        Answer(
            session_id=session_id,
            message_id=message.message_id,
            version=0,
            state=MessageState.ANSWERED,
            late=False,
            encounter=encounter,
            replies=(_reply(patient.reply, kind=patient.kind),),
            effects=(RequestAppointment(encounter.request),) if encounter.request else (),
            intents=(),
            inquiry=inquiry_of(encounter),
            inquiry_id=inquiry_id,
            now=at,
        )
    )
    return inquiry_id


def _reply(text: str, *, kind: str, choices: tuple[tuple[str, str], ...] = ()) -> StoredReply:
    id = _id()
    offered = [{"id": choice, "label": label} for choice, label in choices]
    body = {"id": id, "kind": kind, "question": None, "text": text, "choices": offered, "multiple": False}
    return StoredReply(id, json.dumps({**body, "asks": None, "data": None}))


def _id() -> str:
    return f"{next(_numbers):032x}"
