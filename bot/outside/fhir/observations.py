"""The seven findings as Observations: present, denied or not known, with the place and the patient's own words."""

from bot.clinical.encounter import FindingRecord, record_of
from bot.clinical.plan import LIST, askable
from bot.clinical.vocabulary import Finding, Presence, Region
from bot.outside.fhir.codes import (
    ABSENT_REASON,
    FINDING,
    OBSERVATION_CATEGORY,
    PRESENCE,
    REGION,
    Plain,
    coding,
    concept,
    known,
)
from bot.outside.fhir.told import ANSWERS, DEVICE, PATIENT, Told

OBSERVATION = "observation"


def observations(told: Told) -> list[Plain]:
    """One Observation for each finding, preliminary: nobody has examined anything."""
    return [_observation(told, record_of(told.encounter, finding)) for finding in Finding]


def presence(told: Told, record: FindingRecord) -> Plain:
    """Present or denied, as a code with its word."""
    return coding(PRESENCE, record.presence.value, told.protocol.labels[record.presence.value])


def place(told: Told, regions: tuple[Region, ...]) -> Plain | None:
    """Where in the body: one region by its code, several in words, for they are no one place."""
    labels = [told.protocol.region_labels.get(region, region.value) for region in regions]
    codings = [coding(REGION, regions[0].value, labels[0])] if len(regions) == 1 else []
    return concept(codings, "; ".join(labels)) if labels else None


def _observation(told: Told, record: FindingRecord) -> Plain:
    label = told.protocol.finding_labels[record.finding]
    content = known(
        status="preliminary",
        category=[concept([coding(OBSERVATION_CATEGORY, "survey", "Survey")])],
        code=concept([coding(FINDING, record.finding.value, label)], label),
        subject=told.link(PATIENT),
        effectiveDateTime=told.at,
        performer=[told.speaker],
        device=told.link(DEVICE),
        derivedFrom=[told.link(ANSWERS)],
        bodySite=place(told, record.regions),
        note=_notes(told, record),
        **_value(told, record),
    )
    return told.part("Observation", OBSERVATION, record.finding.value, content=content)


def _value(told: Told, record: FindingRecord) -> Plain:
    if record.presence is Presence.UNKNOWN:
        return {"dataAbsentReason": concept([coding(ABSENT_REASON, _why_unknown(told, record.finding))])}
    return {"valueCodeableConcept": concept([presence(told, record)], told.protocol.labels[record.presence.value])}


def _why_unknown(told: Told, finding: Finding) -> str:
    """Asked and still not known, asked and not answered, or never asked."""
    asked = told.encounter
    if LIST not in asked.asked or finding not in askable(asked):
        return "not-asked"
    return "asked-unknown" if LIST in asked.answered else "unknown"


def _notes(told: Told, record: FindingRecord) -> list[Plain]:
    """The patient's words; and that they said both yes and no, where they did."""
    said = [{"authorReference": told.speaker, "text": quote} for quote in record.quotes if quote.strip()]
    return [*said, *([{"text": told.protocol.labels["note.both"]}] if record.contradicted else [])]
