"""One inquiry on its way into a bundle: its parts under ids that stay the same, so that a later bundle updates them."""

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.clinical.encounter import Encounter
from bot.clinical.protocol import Protocol
from bot.outside.fhir.codes import INQUIRY, OURS, PROTOCOL, TAG, Plain, coding
from bot.service.desk_records import Inquiry

SPACE = uuid.uuid5(uuid.NAMESPACE_URL, f"{OURS}:fhir")
"""Where our ids are made; changed, every system would keep everything twice."""
PATIENT, WRITER, DEVICE, ANSWERS, REQUEST, ORIGIN = "patient", "writer", "device", "answers", "request", "origin"
SOMEONE_ELSE = "other_"
"""How the answers begin by which somebody writes for another."""
REPORTED = "patient-reported-screening"


@dataclass(frozen=True)
class Told:
    """An inquiry with its encounter, and the words of the protocol in force."""

    inquiry: Inquiry
    encounter: Encounter
    protocol: Protocol

    @property
    def at(self) -> str:
        """When the patient was last heard."""
        return moment(self.inquiry.entry.last_activity_at)

    @property
    def words(self) -> str:
        """What every part says of itself: who reported it, and that it is no diagnosis."""
        return self.protocol.labels["record.reported"]

    @property
    def for_another(self) -> bool:
        """Somebody else wrote for the patient."""
        return self.encounter.for_someone or (self.encounter.who or "").startswith(SOMEONE_ELSE)

    @property
    def speaker(self) -> Plain:
        """A reference to whoever wrote."""
        return self.link(WRITER if self.for_another else PATIENT)

    def id(self, *parts: str) -> str:
        """The id of a part of this inquiry, the same in every bundle."""
        return str(uuid.uuid5(SPACE, "/".join((self.inquiry.entry.id, *parts))))

    def link(self, *parts: str) -> Plain:
        """A reference to a part."""
        return {"reference": f"urn:uuid:{self.id(*parts)}"}

    def part(self, kind: str, *parts: str, content: Plain) -> Plain:
        """A resource of this inquiry with its id and its tags."""
        return {"resourceType": kind, "id": self.id(*parts), "meta": {"tag": self._tags()}, **content}

    def identifier(self) -> Plain:
        """The inquiry's id at the clinic's desk."""
        return {"system": INQUIRY, "value": self.inquiry.entry.id}

    def _tags(self) -> list[Plain]:
        version = self.encounter.protocol_version
        return [coding(TAG, REPORTED, self.words), *([coding(PROTOCOL, version)] if version else [])]


def moment(at: datetime) -> str:
    """A moment as FHIR writes it."""
    return at.astimezone(UTC).isoformat(timespec="seconds")
