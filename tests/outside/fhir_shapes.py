"""Encounters of many shapes, as inquiries of the desk and as the bundles made of them."""

import json
from datetime import UTC, datetime
from typing import Any

from bot.clinical.effect import AppointmentRequest
from bot.clinical.encounter import Encounter, FindingRecord, FlagRecord
from bot.clinical.protocol import Protocol
from bot.clinical.reading import ContactDetails
from bot.clinical.vocabulary import Disposition, Finding, FlagClass, Imaging, Level, Onset, Presence, Region, Side
from bot.outside.fhir.bundles import FhirBundles
from bot.service.desk_records import Inquiry, QueueEntry, Request, Status
from bot.service.inquiry import line_of
from tests.desk.patients import asked_for, backache, flagged

NOW = datetime(2026, 11, 22, 17, 0, tzinfo=UTC)
ANSWERED = {"asked": ("safety.first", "where", "findings"), "answered": ("safety.first", "where", "findings")}
SHAPES: dict[str, Encounter] = {
    "nothing was said": Encounter(),
    "only a wish for a person": Encounter(person_requested="asked"),
    "a whole screening": backache(request=asked_for("Kim Zebra", "+16045550123"), **ANSWERED),
    "no contact": backache(),
    "no finding": Encounter(complete=True, disposition=Disposition.INFORMATION, protocol_version="test-1"),
    "an emergency": flagged(Disposition.EMERGENCY),
    "a crisis": flagged(Disposition.CRISIS, findings=()),
    "today": flagged(Disposition.SAME_DAY),
    "left early": backache(complete=False, disposition=None, asked=("findings",)),
    "for a child": backache(who="other_under_19", precautions=("minor",), request=asked_for("Mo", "+16045550100")),
    "another language": Encounter(language="pa", person_requested="other_language"),
    "both sides and two places": backache(regions=(Region.NECK, Region.KNEE), side=Side.BOTH, imaging=Imaging.BOOKED),
    "odd words": backache(
        findings=(FindingRecord(Finding.PAIN, Presence.PRESENT, ("  ", "<b>&\u2028ਦਰਦ", "a\nb"), contradicted=True),),
        background=("", "scan_normal", "=1+1"),
        precaution_taps=("blood", "none"),
    ),
    "a flag that was not meant": backache(
        flags=(
            FlagRecord(FlagClass.SELF_HARM, Level.NONE, Onset.UNCLEAR, "", "text:x", note="clarified: not_meant"),
            FlagRecord(FlagClass.CANCER, Level.NONE, Onset.UNCLEAR, "a lump", "text:x", ask=True),
            FlagRecord(FlagClass.CANCER, Level.SEE_DOCTOR, Onset.OLD, "a lump", "text:y"),
        ),
        asked=("clarify.self_harm", "clarify.cancer"),
    ),
    "words instead of taps": backache(
        request=AppointmentRequest(ContactDetails(None, None, "kim@zebra.example"), payer="my aunt", claim="AB1")
    ),
}


def inquiry_with(encounter: Encounter | None, *, id: str = "1" * 32) -> Inquiry:
    """An inquiry of the desk with this encounter."""
    line = line_of(encounter or Encounter())
    wanted = encounter.request if encounter else None
    entry = QueueEntry(
        id=id,
        urgency=line.urgency,
        disposition=line.disposition,
        status=Status.NEW,
        name=line.contact.name,
        phone=line.contact.phone,
        email=line.contact.email,
        findings=line.findings,
        regions=line.regions,
        flags=line.flags,
        wants_booking=line.wants_booking,
        call_back=line.call_back,
        person_requested=line.person_requested,
        complete=line.complete,
        owner_id=None,
        owner_name=None,
        waiting_since=NOW,
        last_activity_at=NOW,
    )
    asked = Request(wanted.times, wanted.voicemail, wanted.payer, False, NOW, wanted.claim) if wanted else None
    return Inquiry(entry, 0, "en", NOW, encounter, asked, (), (), ())


def parts(bundle: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    """The resources of this kind."""
    return [one["resource"] for one in bundle["entry"] if one["resource"]["resourceType"] == kind]


def made(encounter: Encounter, protocol: Protocol) -> dict[str, Any]:
    """The bundle as it leaves."""
    bundle: dict[str, Any] = json.loads(FhirBundles(protocol).bundle(inquiry_with(encounter), at=NOW))
    return bundle
