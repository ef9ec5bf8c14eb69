"""Who a bundle is about, who wrote, and what asked them: only what was given, and nothing about consent."""

from bot.outside.fhir.codes import LANGUAGE, Plain, coding, concept, known
from bot.outside.fhir.told import DEVICE, PATIENT, WRITER, Told

NAME = "Needlepoint"


def people(told: Told) -> list[Plain]:
    """The patient; where somebody wrote for them, the name and the number are that person's."""
    if not told.for_another:
        return [_patient(told, _given(told))]
    label = told.protocol.choices["who"].get(told.encounter.who or "") or told.protocol.labels["note.who"]
    writer = {"patient": told.link(PATIENT), "relationship": [{"text": label}], **_given(told)}
    return [_patient(told, {}), told.part("RelatedPerson", WRITER, content=writer)]


def device(told: Told) -> Plain:
    """The program that asked, with the version of its rules."""
    version = told.encounter.protocol_version
    content = known(
        deviceName=[{"name": NAME, "type": "user-friendly-name"}],
        type={"text": told.words},
        version=[{"value": version}] if version else [],
    )
    return told.part("Device", DEVICE, content=content)


def _patient(told: Told, given: Plain) -> Plain:
    spoken = told.encounter.language or told.inquiry.language
    language = [{"language": concept([coding(LANGUAGE, spoken)]), "preferred": True}] if spoken else []
    content = known(identifier=[told.identifier()], **given, communication=language)
    return told.part("Patient", PATIENT, content=content)


def _given(told: Told) -> Plain:
    entry = told.inquiry.entry
    name = (entry.name or "").strip()
    reach = (("phone", entry.phone), ("email", entry.email))
    telecom = [{"system": system, "value": value.strip()} for system, value in reach if value and value.strip()]
    return known(name=[{"text": name}] if name else [], telecom=telecom)
