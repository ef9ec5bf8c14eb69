"""A bundle tells what the patient said: findings, answers, red flags, who writes, and what is proposed."""

import json
from dataclasses import replace

import pytest

from bot.clinical.protocol import Protocol
from bot.clinical.vocabulary import Finding
from tests.outside.fhir_shapes import SHAPES, made, parts


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
