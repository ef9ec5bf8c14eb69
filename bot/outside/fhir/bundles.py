"""The bundle of an inquiry, put together and checked by fhir.resources; what is not valid never leaves."""

from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from typing import Any

from bot.clinical.protocol import Protocol
from bot.errors import ExportError
from bot.outside.fhir.answers import answers
from bot.outside.fhir.codes import PARTICIPANT, Plain, coding, concept
from bot.outside.fhir.flags import flags
from bot.outside.fhir.observations import observations
from bot.outside.fhir.people import device, people
from bot.outside.fhir.request import request
from bot.outside.fhir.told import DEVICE, ORIGIN, Told, moment
from bot.service.desk_records import Inquiry

DAMAGED = "what the screening found cannot be read, because the stored record is damaged"


class FhirBundles:
    """bot.service.export_records.Bundles; the library, slow to import, is loaded with the first bundle."""

    def __init__(self, protocol: Protocol) -> None:
        self._protocol = protocol

    def bundle(self, inquiry: Inquiry, *, at: datetime) -> str:
        """The inquiry as a valid R4B bundle in JSON; ExportError when there can be none."""
        if inquiry.encounter is None:
            raise ExportError(DAMAGED)
        plain = bundle_of(Told(inquiry, inquiry.encounter, self._protocol), at=at)
        dangling = set(references(plain)) - {entry["fullUrl"] for entry in plain["entry"]}
        if dangling:
            raise ExportError(f"{len(dangling)} references of the bundle lead nowhere")
        return checked(plain)


def bundle_of(told: Told, *, at: datetime) -> Plain:
    """Everything of the inquiry as one collection."""
    about = [answers(told), *observations(told), *flags(told), request(told)]
    parts = [*people(told), device(told), *about, _origin(told, about)]
    return {
        "resourceType": "Bundle",
        "id": told.id("bundle"),
        "identifier": told.identifier(),
        "type": "collection",
        "timestamp": moment(at),
        "entry": [{"fullUrl": f"urn:uuid:{part['id']}", "resource": part} for part in parts],
    }


def checked(plain: Plain) -> str:
    """The bundle in JSON as fhir.resources writes it; ExportError, without a word of the patient, when it refuses."""
    try:
        return str(_model().model_validate(plain).model_dump_json(indent=2)) + "\n"
    except ValueError as error:
        raise ExportError(f"no valid FHIR bundle could be made: {_where(error)}") from None


def references(plain: Any) -> Iterator[str]:
    """Every reference within a resource."""
    if isinstance(plain, dict):
        if isinstance(plain.get("reference"), str):
            yield plain["reference"]
        for value in plain.values():
            yield from references(value)
    elif isinstance(plain, list):
        for value in plain:
            yield from references(value)


def _origin(told: Told, about: list[Plain]) -> Plain:
    """Where all of it comes from: a patient, by a program that asked; nobody has examined them."""
    content = {
        "target": [{"reference": f"urn:uuid:{part['id']}"} for part in about],
        "recorded": told.at,
        "activity": {"text": told.words},
        "agent": [
            {"type": concept([coding(PARTICIPANT, "assembler", "Assembler")]), "who": told.link(DEVICE)},
            {"type": concept([coding(PARTICIPANT, "informant", "Informant")]), "who": told.speaker},
        ],
    }
    return told.part("Provenance", ORIGIN, content=content)


@lru_cache(maxsize=1)
def _model() -> Any:
    """The class that reads bundles: about a second and 15 MB, so it is imported once, by whoever asks first."""
    from fhir.resources.R4B.bundle import Bundle

    return Bundle


def _where(error: ValueError) -> str:
    """The places that were refused; what stands there may be words of a patient."""
    found: list[Any] = getattr(error, "errors", list)()
    return ", ".join(sorted({".".join(map(str, one["loc"])) for one in found})[:5]) or type(error).__name__
