"""A bundle is valid R4B whatever an encounter is like; its references lead to its own parts, and its ids stay."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from fhir.resources.R4B import get_fhir_model_class
from fhir.resources.R4B.bundle import Bundle
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from bot.clinical.encounter import Encounter, FindingRecord, FlagRecord, OtherFinding
from bot.clinical.protocol import Protocol
from bot.clinical.vocabulary import Disposition, Finding, FlagClass, Level, Onset, Presence, Region
from bot.errors import ExportError
from bot.outside.fhir.bundles import FhirBundles, bundle_of, references
from bot.outside.fhir.told import Told
from tests.desk.patients import backache
from tests.outside.fhir_shapes import NOW, SHAPES, inquiry_with, made, parts


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
