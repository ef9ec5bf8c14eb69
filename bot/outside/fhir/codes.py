"""The code systems of a bundle, our own and those of HL7, and the values that are made of them.

Our own ids stand under urn:needlepoint:...; no code of another terminology is given out (docs/decisions).
"""

from collections.abc import Iterable
from typing import Any

Plain = dict[str, Any]
"""A resource or a part of one as JSON has it."""

OURS = "urn:needlepoint"
INQUIRY, PROTOCOL, TAG = f"{OURS}:inquiry", f"{OURS}:protocol", f"{OURS}:tag"
FINDING, PRESENCE, REGION = f"{OURS}:finding", f"{OURS}:presence", f"{OURS}:region"
RED_FLAG, PRECAUTION, LEVEL, ONSET = f"{OURS}:red-flag", f"{OURS}:precaution", f"{OURS}:level", f"{OURS}:onset"
ANSWER, SERVICE, DISPOSITION = f"{OURS}:answer", f"{OURS}:service", f"{OURS}:disposition"
QUESTIONNAIRE = f"{OURS}:questionnaire:screening"
_HL7 = "http://terminology.hl7.org/CodeSystem"
OBSERVATION_CATEGORY, FLAG_CATEGORY = f"{_HL7}/observation-category", f"{_HL7}/flag-category"
ABSENT_REASON, PARTICIPANT = f"{_HL7}/data-absent-reason", f"{_HL7}/provenance-participant-type"
LANGUAGE = "urn:ietf:bcp:47"
UNITS = "http://unitsofmeasure.org"


def coding(system: str, code: str, display: str | None = None) -> Plain:
    """One code of a system."""
    return {"system": system, "code": code, **({"display": display} if display else {})}


def concept(codings: Iterable[Plain], text: str | None = None) -> Plain:
    """What these codes mean together, in words where there are some."""
    return known(coding=list(codings), text=text)


def known(**fields: Any) -> Plain:
    """The fields that say something: FHIR has no empty values."""
    return {name: value for name, value in fields.items() if value not in (None, "", [], {}, ())}
