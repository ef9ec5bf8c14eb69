"""A bundle is valid R4B whatever an encounter is like; its references lead to its own parts, and its ids stay."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from fhir.resources.R4B import get_fhir_model_class
from fhir.resources.R4B.bundle import Bundle
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from bot.clinical.effect import AppointmentRequest
from bot.clinical.encounter import Encounter, FindingRecord, FlagRecord, OtherFinding
from bot.clinical.protocol import Protocol
from bot.clinical.reading import ContactDetails
from bot.clinical.vocabulary import Disposition, Finding, FlagClass, Imaging, Level, Onset, Presence, Region, Side
from bot.errors import ExportError
from bot.knowledge.loader import load_protocol
from bot.outside.fhir.bundles import FhirBundles, bundle_of, references
from bot.outside.fhir.told import Told
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


@pytest.fixture(scope="module")
def protocol() -> Protocol:
    return load_protocol()


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


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_of_encounter_makes_a_valid_bundle(protocol: Protocol, shape: str) -> None:
    bundle = made(SHAPES[shape], protocol)
    again = json.loads(Bundle.model_validate(bundle).model_dump_json())
    assert again == bundle
    own = {one["fullUrl"] for one in bundle["entry"]}
    assert set(references(bundle)) <= own
    assert all(one["fullUrl"] == f"urn:uuid:{one['resource']['id']}" for one in bundle["entry"])
    assert len(own) == len(bundle["entry"])
    assert list(unknown_codes(bundle)) == []
    assert all("patient-reported-screening" in json.dumps(one["resource"]["meta"]) for one in bundle["entry"])
    assert "onsent" not in json.dumps(bundle)


def unknown_codes(bundle: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Codes of FHIR's own closed lists that are on none of them; the library does not look."""
    for one in [bundle, *(entry["resource"] for entry in bundle["entry"])]:
        for name, field in get_fhir_model_class(one["resourceType"]).model_fields.items():
            told: Any = field.json_schema_extra or {}
            allowed = told.get("enum_values")
            if allowed and "+" not in allowed and name in one and one[name] not in allowed:
                yield one["resourceType"], name, one[name]


_words = some.text(some.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=20)
_found = some.builds(
    FindingRecord,
    some.sampled_from(Finding),
    some.sampled_from(Presence),
    some.lists(_words, max_size=2).map(tuple),
    some.lists(some.sampled_from(Region), max_size=3, unique=True).map(tuple),
    some.booleans(),
)
_raised = some.builds(
    FlagRecord,
    some.sampled_from(FlagClass),
    some.sampled_from(Level),
    some.sampled_from(Onset),
    _words,
    some.just("text:x"),
    ask=some.booleans(),
)
_encounters = some.builds(
    Encounter,
    findings=some.lists(_found, max_size=4, unique_by=lambda one: one.finding).map(tuple),
    flags=some.lists(_raised, max_size=3).map(tuple),
    background=some.lists(_words, max_size=2).map(tuple),
    disposition=some.none() | some.sampled_from(Disposition),
    duration_days=some.none() | some.integers(0, 40_000),
    severity=some.none() | some.integers(0, 10),
    complete=some.booleans(),
    other_findings=some.just((OtherFinding(Finding.PAIN, "x", "place"),)),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(encounter=_encounters)
def test_any_encounter_at_all_makes_a_valid_bundle(protocol: Protocol, encounter: Encounter) -> None:
    bundle = made(encounter, protocol)
    assert set(references(bundle)) <= {one["fullUrl"] for one in bundle["entry"]}
    assert len(parts(bundle, "Observation")) == len(Finding)


def test_a_second_bundle_updates_the_first(protocol: Protocol) -> None:
    writer = FhirBundles(protocol)
    first = json.loads(writer.bundle(inquiry_with(backache()), at=NOW))
    second = json.loads(writer.bundle(inquiry_with(backache(severity=9)), at=NOW + timedelta(days=1)))
    other = json.loads(writer.bundle(inquiry_with(backache(), id="2" * 32), at=NOW))
    assert [one["fullUrl"] for one in first["entry"]] == [one["fullUrl"] for one in second["entry"]]
    assert not {one["fullUrl"] for one in first["entry"]} & {one["fullUrl"] for one in other["entry"]}


def test_a_finding_is_present_denied_asked_in_vain_or_not_asked(protocol: Protocol) -> None:
    found = {one["code"]["text"]: one for one in parts(made(SHAPES["a whole screening"], protocol), "Observation")}
    pain, swelling, sore = found["pain"], found["swelling"], found["sore to touch"]
    assert pain["valueCodeableConcept"]["text"] == "present"
    assert (pain["status"], pain["bodySite"]["text"]) == ("preliminary", "lower back")
    assert pain["note"][0]["text"] == "burning pain"
    assert swelling["valueCodeableConcept"]["text"] == "absent"
    assert sore["dataAbsentReason"]["coding"][0]["code"] == "asked-unknown"
    for shape, code in (("no contact", "not-asked"), ("left early", "unknown")):
        codes = {json.dumps(one.get("dataAbsentReason")) for one in parts(made(SHAPES[shape], protocol), "Observation")}
        assert any(f'"code": "{code}"' in one for one in codes)


def test_answers_stand_under_the_ids_of_their_questions(protocol: Protocol) -> None:
    whole = replace(SHAPES["a whole screening"], who="me_19_49", ticked=("cancer_ever",), cleared=("chest_pain",))
    [response] = parts(made(whole, protocol), "QuestionnaireResponse")
    items = {item["linkId"]: item for item in response["item"]}
    assert items["who"]["answer"][0]["valueCoding"]["code"] == "me_19_49"
    assert items["time"]["answer"][0]["valueQuantity"] == {
        "value": 182,
        "unit": "days",
        "system": "http://unitsofmeasure.org",
        "code": "d",
    }
    assert {one["linkId"] for one in items["findings"]["item"]} == {f"findings.{one.value}" for one in Finding}
    assert [(one["linkId"], one["answer"][0]["valueCoding"]["code"]) for one in items["safety"]["item"]] == [
        ("safety.chest_pain", "no"),
        ("safety.cancer_ever", "yes"),
    ]
    assert items["booking.payer"]["answer"][0]["valueCoding"]["code"] == "icbc"
    assert "safety.first" in items
    assert response["status"] == "completed"


LEVELS = [
    ("an emergency", "stat", "call"),
    ("a crisis", "stat", "call"),
    ("today", "asap", "call"),
    ("a whole screening", "routine", "hands-on-assessment"),
    ("no finding", "routine", "call"),
]


@pytest.mark.parametrize(("shape", "priority", "service"), LEVELS)
def test_an_assessment_is_proposed_where_a_visit_may_be_booked(
    protocol: Protocol, shape: str, priority: str, service: str
) -> None:
    [request] = parts(made(SHAPES[shape], protocol), "ServiceRequest")
    assert (request["status"], request["intent"], request["priority"]) == ("draft", "proposal", priority)
    assert request["code"]["coding"][0]["code"] == service


def test_each_red_flag_is_a_flag_with_its_words(protocol: Protocol) -> None:
    [flag] = [one for one in parts(made(SHAPES["an emergency"], protocol), "Flag") if "wipe" in json.dumps(one["code"])]
    assert (flag["status"], flag["code"]["coding"][0]["code"]) == ("active", "cauda_equina")
    not_meant = parts(made(SHAPES["a flag that was not meant"], protocol), "Flag")
    assert [one["status"] for one in not_meant][:3] == ["inactive", "active", "active"]


def test_who_writes_for_another_is_not_the_patient(protocol: Protocol) -> None:
    bundle = made(SHAPES["for a child"], protocol)
    [patient], [writer] = parts(bundle, "Patient"), parts(bundle, "RelatedPerson")
    assert "name" not in patient
    assert "telecom" not in patient
    assert writer["name"][0]["text"] == "Mo"
    [response] = parts(bundle, "QuestionnaireResponse")
    assert response["source"]["reference"] == f"urn:uuid:{writer['id']}"


def test_a_damaged_encounter_makes_no_bundle(protocol: Protocol) -> None:
    with pytest.raises(ExportError, match="damaged"):
        FhirBundles(protocol).bundle(inquiry_with(None), at=NOW)


def test_what_the_library_refuses_is_told_by_its_place_and_never_by_its_words(
    protocol: Protocol, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = Told(inquiry_with(backache()), backache(), protocol)
    broken = bundle_of(told, at=NOW)
    del broken["entry"][3]["resource"]["code"]
    broken["entry"][3]["resource"]["zebra"] = "zebra"
    monkeypatch.setattr("bot.outside.fhir.bundles.bundle_of", lambda *_, **__: broken)
    with pytest.raises(ExportError, match=r"entry\.3\.resource\.code") as refused:
        FhirBundles(protocol).bundle(inquiry_with(backache()), at=NOW)
    assert "burning" not in str(refused.value)


def test_a_reference_that_leads_nowhere_is_refused(protocol: Protocol, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = bundle_of(Told(inquiry_with(backache()), backache(), protocol), at=NOW)
    del broken["entry"][0]
    monkeypatch.setattr("bot.outside.fhir.bundles.bundle_of", lambda *_, **__: broken)
    with pytest.raises(ExportError, match="lead nowhere"):
        FhirBundles(protocol).bundle(inquiry_with(backache()), at=NOW)
